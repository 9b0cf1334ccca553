"""Readability by three formulas of textstat, on sentences that the parser found.

textstat takes every full stop for the end of a sentence ("U.S.", "3.5") and rounds
the averages to one decimal before they enter a formula, which moves Flesch's score by
up to 4 points. So its formulas are asked on the counts of plain words, one full stop a
sentence, and its rounding is switched off. Its Coleman-Liau index has 0.058 where the paper has 0.0588,
and is left out.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from framing.annotation import AnnotatedArticle
from framing.measure import CannotMeasure, Citation, Measure, Result, VoiceOrAll
from framing.measures._checked import by_count
from framing.measures._once import OncePerArticle
from framing.measures._voices import Part, count, sentence_evidence, where, whole_sentences
from framing.text import fold, word_texts

# Flesch (1948) and Kincaid et al. (1975) fitted their formulas to samples of 100 words and more.
MIN_WORDS = 100

# textstat counts the words of shorter sentences, but not the sentences.
MIN_SENTENCE_WORDS = 3

# Longer on average is no prose: a table or list whose sentence ends were not found.
MAX_SENTENCE_WORDS = 60

# Longer on average is no English: a table of codes, or another language.
MAX_SYLLABLES = 4
MAX_LETTERS = 15


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas rest on, as textstat counts it in words without apostrophes."""

    words: int
    sentences: int
    characters: int  # white space aside; hyphens and one full stop a sentence count
    letters: int
    syllables: int


@functools.cache
def _textstat() -> Any:
    """textstat's calculator, its formulas asked on :class:`Counts` in place of a text."""
    with warnings.catch_warnings():  # its import warns of pkg_resources, which it alone uses
        warnings.filterwarnings("ignore", message=".*pkg_resources.*")
        from textstat.textstat import textstatistics

    class OnCounts(textstatistics):  # type: ignore[misc]
        """Counts once what textstat counts again for each formula."""

        def lexicon_count(self, text: Counts, removepunct: bool = True) -> int:
            return text.words

        def sentence_count(self, text: Counts) -> int:
            return text.sentences

        def char_count(self, text: Counts, ignore_spaces: bool = True) -> int:
            return text.characters

        def letter_count(self, text: Counts, ignore_spaces: bool = True) -> int:
            return text.letters

        def syllable_count(self, text: Counts, lang: str | None = None) -> int:
            return text.syllables

    calculator = OnCounts()
    calculator.set_lang("en_US")
    calculator.set_rounding(False)
    return calculator


# Words come again from article to article; names and typing errors never end.
@functools.lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[int, int, int]:
    """Characters, letters and syllables of a word."""
    plain = word.replace("'", "")
    spoken = _NO_LETTER.sub("", plain.lower())
    return len(plain), len(_NO_LETTER.sub("", plain)), _n_breaks(spoken) + 1 if spoken else 0


@functools.cache
def _begun() -> frozenset[str]:
    """What the hyphenation patterns begin with: beyond letters that none begins with nothing is found."""
    return frozenset(p[:n] for p in _textstat().pyphen.hd.patterns for n in range(1, len(p) + 1))


def _n_breaks(word: str) -> int:
    """Where a lower-cased word may be hyphenated, by Liang's patterns (1983), as pyphen finds the places."""
    pyphen, begun = _textstat().pyphen, _begun()
    pointed = f".{word}."
    levels = [0] * (len(pointed) + 1)
    for start in range(len(pointed) - 1):
        end = start + 1
        while end <= len(pointed) and (part := pointed[start:end]) in begun:
            if part in pyphen.hd.patterns:
                offset, values = pyphen.hd.patterns[part]
                for at, level in enumerate(values, start + offset):
                    levels[at] = max(levels[at], level)
            end += 1
    # Level i stands before letter i - 1 of the word.
    return sum([levels[i + 1] % 2 for i in range(pyphen.left, len(word) - pyphen.right + 1)])


_NO_LETTER = re.compile(r"[^\w\s]")


