"""What single measures give for small texts whose value can be counted by hand."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.annotation import AnnotatedArticle
from framing.article import Span
from framing.measures import get
from tests.made_articles import made

FILLER = "The cat sat on the mat and saw a bird in the tree. "


def article(markup: str) -> AnnotatedArticle:
    return made(markup)[0]


# Cues


def test_cues_by_stance_each_once() -> None:
    source = (
        "He <say:neutral|said> «A|it was dry». She <claim:doubting|claimed> ‹B|it was wet›. "
        "He <say:neutral|says> «A|so it was». They <admit:conceding|admitted> «C|nothing»."
    )
    annotated = article(source)
    neutral, doubting = get("cues_neutral")(annotated), get("cues_doubting")(annotated, "outlet")
    assert (neutral.value, neutral.n) == (0.5, 4)
    assert [e.span.of(annotated.article.text) for e in neutral.evidence] == ["said", "says"]
    assert (doubting.value, [e.cue for e in doubting.evidence]) == (0.25, ["claim"])
    assert get("cues_emotive")(annotated).value == 0
    three = source.rsplit("They", 1)[0]
    assert get("cues_neutral")(article(three)).why_none == "3 attribution cues; a share needs at least 4"


def test_a_cue_inside_a_quotation_is_not_the_outlets() -> None:
    source = "He <say:neutral|said> «A|dry». " * 4 + "«B|She <claim:doubting|claimed> ‹C|rain›»."
    annotated = article(source)
    assert get("cues_doubting")(annotated).value == pytest.approx(1 / 5)
    assert get("cues_doubting")(annotated, "outlet").value == 0


# Voices and speakers


def test_shares_of_the_voices() -> None:
    annotated = article(FILLER * 4 + "«A|one two three four» said A. ‹B|five six›, B wrote.")
    n = annotated.n_words()
    assert n == 52 + 4 + 2 + 2 + 2
    assert get("quoted_share")(annotated).value == pytest.approx(4 / n)
    assert get("attributed_share")(annotated).value == pytest.approx(2 / n)
    top = get("top_speaker_share")(annotated)
    assert (top.value, top.n) == (pytest.approx(4 / 6), 6)
    assert {e.speaker for e in top.evidence} == {"A"}
    assert get("quotations")(annotated).value == pytest.approx(1000 * 2 / n)


def test_speakers_are_counted_once_and_by_name() -> None:
    annotated = article("«A|one» and «B|two» and «A|three» and «?|four» and «|five».")
    finding = get("speakers")(annotated)
    assert (finding.value, finding.n) == (2, 5)
    assert get("speakers")(article("Nobody speaks here.")).value == 0


def test_the_first_quotation_is_sought_below_the_headline() -> None:
    annotated = article("Five words stand in front «A|of this quotation here».")
    finding = get("first_quotation")(annotated)
    assert finding.value == annotated.article.text.index("of") / len(annotated.article.text)
    assert get("first_quotation")(article("Nobody speaks.")).why_none == "no quotation below the headline"


def test_no_named_speaker_no_share_of_one() -> None:
    assert get("top_speaker_share")(article("«?|one two three», an official said.")).value is None


def test_unnamed_sources_leave_out_speakers_that_were_not_found() -> None:
    annotated = article("«A|one» «?|two» «B|three» «?|four» «|five» ‹?|six›")
    finding = get("unnamed_sources")(annotated)
    assert (finding.value, finding.n) == (pytest.approx(3 / 5), 5)
    quoted = get("unnamed_sources")(annotated, "quoted")
    assert (quoted.value, quoted.n) == (0.5, 4)
    assert get("unnamed_sources")(annotated, "attributed").value is None


# Tone


def test_headline_sentiment_is_vaders() -> None:
    annotated = article("# A horrible, disastrous day\n\nNothing else happened.")
    finding = get("sentiment_headline")(annotated)
    reference = SentimentIntensityAnalyzer().polarity_scores("A horrible, disastrous day")["compound"]
    assert finding.value == reference
    assert finding.evidence[0].cue == f"{reference:+.3f}"
    assert get("sentiment_headline")(article("No title here.")).value is None


def test_a_curly_apostrophe_negates_as_a_straight_one() -> None:
    curly = article("I don’t like it at all. It isn’t good for us. We don’t love the plan.")
    straight = article("I don't like it at all. It isn't good for us. We don't love the plan.")
    assert get("sentiment")(curly).value == get("sentiment")(straight).value
    assert (get("sentiment")(curly).value or 0) < 0


def test_sentiment_by_voice_and_by_sentence() -> None:
    good = "The mayor said at noon that «A|this is a wonderful and happy success». "
    annotated = article(good * 3)
    by_voice = {f.voice: f for f in get("sentiment").findings(annotated)}
    assert by_voice["outlet"].value == 0
    assert (by_voice["quoted"].value or 0) > 0.5
    assert {e.speaker for e in by_voice["quoted"].evidence} == {"A"}
    assert by_voice["attributed"].why_none.startswith(
        "0 sentences of 4 words or more in the attributed voice"
    )
    one = SentimentIntensityAnalyzer().polarity_scores("this is a wonderful and happy success")["compound"]
    assert by_voice["quoted"].value == pytest.approx(one)


# Readability and length


def test_formulas_on_words_of_one_syllable() -> None:
    annotated = article(FILLER * 10)
    strokes = sum(map(len, FILLER.split())) / 13  # the full stop is a stroke
    assert get("flesch_reading_ease")(annotated).value == pytest.approx(206.835 - 1.015 * 13 - 84.6)
    assert get("flesch_kincaid_grade")(annotated).value == pytest.approx(0.39 * 13 + 11.8 - 15.59)
    expected = 4.71 * strokes + 0.5 * 13 - 21.43
    assert get("automated_readability_index")(annotated).value == pytest.approx(expected)
    assert get("sentence_length")(annotated).value == 13


def test_a_full_stop_inside_a_sentence_ends_none() -> None:
    with_stops = "The cat sat on the U.K. mat at 3.5 p.m. and saw a bird in the tree"
    annotated = article(FILLER * 10)
    sentence = article(f"{with_stops}. " * 10)
    ease = get("flesch_reading_ease")(_sentences_of(sentence, f"{with_stops}.")).value
    assert ease is not None
    assert ease < (get("flesch_reading_ease")(annotated).value or 0)


def _sentences_of(annotated: AnnotatedArticle, one: str) -> AnnotatedArticle:
    text, found, at = annotated.article.text, [], 0
    while (at := text.find(one, at)) >= 0:
        found.append(Span(at, at + len(one)))
        at += len(one)
    return replace(annotated, sentences=tuple(found))


def test_readability_of_the_outlet_takes_only_its_whole_sentences() -> None:
    mixed = "He said that «A|extraordinarily complicated administrative considerations predominate». "
    plain, both = article(FILLER * 10), article(FILLER * 10 + mixed * 5)
    for name in (
        "flesch_reading_ease",
        "flesch_kincaid_grade",
        "automated_readability_index",
        "sentence_length",
    ):
        assert get(name)(both, "outlet").value == get(name)(plain, "outlet").value
        assert get(name)(both, "all").value != get(name)(plain, "all").value


def test_readability_refuses_what_its_formulas_do_not_hold_for() -> None:
    ease = get("flesch_reading_ease")
    assert "99 words" not in ease(article(FILLER * 10)).why_none
    assert (
        ease(article("One two three. " * 33)).why_none
        == "99 words in whole sentences; readability needs at least 100"
    )
    assert "words per sentence" in ease(article("word and " * 100)).why_none
    assert (
        "letters"
        in ease(
            article("donaudampfschiffahrtsgesellschaft and bezirksschornsteinfegermeister. " * 40)
        ).why_none
    )


def test_readability_and_tone_run_with_the_network_cut() -> None:
    code = """
import socket, warnings
warnings.simplefilter("error")
def refuse(*args, **kwargs):
    raise OSError("network cut")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from framing.measures import get
from tests.made_articles import made
annotated, _ = made("# A good day\\n\\n" + "The cat sat on the mat and saw a bird in the tree. " * 10)
names = ("flesch_reading_ease", "flesch_kincaid_grade", "automated_readability_index", "sentiment_headline")
print([round(get(name)(annotated).value, 1) for name in names])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[109.0, 1.3, ")


@given(st.integers(1, 30), st.integers(0, 30))
def test_length_counts_words(own: int, said: int) -> None:
    annotated = article(f"# Two words\n\n{'own ' * own}«A|{'said ' * said}»")
    assert get("length")(annotated).value == 2 + own + said
    assert get("length")(annotated, "quoted").value == said
    assert get("headline_length")(annotated).value == 2
