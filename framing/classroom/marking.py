"""The class beside the tool: which phrases each marked, which only one of them, and why the tool did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from framing.article import Span
from framing.classroom.agreement import among
from framing.classroom.texts import Kind, Shown
from framing.highlight import LAYERS, Mark
from framing.text import words

Side = Literal["both", "class only", "tool only"]

# Why the tool may have passed over words that the class marked, by layer.
PASSED_OVER = {
    "loaded": "no entry of the tool's list of evaluative words; context can load any word",
    "hedge": "no entry of the tool's list of hedges",
    "cue": "not found as a word that introduces speech",
    "quote": "no quotation marks with a speaker were found there",
    "reported": "no cue that the tool knows introduces it as reported speech",
    "scare": "no quotation marks without a speaker were found there",
    "other": "no entry of the tool's other lists",
}
PASSED_OVER_BY_HAND = "the person who marked the text by hand did not mark it"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A phrase that a group marked: in which text, where, as what."""

    text: str
    span: Span
    layer: str


@dataclass(frozen=True, slots=True)
class Region:
    """Overlapping marks of a layer in a text as one row: how many groups, and the tool's reason."""

    text: str
    span: Span
    words: str
    layer: str
    groups: int
    side: Side
    reason: str


@dataclass(frozen=True, slots=True)
class LayerAgreement:
    """A layer in figures. Shares are 0 to 1, None where there is nothing to share out."""

    layer: str
    n_class: int  # phrases that at least one group marked
    n_tool: int
    class_found_by_tool: float | None
    tool_found_by_class: float | None
    alpha_groups: float | None  # between the groups, over the words of the texts
    alpha_tool: float | None  # between the class's majority and the tool, over the words


def compare(
    marked: Mapping[str, Sequence[Labelled]], texts: Sequence[Shown], kind: Kind, layers: Sequence[str]
) -> list[Region]:
    """Every phrase that a group or the tool marked, layer by layer in text order."""
    found = []
    for layer in layers:
        for text in texts:
            own = {
                group: [m.span for m in marks if m.text == text.key and m.layer == layer]
                for group, marks in marked.items()
            }
            tool = [mark for mark in text.marks(kind) if mark.layer == layer]
            found += _regions(text, layer, own, tool, kind)
    return found


def _regions(
    text: Shown, layer: str, own: Mapping[str, Sequence[Span]], tool: Sequence[Mark], kind: Kind
) -> list[Region]:
    spans = sorted([s for marks in own.values() for s in marks] + [m.span for m in tool])
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    regions = []
    for span in merged:
        groups = sum(any(s.overlaps(span) for s in marks) for marks in own.values())
        hits = [mark for mark in tool if mark.span.overlaps(span)]
        side: Side = "both" if groups and hits else "class only" if groups else "tool only"
        reason = "; ".join(why(mark) for mark in hits)
        if not hits:
            reason = PASSED_OVER_BY_HAND if kind == "hand" else PASSED_OVER[layer]
        regions.append(Region(text.key, span, span.of(text.text), layer, groups, side, reason))
    return regions


def why(mark: Mark) -> str:
    """Why a mark stands there: by rule or list, or in the words of who made it."""
    return f"{mark.title} – {', '.join(mark.notes)}" if mark.notes else mark.title


def agreement(
    marked: Mapping[str, Sequence[Labelled]], texts: Sequence[Shown], kind: Kind, layers: Sequence[str]
) -> list[LayerAgreement]:
    """Each layer in figures."""
    regions = compare(marked, texts, kind, layers)
    found = []
    for layer in layers:
        own = [r for r in regions if r.layer == layer]
        by_class = [r for r in own if r.groups]
        by_tool = [r for r in own if r.side != "class only"]
        both = sum(r.side == "both" for r in own)
        units = _word_units(marked, texts, layer)
        tool = _word_units({"tool": _labelled(texts, kind)}, texts, layer)
        majority = [float(2 * sum(unit) > len(unit)) for unit in units] if marked else []
        pair = [majority, [unit[0] for unit in tool]] if marked else []
        found.append(
            LayerAgreement(
                layer,
                len(by_class),
                len(by_tool),
                both / len(by_class) if by_class else None,
                both / len(by_tool) if by_tool else None,
                among(_rows(units)),
                among(pair),
            )
        )
    return found


def _labelled(texts: Sequence[Shown], kind: Kind) -> list[Labelled]:
    return [Labelled(t.key, m.span, m.layer) for t in texts for m in t.marks(kind)]


def _word_units(
    marked: Mapping[str, Sequence[Labelled]], texts: Sequence[Shown], layer: str
) -> list[list[float]]:
    """One unit a word of the texts: for each group 1 where it marked the word, else 0."""
    units = []
    for text in texts:
        own = [
            [m.span for m in marks if m.text == text.key and m.layer == layer] for marks in marked.values()
        ]
        for word in words(text.text):
            units.append([float(any(s.overlaps(word) for s in spans)) for spans in own])
    return units


def _rows(units: Sequence[Sequence[float]]) -> list[list[float]]:
    """The same figures, one row a group."""
    return [list(row) for row in zip(*units, strict=True)]


def layer_names(ids: Sequence[str]) -> dict[str, str]:
    """The names of layers by id, in the order of the marks."""
    return {layer.id: layer.name for layer in LAYERS if layer.id in ids}
