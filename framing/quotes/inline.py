"""Short quotations inside a sentence that no content holds: blasted Trump for "…"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from framing.article import Span
from framing.quotes import shape, subjects
from framing.quotes.claim import Claim, of_cue, tidy
from framing.quotes.cues import Cue
from framing.quotes.marks import Marked
from framing.quotes.medium import is_medium
from framing.quotes.spans import article_span
from framing.quotes.speakers.roles import role_of
from framing.quotes.tails import without_tail
from framing.quotes.tree import Tree

_PHRASES = frozenset({"words of the cue's clause", "complement", "prepositional object"})
_GOES_ON = frozenset({"prep", "ccomp", "xcomp", "dative", "acl"})
_OBJECTS = frozenset({"dobj", "dative", "oprd", "xcomp", "ccomp", "attr"})


def with_inline_quotes(
    text: str, tree: Tree, n: int, found: list[Claim], found_cues: Sequence[Cue]
) -> list[Claim]:
    """Short quotations that no content holds, or only an agency's around: "Kim “hailed” it, KCNA said"."""
    out = list(found)
    holes = {h.mark for h in tree.unit.holes}
    all_cues = {c.head: c for c in found_cues}
    for i, marked in enumerate(tree.unit.marks):
        if i in holes or not tree.unit.region.contains(marked.span):
            continue
        if any(other.inner.contains(marked.span) and other is not marked for other in tree.unit.marks):
            continue
        around = [c for c in out if c.span.overlaps(marked.inner)]
        if shape.not_speech(text, marked, tree.unit.region):
            continue
        if not all(_may_report(text, c) for c in around):
            continue
        claim = _governed(text, tree, n, marked, all_cues)
        if claim is None or not all(_holds(c, claim) for c in around):
            continue
        same = next((k for k, c in enumerate(out) if _goes_on(tree, c, claim, all_cues)), None)
        if same is None:
            out.append(claim)
        else:
            out[same] = replace(out[same], span=Span(out[same].span.start, claim.span.end))
    return out


def _goes_on(tree: Tree, before: Claim, claim: Claim, all_cues: Collection[int]) -> bool:
    """Whether one cue has both, no other cue between: pledged a “deep” bond and a “close” one."""
    gap = Span(before.span.end, max(before.span.end, claim.span.start))
    return (
        before.cue == claim.cue
        and before.rule in _PHRASES
        and before.span.end <= claim.span.start
        and not any(gap.start <= tree.starts[h] < gap.end for h in all_cues)
    )


def _may_report(text: str, outer: Claim) -> bool:
    """Whether a claim is an agency's or paper's report, which may hold what others said."""
    return outer.rule == "according to" or (
        outer.speaker is not None and role_of(outer.speaker.of(text)) == "media"
    )


def _holds(outer: Claim, inner: Claim) -> bool:
    """Whether ``outer`` holds the cue of ``inner``."""
    if inner.cue is None or outer.cue == inner.cue or outer.span == inner.span:
        return False
    return outer.span.contains(inner.cue)


def _is_setting(tree: Tree, c: int) -> bool:
    """Whether a branch tells when or through what it was said."""
    found = tree.child(c, "pobj")
    if found is None:
        return False
    time = any(a <= found < b for a, b, label in tree.entities if label in ("DATE", "TIME"))
    return time or is_medium(tree.lemmas[found].lower())


def _object_with(tree: Tree, cue: Cue, quote: int, heads: Collection[int]) -> list[int]:
    """The object of ``cue`` up to the branch that holds token ``quote``: "Trump for the “greed” of …"."""
    above = {quote, *tree.ancestors(quote)}
    branches = [c for c in tree.children[cue.head] if c > cue.head]
    holding = next((c for c in branches if c in above), None)
    if holding is None:
        return []
    taken = [c for c in branches if (c <= holding and tree.deps[c] in _OBJECTS) or c == holding]
    for c in branches:  # "blamed the “fog of war” for the failure"
        first, end = tree.subtree(c)[0], max(tree.subtree(taken[-1]))
        follows = c > holding and first == end + 1 and tree.words[end] != ","
        if follows and tree.deps[c] in _GOES_ON and not _is_setting(tree, c):
            taken.append(c)
    loose = [] if cue.form.takes("obj", "as", "inf", "that") else _reporters_clauses(tree, holding, quote)
    run = sorted(t for c in taken for t in tree.subtree(c, loose) if t not in cue.tokens)
    return [t for t in without_tail(tree, cue, heads, tuple(run)) if tree.starts[t] >= 0]


def _phrase_of(tree: Tree, quote: int) -> list[int]:
    """The noun phrase that a quoted word stands in: his “first” book."""
    head = quote
    while tree.deps[head] in ("compound", "amod", "nmod", "poss", "nummod") and tree.heads[head] != head:
        head = tree.heads[head]
    return tree.subtree(head) if tree.pos[head] in ("NOUN", "PROPN") else []


def _reporters_clauses(tree: Tree, holding: int, quote: int) -> list[int]:
    """Clauses after a quoted word that tell what it is about: the "firm support" provided by its ally."""
    return [t for t in tree.subtree(holding) if t > quote and tree.deps[t] in ("acl", "relcl")]


def _as_said(tree: Tree, v: int) -> bool:
    """ "As Smith put it, …"."""
    return any(tree.words[c].lower() == "as" for c in tree.childs(v, "mark", "advmod"))


def _governed(text: str, tree: Tree, n: int, marked: Marked, all_cues: Mapping[int, Cue]) -> Claim | None:
    """The speech of an inline quotation whose governing verb is a cue: blasted Trump for "…"."""
    inside = [t for t in range(len(tree)) if marked.inner.start <= tree.starts[t] < marked.inner.end]
    if not inside:
        return None
    members = set(inside)
    head = next((t for t in inside if tree.heads[t] == t or tree.heads[t] not in members), inside[0])
    by_head = {h: c for h, c in all_cues.items() if not c.noun and not c.form.takes("adv", "prep")}
    for a in (head, *tree.ancestors(head)):
        cue = by_head.get(a)
        if cue is None or a in members:
            asides = [c for c in tree.childs(a, "advcl") if c in by_head and _as_said(tree, c)]
            cue = by_head[asides[0]] if asides else None
        if cue is None:
            continue
        subject = subjects.speaker(tree, cue)
        if subject is None or head in tree.subtree(subject):
            continue  # the “superdelegates” said: a word of who speaks
        codes = cue.form.takes("act", "obj", "as", "inf", "that")
        run = _object_with(tree, cue, head, all_cues) if codes else _phrase_of(tree, head)
        span = article_span(text, tree, subjects.trim(tree, run))
        if span is None or not span.contains(marked.inner):
            span = tidy(text, marked.inner)
        return of_cue(tree, n, cue, subject, span, "words of the cue's clause")
    return None
