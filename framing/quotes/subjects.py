"""Who a cue's subject is, read off the dependency tree."""

from __future__ import annotations

from collections.abc import Sequence

from framing.lexicon import load
from framing.quotes.cues import Cue
from framing.quotes.tree import Tree

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_TO_HEAD = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "parataxis", "acl", "prep", "aux"})
# Verbs whose object is the claim itself: "Trump made the claim that …".
_AROUND_VERB = frozenset({"advmod", "aux", "neg"})
_LIGHT = frozenset(
    [
        "make",
        "issue",
        "repeat",
        "deliver",
        "give",
        "reject",
        "deny",
        "offer",
        "send",
        "release",
        "raise",
        "renew",
        "dismiss",
        "echo",
    ]
)
_SENDING = frozenset(
    [
        "issue",
        "release",
        "send",
        "post",
        "publish",
        "sign",
        "write",
        "deliver",
        "make",
        "put",
        "email",
        "file",
        "tweet",
        "circulate",
        "run",
        "place",
        "air",
        "give",
        "share",
    ]
)
_SPEAKING = frozenset(
    [
        "he",
        "she",
        "they",
        "who",
        "we",
        "i",
        "you",
        "many",
        "some",
        "others",
        "those",
        "one",
        "both",
        "all",
        "it",
        "which",
        "that",
    ]
)
# Verbs whose object is who hears it, not what is said.
ADDRESSING = frozenset(
    [
        "tell",
        "inform",
        "remind",
        "assure",
        "reassure",
        "notify",
        "advise",
        "warn",
        "caution",
        "brief",
        "convince",
        "ask",
        "show",
    ]
)


def noun_phrase(tree: Tree, i: int, without: Sequence[int] = ()) -> list[int]:
    """The tokens of the noun phrase of token ``i``: with apposition, without loose clauses after a comma."""
    cut = list(without)
    for c in tree.subtree(i, without):
        if c == i:
            continue
        first = tree.subtree(c)[0]
        comma = first > 0 and tree.words[first - 1] in (",", "—", "–", "-", "(")
        loose = tree.deps[c] in ("relcl", "acl", "advcl", "parataxis", "ccomp") and comma
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


def object_of(tree: Tree, preposition: int) -> int | None:
    """The object of a preposition."""
    return tree.child(preposition, "pobj", "pcomp", "dobj")


def subject(tree: Tree, v: int) -> int | None:
    """The head of the subject of verb ``v``: its own, an inverted one, or that of the verb it hangs on."""
    return _subject(tree, v, set())


def is_passive(tree: Tree, v: int) -> bool:
    """Whether verb ``v`` is passive, the reduced kind ("asked by a reporter") included.

    A participle with an object of its own is a past tense that the tagger missed.
    """
    if tree.child(v, "nsubjpass", "auxpass") is not None or _lends_subject(tree, v):
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
    inverted = _inverted(tree, v)
    if inverted is not None:
        return inverted
    active = [c for c in tree.childs(v, "nsubj", "expl") if c not in tree.holes]
    if active and not _lends_subject(tree, v):
        return _behind(tree, active[-1])  # of two the one after the verb: "The strike, said Ms Webb, would …"
    aside = next((c for c in tree.childs(v, "advcl") if _lends_subject(tree, c)), None)
    if aside is not None:
        return tree.child(aside, "nsubj")
    before = _before(tree, v)
    if before is not None:
        return before
    if surface:
        passive = tree.child(v, "nsubjpass")
        if passive is not None:
            return passive
    elif is_passive(tree, v):
        agent = tree.child(v, "agent")
        if agent is not None:
            return object_of(tree, agent)
        if tree.deps[v] != "conj" or tree.child(v, "auxpass") is not None:
            return None
    return _inherited(tree, v, seen)


def _lends_subject(tree: Tree, v: int) -> bool:
    """Whether ``v`` is an aside that was given the sentence's subject: "Rossi, asked about it, said …"."""
    head = tree.heads[v]
    if tree.deps[v] != "advcl" or head < v or tree.tags[v] not in ("VBD", "VBN") or tree.words[v - 1] != ",":
        return False
    alone = tree.child(head, "nsubj", "nsubjpass", "expl") is None and tree.child(v, "mark") is None
    return alone and any(c < v for c in tree.childs(v, "nsubj"))


