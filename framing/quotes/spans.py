"""From the tokens of a content to spans of the article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from framing.article import Span
from framing.quotes import shape, subjects
from framing.quotes.claim import tidy
from framing.quotes.content import only_points
from framing.quotes.cues import Content, Cue
from framing.quotes.grammar import ADDRESSING, VERBAL
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
    if tree.holes:
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
        if content.rule == "clause" and _is_setting(tree, cue, subject, run, runs[-1]):
            continue
        span = article_span(text, tree, _over_false_end(tree, run))
        if span is not None and _names_only(text, tree, span):
            continue
        if span is not None and content.rule == "clause":
            span = _with_opening(text, tree, span)
        if span is not None and any(ch.isalnum() for ch in span.of(text)):
            out.append(span)
    return out


_PAUSES = frozenset({",", "-", "--", "–", "—", "―"})


def _is_setting(tree: Tree, cue: Cue, subject: int | None, run: Sequence[int], last: Sequence[int]) -> bool:
    """Whether words before the cue are the reporter's: "Sitting down at last, she said that …".

    Not where cue and speaker stand aside: "Many days, employees said, she …".
    """
    if not run or run[-1] > cue.head or last[-1] < cue.head:
        return False
    named = tree.subtree(subject) if subject is not None and subject > cue.head else []
    after = 1 + max([*cue.tokens, *named])
    if after < len(tree) and tree.words[after] in _PAUSES:
        return False
    finite = any(tree.pos[t] in VERBAL and tree.tags[t] in ("VBD", "VBZ", "VBP", "MD") for t in run)
    return not finite or tree.words[run[-1] + 1] != ","


def _over_false_end(tree: Tree, run: list[int]) -> list[int]:
    """``run`` with what follows it where the parser ended the sentence in the middle of a line."""
    after = run[-1] + 1 if run else len(tree)
    if after >= len(tree) or tree.sentence[after] == tree.sentence[run[-1]] or after in tree.holes:
        return run
    if not tree.words[run[-1]][-1].isalnum() or not tree.words[after][0].isalnum():
        return run
    rest = [t for t in range(after, len(tree)) if tree.sentence[t] == tree.sentence[after]]
    return [*run, *(t for t in rest if tree.pos[t] != "PUNCT")]


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


# Words of the reporter's sentence that a quotation goes on with, longer ones are a sentence of their own.
_MOST_BEFORE = 14
_PHRASE = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PART"})
_BREAKS = frozenset({":", ";", "(", ")", "-", "--", "–", "—", "―", "...", "…"})


def quotation_span(
    text: str, tree: Tree, cue: Cue, subject: int | None, heads: Collection[int], hole: int
) -> Span:
    """The quotation of a placeholder with the words of its sentence that are the speaker's as well.

    Smith “has no plan,” Lee says. If it passes, “I shall go,” Lee says. Lee says Smith “has no plan.”
    """
    inner = tree.unit.marks[hole].inner
    at = min((t for t in tree.holes if tree.holes[t] == hole), default=None)
    if at is None:
        return tidy(text, inner)
    before = _before(tree, cue, at)
    kept = [t for t in before if tree.words[t] != '"']
    small = inner.of(text).lstrip()[:1].islower()
    others = any(t in heads or t in cue.tokens or tree.starts[t] < 0 for t in kept)
    if not kept or subject in kept or others:
        return tidy(text, inner)
    if cue.head < at:
        opens = small and all(tree.pos[t] in _PHRASE for t in kept) and cue.form.text not in ADDRESSING
    else:
        alone = len(kept) == 1 and tree.pos[kept[0]] in ("CCONJ", "ADV")
        whole = len(kept) <= _MOST_BEFORE and not any(tree.words[t] in _BREAKS for t in kept)
        opens = (
            whole and tree.words[kept[0]][:1].isupper() and (small or alone or tree.words[kept[-1]] == ",")
        )
    return tidy(text, Span(tree.starts[kept[0]], inner.end) if opens else inner)


def opening_span(
    text: str, tree: Tree, cue: Cue, subject: int | None, heads: Collection[int], hole: int
) -> Span | None:
    """What the quotation goes on with, before speaker and cue: If it passes, he said, “we go.”"""
    at = min((t for t in tree.holes if tree.holes[t] == hole), default=None)
    inner = tree.unit.marks[hole].inner.of(text).lstrip()
    if at is None or subject is None or not max(cue.head, subject) < at or not inner[:1].islower():
        return None
    start = min(cue.head, tree.subtree(subject)[0])
    opening = [t for t in range(start) if tree.sentence[t] == tree.sentence[at]]
    if not opening or tree.words[opening[-1]] != "," or any(t in heads or t in tree.holes for t in opening):
        return None
    said = any(tree.pos[t] == "VERB" for t in opening) or tree.pos[opening[0]] in _PHRASE
    if not said or tree.pos[opening[0]] == "ADP" or any(tree.words[t] in _BREAKS for t in opening):
        return None
    return article_span(text, tree, subjects.trim(tree, opening))


def _before(tree: Tree, cue: Cue, at: int) -> list[int]:
    """The tokens of the sentence before a placeholder, those after the cue where it comes first."""
    first = max(cue.tokens) + 1 if cue.head < at else 0
    own = [t for t in range(first, at) if tree.sentence[t] == tree.sentence[at]]
    return own[1:] if own and tree.words[own[0]].lower() == "that" else own


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
