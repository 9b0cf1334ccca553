"""Where an article names something: names, descriptions, verb groups that act on something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.article import Span
from framing.quotes.speakers.names import honorifics
from framing.quotes.tree import Tree
from framing.referents import words
from framing.referents.persons import end_of_name
from framing.referents.records import Mention, MentionKind

_BEFORE = frozenset(["det", "predet", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod"])
# Phrases and clauses that belong to a label's full phrase; loose ones after a comma do not.
_AFTER = frozenset(["prep", "acl", "agent"])
_VERB_AFTER = frozenset(
    [
        "dobj",
        "attr",
        "acomp",
        "oprd",
        "dative",
        "prep",
        "prt",
        "xcomp",
        "agent",
        "advmod",
        "npadvmod",
        "ccomp",
    ]
)
_NOMINAL = frozenset({"NOUN", "PROPN"})
_HEADS = _NOMINAL | {"ADJ", "VERB"}
# Numbers, dates and amounts name nothing that outlets could call otherwise.
_AMOUNTS = frozenset(["DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"])
# Verbs that carry a tense, not an act.
_LIGHT_VERBS = frozenset(
    ["be", "have", "do", "say", "tell", "get", "go", "come", "make", "seem", "become", "want", "try", "need"]
)
# Verb forms that serve as prepositions, and one that is a noun in most lists of synonyms.
_NO_ACTS = frozenset(
    ["according", "including", "regarding", "following", "concerning", "deal", "dealing", "deals", "dealt"]
)


def mentions(article: int, trees: Sequence[Tree]) -> list[Mention]:
    """The mentions of one article in text order; pronouns are not among them."""
    found: dict[tuple[int, int], Mention] = {}
    for n, tree in enumerate(trees):
        for mention in (*_names(article, n, tree), *_nouns(article, n, tree), *_actions(article, n, tree)):
            found.setdefault((mention.span.start, mention.span.end), mention)
    return [found[place] for place in sorted(found)]


def label_at(tree: Tree, token: int) -> str:
    """The entity label over a token; empty where there is none."""
    for first, until, label in tree.entities:
        if first <= token < until:
            return label
    return ""


def _span(tree: Tree, first: int, last: int) -> Span | None:
    """The characters of tokens ``first`` to ``last``, marks, conjunctions and a possessive ending trimmed."""
    while first < last and tree.pos[first] in ("PUNCT", "CCONJ", "SPACE"):
        first += 1
    while last > first and (tree.pos[last] in ("PUNCT", "CCONJ", "SPACE") or tree.tags[last] == "POS"):
        last -= 1
    if not any(c.isalnum() for c in tree.words[first]):
        return None
    return Span(tree.starts[first], tree.ends[last])


def _names(article: int, n: int, tree: Tree) -> Iterator[Mention]:
    """Named entities: a person's name with the title before it, a country, an organisation.

    The label is the name; the phrase is all of the noun phrase that it ends.
    """
    for first, until, label in tree.entities:
        if label in _AMOUNTS:
            continue
        last = until - 1
        while last > first and (tree.tags[last] == "POS" or tree.pos[last] == "PUNCT"):
            last -= 1
        if tree.pos[last] not in ("PROPN", "NOUN", "ADJ"):
            continue
        if label == "NORP" and tree.pos[last] == "ADJ":
            continue  # "Russian" in "Russian officials" is no mention by itself
        if tree.words[first].lower() in ("the", "a", "an") and first < last:
            first += 1
        if label == "PERSON":
            last = end_of_name(tree, last)
            first = _with_title(tree, first)
        span = _span(tree, first, last)
        if span is None:
            continue
        phrase = span
        if _heads_a_phrase(tree, last):
            left = [c for c in tree.children[last] if c < last and tree.deps[c] in _BEFORE]
            start = min([first, *map(tree.first_below, left)])
            phrase = _span(tree, start, _last_of_phrase(tree, last)) or span
        before = () if label == "PERSON" else _modifiers(tree, tree.children[last], first)
        yield Mention(article, n, last, span, phrase, "name", _word(tree, last), before)


def _with_title(tree: Tree, first: int) -> int:
    """The token of the one title that opens the noun phrase of a name: "Mr. Trump", "President Trump".

    A longer description before a name ("Secretary of State", "French President") is a mention of its own.
    """
    if first and _is_title(tree.words[first - 1]):
        before = first - 2
        if before < 0 or tree.pos[before] not in ("ADJ", "NOUN", "PROPN"):
            return first - 1
    return first


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in honorifics()


def _nouns(article: int, n: int, tree: Tree) -> Iterator[Mention]:
    inner: set[int] = set()  # last words of labels that hold an "of"
    for head in range(len(tree)):
        if not _heads_a_phrase(tree, head):
            continue
        left = [c for c in tree.children[head] if c < head and tree.deps[c] in _BEFORE]
        first = min([head, *map(tree.first_below, left)])
        around = [e for e in tree.entities if e[0] <= head < e[1]]
        if around:
            yield from _title_before(article, n, tree, first, around)
            if any(e[2] not in _AMOUNTS and _names_head(tree, e, head) for e in around):
                continue  # the name is the mention
        lemma = _lemma(tree, head)
        end = head + 2 if " of " in lemma else head  # "war of aggression" is one word for one thing
        span = _span(tree, first, end)
        if span is None or head in inner:
            continue
        inner.add(end)
        phrase = _span(tree, first, max(end, _last_of_phrase(tree, head))) or span
        kind: MentionKind = "name" if tree.pos[head] == "PROPN" else "description"
        yield Mention(article, n, head, span, phrase, kind, lemma, _modifiers(tree, left, head))


def _names_head(tree: Tree, entity: tuple[int, int, str], head: int) -> bool:
    """Whether an entity gives a mention of its own that ends with ``head``."""
    last = entity[1] - 1
    while last > entity[0] and (tree.tags[last] == "POS" or tree.pos[last] == "PUNCT"):
        last -= 1
    if entity[2] == "PERSON":
        last = end_of_name(tree, last)
    return last == head and not (entity[2] == "NORP" and tree.pos[last] == "ADJ")


def _heads_a_phrase(tree: Tree, head: int) -> bool:
    if tree.pos[head] not in _HEADS:
        return False
    after = head + 1
    if after < len(tree) and tree.words[after] in ("-", "‐", "‑") and tree.ends[head] == tree.starts[after]:
        return False  # "co" of "co-director"
    if tree.pos[head] in _NOMINAL:
        if tree.deps[head] == "compound" and tree.heads[head] > head:
            return False
        return label_at(tree, head) not in _AMOUNTS
    # "the accused", "the rich": an adjective or a participle with an article of its own
    return tree.deps[head] in ("nsubj", "nsubjpass", "dobj", "pobj") and tree.child(head, "det") is not None


def _word(tree: Tree, t: int) -> str:
    """A word in normal form; as printed where nothing is left of it ("...")."""
    return words.normal(tree.words[t]) or tree.words[t]


def _lemma(tree: Tree, head: int) -> str:
    """The head's lemma, or the longest entry of the word lists that ends with it."""
    own = _word(tree, head) if tree.pos[head] == "PROPN" else words.normal(tree.lemmas[head])
    own = own or tree.words[head]
    if tree.tags[head] in ("NNPS", "NNS") and not (words.synonym_set(own) or words.classes(own)):
        own = _singular(own)
    best = own
    if head + 2 < len(tree) and tree.words[head + 1].lower() == "of":
        form = f"{own} of {words.normal(tree.lemmas[head + 2])}"
        best = form if words.synonym_set(form) else best
    text = own
    for t in range(head - 1, max(-1, head - 5), -1):
        if tree.words[t] in ("-", "‐", "‑"):
            continue
        if tree.pos[t] not in ("NOUN", "PROPN", "ADJ", "VERB", "ADV"):
            break
        text = words.normal(tree.words[t]) + " " + text
        for form in (text, text.replace(" ", "-", 1)):
            if words.synonym_set(form):
                best = form
    return best