def _before(tree: Tree, v: int) -> int | None:
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
    return found


def _inherited(tree: Tree, v: int, seen: set[int]) -> int | None:
    dep, head = tree.deps[v], tree.heads[v]
    if head == v or head in tree.holes:
        return None
    if _trails(tree, v):
        return _subject(tree, _main(tree, v), seen, surface=True)
    if dep in ("acl", "relcl") and tree.pos[head] not in VERBAL:
        author = _author(tree, head)
        return head if author is None else author
    if dep == "xcomp":
        controller = tree.child(head, "dobj")
        if controller is not None and tree.child(head, "nsubj") is not None and tree.lemmas[head] != "have":
            return controller
    if dep == "conj" and is_low(tree, v):
        return _subject(tree, tree.heads[head], seen, surface=True)
    if dep not in _TO_HEAD:
        return None
    if tree.pos[head] in VERBAL:
        return _subject(tree, head, seen, surface=True)
    if dep in ("pcomp", "prep", "acl"):
        up = next((a for a in tree.ancestors(head) if tree.pos[a] in VERBAL), None)
        return None if up is None else _subject(tree, up, seen, surface=True)
    return None


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
    return tree.child(verb, "nsubj")


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
    """The verb that a trailing participle belongs to: the main one on its side of the sentence."""
    top = v
    for a in tree.ancestors(v):
        own = tree.child(a, "nsubj", "nsubjpass")
        if tree.pos[a] in VERBAL and a not in tree.holes and own is not None:
            top = a
            relative = tree.deps[a] == "relcl" and not is_relative(tree, own)
            if relative or tree.deps[a] == "conj" or (tree.deps[a] == "advcl" and a < tree.heads[a]):
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


def _inverted(tree: Tree, v: int) -> int | None:
    """The subject right after a verb that follows a quotation: "It is so," said retired surgeon Smith, …"""
    if tree.tags[v] not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    before = v - 1
    while before >= 0 and (tree.pos[before] == "PUNCT" or tree.words[before] == '"'):
        before -= 1
    if before < 0 or before not in tree.holes or v + 1 >= len(tree):
        return None
    head = v + 1
    if tree.pos[head] not in (*NOMINAL, "DET", "ADJ", "NUM") or tree.words[head].lower() in ("that", "this"):
        return None
    while tree.heads[head] > v and tree.pos[tree.heads[head]] in NOMINAL and tree.deps[head] != "appos":
        if tree.heads[head] == head:
            break
        head = tree.heads[head]
    return head if tree.pos[head] in NOMINAL else None


def _owner(tree: Tree, noun: int) -> int | None:
    """Whose claim it is: "Trump's claim", "a claim by Trump", "Trump made the claim"."""
    own = tree.child(noun, "poss")
    if own is not None:
        return own
    for prep in tree.childs(noun, "prep", "agent"):
        if tree.words[prep].lower() in ("by", "from"):
            found = object_of(tree, prep)
            if found is not None:
                return found
    head = tree.heads[noun]
    if tree.deps[noun] == "dobj" and tree.lemmas[head] in _LIGHT:
        return subject(tree, head)
    return next(
        (c for c in tree.childs(noun, "amod") if tree.tags[c] == "JJ" and tree.words[c][0].isupper()), None
    )


def is_relative(tree: Tree, i: int) -> bool:
    """Whether token ``i`` is a relative pronoun."""
    return tree.words[i].lower() in _RELATIVE and tree.tags[i] in ("WP", "WDT", "IN")


def antecedent(tree: Tree, i: int) -> int | None:
    """The noun behind a relative pronoun, None for other tokens."""
    if not is_relative(tree, i):
        return None
    verb = next((a for a in tree.ancestors(i) if tree.deps[a] == "relcl"), None)
    return None if verb is None else tree.heads[verb]
