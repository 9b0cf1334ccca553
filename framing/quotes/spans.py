"""From the tokens of a content to spans of the article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from framing.article import Span
from framing.quotes import shape, subjects
from framing.quotes.claim import tidy
from framing.quotes.content import only_points
from framing.quotes.cues import Content, Cue
from framing.quotes.speakers import anonymity
from framing.quotes.tree import Tree

_CONNECTIVES = frozenset(
    [
        "furthermore",
        "moreover",
        "however",
        "meanwhile",
        "nevertheless",
        "nonetheless",
        "additionally",
        "still",
        "instead",
        "also",
        "indeed",
        "therefore",
        "thus",
        "but",
        "and",
    ]
)


def content_spans(
    text: str, tree: Tree, cue: Cue, subject: int | None, content: Content, foreign: Collection[int]
) -> list[Span]:
    """The content as spans of the article: broken where cue or speaker stand in between.

    Quotations in ``foreign`` belong to another cue; a colon before a quotation breaks too.
    """
    blocked = {cue.head, *cue.tokens}
    if subject is not None:
        asked = content.tokens if tree.deps[tree.heads[subject]] == "agent" else ()
        blocked |= set(tree.subtree(subject, [cue.head])) - set(asked)  # "asked by a caller why …"
    blocked |= {t for t in content.tokens if tree.holes.get(t) in foreign}
    blocked |= {
        t
        for t in content.tokens
        if tree.words[t] == ":" and any(k in tree.holes for k in range(t + 1, t + 3))
    }
    tokens = [t for t in content.tokens if t not in blocked]
    runs: list[list[int]] = []
    for t in tokens:
        if runs and not any(b in blocked for b in range(runs[-1][-1] + 1, t)):
            runs[-1].append(t)
        else:
            runs.append([t])
    out = []
    for run in runs:
        run = _without_time(tree, cue, subjects.trim(tree, run))
        if only_points(tree, run) or all(tree.words[t].lower() in _CONNECTIVES for t in run):
            continue
        span = article_span(text, tree, run)
        if span is not None and _names_only(text, tree, span):
            continue
        if span is not None and content.rule == "clause":
            span = _with_opening(text, tree, span)
        if span is not None and any(ch.isalnum() for ch in span.of(text)):
            out.append(span)
    return out


# A quotation that swallowed all of its sentence but the subject: This visit “shows …,” he commented.
_OPENING_WORDS = 4


def _with_opening(text: str, tree: Tree, span: Span) -> Span:
    """``span`` with the few words before its quotation, where the quotation goes on with their sentence."""
    mark = next((m for m in tree.unit.marks if m.inner.start == span.start), None)
    if mark is None or not text[span.start : span.start + 1].islower():
        return span
    start = max(text.rfind(end, tree.unit.region.start, mark.span.start) + 2 for end in (". ", "? ", "! "))
    start = max(start, tree.unit.region.start) if start > 1 else tree.unit.region.start
    opening = text[start : mark.span.start].split()
    if 1 <= len(opening) <= _OPENING_WORDS and opening[0][:1].isupper() and opening[-1][-1:].isalnum():
        cue = any(
            tree.starts[t] >= start and tree.starts[t] < mark.span.start and tree.pos[t] == "VERB"
            for t in range(len(tree))
        )
        return span if cue else Span(start, span.end)
    return span


def _names_only(text: str, tree: Tree, span: Span) -> bool:
    """Whether the content is a title or term in marks, or a wish to stay unnamed: nothing that was said."""
    words = span.of(text)
    if len(words.split()) <= 6 and anonymity.reason("asked " + words):
        return True
    return any(
        m.span.contains(span) and shape.not_speech(text, m, tree.unit.region) in ("title", "chant")
        for m in tree.unit.marks
    )


def _without_time(tree: Tree, cue: Cue, run: list[int]) -> list[int]:
    """``run`` without the day that follows the cue: "said Tuesday his actions are …"."""
    if not run or run[0] != max(cue.tokens) + 1:
        return run
    until = next(
        (b for a, b, label in tree.entities if a == run[0] and label in ("DATE", "TIME") and b - a <= 3),
        run[0],
    )
    rest = [t for t in run if t >= until]
    return rest if rest and tree.words[rest[0]] != "," else run


def article_span(text: str, tree: Tree, run: Sequence[int]) -> Span | None:
    """First to last token; a placeholder counts as its quotation; half a quotation as all of it."""
    starts, ends = [], []
    for t in run:
        if tree.starts[t] >= 0:
            starts.append(tree.starts[t])
            ends.append(tree.ends[t])
        elif t in tree.holes:
            inner = tree.unit.marks[tree.holes[t]].inner
            starts.append(inner.start)
            ends.append(inner.end)
    if not starts:
        return None
    start, end = min(starts), max(ends)
    for i, marked in enumerate(tree.unit.marks):
        if i == tree.unit.inside or not tree.unit.region.contains(marked.span):
            continue
        if start < marked.inner.end <= end or marked.inner.start <= start < marked.inner.end:
            start = min(start, marked.inner.start) if start >= marked.inner.start else start
        if marked.inner.start < end < marked.inner.end or (
            start <= marked.inner.start < end <= marked.inner.end
        ):
            end = max(end, marked.inner.end)
    return tidy(text, Span(start, end))


def merge(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
