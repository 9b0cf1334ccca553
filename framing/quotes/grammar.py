"""Parts of speech and relations that several rules ask for."""

from __future__ import annotations

from framing.lexicon import load
from framing.quotes.tree import Tree

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_SPEAKING = frozenset({
    "he", "she", "they", "who", "we", "i", "you", "many", "some", "others", "those", "one", "both", "all",
    "it", "which", "that",
})  # fmt: skip
# Verbs whose object is who hears it, not what is said.
ADDRESSING = frozenset({
    "tell", "inform", "remind", "assure", "reassure", "notify", "advise", "warn", "caution", "brief",
    "convince", "ask", "show",
})  # fmt: skip


def object_of(tree: Tree, preposition: int) -> int | None:
    """The object of a preposition."""
    return tree.child(preposition, "pobj", "pcomp", "dobj")


def can_speak(tree: Tree, i: int, *, documents: bool = False) -> bool:
    """Whether token ``i`` may head a speaker: a name, a pronoun for people, a noun of the roles list."""
    if tree.pos[i] == "PROPN" or tree.words[i].lower() in _SPEAKING:
        return True
    entry = load("roles").entries.get(tree.lemmas[i].lower()) or load("roles").entries.get(
        tree.words[i].lower()
    )
    if entry is not None:
        return documents or entry.category != "document"
    return tree.tags[i] == "NNS" and any(a <= i < b for a, b, _ in tree.entities)


def tense(tree: Tree, v: int) -> str:
    """The tag of the finite part of verb ``v``: of its first auxiliary, else its own."""
    aux = tree.child(v, "aux", "auxpass")
    return tree.tags[v] if aux is None else tree.tags[aux]


def is_relative(tree: Tree, i: int) -> bool:
    """Whether token ``i`` is a relative pronoun."""
    return tree.words[i].lower() in _RELATIVE and tree.tags[i] in ("WP", "WDT", "IN")


def antecedent(tree: Tree, i: int) -> int | None:
    """The noun behind a relative pronoun, None for other tokens."""
    if not is_relative(tree, i):
        return None
    verb = next((a for a in tree.ancestors(i) if tree.deps[a] == "relcl"), None)
    return None if verb is None else tree.heads[verb]
