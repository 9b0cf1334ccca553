"""Which words a cue introduces, read off the dependency tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from framing.quotes.complements import around, complement, of_noun
from framing.quotes.cues import Content, Cue, introduced
from framing.quotes.grammar import ADDRESSING, VERBAL, can_speak, is_relative, tense
from framing.quotes.subjects import is_passive
from framing.quotes.tails import without_tail
from framing.quotes.tree import Tree

_PAUSE = frozenset({",", "—", "–", "-", "--", ".", "―"})
# A clause that only points: "said that", "said so".
_POINTERS = frozenset(
    {
        "that",
        "so",
        "it",
        "this",
        "what",
        "which",
        "them",
        "as",
        "much",
        "something",
        "anything",
        "nothing",
        "more",
        "who",
    }
)
_QUESTIONS = frozenset({"ask", "wonder"})
_REASONS = frozenset({"because", "if", "unless", "until", "since", "so"})
_OPENS_CLAUSE = frozenset({"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_MAX_ASIDE = 16  # tokens of "…, Mr. Rogan of California said in an interview, …"


def content(tree: Tree, cue: Cue, cues: Collection[int], subject: int | None) -> Content | None:
    """The words that ``cue`` introduces, None where there are none; ``cues`` are the heads of all cues."""
    if cue.form.takes("prep"):
        return around(tree, cue)
    if cue.noun:
        return of_noun(tree, cue)
    for rule in (_clause, complement, _between_commas, _passive):
        found = rule(tree, cue, subject)
        if found is not None:
            tokens = without_tail(tree, cue, cues, found.tokens)
            if tokens and not only_points(tree, tokens):
                return Content(tokens, found.rule)
    return None


def only_points(tree: Tree, tokens: Iterable[int]) -> bool:
    """Whether the tokens are pronouns that only point to what was said elsewhere."""
    return all(tree.words[t].lower() in _POINTERS or tree.pos[t] == "PUNCT" for t in tokens)


def _clause(tree: Tree, cue: Cue, subject: int | None) -> Content | None:
    """A clause as object ("said that …"), or around the cue ("the world, experts say, could …")."""
    v = cue.head
    if not cue.form.takes("that", "belief"):
        return None
    below = [
        c
        for c in tree.childs(v, "ccomp", "csubj")
        if c not in tree.holes and _is_clause(tree, c) and not _is_set_apart(tree, cue, c)
    ]
    below += [
        c for c in tree.childs(v, "advcl") if cue.form.text in _QUESTIONS and c > v and _is_question(tree, c)
    ]
    if below:
        tokens: set[int] = set()
        for c in below:
            tokens.update(tree.subtree(c))
        for c in tree.childs(v, "nsubj"):
            if c != subject and c < v:
                tokens.update(tree.subtree(c))
        tokens |= _because(tree, v, max(tokens))
        tokens |= _gap(tree, cue, below[0], min(tokens), subject)
        tokens |= _opening(tree, v, min(tokens), subject)
        return introduced(tokens, cue, "clause")
    deep = _that_clause(tree, v) or (_told(tree, v) if cue.form.text in ADDRESSING else None)
    if deep is not None:
        return introduced(deep, cue, "clause")
    return _parenthesis(tree, cue, subject) or _next_clause(tree, cue)


def _next_clause(tree: Tree, cue: Cue) -> Content | None:
    """The clause right after a cue that the parser hung elsewhere: "Kim brags he won", as a relative."""
    v = cue.head
    first = cue.tokens[-1] + 1
    if is_passive(tree, v) or tree.child(v, "ccomp", "xcomp", "prt", "attr", "acomp") is not None:
        return None
    while first < len(tree) and (_is_day(tree, first) or tree.words[first].lower() == "that"):
        first += 1
    if first >= len(tree) or tree.sentence[first] != tree.sentence[v] or tree.pos[first] not in _OPENS_CLAUSE:
        return None
    for w in range(first + 1, len(tree)):
        if tree.sentence[w] != tree.sentence[v] or tree.words[w] in _PAUSE or w in tree.holes:
            return None
        own = tree.child(w, "nsubj", "nsubjpass", "expl")
        finite = tree.pos[w] in VERBAL and tense(tree, w) in ("VBD", "VBZ", "VBP", "MD")
        if not finite or own is None or min(tree.subtree(own)) != first:
            continue
        return introduced([t for t in tree.subtree(w) if t >= first], cue, "clause")
    return None


def _is_day(tree: Tree, t: int) -> bool:
    """Whether ``t`` is of a phrase like "on Wednesday"."""
    day = any(a <= t < b and label in ("DATE", "TIME") for a, b, label in tree.entities)
    return day or (tree.words[t].lower() == "on" and t + 1 < len(tree) and _is_day(tree, t + 1))


def _that_clause(tree: Tree, v: int) -> list[int] | None:
    """A that-clause hung on something in between: "said for the first time that …", "said in court that"."""
    for t in range(v + 1, min(len(tree), v + _MAX_ASIDE)):
        if tree.sentence[t] != tree.sentence[v] or t in tree.holes or tree.deps[t] == "dobj":
            return None
        if tree.pos[t] in VERBAL and tree.deps[t] != "acl":
            return None
        if tree.words[t].lower() == "that" and tree.deps[t] == "mark":
            return [k for k in tree.subtree(tree.heads[t]) if k >= t]
    return None


def _told(tree: Tree, v: int) -> list[int] | None:
    """A clause without "that", taken for a relative one: "told the brothers they had shown …"."""
    asker = [k for agent in tree.childs(v, "agent") for k in tree.childs(agent, "pobj")]
    for hearer in (*tree.childs(v, "dobj", "dative"), *asker):
        for c in tree.childs(hearer, "relcl", "acl"):
            asked = ("WRB",) if tree.lemmas[v] not in _QUESTIONS else ()
            relative = any(tree.tags[k] in ("WDT", "WP", "WP$", *asked) for k in tree.subtree(c))
            if not relative and tree.child(c, "nsubj", "nsubjpass", "expl") is not None:
                return tree.subtree(c)
    return None


def _parenthesis(tree: Tree, cue: Cue, subject: int | None) -> Content | None:
    """The clause around a cue that stands aside: "the world, experts say, could …"; "…, as KCNA reported"."""
    v = cue.head
    head = tree.heads[v]
    if tree.pos[head] not in VERBAL or head in tree.holes:
        return None
    if cue.form.takes("belief") or (subject is not None and is_relative(tree, subject)):
        return None
    marks = {
        tree.words[c].lower()
        for c in (
            *tree.childs(v, "mark"),
            *(a for a in tree.childs(v, "advmod") if tree.tags[a] == "WRB" or a < v - 3),
        )
    }
    as_said = tree.deps[v] == "advcl" and "as" in marks
    own = tree.child(v, "nsubj") is not None and tree.tags[v] in ("VBD", "VBZ", "VBP") and not marks
    objects = tree.child(v, "ccomp", "xcomp") or (
        tree.child(v, "dobj") if cue.form.text not in ADDRESSING else None
    )
    aside = tree.deps[v] in ("ccomp", "dep", "advcl") and own and objects is None and _is_parenthesis(tree, v)
    if is_passive(tree, v) and not as_said:
        return None
    if as_said and (tree.child(v, "dobj") is not None or not _is_parenthesis(tree, v)):
        return None
    at_the_end = tree.deps[v] == "conj" and subject is not None and _is_joined_by_comma(tree, v, subject)
    if tree.deps[v] != "parataxis" and not aside and not as_said and not at_the_end:
        return None
    up = ("xcomp", "aux", "auxpass", "conj") if at_the_end else ("xcomp", "aux", "auxpass")
    while tree.deps[head] in up and tree.heads[head] != head:
        head = tree.heads[head]
    low, high = _aside(tree, v, subject)
    kept = [t for t in tree.subtree(head) if not low <= t <= high]
    if low <= head <= high and not any(_is_main(tree, t) for t in kept):
        return None  # "On Thursday, however, Smith spoke, promising …": nothing that is said stands outside
    return introduced(kept, cue, "parenthesis")


def _is_main(tree: Tree, t: int) -> bool:
    """Whether ``t`` is a finite verb that is no part of an adjunct."""
    return tree.tags[t] in ("VBD", "VBZ", "VBP", "MD") and not any(
        tree.deps[a] in ("advcl", "relcl", "acl", "pcomp") for a in (t, *tree.ancestors(t))
    )


def _is_joined_by_comma(tree: Tree, v: int, subject: int) -> bool:
    """A cue that the parser joined to the clause before it by a comma alone: "…, the minister told us"."""
    first = v if subject > v else tree.subtree(subject)[0]
    others = [c for c in tree.childs(tree.heads[v], "conj") if c < v]
    joined = any(max(others, default=-1) < c < first for c in tree.childs(tree.heads[v], "cc"))
    return first > 0 and tree.words[first - 1] == "," and not joined


def _aside(tree: Tree, v: int, subject: int | None) -> tuple[int, int]:
    """First and last token of the stretch between pauses that holds subject and cue."""
    low = v if subject is None else min(v, subject, *tree.subtree(subject))
    after = [] if subject is None or subject < v else tree.subtree(subject)
    high = max(v, subject or v, *(t for t in after if tree.words[t] not in _PAUSE))
    while low > 0 and tree.words[low - 1] not in _PAUSE and tree.sentence[low - 1] == tree.sentence[v]:
        low -= 1
    while (
        high + 1 < len(tree)
        and tree.words[high + 1] not in _PAUSE
        and tree.sentence[high + 1] == tree.sentence[v]
    ):
        high += 1
    return low, high


def _is_question(tree: Tree, c: int) -> bool:
    return any(tree.words[k].lower() in ("if", "whether") for k in tree.childs(c, "mark"))


def _is_clause(tree: Tree, c: int) -> bool:
    """Whether a ``ccomp`` is a real clause and no small one: "found the idea too strange"."""
    return tree.pos[c] in VERBAL or tree.child(c, "cop", "aux", "mark", "nsubj") is not None


def _passive(tree: Tree, cue: Cue, subject: int | None) -> Content | None:
    """What was told by the agent of a passive: "the meeting was first reported by the Post"."""
    v = cue.head
    own = tree.child(v, "nsubjpass")
    if own is None or subject is None or own > v or tree.child(v, "agent") is None:
        return None
    told = cue.form.takes("that") and cue.form.text != "write" and tree.deps[v] != "relcl"
    if not told or can_speak(tree, own) or tree.pos[own] == "PRON":
        return None
    return introduced(tree.subtree(own), cue, "passive")


def _is_set_apart(tree: Tree, cue: Cue, c: int) -> bool:
    """A sentence of its own before the cue's, joined by a mark: "It is late; Smith said we should …"."""
    v = cue.head
    if c > v:
        return False
    before = [t for t in tree.subtree(c) if t < v]
    own = before[-1] + 1 if before else v
    parted = any(tree.words[t] in (";", ":") for t in range(own, v))
    dashed = any(tree.words[t] in ("—", "–", "--", "-", "―") for t in range(own, min(own + 1, v)))
    after = any(k > v for k in tree.childs(v, "ccomp", "xcomp", "dobj", "prep", "advcl"))
    return (parted or dashed) and after


