"""framing: how news outlets frame the same event, with the evidence for every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.features import FramingFeatures

__all__ = ["FramingFeatures"]


def __getattr__(name: str) -> object:
    """The public names, imported when they are first asked for: `import framing` stays quick."""
    if name == "FramingFeatures":
        from framing.features import FramingFeatures

        return FramingFeatures
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
