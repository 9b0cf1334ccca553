"""Contents that are no clause: noun phrases and infinitives by the cue's codes, noun cues, "according to"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from framing.lexicon import load
from framing.quotes.cues import Content, Cue, has_entry, introduced
from framing.quotes.grammar import VERBAL, antecedent, can_speak
from framing.quotes.subjects import is_passive
from framing.quotes.tree import Tree


def complement(tree: Tree, cue: Cue, subject: int | None) -> Content | None:
    """Noun phrases and infinitives, by the codes of the verb."""
    v, form = cue.head, cue.form
    if is_only_meant(tree, v) or _is_of_a_thing(tree, subject):
        return None
    anchor = cue.tokens[-1]
    after = tree.child(anchor, "pobj", "pcomp") if anchor != v else None
    if after is not None and not form.takes("obj", "inf", "as"):
        return None
    told = [c for c in tree.childs(v, "ccomp") if c > anchor and _has_that(tree, c)]
    if after is not None and told:  # "agrees with Smith that …"
        return introduced(tree.subtree(told[0]), cue, "clause")
    if after is not None:
        tokens = {t for c in tree.children[anchor] if c > anchor for t in tree.subtree(c)}
        for c in tree.childs(v, "prep"):  # "refers to the islands as bases"
            if c > anchor and tree.words[c].lower() == "as":
                tokens.update(tree.subtree(c))
        if form.takes("inf", "obj"):
            tokens.update(
                t
                for c in tree.childs(v, "xcomp", "advcl", "ccomp")
                if c > anchor and _has_to(tree, c)
                for t in tree.subtree(c)
            )
        return introduced(tokens, cue, "prepositional object")
    if anchor != v and tree.deps[anchor] == "mark":  # "called for Republicans to act"
        return introduced(tree.subtree(tree.heads[anchor], [anchor]), cue, "prepositional object")
    parts = _parts(tree, cue, subject)
    return introduced({t for p in parts for t in tree.subtree(p)}, cue, "complement") if parts else None


def _parts(tree: Tree, cue: Cue, subject: int | None) -> list[int]:
    v, form = cue.head, cue.form
    infinitive = [c for c in tree.childs(v, "xcomp", "ccomp", "advcl") if c > v and _has_to(tree, c)]
    if form.takes("inf") and infinitive:
        told = form.text == "tell" and tree.child(v, "dobj") is not None
        return infinitive if told or is_passive(tree, v) else [*tree.childs(v, "dobj"), *infinitive]
    if form.takes("as") and form.takes("act"):
        return _judged(tree, v)
    if form.takes("as"):
        objects = [
            c for c in tree.childs(v, "dobj", "oprd", "xcomp", "ccomp", "prep", "attr", "advcl") if c > v
        ]
        named = [c for c in objects if tree.deps[c] != "prep" or tree.words[c].lower() in ("as", "of")]
        if (
            len(named) > 1
            or any(tree.deps[c] in ("ccomp", "xcomp", "oprd") for c in named)
            or (named and _is_said_before(tree, v))
            or _has_marks(tree, [c for c in named if tree.deps[c] == "dobj"])
        ):
            alone = len(named) == 1 and tree.words[named[0]].lower() == "as"
            return tree.childs(named[0], "pobj", "pcomp") if alone else named
        if not form.takes("obj"):
            return []
    if form.takes("about"):
        about = [p for p in tree.childs(v, "prep") if tree.words[p].lower() == "about"]
        if about:
            return tree.childs(about[0], "pobj", "pcomp")
    if form.takes("of") and tree.child(v, "dobj") is not None:
        objects = [c for c in tree.childs(v, "dobj", "prep") if c > v]
        about = [
            p
            for c in (v, *objects)
            for p in tree.childs(c, "prep")
            if tree.words[p].lower() in ("of", "about")
        ]
        return objects if about else []
    if form.takes("obj") or (form.takes("doc") and subject is not None and _is_document(tree, subject)):
        objects = [c for c in tree.childs(v, "dobj", "attr", "dative", "ccomp", "xcomp") if c > v]
        objects = [c for c in objects if c not in tree.holes]
        return objects + [
            c for c in tree.childs(v, "prep") if objects and c > objects[0] and not _is_time(tree, c)
        ]
    return []


def _judged(tree: Tree, v: int) -> list[int]:
    """Object and as-phrase of "dismissed the report as a fake"; neither alone is content."""
    found = tree.child(v, "dobj")
    if found is None or found < v:
        return []
    below = (*tree.childs(v, "prep"), *tree.childs(found, "prep"))
    phrases = [c for c in below if tree.words[c].lower() == "as"]
    return [found, phrases[0]] if phrases and phrases[0] > found else []


def _is_said_before(tree: Tree, v: int) -> bool:
    """Whether what is named stands before the verb: "what critics call a trap", "it was called a trap"."""
    wh = any(tree.tags[c] in ("WP", "WDT") for c in tree.childs(v, "dobj", "dative") if c < v)
    return wh or is_passive(tree, v)


def _is_of_a_thing(tree: Tree, subject: int | None) -> bool:
    """Whether the subject is a relative pronoun for something that says nothing: "a trend that echoes …"."""
    noun = None if subject is None else antecedent(tree, subject)
    if noun is None or subject is None or tree.words[subject] == "who":
        return False
    return not can_speak(tree, noun, documents=True)


# Verbs whose infinitive is done or left undone, not planned: "went on to accuse", "declined to discuss".
_DOING = frozenset({
    "continue", "go", "begin", "start", "come", "decline", "refuse", "proceed", "move", "rush", "appear",
    "seem", "try", "seek", "hasten", "manage", "want", "like", "have",
})  # fmt: skip


def is_only_meant(tree: Tree, v: int) -> bool:
    """Whether ``v`` is an infinitive of what may happen: "his plan to admit …", "decided to recommend …"."""
    head = tree.heads[v]
    if not _has_to(tree, v) or head == v:
        return False
    if tree.deps[v] in ("acl", "relcl"):
        return True
    return tree.deps[v] in ("xcomp", "ccomp", "advcl") and tree.lemmas[head] not in _DOING


def _has_marks(tree: Tree, branches: Iterable[int]) -> bool:
    """Whether a short quotation stands in one of the branches: "called her “The Mother of the Town”"."""
    spans = [s for c in branches if (s := tree.span(tree.subtree(c))) is not None]
    return any(
        s.overlaps(m.inner) for s in spans for m in tree.unit.marks if tree.unit.region.contains(m.span)
    )


def _is_document(tree: Tree, i: int) -> bool:
    entry = load("roles").entries.get(tree.lemmas[i].lower())
    return entry is not None and entry.category == "document"


def _is_time(tree: Tree, prep: int) -> bool:
    found = tree.child(prep, "pobj")
    return found is not None and any(
        a <= found < b for a, b, label in tree.entities if label in ("DATE", "TIME")
    )


def _has_that(tree: Tree, c: int) -> bool:
    return any(tree.deps[k] == "mark" and tree.words[k].lower() == "that" for k in tree.children[c])


def _has_to(tree: Tree, c: int) -> bool:
    return any(tree.tags[k] == "TO" for k in tree.children[c])


def around(tree: Tree, cue: Cue) -> Content | None:
    """What stands around "according to X": the clause that it hangs on, the whole sentence at its end."""
    head = cue.head
    if cue.form.text.split()[-1] == "per" and (head == 0 or tree.words[head - 1] != ","):
        return None  # "per person"
    verb = next((a for a in tree.ancestors(head) if tree.pos[a] in VERBAL), None)
    if verb is None:
        verb = next(iter(tree.ancestors(head)), None)
    if verb is None:
        return _after_first_comma(tree, cue)
    up = ("xcomp", "acl", "relcl", "advcl", "pcomp", "ccomp", "conj")
    while tree.deps[verb] in up and tree.heads[verb] != verb and not _is_said(tree, verb):
        verb = tree.heads[verb]
        if tree.pos[verb] not in VERBAL:
            verb = next((a for a in tree.ancestors(verb) if tree.pos[a] in VERBAL), verb)
    return introduced(tree.subtree(verb, [head]), cue, "according to")


def _is_said(tree: Tree, verb: int) -> bool:
    """Whether a clause is what another cue says: "reported that, according to its records, …"."""
    said = tree.deps[verb] == "ccomp" and tree.child(verb, "nsubj", "nsubjpass", "expl") is not None
    return said and tree.heads[verb] < verb and has_entry(tree.lemmas[tree.heads[verb]], "that")


def _after_first_comma(tree: Tree, cue: Cue) -> Content | None:
    """What follows "According to X," at the start of a sentence that the parser made nothing of."""
    same = [t for t in range(cue.head, len(tree)) if tree.sentence[t] == tree.sentence[cue.head]]
    comma = next((t for t in same if tree.words[t] == ","), None)
    return None if comma is None else introduced([t for t in same if t > comma], cue, "according to")


def of_noun(tree: Tree, cue: Cue) -> Content | None:
    """ "the claim that …", "allegations of …"."""
    codes = cue.form.codes
    tokens: list[int] = []
    if (
        "n:in" in codes
        and tree.words[tree.heads[cue.head]].lower() == "in"
        and tree.child(cue.head, "poss") is not None
    ):
        return around(tree, replace(cue, head=tree.heads[cue.head]))
    for c in tree.children[cue.head]:
        if c < cue.head:
            continue
        dep = tree.deps[c]
        that = dep in ("acl", "ccomp", "relcl") and _has_that(tree, c)
        infinitive = dep in ("acl", "relcl") and _has_to(tree, c)
        if ("n:that" in codes and that) or ("n:inf" in codes and infinitive):
            tokens += tree.subtree(c)
        elif dep == "prep" and "n:" + tree.words[c].lower() in codes and not _is_time(tree, c):
            tokens += [t for t in tree.subtree(c) if t != c]
    if not tokens and "n:that" in codes:
        tokens = _told_by_noun(tree, cue.head)
    if not tokens and "n:inf" in codes:
        tokens = _beside_noun(tree, cue.head, ("advcl", "xcomp"))
    return introduced(tokens, cue, "noun") if tokens else None


def _told_by_noun(tree: Tree, noun: int) -> list[int]:
    """What "X's answer is that …", "X's answer: …" and "X gave a promise yesterday that …" tell."""
    head = tree.heads[noun]
    if tree.deps[noun] == "nsubj" and tree.lemmas[head] == "be":
        clause = tree.child(head, "ccomp")
        own = None if clause is None else tree.child(clause, "nsubj", "nsubjpass", "expl")
        return [] if clause is None or own is None else tree.subtree(clause)
    if noun + 1 < len(tree) and tree.words[noun + 1] == ":":
        rest = [t for t in range(noun + 2, len(tree)) if tree.sentence[t] == tree.sentence[noun]]
        return [] if any(t in tree.holes for t in rest) else rest
    return _beside_noun(tree, noun, ("ccomp", "advcl"))


def _beside_noun(tree: Tree, noun: int, labels: tuple[str, ...]) -> list[int]:
    """A that-clause or infinitive right after the object ``noun`` that the parser hung on the verb."""
    if tree.deps[noun] != "dobj":
        return []
    for c in tree.childs(tree.heads[noun], *labels):
        first = tree.subtree(c)[0]
        opens = tree.words[first].lower() == ("that" if "ccomp" in labels else "to")
        if opens and noun < first <= noun + 2:
            return tree.subtree(c)
    return []