def _because(tree: Tree, v: int, last: int) -> set[int]:
    """A reason or condition after the clause that the parser hung on the cue belongs to the clause."""
    out: set[int] = set()
    for c in tree.childs(v, "advcl"):
        if c > last and any(tree.words[k].lower() in _REASONS for k in tree.childs(c, "mark")):
            out.update(tree.subtree(c))
    return out


def _gap(tree: Tree, cue: Cue, clause: int, first: int, subject: int | None) -> set[int]:
    """A noun phrase between cue and clause that the parser took for the cue's object is the clause's subject.

    Not where the cue may have an addressee ("told reporters the plan …") or a time ("said Monday …").
    """
    v = cue.head
    if (
        first < v
        or cue.form.takes("inf")
        or cue.form.text in ADDRESSING
        or (subject is not None and subject > v)
    ):
        return set()
    headless = tree.child(clause, "nsubj", "nsubjpass", "expl") is None  # "said about half of them left"
    labels = ("dobj", "prep") if headless else ("dobj",)
    between = [t for c in tree.childs(v, *labels) if v < c < first for t in tree.subtree(c)]
    if not between or any(
        a <= t < b for t in between for a, b, label in tree.entities if label in ("DATE", "TIME")
    ):
        return set()
    return set(range(min(between), first))


