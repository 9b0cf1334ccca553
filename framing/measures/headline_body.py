"""The headline against the body: words that the body does not have, and tone beyond the body's."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle, Token
from framing.article import Span
from framing.measure import CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._checked import by_count
from framing.measures._judged import enough
from framing.measures._vader import of_sentence
from framing.text import n_words

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
    if title is None or not n_words(title.of(annotated.article.text)):
        raise CannotMeasure("no headline was found in the text")
    return title


def _forms(token: Token) -> set[str]:
    """How a word may reappear: as it stands, and its lemma."""
    return {token.text.lower().removesuffix("'s"), token.lemma.lower()}


def _unsupported(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    title = _title(annotated)
    here = [t for t in annotated.tokens if title.start <= t.start < title.end and t.pos in _CONTENT]
    if len(here) < MIN_CONTENT_WORDS:
        raise CannotMeasure(f"{len(here)} content words in the headline; needs at least {MIN_CONTENT_WORDS}")
    below = [t for t in annotated.tokens if not title.start <= t.start < title.end]
    body = {text.lower().removesuffix("'s") for text in {t.text for t in below}}
    body |= {lemma.lower() for lemma in {t.lemma for t in below}}
    if not body:
        raise CannotMeasure("the text has a headline and no body")
    new = [t for t in here if not _forms(t) & body]
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
