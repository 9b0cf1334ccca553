"""Analyses and corrections in a process of their own, on a copy that takes the study's place when whole.

Who reads the study meanwhile reads the old one. A run that is stopped, fails or loses
its parent leaves the study as it was.
"""

from __future__ import annotations

from framing.jobs.copies import can_undo, changing, undo
from framing.jobs.run import Run, Status

__all__ = ["Run", "Status", "can_undo", "changing", "undo"]