@OncePerArticle
def _counts(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Counts:
    """The words of the sentences, a full stop after each sentence."""
    spans = [(part.sentence.start, part.sentence.end) for part in _sentences(annotated, voice)]
    of_sentences = [_of_sentence(annotated, span) for span in spans]
    words, characters, letters, syllables = map(sum, zip(*of_sentences, strict=True))
    n_sentences = max(1, sum([n >= MIN_SENTENCE_WORDS for n, *_ in of_sentences]))
    return Counts(words, n_sentences, characters + len(of_sentences), letters, syllables)


@OncePerArticle
def _of_sentence(annotated: AnnotatedArticle, span: tuple[int, int]) -> tuple[int, ...]:
    """Words, characters, letters and syllables of a sentence; several voices ask for it."""
    line = word_texts(_folded(annotated, None)[slice(*span)])
    return (len(line), *map(sum, zip(*map(_of_word, line), strict=True))) if line else (0, 0, 0, 0)


@OncePerArticle
def _folded(annotated: AnnotatedArticle, key: None) -> str:
    return fold(annotated.article.text)


@OncePerArticle
def _sentences(annotated: AnnotatedArticle, voice: VoiceOrAll) -> list[Part]:
    return [part for part in whole_sentences(annotated, voice) if part.n_words >= MIN_SENTENCE_WORDS]


def _formula(name: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        count(annotated, "all")
        sentences = _sentences(annotated, voice)
        n = sum(part.n_words for part in sentences)
        if n < MIN_WORDS:
            raise CannotMeasure(
                f"{n} words in whole sentences{where(voice)}; readability needs at least {MIN_WORDS}"
            )
        counts = _counts(annotated, voice)
        _refuse_what_is_no_prose(counts, n / len(sentences))
        value = float(getattr(_textstat(), name)(counts))
        return Result(value, n, sentence_evidence(annotated, sentences, name))

    return compute


def _refuse_what_is_no_prose(counts: Counts, sentence_words: float) -> None:
    textstat = _textstat()
    syllables = textstat.avg_syllables_per_word(counts)
    letters = textstat.avg_letter_per_word(counts)
    if sentence_words > MAX_SENTENCE_WORDS:
        raise CannotMeasure(
            f"{sentence_words:.0f} words per sentence; the formula holds for prose, up to "
            f"{MAX_SENTENCE_WORDS}"
        )
    if syllables > MAX_SYLLABLES or letters > MAX_LETTERS:
        raise CannotMeasure(
            f"{letters:.0f} letters and {syllables:.1f} syllables per word; the formula holds for English "
            f"prose, up to {MAX_LETTERS} and {MAX_SYLLABLES}"
        )


_LIMITS = (
    "Measures lengths of words and sentences, not whether a text is understood; fitted to American "
    "schoolbooks and navy manuals. Only sentences of which one voice has every word; headline and subheads "
    "are left out, numbers do not count as words."
)
_SYLLABLES = (
    " Syllables are estimated from hyphenation patterns (pyphen), which find fewer than a dictionary."
)

_COUNTED = by_count("a formula of its authors", "tests/test_measures_values.py -k formulas")

_FLESCH = Citation(
    "flesch1948",
    "Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology, 32(3), 221–233.",
)
_KINCAID = Citation(
    "kincaid1975",
    "Kincaid, J. P., Fishburne, R. P., Rogers, R. L., & Chissom, B. S. (1975). Derivation of new readability "
    "formulas (Automated Readability Index, Fog Count and Flesch Reading Ease Formula) for Navy enlisted "
    "personnel. Research Branch Report 8-75. Millington, TN: Naval Technical Training Command.",
)
_SMITH = Citation(
    "smith1967",
    "Smith, E. A., & Senter, R. J. (1967). Automated Readability Index. AMRL-TR-66-220. Wright-Patterson Air "
    "Force Base, OH: Aerospace Medical Research Laboratories.",
)

# The bounds follow from the least and the greatest averages that are let through:
# 3 to 60 words per sentence, 1 to 4 syllables and 1 to 15 letters per word.
FLESCH_READING_EASE = Measure(
    name="flesch_reading_ease",
    label="Flesch reading ease",
    unit="score; 60 to 70 is plain English",
    bounds=(-193, 120),
    higher_means="shorter sentences and words: easier to read",
    limits=_LIMITS + _SYLLABLES,
    sources=(_FLESCH,),
    compute=_formula("flesch_reading_ease"),
    accuracy=(_COUNTED,),
    voices=("all", "outlet"),
)

FLESCH_KINCAID_GRADE = Measure(
    name="flesch_kincaid_grade",
    label="Flesch–Kincaid grade",
    unit="US school grade",
    bounds=(-3, 56),
    higher_means="longer sentences and words: harder to read",
    limits=_LIMITS + _SYLLABLES,
    sources=(_KINCAID,),
    compute=_formula("flesch_kincaid_grade"),
    accuracy=(_COUNTED,),
    voices=("all", "outlet"),
)

AUTOMATED_READABILITY_INDEX = Measure(
    name="automated_readability_index",
    label="Automated readability index",
    unit="US school grade",
    bounds=(-16, 85),
    higher_means="longer sentences and words: harder to read",
    limits=_LIMITS + " Counts letters in place of syllables: a check on the other two.",
    sources=(_SMITH,),
    compute=_formula("automated_readability_index"),
    accuracy=(_COUNTED,),
    voices=("all", "outlet"),
)

READABILITY: tuple[Measure, ...] = (FLESCH_READING_EASE, FLESCH_KINCAID_GRADE, AUTOMATED_READABILITY_INDEX)
