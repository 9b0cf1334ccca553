"""What each outlet calls the same thing: the referents of an event, their labels and portrayals."""

from __future__ import annotations

from framing.referents.collect import Referents, referents
from framing.referents.corrections import Corrections, Step
from framing.referents.records import Mention, Portrayal, Referent

__all__ = ["Corrections", "Mention", "Portrayal", "Referent", "Referents", "Step", "referents"]
