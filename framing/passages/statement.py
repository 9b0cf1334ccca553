"""What a sentence states, as far as two sentences are compared: words, acts, numbers, quotations.

Read from the parse that stands already in the annotated article; nothing is parsed here.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.annotation import AnnotatedArticle, Token
from framing.article import Span
from framing.events.background import table as common_words
from framing.events.vectors import STOP_WORDS, stem
from framing.passages.numbers import PARTS, may_count, numbers
from framing.text import fold

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"))
NEGATIONS = frozenset(
    ("not", "no", "never", "n't", "nobody", "none", "nothing", "neither", "nor", "without", "cannot")
)
_NOT, _NONE = ("not", "n't", "never", "cannot"), ("no", "neither", "none")
# Verbs that say that what depends on them did not happen (Karttunen 1971), and those that undo it.
_UNDOING = frozenset(
    (
        *(
            "refuse",
            "fail",
            "deny",
            "drop",
            "cancel",
            "abandon",
            "scrap",
            "avert",
            "avoid",
            "prevent",
            "stop",
        ),
        *("stop", "lack", "reject", "spare", "halt", "decline", "dismiss", "lift", "reverse", "overturn"),
        *("postpone", "delay", "give_up", "turn_down", "call_off", "put_off", "hold_off", "back_down"),
    )
)
# Verbs and nouns of the stop list count ("found", "fire", "bill"), but for those that name no act or thing.
_LIGHT = frozenset(
    (
        "be",
        "have",
        "do",
        "get",
        "go",
        "make",
        "take",
        "give",
        "put",
        "come",
        "become",
        "seem",
        "say",
        "name",
        "part",
    )
)
_SUBJECTS = frozenset(("nsubj", "csubj"))
_OBJECTS = frozenset(("dobj", "obj", "attr", "dative", "nsubjpass"))
_ARGUMENTS = _SUBJECTS | _OBJECTS
_GOVERNED = frozenset(("xcomp", "ccomp", "pcomp", "prep", "dobj", "advcl", "acl"))
_MODIFYING = frozenset(("amod", "compound", "relcl", "acl", "prep"))

NUMBER_WEIGHT = 6.0  # of a number, as of a rare word
_LEAST, _MOST = 0.7, 7.6  # weights of words: shares of 50 and 0.05 texts in 100
_MOST_WORDS = 300  # of a statement; a longer one is a list without full stops
_MOST_DEPENDENTS = 8  # of one predicate; a long sentence repeats no more than that
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W_]+(?:['-][^\W_]+)*")
_SINGLE = re.compile(r"(?<!\w)'|'(?!\w)")
_QUOTED = re.compile(r'"([^"]*)(?:"|$)|^([^"]*)"')
MIN_QUOTED = 3  # words in marks; fewer are a name or a phrase


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``lemma`` with its particle ("give_up")."""

    text: str
    lemma: str
    stem: str
    weight: float
    number: float | None


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with those who act and what is acted on; ``word`` is its place among the content words."""

    word: int | None
    verb: Word
    negated: bool
    subjects: tuple[Word, ...]
    objects: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as it is compared.

    ``body`` are the places of the content words outside the attribution ("said the minister"),
    ``predicates`` places of verbs and nouns with the places of the content words that hang on them.
    """

    words: tuple[Word, ...]
    body: tuple[int, ...]
    acts: tuple[Act, ...]
    predicates: tuple[tuple[int, tuple[int, ...]], ...]
    plain: tuple[str, ...]  # all words, lower case
    quoted: tuple[tuple[str, ...], ...]
    undone: int  # negations and undoing verbs

    @property
    def numbers(self) -> frozenset[float]:
        """The numbers that it gives."""
        return frozenset(w.number for w in self.words if w.number is not None)


