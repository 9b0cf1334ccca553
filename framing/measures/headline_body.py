"""The headline against the body: words that the body does not have, and tone beyond the body's."""

from __future__ import annotations

import bisect
from operator import attrgetter

from framing.annotation import AnnotatedArticle
from framing.article import Span
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._checked import by_count
from framing.measures._judged import enough
from framing.measures._vader import of_sentence
from framing.text import word_places

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})

# Below this, one word more or less moves the share by a third or more.
MIN_CONTENT_WORDS = 3

_SOURCES = (
    Citation(
        "ecker2014",
        "Ecker, U. K. H., Lewandowsky, S., Chang, E. P., & Pillai, R. (2014). The effects of subtle "
        "misinformation in news headlines. Journal of Experimental Psychology: Applied, 20(4), 323–335.",
    ),
)


def _title(annotated: AnnotatedArticle) -> Span:
    title = annotated.article.title_span
    if title is None or not word_places(annotated.article.text).within(title.start, title.end):
        raise CannotMeasure("no headline was found in the text")
    return title


_TOKEN_START = attrgetter("start")


def _forms(texts: set[str], lemmas: set[str]) -> set[str]:
    """How words may reappear: as they stand, and their lemmas."""
    return {text.removesuffix("'s") for text in map(str.lower, texts)} | set(map(str.lower, lemmas))


def _unsupported(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    title, tokens = _title(annotated), annotated.tokens
    first, last = (bisect.bisect_left(tokens, at, key=_TOKEN_START) for at in (title.start, title.end))
    here = [t for t in tokens[first:last] if t.pos in _CONTENT]
    if len(here) < MIN_CONTENT_WORDS:
        raise CannotMeasure(f"{len(here)} content words in the headline; needs at least {MIN_CONTENT_WORDS}")
    below = [*tokens[:first], *tokens[last:]]
    body = _forms({t.text for t in below}, {t.lemma for t in below})
    if not body:
        raise CannotMeasure("the text has a headline and no body")
    new = [t for t in here if _forms({t.text}, {t.lemma}).isdisjoint(body)]
    voice_at = annotated.voice_finder()
    evidence = tuple(
        Evidence(Span(t.start, t.end), "not in the body", "", "headline", voice_at(t.start).voice)
        for t in new
    )
    return Result(len(new) / len(here), len(here), evidence)


def _tone_gap(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    title = _title(annotated)
    text = annotated.article.text
    body = [of_sentence(passage.text) for passage in enough(annotated, "all")]
    headline = of_sentence(title.of(text))
    mean = sum(body) / len(body)
    cue = f"headline {headline:+.3f}, body {mean:+.3f}"
    evidence = Evidence(title, cue, "VADER", "headline", annotated.voice_at(title.start).voice)
    return Result(headline - mean, len(body), (evidence,))


HEADLINE_NEW_WORDS = Measure(
    name="headline_new_words",
    label="Headline words that the body does not have",
    unit="share of the headline's content words, 0 to 1",
    bounds=(0, 1),
    higher_means="the headline says more in words that the text below does not use",
    limits=(
        "A word that is missing may be a synonym or a shorter name; read the words. Nouns, names, verbs, "
        "adjectives and numbers count. A text that was cut off lacks words that the full one has."
    ),
    sources=_SOURCES,
    compute=_unsupported,
    accuracy=(by_count("a comparison of words", "tests/test_measures_models.py -k headline"),),
    voices=("all",),
)

HEADLINE_TONE_GAP = Measure(
    name="headline_tone_gap",
    label="Tone of the headline beyond the body's",
    unit="difference of VADER compounds, -2 to 2",
    bounds=(-2, 2),
    higher_means="the headline's words are more positive than those of the sentences below it",
    limits=(
        "Headline less the mean of the sentences of the body, whoever speaks. One short line decides, and "
        "VADER follows the subject more than the attitude."
    ),
    sources=_SOURCES,
    compute=_tone_gap,
    accuracy=(by_count("a difference of two VADER scores", "tests/test_measures_models.py -k headline"),),
    voices=("all",),
)
