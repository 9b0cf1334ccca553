"""The bundled articles: what stands in quotation marks has its speaker and cue; furniture says nothing."""

from __future__ import annotations

import pytest

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle, Quotation
from framing.read import read
from framing.resources import folder


@pytest.fixture(scope="module")
def seeds() -> list[AnnotatedArticle]:
    return list(annotate(item.article for item in read([folder("seeds")]) if item.article is not None))


def about(seeds: list[AnnotatedArticle], words: str) -> Quotation:
    """The innermost quotation that holds ``words``."""
    found = [q for a in seeds for q in a.quotations if words in q.span.of(a.article.text)]
    assert found, words
    return min(found, key=lambda q: len(q.span))


@pytest.mark.parametrize(
    ("words", "speaker", "cue"),
    [
        ("sacred cause of Russia, hoping", "Kim Jong Un", "say"),
        ("debris recovered from a missile", "UN sanctions monitors", "conclude"),
        ("sovereignty and security of our citizens", "Vladimir Putin", "vow"),
        ("warm congratulations and comradely greetings", "Kim Jong-un", "offer"),
        ("create a mood", "an official from Seoul’s Unification Ministry", "tell"),
        ("use of the veto in this instance", "50 signatories", "say"),
        ("a powerful country", "Kim Jong-un", "add"),
        ("Justice will surely triumph", "Kim Jong-un", "say"),
        ("two dozen types of weapons", "John Kirby", "say"),
        ("comprehensive and constructive bilateral relations", "Vladimir Putin", "say"),
        ("firmly supports", "Vladimir Putin", "say"),
        ("violating the sanctions", "Jens Stoltenberg", "stress"),
        ("virile friendship", "Dmytro Kouleba", "urge"),
        ("closely monitoring preparations", "South Korea", "say"),
        ("fiery friendship", "Kim Jong Un", "call"),
        ("important role and mission", "Kim Jong Un", "hail"),
        ("in desperation, to develop", "Antony Blinken", "say"),
    ],
)
def test_speakers_and_cues(seeds: list[AnnotatedArticle], words: str, speaker: str, cue: str) -> None:
    quotation = about(seeds, words)
    assert (quotation.speaker, quotation.cue) == (speaker, cue)


def test_the_reason_for_anonymity_is_found(seeds: list[AnnotatedArticle]) -> None:
    quotation = about(seeds, "create a mood")
    assert quotation.anonymous
    assert "condition of anonymity" in quotation.anonymity_reason


@pytest.mark.parametrize("words", ["Welcome Putin", "rogue", "strongly welcoming"])
def test_chants_terms_and_banners_are_no_speech(seeds: list[AnnotatedArticle], words: str) -> None:
    for a in seeds:
        at = a.article.text.find(words)
        if at >= 0:
            assert a.voice_at(at).voice != "quoted"


def test_navigation_and_captions_say_nothing(seeds: list[AnnotatedArticle]) -> None:
    spoken = " ".join(q.span.of(a.article.text) for a in seeds for q in a.quotations)
    for words in ("reliable evidence", "disrespecting", "Nawaz Sharif", "PREV", "Log in", "YONHAP"):
        assert words not in spoken
