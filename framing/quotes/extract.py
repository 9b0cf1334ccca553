"""The quotations of an article: claims of its paragraphs, with names, kinds, media and nesting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from framing.annotation import Quotation, QuotationKind
from framing.article import Article, Span
from framing.quotes import claims as claims_
from framing.quotes import holes, medium, shape
from framing.quotes.claim import NO_CUE, Claim, introduced, tidy
from framing.quotes.layout import with_layout
from framing.quotes.marks import Marked
from framing.quotes.speakers.resolve import Resolver, Speaker
from framing.quotes.tree import Tree

# Shares of letters inside marks: above, the sentence around them is only a frame.
_DIRECT, _MIXED = 0.9, 0.02
_HEADING_WORDS = 8
_CARRIED_BACK = "carried back from the next paragraph"
# Rules whose content is a phrase of the reporter's sentence, also where all of it stands in marks.
_PHRASES = frozenset(
    {"complement", "prepositional object", "noun", "words of the cue's clause", "verb of a headline"}
)


def quotations(article: Article, trees: Sequence[Tree]) -> tuple[Quotation, ...]:
    """All quotations of ``article`` in text order, scare candidates among them."""
    text = article.text
    marks = _speech_marks(text, trees)
    found: list[Claim] = []
    n = 0
    while n < len(trees):
        until = n + 1
        while until < len(trees) and trees[until].unit.paragraph == trees[n].unit.paragraph:
            until += 1
        base = len(found)
        new = claims_.claims(text, trees[n:until], n)
        found += [c if c.first is None else replace(c, first=c.first + base) for c in new]
        n = until
    found = with_layout(text, trees, found, article.title_span)
    found = _carried_over(text, found, trees)
    found = _without_doubles(found)
    found = _without_headings(text, found, trees)
    return _records(article, trees, found, marks)


def _speech_marks(text: str, trees: Sequence[Tree]) -> list[Marked]:
    """The marks of the article that may mark speech: no titles, terms, banners."""
    out: dict[Span, Marked] = {}
    for tree in trees:
        if tree.unit.inside is None:
            for marked in tree.unit.marks:
                if not shape.not_speech(text, marked, tree.unit.region):
                    out[marked.span] = marked
    return list(out.values())


def _carried_over(text: str, found: list[Claim], trees: Sequence[Tree]) -> list[Claim]:
    """Quotations that no cue of their paragraph took.

    Introduced by a colon at the end of the paragraph before; carried on from there; or,
    where no mark closes them, the beginning of a speech whose cue the next paragraph has.
    """
    frames = {t.unit.paragraph: (n, t) for n, t in enumerate(trees) if t.unit.inside is None}
    open_ends = {tidy(text, m.inner) for _, t in frames.values() for m in t.unit.marks if m.unclosed}
    out: list[Claim] = []
    for i, claim in enumerate(found):
        if claim.speaker is None and claim.rule == NO_CUE and claim.inside is None:
            if _is_heading(text, claim, frames):
                out.append(claim)
                continue
            claim = (
                _introduced_before(text, claim, frames)
                or (_from_after(found[i + 1 :], claim) if claim.span in open_ends else None)
                or _from_before(out, claim, trees)
                or claim
            )
        out.append(claim)
    return _chained(out)


def _chained(claims: list[Claim]) -> list[Claim]:
    """A speech whose cue a later paragraph has is one quotation from its first paragraph on."""
    out = list(claims)
    for i, claim in enumerate(claims):
        if claim.rule != _CARRIED_BACK:
            continue
        after = [
            k
            for k, c in enumerate(out)
            if c.inside is None and c.cue == claim.cue and c.paragraph == claim.paragraph + 1 and c.speaker
        ]
        k = min(after, key=lambda k: out[k].span, default=None)
        if k is not None and out[k].first is None:
            first = out[i].first if out[i].first is not None else i
            out[k] = replace(out[k], first=first)
            for j, c in enumerate(out):
                if c.first == k:
                    out[j] = replace(c, first=first)
    return out


def _from_after(after: Sequence[Claim], claim: Claim) -> Claim | None:
    """The speaker of the next paragraph's first quotation, where it begins with what this one left open."""
    rest = [c for c in after if c.inside is None and c.paragraph > claim.paragraph]
    if not rest or rest[0].paragraph != claim.paragraph + 1:
        return None
    first = min((c for c in rest if c.paragraph == claim.paragraph + 1), key=lambda c: c.span)
    if first.speaker is None:
        following = _from_after(rest, first)
        return None if following is None else replace(following, span=claim.span, paragraph=claim.paragraph)
    return replace(
        first,
        span=claim.span,
        paragraph=claim.paragraph,
        first=None,
        rule=_CARRIED_BACK,
    )


