"""Words that tell nothing of what a text is about: a list with its card.

It is scikit-learn's; every worker needs it, and scikit-learn takes a second to import.
"""

from __future__ import annotations

from importlib.resources import files

_LINES = (files("framing.events") / "stop_words.txt").read_text(encoding="utf-8").splitlines()
ENGLISH_STOP_WORDS = frozenset(line for line in _LINES if not line.startswith("#"))
