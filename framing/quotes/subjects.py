"""Who a cue's subject is, read off the dependency tree."""

from __future__ import annotations

from collections.abc import Sequence

from framing.lexicon import load
from framing.quotes.cues import Cue
from framing.quotes.grammar import (
    ADDRESSING,
    VERBAL,
    antecedent,
    can_speak,
    is_relative,
    object_of,
    tense,
)
from framing.quotes.misparsed import (
    floated,
    inverted,
    is_contracted_perfect,
    lends_subject,
    named_before,
    phrase_before,
)
from framing.quotes.tree import Tree

_TO_HEAD = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "parataxis", "acl", "prep", "aux"})
# Verbs whose object is the claim itself: "Trump made the claim that …".
_LIGHT = frozenset({
    "make", "issue", "repeat", "deliver", "give", "reject", "deny", "offer", "send", "release", "raise",
    "renew", "dismiss", "echo",
})  # fmt: skip
# Of these the verbs whose subject makes the claim.
_UTTERING = _LIGHT - {"reject", "deny", "dismiss", "echo", "raise"} | {"continue", "reiterate"}
_NOBODY = frozenset({"it", "there", "nobody", "none", "one", "what"})
_SENDING = frozenset({
    "issue", "release", "send", "post", "publish", "sign", "write", "deliver", "make", "put", "email",
    "file", "tweet", "circulate", "run", "place", "air", "give", "share", "launch", "revise",
})  # fmt: skip


def noun_phrase(tree: Tree, i: int, without: Sequence[int] = ()) -> list[int]:
    """The tokens of the noun phrase of token ``i``: with apposition, without loose clauses after a comma."""
    cut = list(without)
    for c in tree.subtree(i, without):
        if c == i:
            continue
        loose = tree.deps[c] in ("relcl", "acl", "advcl", "parataxis", "ccomp")
        if loose:
            first = tree.subtree(c)[0]
            loose = first > 0 and tree.words[first - 1] in (",", "—", "–", "-", "(")
        clause = tree.heads[c] == i and tree.deps[c] == "conj" and tree.pos[c] in VERBAL
        if loose or clause or c in tree.holes:
            cut.append(c)
    return trim(tree, _contiguous(tree.subtree(i, cut), i))


def _contiguous(tokens: list[int], around: int) -> list[int]:
    """The run of ``tokens`` around one of them; a gap of one token (a cut comma) is no break."""
    at = tokens.index(around)
    low = high = at
    while low > 0 and tokens[low] - tokens[low - 1] <= 2:
        low -= 1
    while high + 1 < len(tokens) and tokens[high + 1] - tokens[high] <= 2:
        high += 1
    return tokens[low : high + 1]


def trim(tree: Tree, tokens: list[int]) -> list[int]:
    """``tokens`` without punctuation and conjunctions at the edges; closing brackets stay."""

    def loose(t: int) -> bool:
        return tree.pos[t] in ("PUNCT", "CCONJ", "SPACE") or tree.words[t] in ",-–—"

    low, high = 0, len(tokens)
    while low < high and loose(tokens[low]) and tree.words[tokens[low]] not in "([":
        low += 1
    while high > low and loose(tokens[high - 1]) and tree.words[tokens[high - 1]] not in (")", "]", "%"):
        high -= 1
    return tokens[low:high]


def speaker(tree: Tree, cue: Cue) -> int | None:
    """The head token of the noun phrase that speaks, None where the sentence names nobody."""
    if cue.form.takes("prep"):
        return object_of(tree, cue.tokens[-1])
    if cue.noun:
        return _owner(tree, cue.head)
    return subject(tree, cue.head)


def subject(tree: Tree, v: int) -> int | None:
    """The head of the subject of verb ``v``: its own, an inverted one, or that of the verb it hangs on."""
    return _subject(tree, v, set())


def is_passive(tree: Tree, v: int) -> bool:
    """Whether verb ``v`` is passive, the reduced kind ("asked by a reporter") included.

    A participle with an object of its own is a past tense that the tagger missed.
    """
    if tree.child(v, "nsubjpass", "auxpass") is not None:
        return not is_contracted_perfect(tree, v)  # which needs an "auxpass"
    if lends_subject(tree, v):
        return True
    if tree.tags[v] != "VBN" or tree.child(v, "aux", "nsubj") is not None:
        return False
    if tree.child(v, "dobj") is None or tree.lemmas[v] in ADDRESSING:
        return True
    return tree.deps[v] == "acl" and not can_speak(tree, tree.heads[v])


