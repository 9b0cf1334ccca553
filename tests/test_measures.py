"""Every measure, today's and tomorrow's, against the same contract; then each against what it must do."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framing import lexicon
from framing.annotation import VOICES, AnnotatedArticle
from framing.cli import reference
from framing.measure import BY_VOICE, Finding, Measure
from framing.measures import MEASURES, TERM_LEXICONS, get, lexicon_terms, models_of
from framing.measures._checked import NO_GOLD
from framing.measures._terms import hits
from framing.measures._voices import MIN_WORDS
from framing.text import n_words
from framing.wording import files
from tests.made_articles import made

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "measures"

PLAIN = [
    "the",
    "council",
    "met",
    "on",
    "Tuesday",
    "and",
    "discussed",
    "roads",
    "schools",
    "bridges",
    "water",
    "prices",
    "with",
    "visitors",
]
LOADED = [
    "thugs",
    "cronies",
    "horrific",
    "sham",
    "draconian",
    "stooge",
    "charlatan",
    "so-called",
    "regime",
    "outrageous",
]
HEDGES = ["perhaps", "possibly", "reportedly", "probably", "unclear"]
STANCES = ("neutral", "doubting", "endorsing", "conceding", "asserting", "arguing", "emotive")

by_name = pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

phrase = st.lists(st.sampled_from(PLAIN * 3 + LOADED + HEDGES), min_size=1, max_size=25).map(" ".join)
speaker = st.sampled_from(["Ana Ruiz", "the union", "?", ""])
stance = st.sampled_from(STANCES)


@st.composite
def sentence(draw: st.DrawFn) -> str:
    own, said = draw(phrase), draw(phrase)
    who, cue = draw(speaker), f"<say:{draw(stance)}|said>"
    forms = [f"{own}.", f"{own} {cue} «{who}|{said}».", f"Ana {cue} that ‹{who}|{said}›.", f"«{who}|{said}.»"]
    return draw(st.sampled_from(forms))


@st.composite
def markup(draw: st.DrawFn, title: bool = True) -> str:
    paragraphs = draw(
        st.lists(st.lists(sentence(), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=5)
    )
    head = [f"# {draw(phrase)}"] if title and draw(st.booleans()) else []
    return "\n\n".join(head + paragraphs)


def first_word_voice(annotated: AnnotatedArticle, start: int) -> str:
    """The voice of the first letter at or after ``start``."""
    text = annotated.article.text
    at = next(i for i in range(start, len(text)) if text[i].isalpha())
    return annotated.voice_at(at).voice


# The contract


def test_names_are_unique_and_get_finds_them() -> None:
    assert len({m.name for m in MEASURES}) == len(MEASURES)
    assert all(get(m.name) is m for m in MEASURES)
    with pytest.raises(LookupError, match=r"no measure named 'tone'; known: loaded_terms, hedges"):
        get("tone")


@by_name
def test_a_measure_says_what_it_is(measure: Measure) -> None:
    low, high = measure.bounds
    assert low < high
    assert measure.voices[0] == "all"
    assert set(measure.voices) <= set(BY_VOICE)
    for said in (measure.label, measure.unit, measure.higher_means, measure.limits):
        assert said.strip() == said
        assert said
    assert measure.sources
    assert all(citation.key and len(citation.text) > 40 for citation in measure.sources)
    assert set(measure.lexicons) <= {*lexicon.names(), "cues"}


# Measures of wording: those that the outlet's own words have a value of; who is quoted is asked elsewhere.
WORDING = [m for m in MEASURES if "outlet" in m.voices and "cues" not in m.lexicons]


@pytest.mark.parametrize("measure", WORDING, ids=lambda m: m.name)
def test_a_measure_of_wording_says_how_right_it_is_and_how_that_was_found(measure: Measure) -> None:
    """A figure on gold data with its command; else, in words, that there is none and what was checked."""
    assert measure.accuracy
    for a in measure.accuracy:
        assert re.search(r"\d\.\d|\d+ of \d+", a.figure) or a.figure.startswith(NO_GOLD)
        assert a.data
        assert re.match(r"python benchmarks/\w+\.py |pytest tests/", a.command)
        assert (ROOT / a.command.split()[1]).is_file()


def test_models_are_named_and_their_cards_are_there() -> None:
    named = {name for measure in MEASURES for name in models_of(measure.name)}
    assert named == set(files.names()) - {"gun_violence_frames"}
    assert models_of("loaded_terms") == ()
    assert models_of("biased_wording") == ("biased_wording", "wording_net", "vectors", "vectors_100")


# One article is generated for all measures at once: making it is what takes time.


@quick
@given(source=markup())
def test_value_in_bounds_and_evidence_in_the_right_voice(source: str) -> None:
    annotated, _ = made(source)
    for measure in MEASURES:
        for finding in measure.findings(annotated):
            check_finding(measure, finding, annotated)


def check_finding(measure: Measure, finding: Finding, annotated: AnnotatedArticle) -> None:
    low, high = measure.bounds
    if finding.value is None:
        assert finding.why_none, measure.name
        assert not finding.evidence, measure.name
        return
    assert low <= finding.value <= high, measure.name
    for evidence in finding.evidence:
        assert evidence.span.of(annotated.article.text).strip(), measure.name
        assert evidence.cue, measure.name
        if finding.voice != "all":
            assert evidence.voice == finding.voice, measure.name
        assert first_word_voice(annotated, evidence.span.start) == evidence.voice, measure.name


@quick
@given(source=st.text(max_size=300))
def test_any_text_is_measured_or_refused(source: str) -> None:
    annotated, _ = made(re.sub("[«»‹›<>^]|\\[\\[|\\]\\]", "", source))
    for measure in MEASURES:
        low, high = measure.bounds
        for finding in measure.findings(annotated):
            assert finding.value is None or low <= finding.value <= high, measure.name
            assert (finding.value is None) == bool(finding.why_none), measure.name


@by_name
@pytest.mark.parametrize("text", ["", "  \n\n ", "1984. 42!"])
def test_no_words_no_value(measure: Measure, text: str) -> None:
    annotated, _ = made(text)
    assert all(f.value is None and f.why_none for f in measure.findings(annotated))


@by_name
def test_another_language_is_refused(measure: Measure) -> None:
    source = "Der Rat hat am Dienstag getagt, «Ana Ruiz|perhaps regime thugs», sagte er. " * 20
    annotated, _ = made(f"# Der Rat\n\n{source}", language="de")
    finding = measure(annotated)
    assert (finding.value is None) == bool(measure.languages)
    if measure.languages:
        assert "'de'" in finding.why_none
        assert lexicon_terms(annotated) == []


# A text printed twice keeps these; the others count or place things.
GROWS = {"length", "speakers", "first_quotation", "headline_length", "sentiment_headline"}
# The model of whole articles looks at how many of a frame's words there are, up to three.
GROWS |= {m.name for m in MEASURES if m.name.startswith("generic_")}


@quick
@given(source=markup(title=False))
def test_a_text_printed_twice_keeps_its_rates(source: str) -> None:
    once, twice = made(source)[0], made(f"{source}\n\n{source}")[0]
    for measure in MEASURES:
        for one, two in zip(measure.findings(once), measure.findings(twice), strict=True):
            if one.value is None or measure.name in GROWS - {"length"}:
                continue
            factor = 2 if measure.name == "length" else 1
            assert two.value == pytest.approx(one.value * factor), measure.name


@pytest.mark.parametrize("name", ["loaded_terms", "hedges", "length"])
@given(source=markup())
@quick
def test_the_voices_add_up(name: str, source: str) -> None:
    annotated, _ = made(source)
    measure = get(name)
    found = {f.voice: f for f in measure.findings(annotated)}
    if any(f.value is None for f in found.values()):
        parts = [hits(annotated, lex, v) for lex in measure.lexicons for v in VOICES]
        assert sum(map(len, parts)) == sum(len(hits(annotated, lex)) for lex in measure.lexicons)
        return
    assert found["all"].n == sum(found[voice].n for voice in VOICES)
    spans = Counter(e.span for voice in VOICES for e in found[voice].evidence)
    assert spans == Counter(e.span for e in found["all"].evidence)


# A word inside a quotation counts for its speaker, never for the outlet


@quick
@given(
    st.lists(
        st.tuples(
            st.sampled_from(VOICES),
            speaker,
            st.lists(st.sampled_from(PLAIN + LOADED), min_size=1, max_size=9),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_a_quoted_word_is_the_speakers(segments: list[tuple[str, str, list[str]]]) -> None:
    marks = {"quoted": "«{}|{}»", "attributed": "‹{}|{}›", "outlet": "{1}"}
    annotated, _ = made(" then ".join(marks[v].format(who, " ".join(said)) for v, who, said in segments))
    expected = Counter(
        (voice, "" if voice == "outlet" or who == "?" else who, word)
        for voice, who, said in segments
        for word in said
        if word in LOADED
    )
    assert Counter((h.voice, h.speaker, h.cue) for h in hits(annotated, "loaded")) == expected
    finding = get("loaded_terms")(annotated, "outlet")
    n_own = annotated.n_words("outlet")
    n_loaded = sum(n for (voice, _, _), n in expected.items() if voice == "outlet")
    if n_own < MIN_WORDS:
        assert finding.value is None
    else:
        assert finding.value == pytest.approx(1000 * n_loaded / n_own)


def test_a_term_that_two_voices_share_is_nobodys() -> None:
    annotated, _ = made("They would crack «Ana Ruiz|down on the rest».")
    assert hits(annotated, "loaded") == []


@pytest.mark.parametrize("name", TERM_LEXICONS)
def test_every_list_of_terms_has_a_marked_text(name: str) -> None:
    assert (GOLD / f"{name}.txt").is_file()  # tests/accuracy.py scores it


def test_terms_carry_list_category_voice_and_speaker() -> None:
    annotated, _ = made("A «Ana Ruiz|horrific and possibly» sham.")
    found = [(h.cue, h.lexicon, h.category, h.voice, h.speaker) for h in lexicon_terms(annotated)]
    assert found == [
        ("horrific", "loaded", "emotive", "quoted", "Ana Ruiz"),
        ("possibly", "hedges", "adverb", "quoted", "Ana Ruiz"),
        ("sham", "loaded", "ridicule", "outlet", ""),
    ]


def test_a_rate_abstains_below_its_least_words() -> None:
    finding = get("hedges")(made("Perhaps it rains in the hills today.")[0])
    assert finding.value is None
    assert finding.why_none == f"7 words; a rate of hedges needs at least {MIN_WORDS}"
    assert get("hedges")(made("The road is long and dry here. " * 10)[0]).value == 0


# Documentation


def test_every_measure_has_its_section_in_the_docs() -> None:
    written = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert all(f"## {m.name}\n" in written for m in MEASURES)


def test_numbers_are_finite_or_bounds_say_so() -> None:
    assert all(math.isfinite(m.bounds[0]) for m in MEASURES)
    assert {m.name for m in MEASURES if math.isinf(m.bounds[1])} == {
        "speakers",
        "sentence_length",
        "length",
        "headline_length",
    }
    assert n_words("3 may") == 1


# The command


def test_a_measure_is_printed_with_accuracy_lexicon_and_model_card(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reference.measures("biased_wording")
    said = capsys.readouterr().out
    assert "accuracy  macro-F1" in said
    assert "licence   Offered for research use" in said
    assert "corpus    BABE" in said
    assert "AGPL-3.0" in said
    reference.measures("loaded_terms")
    said = capsys.readouterr().out
    assert "lexicon   loaded (`framing lexicons loaded`)" in said
    assert "\n  model" not in said


def test_own_lists_are_checked_and_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "border.txt").write_text("# title: Names for the border\nregime\tneutral\n", encoding="utf-8")
    monkeypatch.setenv(lexicon.OWN, str(tmp_path))
    with pytest.raises(typer.Exit) as left:
        reference.lexicons("check")
    assert left.value.exit_code == 0
    said = capsys.readouterr().out
    assert "border: 'regime' (neutral) is also in " in said
    assert "(1 your own), 0 problems, 1 entries that other lists have too" in said
    reference.lexicons("border")
    assert capsys.readouterr().out.startswith("border: Names for the border (your own)\n")
    (tmp_path / "border.txt").write_text("regime\tneutral\nRegime\tbad\n", encoding="utf-8")
    lexicon.load.cache_clear()
    with pytest.raises(typer.Exit) as left:
        reference.lexicons("check")
    assert left.value.exit_code == 2
    assert "border.txt:2: 'Regime' is already on line 1" in capsys.readouterr().err
