"""Where reported words end and the reporter's own go on: ", adding that …", ", which …", "but said …"."""

from __future__ import annotations

from collections.abc import Collection

from framing.quotes.cues import Cue
from framing.quotes.grammar import VERBAL, tense
from framing.quotes.medium import is_medium
from framing.quotes.subjects import is_low
from framing.quotes.tree import Tree

_PAUSE = frozenset({",", "—", "–", "-", "--", ".", "―"})
# Conjunctions that open a clause of the reporter's own after the reported words.
_REPORTERS_CLAUSE = frozenset({"though", "although", "even", "despite"})
# Relative clauses after a comma at the end are more often the reporter's than the speaker's.
_LOOSE_RELATIVES = frozenset({"which", "who", "where", "whose"})


_TAILS = frozenset({"conj", "prep", "advcl", "relcl", "appos"})


def without_tail(tree: Tree, cue: Cue, cues: Collection[int], tokens: tuple[int, ...]) -> tuple[int, ...]:
    """``tokens`` without the reporter's own words at the end: ", which …", "but said …"."""
    kept = set(tokens)
    last = max((t for t in tokens if tree.pos[t] != "PUNCT"), default=-1)
    for t in tokens:
        if tree.deps[t] not in _TAILS or t not in kept or t <= cue.head or t in tree.holes:
            continue
        own = tree.subtree(t)
        if own[0] > min(kept) and _opens_tail(tree, cue, cues, t, own[0], own[-1] >= last):
            kept -= {k for k in kept if k >= own[0]}
            break
    return tuple(sorted(kept))


def _opens_tail(tree: Tree, cue: Cue, cues: Collection[int], t: int, first: int, to_the_end: bool) -> bool:
    """Whether the branch of ``t``, which begins at ``first``, is the reporter's own."""
    dep = tree.deps[t]
    pause = tree.words[first - 1] if first > 0 and tree.words[first - 1] in _PAUSE else ""
    if (
        dep == "conj"
        and is_finite(tree, t)
        and not is_finite(tree, tree.heads[t])
        and tree.child(t, "nsubj", "nsubjpass") is None
    ):
        return True
    if dep == "conj" and t in cues and (is_low(tree, t) or _is_second_report(tree, cue, t)):
        return True
    if dep == "prep" and to_the_end and cue.form.takes("inf", "obj", "act") and _names_medium(tree, t):
        return True
    if dep == "advcl" and pause and tree.tags[t] == "VBG" and t in cues and first >= t - 2:
        return True
    if dep == "conj" and tree.tags[t] == "VBG" and tree.tags[tree.heads[t]] != "VBG":
        # "calling for change and carrying signs", "he calls it a lie, blaming …"
        return tree.tags[cue.head] == "VBG" or (t in cues and cue.form.takes("as"))
    if dep == "advcl" and t in cues and first > cue.head + 3 and _is_meanwhile(tree, t, pause):
        return True
    if dep == "relcl" and pause and to_the_end and tree.words[first].lower() in _LOOSE_RELATIVES:
        return not _is_quoted(tree, first, t)
    if dep == "appos" and pause and to_the_end and tree.words[first].lower() in ("a", "an", "the"):
        return True
    return (
        dep in ("advcl", "prep")
        and bool(pause)
        and tree.words[first].lower() in _REPORTERS_CLAUSE
        and first > cue.head + 3
    )


def _is_meanwhile(tree: Tree, t: int, pause: str) -> bool:
    """Whether a clause tells what else was said: "…, while the agent maintains …", "… while promising …"."""
    opens = any(tree.words[c].lower() == "while" for c in tree.childs(t, "mark", "advmod"))
    return opens and (bool(pause) or tree.tags[t] == "VBG")


def _is_quoted(tree: Tree, first: int, t: int) -> bool:
    """Whether words of the branch stand in quotation marks: then they are the speaker's."""
    span = tree.span([first, t])
    inside = tree.unit.inside
    return span is not None and any(
        m.inner.overlaps(span)
        for i, m in enumerate(tree.unit.marks)
        if i != inside and tree.unit.region.contains(m.span)
    )


def _names_medium(tree: Tree, preposition: int) -> bool:
    """ "in a message to Putin": where it was said, no part of what was said."""
    found = tree.child(preposition, "pobj")
    if found is None or tree.words[preposition].lower() not in ("in", "during", "on", "at"):
        return False
    if tree.lemmas[found] == "reference":  # "in apparent reference to"
        return True
    owned = tree.child(found, "poss") is not None or any(
        tree.words[c].lower() in ("a", "an") for c in tree.childs(found, "det")
    )
    return owned and is_medium(tree.lemmas[found].lower(), "written", "spoken", "online")


def is_finite(tree: Tree, t: int) -> bool:
    """Also a bare form, which the tagger takes for an infinitive: "accused X of doing and believe"."""
    if tree.pos[t] not in VERBAL:
        return False
    bare = (
        tree.tags[t] == "VB" and tree.child(t, "aux") is None and tree.tags[tree.heads[t]] in ("VBG", "VBN")
    )
    return bare or tense(tree, t) in ("VBD", "VBZ", "VBP", "MD")


def _is_second_report(tree: Tree, cue: Cue, t: int) -> bool:
    """A second cue in the first one's tense that "and" joins on: "said it was late and called …"."""
    if tree.tags[t] == "VBN" and tree.child(tree.heads[t], "aux") is not None:
        return False  # "said he had seen and denounced it"
    return (
        tree.child(t, "nsubj", "nsubjpass", "aux") is None
        and (tree.tags[t] == tree.tags[cue.head] or {tree.tags[t], tree.tags[cue.head]} == {"VBD", "VBN"})
        and tree.tags[t] != "VB"
    )
