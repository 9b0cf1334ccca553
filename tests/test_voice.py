"""Whose words every character is."""

from __future__ import annotations

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article


def annotated(text: str) -> AnnotatedArticle:
    (found,) = annotate([Article("a", text, text, (), ((0, 0, len(text)),))])
    return found


def words_of(found: AnnotatedArticle, voice: str) -> str:
    text = found.article.text
    return " … ".join(v.span.of(text).strip() for v in found.voices if v.voice == voice)


def test_quoted_attributed_and_outlet_words_are_told_apart() -> None:
    found = annotated("The mayor, Ann Lee, said the bridge was “a disgrace” and left the hall.")
    assert words_of(found, "quoted") == "a disgrace"
    assert "the bridge was" in words_of(found, "attributed")
    assert words_of(found, "outlet").startswith("The mayor, Ann Lee, said")


def test_every_character_has_one_voice() -> None:
    text = "“We go,” said Ann Lee. “He told me, ‘Never,’ and left,” she added.\nNothing else happened."
    found = annotated(text)
    assert "".join(v.span.of(text) for v in found.voices) == text
    assert all(a.span.end == b.span.start for a, b in zip(found.voices, found.voices[1:], strict=False))


def test_the_speaker_of_a_word_is_known_by_its_place() -> None:
    text = "“We go,” said Ann Lee."
    found = annotated(text)
    assert found.speaker_at(text.index("go")) == "Ann Lee"
    assert found.voice_at(text.index("go")).voice == "quoted"
    assert found.speaker_at(text.index("said")) == ""


def test_scare_quotes_stay_the_outlets_words() -> None:
    found = annotated("The “sensible” reform failed again in the upper house.")
    assert [q.kind for q in found.quotations] == ["scare"]
    assert {v.voice for v in found.voices} == {"outlet"}


def test_nested_speech_is_marked_and_speaks_for_itself() -> None:
    text = "According to the Herald, Ann Lee said that the plan was “dead”."
    found = annotated(text)
    inner = [q for q in found.quotations if q.nested_in]
    assert [q.speaker for q in inner] == ["Ann Lee"]
    assert found.speaker_at(text.index("dead")) == "Ann Lee"
    assert found.speaker_at(text.index("Ann Lee said")) == "Herald"


def test_a_text_without_speech_is_the_outlets() -> None:
    found = annotated("The bridge opened on Monday. Two hundred cars crossed it.")
    assert found.quotations == ()
    assert [v.voice for v in found.voices] == ["outlet"]


def test_an_empty_text_has_no_voices() -> None:
    found = annotated("")
    assert found.voices == ()
    assert found.tokens == ()