class Reader:
    """Statements of the sentences of one article."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        self._text, self._tokens = annotated.article.text, annotated.tokens
        self._starts = [t.start for t in self._tokens]
        self._forms = [_form(t.text, t.lemma, t.pos) for t in self._tokens]
        self._frames = [
            (span.start, span.end)
            for q in annotated.quotations
            if q.kind != "scare"
            for span in (q.cue_span, q.speaker_span)
            if span is not None
        ]

    def read(self, span: Span) -> Statement:
        """What stands in ``span``."""
        start, end = span.start, span.end
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        frames = [f for f in self._frames if f[0] < end and start < f[1]]
        tree = _Tree(self._tokens[first:last], self._forms[first:last], first, frames)
        return tree.statement(self._text[start:end])


class _Tree:
    """The tokens of one sentence with their dependents, counted from its first token."""

    def __init__(
        self,
        tokens: Sequence[Token],
        forms: Sequence[_Form],
        first: int,
        frames: Sequence[tuple[int, int]],
    ) -> None:
        self.tokens, n = tokens, len(tokens)
        self.pos, self.dep = [t.pos for t in tokens], [t.dep for t in tokens]
        self.heads = [t.head - first if first <= t.head < first + n else i for i, t in enumerate(tokens)]
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        read = self._read(forms)
        self.words = [word for word, _, _ in read]
        self.undone = sum(undoes for _, _, undoes in read)
        self.content = [i for i, (_, tells, _) in enumerate(read) if tells][:_MOST_WORDS]
        framed = [i for f in frames for i, t in enumerate(tokens) if f[0] <= t.start < f[1]]
        self.attribution = {j for i in framed if self.pos[i] != "VERB" for j in self._below(i)}.union(framed)

    def _read(self, forms: Sequence[_Form]) -> list[_Read]:
        """The words with their particles and what they are worth as numbers."""
        read = [form.alone for form in forms]
        particles: dict[int, str] = {}
        if "prt" in self.dep:
            for i, head in enumerate(self.heads):
                if head != i and self.dep[i] == "prt":
                    particles.setdefault(head, forms[i].lower)
        values = numbers([form.lower for form in forms]) if any(form.may_count for form in forms) else {}
        for i in particles.keys() | values.keys():
            lemma, particle = self.tokens[i].lemma, particles.get(i, "")
            read[i] = _read(forms[i].lower, lemma, particle, values.get(i), self.pos[i])
        return read

    def _below(self, i: int) -> list[int]:
        """``i`` and all that depends on it."""
        found = [i]
        for at in found:
            found += self.children[at]
        return found

    def statement(self, text: str) -> Statement:
        place = {i: n for n, i in enumerate(self.content)}
        body = [i for i in self.content if i not in self.attribution] or self.content
        predicates = [i for i in body if self.pos[i] in ("VERB", "NOUN")]
        hanging = self._hanging()
        folded = fold(text)
        return Statement(
            words=tuple([self.words[i] for i in self.content]),
            body=tuple([place[i] for i in body]),
            acts=tuple(self._acts(place)),
            predicates=tuple([(place[i], self._dependents(i, hanging[i], place)) for i in predicates]),
            plain=tuple(_WORD.findall(folded.lower())),
            quoted=tuple(_quoted(folded)),
            undone=self.undone,
        )

    def _hanging(self) -> list[list[int]]:
        """The content words that depend on each token, in their order."""
        found: list[list[int]] = [[] for _ in self.heads]
        heads = self.heads
        for i in self.content:
            at, head = i, heads[i]
            while head != at:
                found[head].append(i)
                at, head = head, heads[head]
        return found

    def _acts(self, place: Mapping[int, int]) -> list[Act]:
        found, dep, words = [], self.dep, self.words
        for i, pos in enumerate(self.pos):
            if pos not in ("VERB", "AUX") or dep[i] in ("aux", "auxpass") or i in self.attribution:
                continue
            children = self.children[i]
            agents = [g for c in children if dep[c] == "agent" for g in self.children[c]]
            subjects = [c for c in children if dep[c] in _SUBJECTS] + agents
            objects = [c for c in children if dep[c] in _OBJECTS]
            found.append(
                Act(
                    place.get(i),
                    words[i],
                    self._negated(i),
                    tuple([words[c] for c in subjects]),
                    tuple([words[c] for c in objects]),
                )
            )
        return found

    def _negated(self, i: int) -> bool:
        """Whether an odd number of negations and undoing verbs govern the verb."""
        dep, words = self.dep, self.words
        n = int(words[i].lemma in _UNDOING)
        for c in self.children[i]:
            n += dep[c] == "neg" or words[c].text in _NOT
            if dep[c] in _ARGUMENTS:
                n += words[c].text in NEGATIONS or any(words[g].text in _NONE for g in self.children[c])
        at = i
        for _ in range(3):
            if dep[at] not in _GOVERNED or self.heads[at] == at:
                break
            by, at = dep[at], self.heads[at]
            if self.pos[at] == "VERB":
                lemma = words[at].lemma
                n += (lemma in _UNDOING and by != "ccomp") or lemma in ("deny", "doubt")
                n += any(dep[c] == "neg" for c in self.children[at])
        return n % 2 == 1

    def _dependents(self, i: int, hanging: Sequence[int], place: Mapping[int, int]) -> tuple[int, ...]:
        found = [place[j] for j in hanging[:_MOST_DEPENDENTS]]
        if self.dep[i] in _MODIFYING and self.heads[i] in place:
            found.append(place[self.heads[i]])
        return tuple(found)


# A word, whether it tells something (numbers, and what is no word of grammar), and whether it negates or
# undoes.
_Read = tuple[Word, bool, bool]


@dataclass(frozen=True, slots=True)
class _Form:
    """A token in lower case, whether it may be a number, and how it is read without particle and number."""

    lower: str
    may_count: bool
    alone: _Read


@functools.lru_cache(maxsize=100_000)
def _form(text: str, lemma: str, pos: str) -> _Form:
    lower = fold(text).lower()
    return _Form(lower, may_count(lower), _read(lower, lemma, "", None, pos))


@functools.lru_cache(maxsize=100_000)
def _read(text: str, lemma: str, particle: str, number: float | None, pos: str) -> _Read:
    whole = lemma.lower() + (f"_{particle}" if particle else "")
    stemmed = stem(text)
    word = Word(text, whole, stemmed, NUMBER_WEIGHT if number is not None else word_weight(stemmed), number)
    undoes = text in NEGATIONS or whole in _UNDOING
    if number is not None:
        return word, True, undoes
    if pos not in _CONTENT or len(text) < 2 or text in PARTS or not any(map(str.isalnum, text)):
        return word, False, undoes
    tells = stemmed not in STOP_WORDS or pos in ("NOUN", "VERB")
    return word, tells and text not in NEGATIONS and whole not in _LIGHT, undoes


@functools.lru_cache(maxsize=100_000)
def word_weight(stemmed: str) -> float:
    """Minus the logarithm of the share of texts that hold the word, within bounds."""
    rarity = -float(np.log(max(common_words().get(stemmed, 0.0), 1e-9)))
    return min(max(rarity, _LEAST), _MOST)


def _quoted(folded: str) -> list[tuple[str, ...]]:
    """The words between quotation marks; a mark that opens or closes elsewhere counts as well."""
    double = _SINGLE.sub('"', folded) if "'" in folded else folded
    if '"' not in double:
        return []
    found = (tuple(_WORD.findall((m.group(1) or m.group(2) or "").lower())) for m in _QUOTED.finditer(double))
    return [words for words in found if len(words) >= MIN_QUOTED]
