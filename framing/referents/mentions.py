"""Where an article names something: names, descriptions, verb groups that act on something."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

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
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
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


# Words of a label before its head that describe it, and how they hang on it.
_DESCRIBING = frozenset(["ADJ", "NOUN", "PROPN", "VERB", "ADV"])
_MODIFIERS = frozenset(["amod", "compound", "nmod", "advmod"])
_HYPHENS = frozenset("-‐‑")
# What no label begins or ends with.
_MARKS = frozenset(["PUNCT", "CCONJ", "SPACE"])


def mentions(article: int, text: str, trees: Sequence[Tree]) -> list[Mention]:
    """The mentions of one article in text order; pronouns are not among them."""
    found: dict[tuple[int, int], Mention] = {}
    for n, tree in enumerate(trees):
        reader = _Reader(article, text, n, tree)
        for mention in (*reader.names(), *reader.nouns(), *reader.actions()):
            found.setdefault((mention.start, mention.end), mention)
    return [found[place] for place in sorted(found)]


class _Reader:
    """Finds the mentions of one paragraph."""

    def __init__(self, article: int, text: str, n: int, tree: Tree) -> None:
        self.article = article
        self.text = text
        self.n = n
        self.tree = tree
        self.heads = _heads_of_phrases(tree)

    def names(self) -> Iterator[Mention]:
        """Named entities: a person's name with the title before it, a country, an organisation.

        The label is the name; the phrase is all of the noun phrase that it ends.
        """
        tree = self.tree
        for first, until, label in tree.entities:
            if label in _AMOUNTS:
                continue
            last = _last_of_name(tree, first, until)
            if tree.pos[last] not in ("PROPN", "NOUN", "ADJ"):
                continue
            if label == "NORP" and tree.pos[last] == "ADJ":
                continue  # "Russian" in "Russian officials" is no mention by itself
            if first < last and tree.words[first].lower() in ("the", "a", "an"):
                first += 1
            if label == "PERSON":
                last = end_of_name(tree, last)
                first = _with_title(tree, first)
            place = phrase = self._place(first, last)
            if place is None:
                continue
            if last in self.heads:
                start = min([first, *map(tree.first_below, _before(tree, last))])
                phrase = self._place(start, _last_of_phrase(tree, last))
            before = () if label == "PERSON" else _modifiers(tree, tree.children[last], first)
            yield self._mention("name", last, place, phrase or place, _word(tree, last), before)

    def nouns(self) -> Iterator[Mention]:
        """Noun phrases that no name ends, and descriptions right before a person's name."""
        tree, labels = self.tree, self.tree.labels
        inner: set[int] = set()  # last words of labels that hold an "of"
        for head in self.heads:
            left = _before(tree, head)
            first = min(map(tree.first_below, left)) if left else head
            if labels[head]:
                around = [e for e in tree.entities if e[0] <= head < e[1]]
                yield from self._title_before(first, around)
                if any(e[2] not in _AMOUNTS and _names_head(tree, e, head) for e in around):
                    continue  # the name is the mention
            lemma = _lemma(tree, head)
            end = head + 2 if " of " in lemma else head  # "war of aggression" is one word for one thing
            place = phrase = self._place(first, end)
            if place is None or head in inner:
                continue
            inner.add(end)
            last = _last_of_phrase(tree, head)
            if last > end:
                phrase = self._place(first, last)
            kind: MentionKind = "name" if tree.pos[head] == "PROPN" else "description"
            yield self._mention(kind, head, place, phrase or place, lemma, _modifiers(tree, left, head))

    def _title_before(self, first: int, around: Sequence[tuple[int, int, str]]) -> Iterator[Mention]:
        """ "North Korean leader" in "North Korean leader Kim Jong Un": a description of its own.

        ``around``: the entities over the head of the phrase that begins with ``first``.
        """
        tree = self.tree
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
        place = self._place(first, last)
        if place is not None:
            before = tuple(
                tree.words[t] for t in range(first, last) if tree.pos[t] in ("ADJ", "NOUN", "PROPN")
            )
            lemma = _lemma(tree, last)
            yield self._mention("description", last, place, place, lemma, before, is_title=True)

    def actions(self) -> Iterator[Mention]:
        """Verbs with what they act on: "suspend its nuclear tests", "met with Kim Jong Un"."""
        tree = self.tree
        for verb in [t for t, p in enumerate(tree.pos) if p == "VERB"]:
            if _is_light(tree, verb):
                continue
            last = _last_of_act(tree, verb)
            if last == verb:
                continue
            whole = self._place(verb, last)
            if whole is not None:
                label = self._place(verb, min(_end_of_act(tree, verb), last)) or whole
                yield self._mention("action", verb, label, whole, tree.lemmas[verb].lower())

    def _place(self, first: int, last: int) -> tuple[int, int] | None:
        """Tokens ``first`` to ``last`` without marks, conjunctions and a possessive ending at the edges."""
        pos, tags = self.tree.pos, self.tree.tags
        while first < last and pos[first] in _MARKS:
            first += 1
        while last > first and (pos[last] in _MARKS or tags[last] == "POS"):
            last -= 1
        word = self.tree.words[first]
        return (first, last) if word.isalnum() or any(c.isalnum() for c in word) else None

    def _mention(
        self,
        kind: MentionKind,
        head: int,
        label: tuple[int, int],
        phrase: tuple[int, int],
        lemma: str,
        before: tuple[str, ...] = (),
        *,
        is_title: bool = False,
    ) -> Mention:
        """The mention whose label and phrase are of these first and last tokens."""
        tree = self.tree
        first, last = label
        start, end = tree.starts[first], tree.ends[last]
        return Mention(
            self.article,
            start,
            end,
            tree.starts[phrase[0]],
            tree.ends[phrase[1]],
            self.n,
            tree,
            first,
            head,
            self.text[start:end],
            lemma,
            before,
            is_title,
            kind,
        )


