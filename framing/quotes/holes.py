"""Which cue introduces which of the quotations that a placeholder stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from framing.quotes import grammar
from framing.quotes.cues import Cue, base_form
from framing.quotes.tree import Tree

_MAX_DISTANCE = 14  # tokens between a quotation and the cue beside it
_NEXT = 5  # tokens from a quotation to the first of speaker and verb, its end marks included
_MAX_NAME = 14  # tokens of a name with its apposition: "…," Miller, a retired worker from Ohio, said
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_NOBODY = frozenset({"it", "there", "that", "this", "what", "which", "you", "one"})


def assign(tree: Tree, all_cues: Sequence[Cue]) -> dict[int, list[int]]:
    """Cue head to the quotations that it introduces.

    What stands right after the quotation decides first, then the tree, then the nearest
    cue of the sentence. The second half of a broken quotation goes with its first.
    """
    verbs = {c.head: c for c in all_cues if not c.noun and not c.form.takes("prep")}
    out: dict[int, list[int]] = {}
    of: dict[int, int] = {}
    for hole, tokens in _holes(tree).items():
        cue = _next_to(tree, tokens, verbs)
        if cue is None:
            cue = _by_tree(tree, tokens, verbs)
        if cue is None:
            cue = _beside(tree, tokens, verbs)
        if cue is not None:
            of[hole] = cue
            out.setdefault(cue, []).append(hole)
    for first, second in pairwise(tree.unit.holes):
        if second.start == second.end and first.mark in of:
            of[second.mark] = of[first.mark]
            out[of[first.mark]].append(second.mark)
    return out


def _holes(tree: Tree) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for token in sorted(tree.holes):
        out.setdefault(tree.holes[token], []).append(token)
    return out


def root_of(tree: Tree, tokens: Sequence[int]) -> int:
    """The token of a placeholder that the others hang on."""
    return next((t for t in tokens if tree.heads[t] == t or tree.heads[t] not in tokens), tokens[0])


def _next_to(tree: Tree, tokens: Sequence[int], verbs: Mapping[int, Cue]) -> int | None:
    """The cue right after the quotation: "…," said X, or "…," X said; nothing but a name between."""
    at = max(tokens) + 1
    sentence = tree.sentence[tokens[0]]
    for t in range(at, min(len(tree), at + _MAX_NAME)):
        if tree.sentence[t] != sentence or t in tree.holes or tree.tags[t] in _RELATIVE:
            return None
        if t in verbs and (tree.tags[t] in ("VBD", "VBZ", "VBP") or tree.child(t, "aux") is not None):
            return t
        if tree.pos[t] in grammar.VERBAL and tree.deps[t] not in ("aux", "auxpass", "acl"):
            return None
        if tree.pos[t] in ("CCONJ", "SCONJ") and tree.words[t].lower() not in ("and", "of"):
            return None
    return None


def _by_tree(tree: Tree, tokens: Sequence[int], verbs: Mapping[int, Cue]) -> int | None:
    root = root_of(tree, tokens)
    if tree.heads[root] in verbs:
        return tree.heads[root]
    return next((c for c in tree.children[root] if c in verbs and tree.deps[c] != "relcl"), None)


def _beside(tree: Tree, tokens: Sequence[int], verbs: Mapping[int, Cue]) -> int | None:
    """The nearest cue verb of the sentence, no other quotation and no relative pronoun in between."""
    low, high = min(tokens), max(tokens)
    best: tuple[int, int] | None = None
    for v in verbs:
        if tree.sentence[v] != tree.sentence[low]:
            continue
        distance = low - v if v < low else v - high
        between = range(v + 1, low) if v < low else range(high + 1, v)
        if distance > _MAX_DISTANCE or any(t in tree.holes for t in between):
            continue
        if v > high and any(tree.tags[t] in _RELATIVE for t in between):
            continue
        if best is None or distance < best[0]:
            best = (distance, v)
    return best[1] if best else None


def named_beside(tree: Tree, cue: Cue, tokens: Sequence[int]) -> int | None:
    """Who stands between a quotation and its cue, or right after it, where the tree shows no subject."""
    after = max(tokens) + 1
    if not after <= cue.head:
        return None
    for t in range(after, cue.head):
        if tree.pos[t] in grammar.NOMINAL or tree.words[t][:1].isupper():
            head = t
            while (
                after <= tree.heads[head] < cue.head
                and tree.heads[head] != head
                and tree.pos[tree.heads[head]] in grammar.NOMINAL
            ):
                head = tree.heads[head]
            return head
    return None


def without_cue(tree: Tree, hole: int) -> tuple[int, int] | None:
    """Verb and speaker of a sentence that begins or ends in a quotation without a cue of the lexicon.

    He summed it up: "…". She cracked, "…". His answer was, "…". "…," she elaborated.
    """
    tokens = _holes(tree).get(hole)
    if not tokens:
        return None
    verb = tree.heads[root_of(tree, tokens)]
    named = tree.child(verb, "nsubj")
    if (
        named is not None
        and max(tokens) < min(named, verb) <= max(tokens) + _NEXT
        and tree.tags[verb] in ("VBD", "VBZ")
        and tree.deps[root_of(tree, tokens)] == "ccomp"
        and grammar.can_speak(tree, named)
    ):
        return verb, named
    before = min(tokens) - 1
    while before >= 0 and tree.words[before] == '"':
        before -= 1
    if (
        before < 1
        or tree.words[before] not in (":", ",", "-", "--", "–", "—")
        or tree.sentence[before] != tree.sentence[tokens[0]]
    ):
        return None
    return last_subject(tree, before)


def last_subject(tree: Tree, end: int) -> tuple[int, int] | None:
    """Main verb and speaker of the sentence up to token ``end``: its subject, or whose answer it "is"."""
    sentence = [t for t in range(end) if tree.sentence[t] == tree.sentence[end]]
    verbs = [
        t
        for t in sentence
        if tree.pos[t] in grammar.VERBAL and tree.child(t, "nsubj") is not None and t not in tree.holes
    ]
    if not verbs:
        return _stated_by(tree, sentence)
    verb = min(verbs, key=lambda v: (sum(1 for _ in tree.ancestors(v)), -v))
    subject = tree.child(verb, "nsubj")
    if subject is None or tree.words[subject].lower() in _NOBODY:
        return None
    if tree.lemmas[verb] == "be":
        owner = tree.child(subject, "poss")
        return None if owner is None else (verb, owner)
    return verb, subject


def _stated_by(tree: Tree, sentence: Sequence[int]) -> tuple[int, int] | None:
    """Verb and speaker of "Said Smith:"."""
    if not sentence or base_form(tree.lemmas[sentence[0]]) is None:
        return None
    named = tree.child(sentence[0], "dobj", "nsubj")
    return None if named is None or tree.pos[named] != "PROPN" else (sentence[0], named)
