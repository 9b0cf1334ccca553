"""A parsed unit as plain lists: what the rules walk on, without spaCy objects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING

from framing.article import Span
from framing.quotes.frame import Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})


@dataclass(slots=True)
class Tree:
    """Tokens of one unit by index. ``starts``/``ends`` are article offsets, -1 inside a placeholder.

    ``holes`` names, for a token of a placeholder, the index of its quotation.
    """

    unit: Unit
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    holes: dict[int, int]
    entities: list[tuple[int, int, str]]  # token from, token until, label
    children: list[list[int]] = field(default_factory=list)
    _first_below: list[int] = field(default_factory=list, init=False, repr=False)
    _last_below: list[int] = field(default_factory=list, init=False, repr=False)
    _labels: list[str] = field(default_factory=list, init=False, repr=False)
    _relations: frozenset[str] = field(default=frozenset(), init=False, repr=False)

    def __post_init__(self) -> None:
        children = self.children = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                children[head].append(i)

    def __len__(self) -> int:
        return len(self.words)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of token ``i`` with one of the labels."""
        label = self.deps
        for c in self.children[i]:
            if label[c] in deps:
                return c
        return None

    def childs(self, i: int, *deps: str) -> list[int]:
        """All children of token ``i`` with one of the labels."""
        found: list[int] = []
        label = self.deps
        for c in self.children[i]:
            if label[c] in deps:
                found.append(c)
        return found

    def subtree(self, i: int, without: Sequence[int] = ()) -> list[int]:
        """Token ``i`` and all below it in text order, branches at ``without`` left out."""
        if not self.children[i]:
            return [] if i in without else [i]
        out, todo = [], [i]
        while todo:
            at = todo.pop()
            if at in without:
                continue
            out.append(at)
            todo += self.children[at]
        return sorted(out)

    def first_below(self, i: int) -> int:
        """The first token of what hangs on token ``i``, itself included: ``subtree(i)[0]``."""
        if not self._first_below:
            first = self._first_below = list(range(len(self.heads)))
            for t, head in enumerate(self.heads):
                while first[head] > t:
                    first[head] = t
                    head = self.heads[head]
        return self._first_below[i]

    def last_below(self, i: int) -> int:
        """The last token of what hangs on token ``i``, itself included: ``subtree(i)[-1]``."""
        if not self._last_below:
            last = self._last_below = list(range(len(self.heads)))
            for t in range(len(self.heads) - 1, -1, -1):
                head = self.heads[t]
                while last[head] < t:
                    last[head] = t
                    head = self.heads[head]
        return self._last_below[i]

    @property
    def relations(self) -> frozenset[str]:
        """The labels of dependencies that stand somewhere in the tree."""
        if not self._relations:
            self._relations = frozenset(self.deps)
        return self._relations

    @property
    def labels(self) -> list[str]:
        """The label of the entity over each token, of several the first one's; empty where there is none."""
        if not self._labels:
            labels = self._labels = [""] * len(self.words)
            for first, until, label in reversed(self.entities):
                labels[first:until] = [label] * (until - first)
        return self._labels

    def sentences(self) -> Iterator[range]:
        """The tokens of each sentence."""
        first = 0
        for t in range(1, len(self.sentence) + 1):
            if t == len(self.sentence) or self.sentence[t] != self.sentence[first]:
                yield range(first, t)
                first = t

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above token ``i``, nearest first."""
        seen = {i}
        while self.heads[i] not in seen:
            i = self.heads[i]
            seen.add(i)
            yield i

    def span(self, tokens: Sequence[int]) -> Span | None:
        """The article span from the first to the last of ``tokens`` that stand in the article."""
        starts, ends = self.starts, self.ends
        real = [t for t in tokens if starts[t] >= 0]
        return Span(min([starts[t] for t in real]), max([ends[t] for t in real])) if real else None


_ATTRIBUTES: list[int | str] = [
    "LENGTH",
    "SPACY",
    "IS_SPACE",
    "LEMMA",
    "POS",
    "TAG",
    "DEP",
    "HEAD",
    "SENT_START",
]
# spaCy's string ids are hashes of the strings, so one table serves every model.
_STRINGS: dict[int, str] = {}


def tree(unit: Unit, doc: Doc) -> Tree:
    """The parse of ``unit``, white-space tokens left out."""
    length, spacy, is_space, *ids, up, begins = _columns(doc)
    offsets = [0, *accumulate(map(add, length, spacy))]
    heads = list(map(add, range(len(doc)), up))
    sentence = list(accumulate(int(begin == 1) for begin in begins))
    entities = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    if any(is_space):
        keep = [k for k, space in enumerate(is_space) if not space]
        place = list(accumulate((not space for space in is_space), initial=0))  # kept tokens before each
        heads = [n if is_space[head] else place[head] for n, head in _heads_past(is_space, heads, keep)]
        entities = [(place[a], place[b], label) for a, b, label in entities if place[a] < place[b]]
        length, offsets, sentence = ([row[k] for k in keep] for row in (length, offsets, sentence))
        ids = [[row[k] for k in keep] for row in ids]
    else:
        offsets.pop()
    number = {of: n for n, of in enumerate(dict.fromkeys(sentence))}
    starts, ends, words = _places(unit, offsets, list(map(add, offsets, length)))
    holes = {
        n: h.mark
        for h in unit.holes
        for n in range(bisect_left(offsets, h.start), bisect_left(offsets, h.end))
    }
    lemmas, pos, tags, deps = _names(doc, ids)
    if not _MODAL_NAMES.isdisjoint(words):
        for n, word in enumerate(words):
            if word in _MODAL_NAMES and tags[n] == "MD" and _is_name(n, words, tags, sentence):
                lemmas[n], pos[n], tags[n], deps[n] = word, "PROPN", "NNP", "nsubj"
    numbered = [number[of] for of in sentence]
    return Tree(unit, words, lemmas, pos, tags, deps, heads, starts, ends, numbered, holes, entities)


def _columns(doc: Doc) -> list[list[int]]:
    """The values of each of :data:`_ATTRIBUTES`, a token each."""
    if not len(doc):
        return [[] for _ in _ATTRIBUTES]
    columns: list[list[int]] = doc.to_array(_ATTRIBUTES).astype("int64").T.tolist()
    return columns


def _heads_past(
    is_space: Sequence[int], heads: Sequence[int], keep: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Each token of ``keep`` by its number there, and its head or what a white-space head hangs on."""
    for n, k in enumerate(keep):
        head = heads[k]
        while is_space[head] and heads[head] != head:
            head = heads[head]
        yield n, head


