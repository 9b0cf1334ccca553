"""Subjects that the parser missed or gave to another word."""

from __future__ import annotations

from framing.quotes.grammar import ADDRESSING, NOMINAL, can_speak, tense
from framing.quotes.tree import Tree

_MAY_BE_SUBJECTS = frozenset({*NOMINAL, "DET", "ADJ", "NUM"})
_AROUND_VERB = frozenset({"advmod", "aux", "neg"})


def named_before(tree: Tree, v: int) -> int | None:
    """The noun phrase right before a finite verb, taken for an apposition: "…, President Smith said"."""
    if tree.tags[v] not in ("VBD", "VBZ", "VBP") or tree.child(v, "nsubjpass") is not None:
        return None
    last = v - 1
    while last >= 0 and (
        (tree.heads[last] == v and tree.deps[last] in _AROUND_VERB) or tree.words[last] == ","
    ):
        last -= 1
    if last < 0 or tree.sentence[last] != tree.sentence[v]:
        return None
    found = None
    for head in (last, *tree.ancestors(last)):
        if head > last or tree.subtree(head)[-1] != last:
            break
        if tree.deps[head] == "appos" and tree.pos[head] in NOMINAL:
            found = head
    if found is not None and tree.words[last + 1] == "," and tree.pos[found] == "NOUN":
        head = tree.heads[found]  # "Smith, the mayor of Lund, said"
        between = (tree.tags[t] for t in range(head, found) if tree.deps[t] != "relcl")
        if tree.pos[head] == "PROPN" and not any(tag in ("VBD", "VBZ", "VBP") for tag in between):
            return head
    return found


def phrase_before(tree: Tree, v: int) -> int | None:
    """The noun phrase that ends right before the main verb, where the parser gave the verb no subject."""
    if tree.deps[v] != "ROOT" or tense(tree, v) not in ("VBD", "VBZ", "VBP"):
        return None
    last = v - 1
    while last >= 0 and (tree.heads[last] == v and tree.deps[last] in (*_AROUND_VERB, "punct")):
        last -= 1
    if last < 0 or tree.sentence[last] != tree.sentence[v] or tree.pos[last] not in NOMINAL:
        return None
    head = last
    while tree.heads[head] < head and tree.heads[head] != v:
        up = tree.heads[head]
        if tree.pos[up] == "ADP" and tree.pos[tree.heads[up]] in NOMINAL and tree.heads[up] < up:
            up = tree.heads[up]
        if tree.pos[up] not in NOMINAL:
            break
        head = up
    time = any(a <= head < b for a, b, label in tree.entities if label in ("DATE", "TIME"))
    return head if can_speak(tree, head, documents=True) and not time else None


def inverted(tree: Tree, v: int) -> int | None:
    """The subject right after a verb that follows a quotation: "It is so," said retired surgeon Smith, …

    Or a clause that was said: It is so, said Smith, who …
    """
    if tree.tags[v] not in ("VBD", "VBZ", "VBP", "VBN") or v + 1 >= len(tree):
        return None
    head = v + 1
    if tree.pos[head] not in _MAY_BE_SUBJECTS or tree.words[head].lower() in ("that", "this"):
        return None
    before = v - 1
    while before >= 0 and (tree.pos[before] == "PUNCT" or tree.words[before] == '"'):
        before -= 1
    if before < 0 or (before not in tree.holes and not _is_after_clause(tree, v)):
        return None
    while tree.heads[head] > v and tree.pos[tree.heads[head]] in NOMINAL and tree.deps[head] != "appos":
        if tree.heads[head] == head:
            break
        head = tree.heads[head]
    return head if tree.pos[head] in NOMINAL else None


def _is_after_clause(tree: Tree, v: int) -> bool:
    """Whether verb ``v`` follows the clause that was said, with no subject before it: It is so, said …"""
    if tree.words[v - 1] != "," or tree.lemmas[v] in ADDRESSING or tree.child(v, "nsubj") is not None:
        return False
    return any(c < v and tree.subtree(c)[-1] in (v - 1, v - 2) for c in tree.childs(v, "ccomp"))


def floated(tree: Tree, i: int) -> int:
    """The noun phrase that a floating "all" or "both" stands after: "Smith and Jones both said …"."""
    last = i - 1
    if tree.words[i].lower() not in ("all", "both", "each", "themselves", "himself", "herself") or last < 0:
        return i
    if tree.pos[last] not in NOMINAL or tree.sentence[last] != tree.sentence[i]:
        return i
    while tree.deps[last] in ("conj", "compound", "appos") and tree.heads[last] != last:
        last = tree.heads[last]
    return last if last < i else i


def lends_subject(tree: Tree, v: int) -> bool:
    """Whether ``v`` is an aside that was given the sentence's subject: "Rossi, asked about it, said …"."""
    head = tree.heads[v]
    if tree.deps[v] != "advcl" or head < v or tree.tags[v] not in ("VBD", "VBN") or tree.words[v - 1] != ",":
        return False
    alone = tree.child(head, "nsubj", "nsubjpass", "expl") is None and tree.child(v, "mark") is None
    return alone and any(c < v for c in tree.childs(v, "nsubj"))


def is_contracted_perfect(tree: Tree, v: int) -> bool:
    """Whether "'s" is "has", which the parser takes for "is": "who's argued that …", "he's called for …"."""
    aux = tree.child(v, "auxpass")
    if aux is None or tree.words[aux].lower() != "'s" or tree.child(v, "agent") is not None:
        return False
    clause = any(tree.child(c, "mark", "nsubj") is not None for c in tree.childs(v, "ccomp"))
    about = any(tree.words[c].lower() in ("for", "against", "about") for c in tree.childs(v, "prep"))
    own = tree.child(v, "nsubjpass")
    if tree.lemmas[v] in ADDRESSING or (own is not None and tree.words[own].lower() in ("it", "what")):
        return False
    return clause or about or tree.child(v, "prt") is not None
