"""Marks on a text: pure functions from text and table rows to pieces, lanes and escaped HTML.

The dashboard's reading pane and the HTML report draw the same marks from here.
"""

from __future__ import annotations

from framing.highlight.layers import (
    LAYERS,
    OF_ANY_TEXT,
    Layer,
    Mark,
    by_models,
    copied,
    marks,
    names,
    only_here,
)
from framing.highlight.overlap import Segment, lanes, segments
from framing.highlight.page import (
    classes,
    legend,
    letter,
    speaker_legend,
    speaker_numbers,
    static_html,
    style,
)

STYLE = style()

__all__ = [
    "LAYERS",
    "OF_ANY_TEXT",
    "STYLE",
    "Layer",
    "Mark",
    "Segment",
    "by_models",
    "classes",
    "copied",
    "lanes",
    "legend",
    "letter",
    "marks",
    "names",
    "only_here",
    "segments",
    "speaker_legend",
    "speaker_numbers",
    "static_html",
]