def _subject(tree: Tree, v: int, seen: set[int], *, surface: bool = False) -> int | None:
    """``surface``: the grammatical subject, also of a passive, for the verbs that share it."""
    if v in seen:
        return None
    seen.add(v)
    if tree.pos[v] == "NOUN" or tree.words[v - 1][:1].isupper():
        named = tree.child(v, "compound")  # a verb taken for a noun: "Smith notes that …"
        if tree.pos[v] == "NOUN" or named == v - 1:
            return named
    after = inverted(tree, v)
    if after is not None:
        return after
    own = ("nsubj", "nsubjpass") if is_contracted_perfect(tree, v) else ("nsubj", "expl")
    active = [c for c in tree.childs(v, *own) if c not in tree.holes]
    if active and not lends_subject(tree, v):
        # Of two the one after the verb: "The strike, said Ms Webb, would …".
        return _behind(tree, floated(tree, active[-1]))
    aside = next((c for c in tree.childs(v, "advcl") if lends_subject(tree, c)), None)
    if aside is not None:
        return tree.child(aside, "nsubj")
    before = named_before(tree, v)
    if before is not None:
        return before
    if surface:
        passive = tree.child(v, "nsubjpass")
        if passive is not None:
            return passive
    elif is_passive(tree, v):
        agent = tree.child(v, "agent")
        if agent is None:
            agent = _agent_below(tree, v)
        if agent is not None:
            return object_of(tree, agent)
        if tree.deps[v] != "conj" or tree.child(v, "auxpass") is not None:
            return None
    inherited = _inherited(tree, v, seen)
    return phrase_before(tree, v) if inherited is None and not surface else inherited


def _agent_below(tree: Tree, v: int) -> int | None:
    """The "by" of a passive that the parser hung on its complement: "was called “a joke” by Smith"."""
    for c in tree.childs(v, "oprd", "attr", "dobj", "ccomp", "acomp"):
        for by in tree.childs(c, "prep", "agent"):
            named = object_of(tree, by)
            if tree.words[by].lower() == "by" and named is not None and can_speak(tree, named):
                return by
    return None


def _inherited(tree: Tree, v: int, seen: set[int]) -> int | None:
    dep, head = tree.deps[v], tree.heads[v]
    if head == v or head in tree.holes:
        return None
    if _trails(tree, v):
        return _subject(tree, _main(tree, v), seen, surface=True)
    if dep in ("acl", "relcl") and tree.pos[head] not in VERBAL:
        if dep == "acl" and _is_infinitive(tree, v) and not can_speak(tree, head):
            return _above(tree, head, seen)  # "pointed to a case to say that …"
        author = _author(tree, head)
        return head if author is None else author
    if dep == "xcomp":
        controller = tree.child(head, "dobj")
        if controller is not None and _controls(tree, controller, v):
            return controller
        if tree.pos[head] == "ADJ":  # "was willing to say that …"
            above = _above(tree, head, seen)
            return None if above is None or tree.words[above].lower() in _NOBODY else above
    if dep == "conj" and is_low(tree, v):
        return _subject(tree, tree.heads[head], seen, surface=True)
    if dep not in _TO_HEAD:
        return None
    if tree.pos[head] in VERBAL:
        return _subject(tree, head, seen, surface=True)
    return _above(tree, head, seen) if dep in ("pcomp", "prep", "acl") else None


def _above(tree: Tree, i: int, seen: set[int]) -> int | None:
    """The subject of the verb above token ``i``."""
    up = next((a for a in tree.ancestors(i) if tree.pos[a] in VERBAL), None)
    return None if up is None else _subject(tree, up, seen, surface=True)


def _controls(tree: Tree, i: int, v: int) -> bool:
    """Whether the object ``i`` does what ``v`` says: "led her to say", "leaving many to wonder"."""
    head = tree.heads[v]
    if tree.lemmas[head] == "have" or (tree.child(head, "nsubj") is None and not head < i < v):
        return False
    return not _is_infinitive(tree, v) or tree.pos[i] == "PRON" or can_speak(tree, i)


def _is_infinitive(tree: Tree, v: int) -> bool:
    return any(tree.tags[c] == "TO" for c in tree.children[v])


