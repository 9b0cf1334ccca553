"""How a referent is described: adjectives, appositions, predicates, what it does and what is done to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from framing.quotes import subjects
from framing.quotes.tree import Tree
from framing.referents import polarity, words
from framing.referents.records import Mention, Polarity, Portrayal
from framing.referents.scene import Scene

_COPULAS = frozenset(["be", "become", "seem", "remain", "look", "appear", "sound", "feel", "stay", "prove"])
_NEGATIONS = frozenset(["not", "n't", "never", "no", "without", "hardly", "neither", "nor"])
# Adjectives that count, order or point.
_NO_QUALITY = frozenset(
    [
        "several",
        "many",
        "other",
        "such",
        "own",
        "same",
        "first",
        "second",
        "third",
        "last",
        "next",
        "few",
        "more",
        "most",
        "much",
        "certain",
        "various",
        "daily",
        "weekly",
        "monthly",
        "annual",
        "recent",
        "current",
        "former",
        "previous",
    ]
)
_AIMED = frozenset(["to", "on", "against", "at", "toward", "towards"])
_VERB_GROUP = frozenset(["aux", "auxpass", "neg", "prt", "dobj", "acomp", "oprd", "advmod"])
# Verbs of saying: quotations have a table of their own; and verbs that introduce a list.
_SAYING = frozenset(
    [
        "say",
        "tell",
        "write",
        "add",
        "accord",
        "include",
        "ask",
        "note",
        "quote",
        "report",
        "mention",
        "follow",
    ]
)
# Verbs that say little by themselves: what they govern decides.
_EMPTY = frozenset(
    [
        "do",
        "make",
        "have",
        "take",
        "give",
        "get",
        "put",
        "keep",
        "show",
        "express",
        "hold",
        "use",
        "set",
        "bring",
        "come",
        "go",
        "call",
        "say",
        "tell",
    ]
)


def portrayals(scene: Scene, mentions: Sequence[Mention]) -> list[Portrayal]:
    """What each place says of each mention, in text order."""
    here: dict[tuple[int, int], dict[int, Mention]] = {}  # by article and paragraph: by head
    for m in mentions:
        if m.kind != "action":
            here.setdefault((m.article, m.paragraph), {}).setdefault(m.head, m)
    found: list[list[Portrayal]] = [[] for _ in scene.trees]
    for (article, n), named in here.items():
        tree = scene.trees[article][n]
        for m in named.values():
            found[article] += _of_phrase(tree, m, named)
        found[article] += _of_verbs(tree, named)
    return [p for of_one in found for p in sorted(of_one, key=_place)]


def _place(p: Portrayal) -> tuple[int, int, int, int, str]:
    return p.start, p.end, p.mention.start, p.mention.end, p.relation


def _of_phrase(tree: Tree, m: Mention, here: Mapping[int, Mention]) -> Iterator[Portrayal]:
    """What stands in the noun phrase: adjectives, an apposition, what the noun itself says, what it owns."""
    if tree.children[m.head]:
        yield from _adjectives(tree, m)
        for c in tree.childs(m.head, "appos"):
            tokens = subjects.noun_phrase(tree, c) or [c]
            word = words.normal(tree.lemmas[c])
            yield _portrayal(tree, m, tokens, word, "apposition", _of_tokens(tree, tokens))
    if m.is_title or m.kind in ("description", "abstract"):
        lemma = m.lemma.split()[-1]
        side = polarity.of_word(lemma)
        if m.is_title or (side and m.kind == "description"):
            yield _portrayal(tree, m, [m.head], lemma, "apposition" if m.is_title else "label", side)
        if side and m.kind == "abstract":
            for target in _targets(tree, m.head):
                if target in here:
                    yield _portrayal(tree, here[target], [m.head], lemma, "target", side)
    if tree.deps[m.head] == "poss":
        noun = tree.heads[m.head]
        tokens = [c for c in tree.childs(noun, "amod") if m.head < c < noun] + [noun]
        side = _of_tokens(tree, tokens)
        if side:
            yield _portrayal(tree, m, tokens, words.normal(tree.lemmas[noun]), "owner", side)


def _adjectives(tree: Tree, m: Mention) -> Iterator[Portrayal]:
    named = m.kind in ("name", "metonym")
    for c in tree.childs(m.head, "amod", "compound"):
        compound = tree.deps[c] == "compound"
        if (named and tree.starts[c] >= m.start) or not (compound or tree.pos[c] in ("ADJ", "VERB")):
            continue  # part of the name, or no word that describes
        word = words.normal(tree.lemmas[c])
        if word in _NO_QUALITY or (compound and not polarity.is_listed(word)):
            continue
        side = polarity.of_word(word, words.normal(tree.words[c]))
        if side or not tree.words[c][0].isupper():
            yield _portrayal(tree, m, [c], word, "adjective", side)


def _of_verbs(tree: Tree, here: Mapping[int, Mention]) -> Iterator[Portrayal]:
    """Predicates and roles: who is what, who does what, to whom it is done."""
    for v in [t for t, pos in enumerate(tree.pos) if pos == "VERB" or pos == "AUX"]:
        if tree.deps[v] in ("aux", "auxpass"):
            continue
        lemma = words.normal(tree.lemmas[v])
        if lemma in _SAYING:
            continue
        doers = [d for d in _doers(tree, v, here) if d in here]
        if lemma in _COPULAS:
            said = tree.child(v, "attr", "acomp", "oprd") if doers else None
            if said is not None:
                tokens = _predicate(tree, said)
                side = _turn(_of_tokens(tree, tokens), _is_negated(tree, v))
                word = words.normal(tree.lemmas[said])
                for doer in doers:
                    yield _portrayal(tree, here[doer], tokens, word, "predicate", side)
            continue
        patients = [p for p in _patients(tree, v) if p[0] in here and p[0] not in doers]
        if not doers and not patients:
            continue
        tokens, negated = _verb_group(tree, v), _is_negated(tree, v)
        if doers:
            side = _turn(_of_act(tree, v, lemma, tokens), negated)
            for doer in doers:
                yield _portrayal(tree, here[doer], tokens, lemma, "agent", side)
        side = _turn(polarity.of_word(lemma, verb=True, patient=True), negated)
        for done_to, relation in patients:
            if side or relation != "target":
                around = tokens if relation == "patient of a passive" else [t for t in tokens if t <= v]
                yield _portrayal(tree, here[done_to], around, lemma, relation, side)


def _is_negated(tree: Tree, v: int) -> bool:
    return any(tree.words[c].lower() in _NEGATIONS for c in tree.children[v] if c < v + 2)


def _doers(tree: Tree, v: int, here: Mapping[int, Mention]) -> list[int]:
    """Who does it: the subject, those joined to it, and whoever stands behind a subject that is no actor.

    In "Macron's visit showed differences" and "they met in an effort to end the war" the
    visit and the effort are somebody's.
    """
    doer = subjects.subject(tree, v)
    if doer is None:
        return []
    out = [doer, *tree.childs(doer, "conj")]
    if doer not in here or here[doer].kind == "abstract":
        out += tree.childs(doer, "poss")
        if tree.deps[v] == "acl" and tree.heads[v] == doer:
            above = next((a for a in tree.ancestors(doer) if tree.pos[a] == "VERB"), None)
            behind = None if above is None else subjects.subject(tree, above)
            out += [behind] if behind is not None else []
    return list(dict.fromkeys(out))


def _patients(tree: Tree, v: int) -> Iterator[tuple[int, str]]:
    if subjects.is_passive(tree, v):
        target = tree.child(v, "nsubjpass")
        if target is None and tree.deps[v] in ("acl", "relcl", "conj"):
            target = tree.heads[v]
        if target is not None:
            for one in (target, *tree.childs(target, "conj")):
                yield one, "patient of a passive"
        return
    for c in tree.childs(v, "dobj", "dative"):
        yield c, "patient"
        for one in tree.childs(c, "conj"):
            yield one, "patient"
    for target in _targets(tree, v):
        yield target, "target"


def _targets(tree: Tree, head: int) -> list[int]:
    """At whom a verb or a noun is aimed: "a threat to Japan", "railed against Congress"."""
    found: list[int] = []
    for prep in tree.childs(head, "prep"):
        if tree.words[prep].lower() in _AIMED:
            for c in tree.childs(prep, "pobj"):
                found += c, *tree.childs(c, "conj")
    return found


def _of_act(tree: Tree, v: int, lemma: str, tokens: Sequence[int]) -> Polarity:
    """What an act says of who does it: the verb, or what an empty verb governs."""
    if polarity.is_listed(lemma) and lemma not in _EMPTY:
        return polarity.of_word(lemma, verb=True)
    rest = [t for t in tokens if t > v]
    return _of_tokens(tree, rest) or ("" if lemma in _EMPTY else polarity.of_word(lemma, verb=True))


def _predicate(tree: Tree, said: int) -> list[int]:
    """The predicate without clauses that hang on it."""
    return tree.subtree(said, tree.childs(said, "relcl", "advcl", "ccomp", "conj", "punct"))


def _verb_group(tree: Tree, v: int) -> list[int]:
    """The verb with its negation, particle, object and what it is turned to."""
    tokens = [v]
    for c in tree.children[v]:
        if tree.deps[c] in _VERB_GROUP:
            loose = tree.childs(c, "relcl", "acl", "punct", "appos", "conj", "cc")
            tokens += tree.subtree(c, loose) if tree.children[c] else [c]
    if len(tokens) == 1:
        return tokens
    tokens.sort()
    at = tokens.index(v)
    low = high = at
    while low > 0 and tokens[low] - tokens[low - 1] <= 2:
        low -= 1
    while high + 1 < len(tokens) and tokens[high + 1] - tokens[high] <= 2:
        high += 1
    return tokens[low : high + 1]


def _of_tokens(tree: Tree, tokens: Sequence[int]) -> Polarity:
    """The side of a phrase: its words counted, turned round by a negation."""
    judged = [
        polarity.of_word(
            words.normal(tree.lemmas[t]), words.normal(tree.words[t]), verb=tree.pos[t] == "VERB"
        )
        for t in tokens
        if tree.pos[t] in ("ADJ", "NOUN", "VERB", "ADV")
    ]
    good, bad = judged.count("positive"), judged.count("negative")
    side: Polarity = "positive" if good > bad else "negative" if bad > good else ""
    return _turn(side, any(tree.words[t].lower() in _NEGATIONS for t in tokens)) if side else side


def _turn(side: Polarity, negated: bool) -> Polarity:
    return polarity.flipped(side) if negated else side


def _portrayal(
    tree: Tree, m: Mention, tokens: Sequence[int], word: str, relation: str, side: Polarity
) -> Portrayal:
    return Portrayal(m, tree.starts[tokens[0]], tree.ends[tokens[-1]], word, relation, side)