def _without_headings(text: str, found: list[Claim], trees: Sequence[Tree]) -> list[Claim]:
    frames = {t.unit.paragraph: (n, t) for n, t in enumerate(trees) if t.unit.inside is None}
    gone = {
        i
        for i, c in enumerate(found)
        if c.speaker is None and c.rule == NO_CUE and _is_heading(text, c, frames)
    }
    at = {i: n for n, i in enumerate(i for i in range(len(found)) if i not in gone)}
    kept = [c for i, c in enumerate(found) if i not in gone]
    return [c if c.first is None else replace(c, first=at.get(c.first)) for c in kept]


def _is_heading(text: str, claim: Claim, frames: dict[int, tuple[int, Tree]]) -> bool:
    """A line that is nothing but a few quoted words without an end: a subhead."""
    if claim.paragraph not in frames:
        return False
    unit = frames[claim.paragraph][1].unit
    line = unit.region.of(text).strip("“”‘’'\" .")
    if line != claim.span.of(text).strip(" .") or len(line.split()) > _HEADING_WORDS:
        return False
    # American papers set subheads in single marks and quotations in double ones.
    single = [m.family for m in unit.marks] == ["single"] and any(
        m.family == "double" for _, t in frames.values() for m in t.unit.marks
    )
    return single or unit.region.of(text).strip("“”‘’'\" ")[-1:].isalnum()


def _introduced_before(text: str, claim: Claim, frames: dict[int, tuple[int, Tree]]) -> Claim | None:
    """A paragraph that ends in a colon introduces the quotation that opens the next."""
    if claim.paragraph not in frames or claim.paragraph - 1 not in frames:
        return None
    n, before = frames[claim.paragraph - 1]
    opens = claim.span.start - frames[claim.paragraph][1].unit.region.start <= 2
    if not opens or not before.unit.region.of(text).rstrip().endswith(":"):
        return None
    found = holes.last_subject(before, len(before) - 1)
    return (
        None
        if found is None
        else replace(introduced(before, n, *found, claim.span), paragraph=claim.paragraph)
    )


def _from_before(out: list[Claim], claim: Claim, trees: Sequence[Tree]) -> Claim | None:
    """The speaker of the paragraph before: of the main cue of its last sentence that has one."""
    before = [
        i
        for i, c in enumerate(out)
        if c.inside is None and c.speaker and claim.paragraph - 2 < c.paragraph < claim.paragraph
    ]
    if not before:
        return None
    i = max(before, key=lambda k: out[k].span.end)
    at = out[i].cue_token
    if at is not None:
        tree = trees[at[0]]
        same = {
            k: c[1]
            for k in before
            if (c := out[k].cue_token) and c[0] == at[0] and tree.sentence[c[1]] == tree.sentence[at[1]]
        }
        i = min(same, key=lambda k: (len(list(tree.ancestors(same[k]))), -out[k].span.end))
    first = i if out[i].first is None else out[i].first
    if out[i].rule == "clause":  # after reported words the quotation is one of its own
        first = None
    return replace(
        out[i], span=claim.span, first=first, paragraph=claim.paragraph,
        rule="carried on from the paragraph before",
    )  # fmt: skip


def _without_doubles(found: list[Claim]) -> list[Claim]:
    """One claim for one stretch: the same span twice keeps the first."""
    keep: dict[tuple[int, int], int] = {}
    new_index: dict[int, int] = {}
    out: list[Claim] = []
    by_cue: dict[Span, list[Span]] = {}
    for claim in found:
        if claim.cue is not None:
            by_cue.setdefault(claim.cue, []).append(claim.span)
    for i, claim in enumerate(found):
        key = (claim.span.start, claim.span.end)
        around = claim.cue is not None and any(
            span != claim.span and span.contains(claim.span) for span in by_cue[claim.cue]
        )
        if key in keep or not len(claim.span) or around:
            new_index[i] = keep.get(key, -1)
            continue
        keep[key] = new_index[i] = len(out)
        out.append(claim)
    return [
        c if c.first is None or new_index.get(c.first, -1) < 0 else replace(c, first=new_index[c.first])
        for c in out
    ]


