"""From trees to claims: which stretches of a paragraph are speech, by whom, under which cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from framing.article import Span
from framing.quotes import closing, cues, grammar, shape, subjects
from framing.quotes import content as content_
from framing.quotes import holes as holes_
from framing.quotes.claim import NO_CUE, Claim, introduced, of_cue, tidy
from framing.quotes.cues import Cue
from framing.quotes.inline import with_inline_quotes
from framing.quotes.spans import content_spans, merge, opening_span, quotation_span
from framing.quotes.tree import Tree


def claims(text: str, trees: Sequence[Tree], n_first: int) -> list[Claim]:
    """The claims of one paragraph from its frame and the units taken out of it.

    ``n_first`` is the article-wide index of ``trees[0]``.
    """
    out: list[Claim] = []
    for n, tree in enumerate(trees, n_first):
        all_cues = list(cues.find(tree))
        found = _tree_claims(text, tree, n, all_cues)
        if tree.unit.inside is None:
            found = _with_loose_holes(text, tree, n, found)
            found = with_inline_quotes(text, tree, n, found, all_cues)
        out += found
    return out


def _tree_claims(text: str, tree: Tree, n: int, all_cues: Sequence[Cue]) -> list[Claim]:
    found: list[Claim] = []
    all_cues = [c for c in all_cues if not c.form.takes("adv")]
    heads = {c.head for c in all_cues}
    holes_of = holes_.assign(tree, all_cues)
    for cue in all_cues:
        subject = subjects.speaker(tree, cue)
        holes = holes_of.get(cue.head, ())
        if subject is None and holes:
            subject = holes_.named_beside(tree, cue, [t for t in tree.holes if tree.holes[t] == holes[0]])
        if subject is None and not holes and found and _is_fragment(tree, cue):
            content = content_.content(tree, cue, heads, None)
            spans = [] if content is None else content_spans(text, tree, cue, None, content, ())
            found += [
                replace(
                    of_cue(tree, n, cue, None, s, "fragment"), speaker=found[-1].speaker, head=found[-1].head
                )
                for s in spans
            ]
            continue
        if not _speaks(tree, cue, subject, bool(holes)):
            continue
        content = content_.content(tree, cue, heads, subject)
        within = set() if content is None else set(content.tokens)
        foreign = {
            h for head, own in holes_of.items() if head != cue.head and head not in within for h in own
        }
        spans = (
            []
            if content is None or _right_after(tree, cue, holes)
            else content_spans(text, tree, cue, subject, content, foreign)
        )
        for hole in holes:
            marked = tree.unit.marks[hole]
            if not any(s.contains(marked.inner) for s in spans):
                spans.append(quotation_span(text, tree, cue, subject, heads, hole))
        opening = opening_span(text, tree, cue, subject, heads, holes[0]) if holes else None
        spans += [] if opening is None else [opening]
        first: int | None = None
        for span in merge(spans):
            rule = (
                content.rule
                if content and not any(tree.unit.marks[h].inner.contains(span) for h in holes)
                else "quotation beside the cue"
            )
            found.append(of_cue(tree, n, cue, subject, span, rule, first))
            first = len(found) - 1 if first is None else first
    for claim in closing.claims(text, tree, n):
        if not any(c.cue == claim.cue or c.span == claim.span for c in found):
            found.append(claim)
    return found


def _is_fragment(tree: Tree, cue: Cue) -> bool:
    """A participle in a sentence without a subject goes on with the speaker before: Stressing that …"""
    if (
        tree.tags[cue.head] != "VBG"
        or cue.noun
        or tree.deps[cue.head] not in ("ROOT", "advcl", "acl", "pcomp")
    ):
        return False
    same = [t for t in range(cue.head) if tree.sentence[t] == tree.sentence[cue.head]]
    return not any(tree.deps[t] in ("nsubj", "nsubjpass") for t in same)


def _speaks(tree: Tree, cue: Cue, subject: int | None, quotes: bool) -> bool:
    """Whether a cue reports speech of somebody: no speaker, no report, unless it stands beside a quotation.

    Inside a quotation "I think" is the speaker's way of talking; beliefs count only
    outside, and of a third person.
    """
    if quotes:
        return True
    if subject is None:
        return False
    word = tree.words[subject].lower()
    if word in ("that", "this") and cue.head + 1 < len(tree) and tree.words[cue.head + 1] == ",":
        return False  # "That said, …"
    if cue.form.takes("speaks") and not cue.noun and not grammar.can_speak(tree, subject, documents=True):
        return False
    inside = tree.unit.inside is not None or _in_marks(tree, cue.head)
    if inside and (word in ("i", "we", "you", "me", "us") or cue.noun):
        return False
    return not (cue.form.takes("belief") and (inside or word in ("i", "we", "you", "one", "it")))


def _in_marks(tree: Tree, t: int) -> bool:
    """Whether a token stands inside a quotation that was left in its sentence."""
    return any(
        m.inner.start <= tree.starts[t] < m.inner.end
        for m in tree.unit.marks
        if tree.unit.region.contains(m.span)
    )


def _right_after(tree: Tree, cue: Cue, holes: Sequence[int]) -> bool:
    """Whether the cue stands right after its quotation, so that what else hangs on it is no content."""
    if not holes:
        return False
    last = [t for t in tree.holes if tree.holes[t] in holes and t < cue.head]
    if not last:
        return False
    own = range(max(last) + 1, cue.head)
    return (
        all(
            tree.pos[t]
            in ("PUNCT", "PROPN", "NOUN", "PRON", "DET", "ADJ", "ADV", "AUX", "PART", "ADP", "NUM")
            for t in own
        )
        and len(own) <= 12
    )


def _with_loose_holes(text: str, tree: Tree, n: int, found: list[Claim]) -> list[Claim]:
    """Quotations that no cue took: after a colon, carried on in the paragraph, else left open."""
    taken = [c.span for c in found]
    out = list(found)
    for hole in sorted({h.mark for h in tree.unit.holes}):
        inner = tidy(text, tree.unit.marks[hole].inner)
        if any(s.contains(inner) or (inner.contains(s) and len(s) > 0.5 * len(inner)) for s in taken):
            continue
        if shape.not_speech(text, tree.unit.marks[hole], tree.unit.region):
            continue
        claim = (
            _without_cue(tree, n, hole, inner)
            or _carried_on(tree, n, out, inner)
            or _talked_of(tree, n, hole, inner)
        )
        out.append(claim or Claim(inner, rule=NO_CUE, paragraph=tree.unit.paragraph, inside=tree.unit.inside))
    return out


def _without_cue(tree: Tree, n: int, hole: int, inner: Span) -> Claim | None:
    """A quotation that a sentence without a cue verb introduces."""
    found = holes_.without_cue(tree, hole)
    return None if found is None else introduced(tree, n, *found, inner)


def _talked_of(tree: Tree, n: int, hole: int, inner: Span) -> Claim | None:
    """A sentence of nothing but a quotation: by whom the one before tells of. Kim shrugged. “Why not?”"""
    own = [t for t in tree.holes if tree.holes[t] == hole]
    if not own:
        return None
    sentence = tree.sentence[own[0]]
    alone = all(
        t in tree.holes or tree.pos[t] == "PUNCT" for t in range(len(tree)) if tree.sentence[t] == sentence
    )
    before = [t for t in range(len(tree)) if tree.sentence[t] == sentence - 1]
    if not alone or not before or any(t in tree.holes for t in before):
        return None
    found = holes_.last_subject(tree, before[-1])
    if found is None or not grammar.can_speak(tree, found[1]):
        return None
    claim = introduced(tree, n, *found, inner)
    return replace(
        claim, cue=None, cue_text="", stance="", rule="quotation after a sentence about the speaker"
    )


def _carried_on(tree: Tree, n: int, found: Sequence[Claim], inner: Span) -> Claim | None:
    """The speaker of the sentence before in the paragraph: of its main cue where it has several."""
    cue_of = {
        i: c.cue_token[1]
        for i, c in enumerate(found)
        if c.span.end <= inner.start
        and c.inside is None
        and c.speaker
        and c.cue_token
        and c.cue_token[0] == n
    }
    if not cue_of:
        return None
    at = max(tree.sentence[cue] for cue in cue_of.values())
    in_last = [i for i, cue in cue_of.items() if tree.sentence[cue] == at]
    i = min(in_last, key=lambda k: len(list(tree.ancestors(cue_of[k]))))
    source = found[i]
    first = source.first if source.first is not None else i
    return replace(source, span=inner, first=first, rule="carried on in the paragraph")