def _singular(noun: str) -> str:
    """The singular of a regular plural that the lemmatiser left because it stands in capitals: "Talks"."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if len(noun) > 3 and noun.endswith("s") and not noun.endswith("ss") else noun


def _modifiers(tree: Tree, left: Sequence[int], head: int) -> tuple[str, ...]:
    return tuple(
        tree.words[t]
        for c in left
        if tree.deps[c] in ("amod", "compound", "nmod", "advmod")
        for t in tree.subtree(c)
        if tree.pos[t] in ("ADJ", "NOUN", "PROPN", "VERB", "ADV") and t < head
    )


def _last_of_phrase(tree: Tree, head: int) -> int:
    """The last token of the phrases that follow a noun without a comma between."""
    last = head
    for c in tree.children[head]:
        if c <= head:
            continue
        if tree.deps[c] in ("case", "punct"):
            continue
        if tree.deps[c] not in _AFTER:
            break
        below = tree.subtree(c, tree.childs(c, "punct"))
        if below[0] > last + 2:
            break
        last = max(last, below[-1])
    return last


def _title_before(
    article: int, n: int, tree: Tree, first: int, around: Sequence[tuple[int, int, str]]
) -> Iterator[Mention]:
    """ "North Korean leader" in "North Korean leader Kim Jong Un": a description of its own.

    ``around``: the entities over the head of the phrase that begins with ``first``.
    """
    name = next((e for e in around if e[2] == "PERSON"), None)
    if name is None:
        return
    until = _with_title(tree, name[0])
    if until < name[0]:
        return
    if _is_title(tree.words[name[0]]):
        until = name[0] + 1
    last = until - 1
    if last < first or (last == first and tree.pos[last] == "PROPN"):
        return
    if tree.pos[last] not in _NOMINAL:
        return
    span = _span(tree, first, last)
    if span is not None:
        before = tuple(tree.words[t] for t in range(first, last) if tree.pos[t] in ("ADJ", "NOUN", "PROPN"))
        yield Mention(article, n, last, span, span, "description", _lemma(tree, last), before, True)


def _end_of_act(tree: Tree, verb: int) -> int:
    """The last token of the short form of an act: with its object, else with the first preposition's."""
    objects = [c for c in tree.childs(verb, "dobj", "prt") if c > verb]
    if any(tree.deps[c] == "dobj" for c in objects):
        return max(objects)
    for prep in tree.childs(verb, "prep"):
        inner = tree.childs(prep, "pobj")
        if prep > verb and inner and inner[0] > prep:
            return inner[0]
    return max([verb, *objects])


def _is_light(tree: Tree, verb: int) -> bool:
    return tree.lemmas[verb].lower() in _LIGHT_VERBS or tree.words[verb].lower() in _NO_ACTS


def _actions(article: int, n: int, tree: Tree) -> Iterator[Mention]:
    """Verbs with what they act on: "suspend its nuclear tests", "met with Kim Jong Un"."""
    for verb in range(len(tree)):
        if tree.pos[verb] != "VERB" or _is_light(tree, verb):
            continue
        below = [c for c in tree.children[verb] if c > verb and tree.deps[c] in _VERB_AFTER]
        last = verb
        for c in below:
            tokens = tree.subtree(c, [g for g in tree.children[c] if tree.deps[g] in ("punct", "relcl")])
            if tokens[0] <= last + 2:
                last = max(last, tokens[-1])
        if last == verb:
            continue
        short = _end_of_act(tree, verb)
        span = _span(tree, verb, last)
        if span is None:
            continue
        label = _span(tree, verb, min(short, last))
        yield Mention(article, n, verb, label or span, span, "action", tree.lemmas[verb].lower())
