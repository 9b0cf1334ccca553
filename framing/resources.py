"""Where the bundled lexicons, models and seeds lie: in the wheel, or beside ``framing/`` in a checkout."""

from __future__ import annotations

from pathlib import Path

from framing.article import FramingError

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The bundled folder ``name`` ("classroom", "lexicons", "models", "seeds").

    Raises FramingError where neither the wheel's nor the checkout's copy exists.
    """
    for candidate in (_HERE / "_data" / name, _HERE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FramingError(f"the folder {name!r} is missing from this installation of framing; install it again")