def _opening(tree: Tree, v: int, first: int, subject: int | None) -> set[int]:
    """What stands before a cue between commas belongs to the content: "Many days, employees said, she …"."""
    if first < v or subject is None or not _has_pause(tree, v + 1, first):
        return set()
    start = tree.subtree(subject)[0]
    if start == 0 or tree.words[start - 1] not in _PAUSE or start > v:
        return set()
    opening = [t for t in range(start - 1) if tree.sentence[t] == tree.sentence[v]]
    return set() if any(t in tree.holes for t in opening) else set(opening)


def _has_pause(tree: Tree, start: int, end: int) -> bool:
    return any(tree.words[t] in _PAUSE for t in range(start, end))


def _is_parenthesis(tree: Tree, v: int) -> bool:
    own = [t for t in tree.subtree(v) if tree.pos[t] != "PUNCT"]
    left, right = own[0] - 1, own[-1] + 1
    return (left < 0 or tree.words[left] in _PAUSE) and (right >= len(tree) or tree.words[right] in _PAUSE)


def _between_commas(tree: Tree, cue: Cue, subject: int | None) -> Content | None:
    """The rest of the sentence, where subject and verb alone stand between commas or at its end."""
    v = cue.head
    if (
        subject is None
        or not cue.form.takes("that")
        or is_passive(tree, v)
        or tree.tags[v] not in ("VBD", "VBZ", "VBP", "VBN", "NNS")
    ):
        return None
    if any(tree.sentence[t] == tree.sentence[v] for t in tree.holes) or tree.child(v, "ccomp") is not None:
        return None
    low, high = _aside(tree, v, subject)
    if low == 0 or tree.sentence[low - 1] != tree.sentence[v] or high - low > _MAX_ASIDE:
        return None
    others = [
        t
        for t in range(low, high + 1)
        if t != v and tree.pos[t] in VERBAL and tree.deps[t] not in ("aux", "auxpass", "acl", "relcl")
    ]
    if others or tree.tags[low] in ("WP", "WDT", "WRB", "CC") or tree.deps[v] in ("relcl", "acl", "conj"):
        return None
    objects = {"xcomp", "ccomp", "attr", "acomp", "oprd", "prt"} | (
        set() if cue.form.text in ADDRESSING else {"dobj"}
    )
    if any(tree.deps[c] in objects for c in tree.children[v]):
        return None
    rest = [t for t in range(len(tree)) if tree.sentence[t] == tree.sentence[v] and not low <= t <= high]
    adjuncts = {
        t for c in tree.children[v] if tree.deps[c] not in ("nsubj", "csubj", "dep") for t in tree.subtree(c)
    }
    if not any(tree.tags[t] in ("VBD", "VBZ", "VBP", "MD") for t in rest if t not in adjuncts):
        return None
    return introduced(rest, cue, "between commas")
