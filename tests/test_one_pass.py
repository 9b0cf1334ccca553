"""What was rewritten for speed, against the libraries and the plain ways that it stands for."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyphen import Pyphen
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Span
from framing.measures import get
from framing.measures._vader import compound
from framing.measures.readability import FLESCH_READING_EASE, READABILITY, _n_breaks
from framing.read import read
from framing.resources import folder
from framing.text import fold, words
from tests.made_articles import made

ROOT = Path(__file__).resolve().parent.parent


def article(markup: str) -> AnnotatedArticle:
    return made(markup)[0]


@pytest.fixture(scope="module")
def seeds() -> list[AnnotatedArticle]:
    return list(annotate(item.article for item in read([folder("seeds")]) if item.article))


# VADER


def made_sentences(n: int) -> Iterator[str]:
    """Sentences of the words that VADER's rules are about, in any case and with any mark."""
    rng = random.Random(11)
    own = SentimentIntensityAnalyzer()
    kinds = [
        (0.3, list(own.lexicon)),
        (0.12, list(BOOSTER_DICT)),
        (0.1, NEGATE),
        (0.05, list(SPECIAL_CASES)),
        (0.02, list(own.emojis)),
        (0.41, ["the", "of", "or", "nor", "but", "no", "never", "so", "this", "without", "doubt", "least"]),
        (0.1, ["at", "very", "kind", "sort", "said", "war"]),
    ]
    shares = [share for share, _ in kinds]
    for _ in range(n):
        chosen = []
        for _, listed in rng.choices(kinds, shares, k=rng.randint(0, 14)):
            shaped = rng.choice([str, str, str, str, str.upper, str.capitalize])(rng.choice(listed))
            chosen.append(shaped + rng.choice(["", "", "", "", "!", "?", "??", "!!!!!", ",", "'s", '"', "”"]))
        yield rng.choice([" ", "  ", " \n"]).join(chosen)


def test_every_score_is_vaders_to_the_last_bit(seeds: list[AnnotatedArticle]) -> None:
    reference = SentimentIntensityAnalyzer()
    told = [fold(s.of(a.article.text)) for a in seeds for s in a.sentences]
    for text in (*made_sentences(4000), *told, "", "   ", "No.", "least good", "kind of"):
        assert compound(text) == reference.polarity_scores(text)["compound"], text


# textstat


@pytest.mark.parametrize("voice", ["all", "outlet"])
def test_the_formulas_are_textstats_on_the_plain_words(seeds: list[AnnotatedArticle], voice: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from textstat.textstat import textstatistics
    reference = textstatistics()
    reference.set_lang("en_US")
    reference.set_rounding(False)
    odd = article(
        "The co-operative's naïve İstanbul plan won’t re-open, it’s said. The 3 U.S. talks went on. " * 12
    )
    compared = 0
    for annotated in (*seeds, odd):
        text = fold(annotated.article.text)
        for measure in READABILITY:
            finding = measure(annotated, voice)  # type: ignore[arg-type]
            sentences = [e.span.of(text) for e in finding.evidence]
            plain = " ".join(
                " ".join(w.of(s).replace("'", "") for w in words(s)) + "." for s in sentences if words(s)
            )
            if finding.value is not None:
                compared += 1
                assert finding.value == getattr(reference, measure.name)(plain)
    assert compared > len(READABILITY) * 4


def test_syllables_are_told_by_the_places_that_pyphen_finds(seeds: list[AnnotatedArticle]) -> None:
    hyphens = Pyphen(lang="en_US")
    said = {w.of(a.article.text).lower() for a in seeds for w in words(a.article.text)}
    for word in (*sorted(said), "a", "naïveté", "straße", "associate", "x" * 70, "i̇stanbul"):
        assert _n_breaks(word) == len(hyphens.positions(word)), word


def test_every_article_is_counted_anew() -> None:
    short, long = (
        article("The cat sat on the mat. " * 20),
        article("Extraordinary considerations predominate. " * 40),
    )
    first = FLESCH_READING_EASE(short).value
    assert FLESCH_READING_EASE(long).value != first
    assert FLESCH_READING_EASE(short).value == first


# Looking things up


def test_voice_and_sentence_of_every_character(seeds: list[AnnotatedArticle]) -> None:
    annotated = max(seeds, key=lambda a: len(a.quotations))
    for at in range(len(annotated.article.text)):
        here = Span(at, at + 1)
        assert [annotated.voice_at(at)] == [v for v in annotated.voices if v.span.contains(here)]
        found = annotated.sentence_at(at)
        assert ([found] if found else []) == [s for s in annotated.sentences if s.contains(here)]


def test_the_tone_is_asked_for_main_actors_alone_and_by_all_names_of_one() -> None:
    said = (
        "Angela Merkel praised the new plan on Monday. Later Merkel attacked it before the press. Rivals of "
        "Angela Merkel cheered in the hall. The mayor of Paris watched it for three days."
    )
    found = next(iter(annotate([article(said).article])))
    finding = get("tone_toward")(found)
    named = {e.cue.partition(":")[0] for e in finding.evidence}
    assert (named, finding.n) == ({"Angela Merkel"}, 3)


# The benchmark


def test_the_throughput_benchmark_prints_what_is_compared(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("Headline of a note\n\nThe mayor said it was late.\n", encoding="utf-8")
    script = ROOT / "benchmarks" / "throughput.py"
    run = subprocess.run(
        [sys.executable, script, "--part", "analysed", tmp_path],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    found = json.loads(run.stdout)
    assert found["ratio_to_bare_parse"] == pytest.approx(
        found["analyze_articles_per_s"] / found["bare_articles_per_s"]
    )
    assert found["articles"] >= 1


def test_invented_news_is_the_same_for_a_seed_and_no_two_are_alike() -> None:
    code = (
        "import json, dataclasses, invented_news\n"
        "print(json.dumps([dataclasses.asdict(made) for made in invented_news.reports(12)]))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT / "benchmarks"
        ).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    texts = [report["text"] for report in json.loads(runs[0])]
    assert all(len(text.split()) > 400 for text in texts)
    assert len(set(texts)) == len(texts)