def _behind(tree: Tree, i: int) -> int:
    """Who sent it, where the subject is the "that" of what was sent: "released an ad that urges …"."""
    noun = antecedent(tree, i) if tree.words[i].lower() in ("that", "which") else None
    author = None if noun is None else _author(tree, noun)
    return i if author is None else author


def _author(tree: Tree, noun: int) -> int | None:
    """Who sends what speaks: "Trump released an ad calling …" is Trump's."""
    verb = tree.heads[noun]
    entry = load("roles").entries.get(tree.lemmas[noun].lower())
    if (
        tree.deps[noun] != "dobj"
        or tree.lemmas[verb] not in _SENDING
        or entry is None
        or entry.category != "document"
    ):
        return None
    return subject(tree, verb)


def _trails(tree: Tree, v: int) -> bool:
    """Whether ``v`` is a participle whose subject is the sentence's: "…, saying that", "… by saying that"."""
    if tree.tags[v] != "VBG" or tree.child(v, "aux") is not None:
        return False
    if tree.deps[v] == "pcomp":
        return tree.words[tree.heads[v]].lower() in ("by", "before", "after", "while", "without")
    if tree.deps[v] not in ("advcl", "acl", "conj", "ccomp", "xcomp"):
        return False
    first = tree.subtree(v)[0]
    return first > 0 and tree.words[first - 1] in (",", "and") and first >= v - 2


def _main(tree: Tree, v: int) -> int:
    """The verb that a trailing participle belongs to: the main one on its side of the sentence.

    The cue of a sentence that it ended before: "It fell, the agency said, calling it …".
    """
    before = tree.subtree(v)[0] - 2
    if before > 0 and tree.tags[before] in ("VBD", "VBZ") and tree.words[before + 1] == ",":
        own = tree.child(before, "nsubj")
        if own is not None and own < before and tree.words[tree.subtree(own)[0] - 1] == ",":
            return before
    top = v
    for a in tree.ancestors(v):
        own = tree.child(a, "nsubj", "nsubjpass")
        if tree.pos[a] in VERBAL and a not in tree.holes and own is not None:
            top = a
            relative = tree.deps[a] == "relcl" and not is_relative(tree, own)
            if relative or tree.deps[a] == "conj" or tree.deps[a] == "advcl":
                break
    joined = [c for c in tree.childs(top, "conj") if top < c < v and tree.child(c, "nsubj") is not None]
    return joined[-1] if joined else top


def is_low(tree: Tree, v: int) -> bool:
    """Whether conjunct ``v`` belongs to the verb above the clause it was joined to.

    In "Smith said it was too early but added that …" the parser joins "added" to "was".
    """
    head = tree.heads[v]
    if (
        tree.deps[v] != "conj"
        or tree.deps[head] != "ccomp"
        or tree.child(v, "nsubj", "nsubjpass") is not None
    ):
        return False
    if tree.tags[v] != tense(tree, tree.heads[head]):
        return False
    own = tree.child(head, "nsubj", "expl", "nsubjpass")
    empty = (
        own is None or tree.deps[own] == "nsubjpass" or tree.pos[own] == "PRON" or not can_speak(tree, own)
    )
    but = any(tree.words[c].lower() == "but" for c in tree.childs(head, "cc") if c < v)
    return empty or but or tense(tree, head) != tree.tags[v]


def _owner(tree: Tree, noun: int) -> int | None:
    """Whose claim it is: "Trump's claim", "a claim by Trump", "Trump made the claim"."""
    own = tree.child(noun, "poss")
    head = tree.heads[noun]
    pronoun = own is not None and tree.tags[own] == "PRP$"
    if pronoun and tree.deps[noun] == "dobj" and tree.lemmas[head] in _UTTERING:
        return subject(tree, head) or own  # "Smith repeated his claim that …"
    if own is not None:
        return own
    for prep in tree.childs(noun, "prep", "agent"):
        if tree.words[prep].lower() in ("by", "from"):
            found = object_of(tree, prep)
            if found is not None:
                return found
    if tree.deps[noun] == "dobj" and tree.lemmas[head] in _LIGHT:
        return subject(tree, head)
    return next(
        (c for c in tree.childs(noun, "amod") if tree.tags[c] == "JJ" and tree.words[c][0].isupper()), None
    )