def _last_of_name(tree: Tree, first: int, until: int) -> int:
    """The last word of an entity, marks and a possessive ending left out."""
    last = until - 1
    while last > first and (tree.tags[last] == "POS" or tree.pos[last] == "PUNCT"):
        last -= 1
    return last


def _before(tree: Tree, head: int) -> list[int]:
    """What hangs on a noun before it."""
    below = tree.children[head]
    if not below or below[0] > head:
        return []
    deps = tree.deps
    return [c for c in below if c < head and deps[c] in _BEFORE]


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


def _names_head(tree: Tree, entity: tuple[int, int, str], head: int) -> bool:
    """Whether an entity gives a mention of its own that ends with ``head``."""
    last = _last_of_name(tree, entity[0], entity[1])
    if entity[2] == "PERSON":
        last = end_of_name(tree, last)
    return last == head and not (entity[2] == "NORP" and tree.pos[last] == "ADJ")


def _heads_of_phrases(tree: Tree) -> dict[int, None]:
    """The tokens that are heads of noun phrases, in their order."""
    places = zip(tree.pos, tree.deps, tree.heads, tree.labels, strict=True)
    likely = [
        t
        for t, (pos, dep, head, label) in enumerate(places)
        if (pos in _NOMINAL and label not in _AMOUNTS and not (dep == "compound" and head > t))
        # "the accused", "the rich": an adjective or a participle with an article of its own
        or (dep in _ARGUMENTS and (pos == "ADJ" or pos == "VERB") and tree.child(t, "det") is not None)
    ]
    if not _HYPHENS.isdisjoint(tree.words):
        likely = [t for t in likely if not _is_cut(tree, t)]
    return dict.fromkeys(likely)


def _is_cut(tree: Tree, t: int) -> bool:
    """Whether a hyphen follows that makes a token part of a word: "co" of "co-director"."""
    after = t + 1
    return after < len(tree.words) and tree.words[after] in _HYPHENS and tree.ends[t] == tree.starts[after]


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
    if own not in words.ends_of_synonyms():
        return best
    text = own
    for t in range(head - 1, max(-1, head - 5), -1):
        if tree.words[t] in _HYPHENS:
            continue
        if tree.pos[t] not in _DESCRIBING:
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
    if not left:
        return ()
    pos, deps = tree.pos, tree.deps
    return tuple(
        [
            tree.words[t]
            for c in left
            if deps[c] in _MODIFIERS
            for t in (tree.subtree(c) if tree.children[c] else (c,))
            if t < head and pos[t] in _DESCRIBING
        ]
    )


def _last_of_phrase(tree: Tree, head: int) -> int:
    """The last token of the phrases that follow a noun without a comma between."""
    last = head
    below = tree.children[head]
    if not below or below[-1] < head:
        return head
    for c in below:
        if c <= head or tree.deps[c] in ("case", "punct"):
            continue
        if tree.deps[c] not in _AFTER:
            break
        first, until = _reach(tree, c, ("punct",))
        if first > last + 2:
            break
        last = max(last, until)
    return last


def _reach(tree: Tree, i: int, without: Container[str]) -> tuple[int, int]:
    """The first and the last token of what hangs on a token, children with these labels left out."""
    first = last = i
    for c in tree.children[i]:
        if tree.deps[c] not in without:
            first = min(first, tree.first_below(c))
            last = max(last, tree.last_below(c))
    return first, last


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


def _last_of_act(tree: Tree, verb: int) -> int:
    """The last token of all that follows a verb and belongs to its act."""
    last = verb
    for c in tree.children[verb]:
        if c > verb and tree.deps[c] in _VERB_AFTER:
            first, until = _reach(tree, c, ("punct", "relcl"))
            if first <= last + 2:
                last = max(last, until)
    return last