# Names that the tagger takes for modal verbs: Theresa May, George Will.
_MODAL_NAMES = frozenset({"May", "Will"})


def _is_name(n: int, words: Sequence[str], tags: Sequence[str], sentence: Sequence[int]) -> bool:
    """Whether a capitalised "May" or "Will" is a name: a verb form follows that no modal takes."""
    after = n + 1
    while after < len(words) and tags[after] == "RB":
        after += 1
    past = after < len(words) and tags[after] in ("VBD", "VBZ", "VBN") and sentence[after] == sentence[n]
    return past and words[after].lower() not in ("be", "have")


def _names(doc: Doc, columns: Sequence[Sequence[int]]) -> list[list[str]]:
    """The strings that spaCy's ids stand for."""
    try:
        return [list(map(_STRINGS.__getitem__, ids)) for ids in columns]
    except KeyError:
        for i in set[int]().union(*columns).difference(_STRINGS):
            _STRINGS[i] = doc.vocab.strings[i % (1 << 64)]
        return _names(doc, columns)


def _places(unit: Unit, first: Sequence[int], until: Sequence[int]) -> tuple[list[int], list[int], list[str]]:
    """Article offsets of unit spans that come in order, -1 where no article text is, and their words."""
    text, pieces = unit.text, unit.pieces
    words = [text[start:end] for start, end in zip(first, until, strict=True)]
    if len(pieces) == 1 and pieces[0][0] == 0 and pieces[0][2] == len(text):  # nothing was taken out
        shift = pieces[0][1]
        return [start + shift for start in first], [end + shift for end in until], words
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end in zip(first, until, strict=True):
        while at + 1 < len(pieces) and pieces[at + 1][0] <= start:
            at += 1
        if pieces and pieces[at][0] <= start < pieces[at][0] + pieces[at][2]:
            begin = pieces[at][1] + start - pieces[at][0]
            last = at
            while last + 1 < len(pieces) and pieces[last + 1][0] <= end - 1:
                last += 1
            piece = pieces[last]
            if end - 1 < piece[0] + piece[2]:
                starts.append(begin)
                ends.append(piece[1] + end - piece[0])
                continue
        starts.append(-1)
        ends.append(-1)
    return starts, ends, words
