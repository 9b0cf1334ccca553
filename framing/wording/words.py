"""A sentence as the models see it: masked words with their lexicon marks."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing import lexicon
from framing.article import Span
from framing.clean.agencies import NAME
from framing.text import Tokens, fold, parted, tokens
from framing.wording.groups import Array

_DIGITS = re.compile(r"\d+")

# The lists whose entries are marked; of a word that both have, the latter says what it is.
MARKING = ("hedges", "loaded")

# Names of agencies and outlets, and datelines: a model that sees them learns whose text
# it reads in place of how it is worded.
_OUTLETS = (
    "Breitbart News|Breitbart|Fox News|MSNBC|CNN|NBC News|NBC|CBS News|CBS|ABC News|CNBC|NPR|BBC "
    "News|BBC|PBS|AlterNet|Alternet|HuffPost|Huffington Post|Daily Beast|Daily Caller|Daily Mail|Daily "
    "Wire|Daily Stormer|Daily Telegraph|The Federalist|USA Today|USA TODAY|The Blaze|TheBlaze|New York "
    "Times|New York Post|Washington Post|Washington Times|Washington Examiner|The Guardian|The Times|Wall "
    "Street Journal|Los Angeles Times|Chicago Tribune|Boston Globe|Financial "
    "Times|Politico|POLITICO|Axios|Vox|Slate|Salon|The Hill|Newsweek|The Atlantic|National Review|Mother "
    "Jones|ProPublica|Al Jazeera|Sky News|Infowars|RT"
)
_NAMES = re.compile(rf"(?<![\w-])(?:[Tt]he )?(?:Thomson Reuters Foundation|{_OUTLETS}|{NAME})(?![\w-])")
# Of each name its longest word: a text without one of these has none of the names.
_RUN = re.compile(r"\w+")
_LONGEST = frozenset(
    max(_RUN.findall(name.removeprefix("The ")), key=len)
    for name in f"Foundation|{_OUTLETS}|{NAME}".replace("\\", "").split("|")
)
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z .,'/-]{2,40}(?:, [A-Z][a-z]+\.?(?: \d{1,2})?)*(?: ?\([^)]{2,30}\))? *[-–—]{1,2}\s+"
    r"|\((?:Reuters|AP|AFP|CNN)\) *[-–—]*\s*)"
)


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence, all tuples with one item for each; what is not asked for is not looked up."""

    text: str  # folded, masked; as long as the text given
    starts: tuple[int, ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)

    @functools.cached_property
    def keys(self) -> tuple[str, ...]:
        """Lower case, digits folded to 0."""
        return tuple([looked_up(word)[0] for word in self.words])

    @functools.cached_property
    def quoted(self) -> tuple[bool, ...]:
        """Inside double quotation marks."""
        return _quoted(self.text, self.words, self.starts)

    @functools.cached_property
    def marks(self) -> tuple[str, ...]:
        """Such as "loaded:emotive", "hedges:modal"; empty where no list has the word."""
        marks = [""] * len(self.words)
        for name in MARKING:
            for first, n, _, _, entry in lexicon.load(name).found(self.read):
                marks[first : first + n] = [f"{name}:{entry.category}"] * n
        return tuple(marks)

    @functools.cached_property
    def read(self) -> Tokens:
        """As lists are matched on it."""
        if not self.text.isascii():
            return tokens(self.text)
        return Tokens(self.text, tuple(map(str.lower, self.words)), self.starts)

    @functools.cached_property
    def valence(self) -> tuple[float, ...]:
        """VADER's, -4 to 4; 0 where it has none."""
        return tuple([looked_up(word)[1] for word in self.words])

    def span(self, i: int) -> Span:
        """Where word ``i`` stands, in the text given as in :attr:`text`."""
        return Span(self.starts[i], self.starts[i] + len(self.words[i]))


def mask(text: str) -> str:
    """``text`` with dateline, agencies and outlets blanked; same length.

    >>> mask("PARIS (Reuters) - The Guardian saw it.").strip()
    'saw it.'
    """
    dateline = _DATELINE.match(text)
    if dateline:
        text = " " * dateline.end() + text[dateline.end() :]
    return _NAMES.sub(lambda m: " " * len(m.group()), text)


# Several models look at the sentences of a group of articles, one after the other.
@functools.lru_cache(maxsize=4096)
def sentence(text: str) -> Sentence:
    """The words of ``text`` with what the bundled lists say about them."""
    masked = _straight(text)
    words, starts = parted(masked)
    if (any(map(_is_of_name, words)) or _DATELINE.match(text)) and (bare := mask(text)) != text:
        masked = _straight(bare)
        words, starts = parted(masked)
    return Sentence(masked, tuple(starts), tuple(words))


def _straight(text: str) -> str:
    return fold(text).replace("–", "-").replace("—", "-")


@functools.lru_cache(maxsize=50_000)
def _is_of_name(word: str) -> bool:
    """Whether a name that is masked may be here: it is told several times faster than searched for."""
    return not _LONGEST.isdisjoint(_RUN.findall(word))


@functools.lru_cache(maxsize=50_000)
def looked_up(word: str) -> tuple[str, float]:
    """The key of a word and its valence."""
    form = key(word)
    return form, _valence(form)


def valences(words: Sequence[str]) -> Array:
    """VADER's of each word, (n,), as :attr:`Sentence.valence`."""
    return np.array([looked_up(word)[1] for word in words], dtype=float)


def key(word: str) -> str:
    """The form under which ``word`` is looked up.

    >>> key("2020s")
    '0s'
    """
    return _DIGITS.sub("0", word.lower())


def _quoted(text: str, words: tuple[str, ...], starts: tuple[int, ...]) -> tuple[bool, ...]:
    if '"' not in text:
        return (False,) * len(words)
    out, inside, at = [], False, 0
    for word, start in zip(words, starts, strict=True):
        if text.count('"', at, start) % 2:
            inside = not inside
        out.append(inside)
        at = start + len(word)
    return tuple(out)


@functools.cache
def _vader() -> Mapping[str, float]:
    return dict(SentimentIntensityAnalyzer().lexicon)


def _valence(word: str) -> float:
    lexicon_ = _vader()
    return lexicon_.get(word, lexicon_.get(word.removesuffix("'s"), 0.0))
