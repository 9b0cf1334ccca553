"""Contents that are no clause: noun phrases and infinitives by the cue's codes, noun cues, "according to"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from framing.lexicon import load
from framing.quotes.cues import Content, Cue, introduced
from framing.quotes.subjects import VERBAL, is_passive
from framing.quotes.tree import Tree


def complement(tree: Tree, cue: Cue, subject: int | None) -> Content | None:
    """Noun phrases and infinitives, by the codes of the verb."""
    v, form = cue.head, cue.form
    anchor = cue.tokens[-1]
    after = tree.child(anchor, "pobj", "pcomp") if anchor != v else None
    if after is not None:
        tokens = {t for c in tree.children[anchor] if c > anchor for t in tree.subtree(c)}
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
        told = form.text in ("tell", "ask") and tree.child(v, "dobj") is not None
        return infinitive if told or is_passive(tree, v) else [*tree.childs(v, "dobj"), *infinitive]
    if form.takes("as"):
        objects = [
            c for c in tree.childs(v, "dobj", "oprd", "xcomp", "ccomp", "prep", "attr", "advcl") if c > v
        ]
        named = [c for c in objects if tree.deps[c] != "prep" or tree.words[c].lower() in ("as", "of")]
        if (
            len(named) > 1
            or any(tree.deps[c] in ("ccomp", "xcomp", "oprd") for c in named)
            or _has_marks(tree, [c for c in named if tree.deps[c] == "dobj"])
        ):
            return named
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
        return objects + [
            c for c in tree.childs(v, "prep") if objects and c > objects[0] and not _is_time(tree, c)
        ]
    return []


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
    while tree.deps[verb] in up and tree.heads[verb] != verb:
        verb = tree.heads[verb]
        if tree.pos[verb] not in VERBAL:
            verb = next((a for a in tree.ancestors(verb) if tree.pos[a] in VERBAL), verb)
    return introduced(tree.subtree(verb, [head]), cue, "according to")


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
        that = dep in ("acl", "ccomp", "relcl") and any(
            tree.deps[k] == "mark" and tree.words[k].lower() == "that" for k in tree.children[c]
        )
        infinitive = dep in ("acl", "relcl") and _has_to(tree, c)
        if ("n:that" in codes and that) or ("n:inf" in codes and infinitive):
            tokens += tree.subtree(c)
        elif dep == "prep" and "n:" + tree.words[c].lower() in codes:
            tokens += [t for t in tree.subtree(c) if t != c]
    return introduced(tokens, cue, "noun") if tokens else None