def _records(
    article: Article, trees: Sequence[Tree], found: list[Claim], marks: Sequence[Marked]
) -> tuple[Quotation, ...]:
    text = article.text
    resolver = Resolver(text, trees)
    order = sorted(range(len(found)), key=lambda i: (found[i].span.start, -found[i].span.end))
    outer_of = _nesting([found[i].span for i in order])
    resolved: dict[int, Speaker] = {}
    ids = {i: f"{article.id}-q{n + 1}" for n, i in enumerate(order)}
    title = article.title_span
    records: list[Quotation] = []
    records_at: dict[int, int] = {}
    for n, i in enumerate(order):
        claim = found[i]
        outer = None if outer_of[n] is None else order[outer_of[n]]  # type: ignore[index]
        speaker = resolver.resolve(claim, resolved.get(outer) if outer is not None else None)
        if claim.first is not None and claim.first in resolved:
            speaker = resolved[claim.first]
        resolved[i] = speaker
        quoted = (claim.span,) if claim.verbatim else _quoted(claim.span, marks)
        span = _with_outer_marks(text, claim.span, marks)
        records_at[i] = len(records)
        records.append(
            Quotation(
                id=ids[i],
                span=span,
                kind=_kind(text, claim, quoted),
                quoted=quoted,
                speaker=speaker.name,
                speaker_span=claim.speaker,
                speaker_role=speaker.role,
                speaker_confidence=speaker.confidence,
                anonymous=speaker.anonymous,
                anonymity_reason=speaker.reason,
                cue_span=claim.cue,
                cue=claim.cue_text,
                cue_stance=claim.stance,
                medium=_medium(text, trees, claim, None if outer is None else records[records_at[outer]]),
                in_headline=title is not None and title.contains(claim.span),
                nested_in="" if outer is None else ids[outer],
                continues="" if claim.first is None else ids.get(claim.first, ""),
                rule=claim.rule,
            )
        )
    records += _scare(article, trees, records, marks)
    return tuple(sorted(records, key=lambda q: (q.span.start, -q.span.end, q.id)))


def _medium(text: str, trees: Sequence[Tree], claim: Claim, outer: Quotation | None) -> str:
    """What the claim's cue or speaker names as medium, else the agency or paper that reports it around it."""
    found = ""
    if claim.cue_token is not None:
        found = medium.of_cue(trees[claim.cue_token[0]], claim.cue_token[1], text)
    if not found and claim.head is not None:
        found = medium.of_speaker(trees[claim.head[0]], claim.head[1], text)
    if not found and outer is not None and outer.speaker_role == "media" and outer.kind != "direct":
        found = outer.speaker
    same = claim.speaker is not None and found == " ".join(claim.speaker.of(text).split())
    return "" if same else found  # "as reported by KCNA": the agency is the speaker


def _nesting(spans: Sequence[Span]) -> list[int | None]:
    """For each span (sorted by start, longest first) the smallest one that holds it."""
    out: list[int | None] = []
    stack: list[int] = []
    for n, span in enumerate(spans):
        while stack and not spans[stack[-1]].contains(span):
            stack.pop()
        out.append(stack[-1] if stack else None)
        stack.append(n)
    return out


def _quoted(span: Span, marks: Sequence[Marked]) -> tuple[Span, ...]:
    """The parts of ``span`` inside marks, outermost marks only."""
    out: list[Span] = []
    for marked in marks:
        start, end = max(span.start, marked.inner.start), min(span.end, marked.inner.end)
        if start < end and not (out and out[-1].end >= end):
            out.append(Span(start, end))
    return tuple(out)


def _with_outer_marks(text: str, span: Span, marks: Sequence[Marked]) -> Span:
    """``span`` with the marks at its edges where it is more than the words between one pair."""
    start, end = span.start, span.end
    for marked in marks:
        if marked.inner.contains(span):
            continue
        if marked.inner.start == span.start:
            start = marked.span.start
        rest = text[span.end : marked.inner.end]
        if marked.inner.start < span.end <= marked.inner.end and not any(c.isalnum() for c in rest):
            end = marked.span.end
    return Span(start, end)


def _kind(text: str, claim: Claim, quoted: Sequence[Span]) -> QuotationKind:
    """A quoted sentence is direct; quoted words inside a reported one, however many, are mixed."""
    letters = _n_letters(claim.span.of(text)) or 1
    share = sum(_n_letters(s.of(text)) for s in quoted) / letters
    if share >= _DIRECT and claim.rule not in _PHRASES:
        return "direct"
    return "mixed" if share > _MIXED else "indirect"


def _n_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _scare(
    article: Article, trees: Sequence[Tree], records: Sequence[Quotation], marks: Sequence[Marked]
) -> list[Quotation]:
    out: list[Quotation] = []
    taken = [(q.span.start, q.span.end) for q in records]
    for tree in trees:
        if tree.unit.inside is not None:
            continue
        for marked in tree.unit.marks:
            first, until = marked.inner.start, marked.inner.end
            if (
                any(start < until and first < end for start, end in taken)
                or shape.not_speech(article.text, marked, tree.unit.region)
                or not shape.is_scare(article.text, marked)
            ):
                continue
            out.append(
                Quotation(
                    id=f"{article.id}-s{len(out) + 1}", span=marked.inner, kind="scare",
                    quoted=(marked.inner,), rule="short quotation with no speaker",
                )
            )  # fmt: skip
    return out
