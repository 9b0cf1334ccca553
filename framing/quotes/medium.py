"""Through what somebody spoke: a letter, an interview, a post, a news agency. Kept apart from who spoke."""

from __future__ import annotations

from framing.lexicon import load
from framing.quotes import grammar, subjects
from framing.quotes.tree import Tree

_PREPOSITIONS = frozenset({"in", "on", "via", "through", "by", "at", "during", "into", "from", "over"})
_MAX_WORDS = 16  # a longer phrase is a parsing accident


def is_medium(noun: str, *categories: str) -> bool:
    """Whether a noun (lower case) is something people speak through, of one of ``categories`` if given."""
    entry = load("media").entries.get(noun)
    return entry is not None and (not categories or entry.category in categories)


def of_cue(tree: Tree, cue: int, text: str) -> str:
    """The medium that hangs on a cue: "said in a statement", "told CNN", "In his letter, …"; else empty."""
    v = cue
    for _ in range(3):  # "went on to say in a statement": the medium may hang on a verb above
        below = [k for c in tree.childs(v, "xcomp", "dobj") for k in tree.childs(c, "prep") if c > v]
        for c in (*tree.childs(v, "prep", "agent", "dative"), *below):
            if tree.words[c].lower() in _PREPOSITIONS:
                found = _phrase(tree, grammar.object_of(tree, c), text)
                if found:
                    return found
        if tree.lemmas[v] == "tell":
            heard = tree.child(v, "dobj", "dative")
            if heard is not None and _is_outlet(tree, heard):
                return _phrase(tree, heard, text, outlet=True)
        if tree.deps[v] in ("acl", "relcl"):  # "issued a statement calling for …"
            return _phrase(tree, tree.heads[v], text, without=v)
        if tree.deps[v] not in ("xcomp", "conj", "advcl") or tree.heads[v] == v:
            break
        v = tree.heads[v]
    return ""


def of_speaker(tree: Tree, speaker: int, text: str) -> str:
    """The speaker's own phrase where it is no person but what was written: "the statement said"."""
    return _phrase(tree, speaker, text) if is_medium(tree.lemmas[speaker].lower()) else ""


def _is_outlet(tree: Tree, i: int) -> bool:
    phrase = " ".join(tree.words[t] for t in subjects.noun_phrase(tree, i)).lower().removeprefix("the ")
    entry = load("roles").entries.get(phrase)
    return entry is not None and entry.category == "media" and tree.pos[i] == "PROPN"


def _phrase(tree: Tree, i: int | None, text: str, *, outlet: bool = False, without: int = -1) -> str:
    if i is None or not (outlet or is_medium(tree.lemmas[i].lower()) or is_medium(tree.words[i].lower())):
        return ""
    span = tree.span(subjects.noun_phrase(tree, i, [without]))
    if span is None or len(span.of(text).split()) > _MAX_WORDS:
        return tree.words[i]
    return " ".join(span.of(text).split())
