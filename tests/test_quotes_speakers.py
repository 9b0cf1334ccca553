"""Speakers: roles, anonymity, media, one name across the articles of an event, corrections."""

from __future__ import annotations

import pytest

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle, Quotation
from framing.article import Article
from framing.quotes.speakers.anonymity import reason
from framing.quotes.speakers.names import same_person
from framing.quotes.speakers.unify import rename, unify_speakers


def annotated(*texts: str) -> list[AnnotatedArticle]:
    return list(annotate(Article(f"a{n}", t, t, (), ((0, 0, len(t)),)) for n, t in enumerate(texts)))


def first(text: str) -> Quotation:
    return annotated(text)[0].quotations[0]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("President Ana Torres said the dam was safe.", "government"),
        ("General Leo Brandt said the front was quiet.", "military"),
        ("Republican candidate Joe Stone said he would win.", "party"),
        ("Mary Holt, the chief executive of Holt Steel, said profits would rise.", "business"),
        ("Professor Ida Holm said the ice would melt.", "expert"),
        ("Amnesty International said the prisoners were beaten.", "ngo"),
        ("Police said the car was stolen.", "police_court"),
        ("The Associated Press reported that the king was ill.", "media"),
        ("Residents said the water was brown.", "person"),
        ("The United Nations said the camp was full.", "international"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert first(text).speaker_role == role


def test_an_unnamed_source_and_the_reason_for_it() -> None:
    q = first(
        "A senior official, speaking on condition of anonymity because the talks are secret, "
        "said the deal was dead."
    )
    assert q.anonymous
    assert q.anonymity_reason.startswith("speaking on condition of anonymity because the talks are secret")
    assert first("Sources said the deal was dead.").speaker_role == "unnamed"
    assert not first("Ann Lee said the deal was dead.").anonymous


def test_the_reason_is_what_the_sentence_states() -> None:
    assert (
        reason("who asked not to be named because of the danger.")
        == "asked not to be named because of the danger"
    )
    assert reason("who was not authorized to speak publicly.") == "not authorized to speak publicly"
    assert reason("said on Monday.") == ""


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Ann Lee said in a statement that the plan was dead.", "a statement"),
        ("“The plan is dead,” Ann Lee wrote on Twitter.", "Twitter"),
        ("In a letter to the council, Ann Lee wrote that the plan was dead.", "a letter to the council"),
        ("“The plan is dead,” Ann Lee told CNN.", "CNN"),
        ("Ann Lee said the plan was dead.", ""),
    ],
)
def test_the_medium_is_kept_apart_from_the_speaker(text: str, medium: str) -> None:
    q = first(text)
    assert q.speaker == "Ann Lee"
    assert q.medium == medium


def test_an_unresolved_pronoun_stays_open() -> None:
    q = first("He said the plan was dead.")
    assert q.speaker == ""
    assert q.speaker_confidence == 0


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Kim Jong Un", "Kim Jong-un", True),
        ("Hillary Clinton", "Clinton", True),
        ("Hillary Rodham Clinton", "Hillary Clinton", True),
        ("Hillary Clinton", "Bill Clinton", False),
        ("J. Smith", "John Smith", True),
        ("John Smith", "Jane Smith", False),
        ("Kim", "Kim Jong Un", True),
        ("Jong", "Kim Jong Un", False),
    ],
)
def test_same_person(a: str, b: str, same: bool) -> None:
    assert same_person(a.split(), b.split()) is same
    assert same_person(b.split(), a.split()) is same


def test_one_name_for_one_speaker_across_an_event() -> None:
    articles = annotated(
        "North Korean leader Kim Jong Un said the harvest was good. Kim said it again.",
        "Kim Jong-un said the harvest was good.",
        "The harvest was good, the North Korean leader said.",
    )
    names = unify_speakers(articles)
    unified = {q.speaker for a in articles for q in rename(a, names).quotations}
    assert unified == {"Kim Jong Un"} or unified == {"Kim Jong-un"}


def test_two_people_of_one_surname_are_not_joined() -> None:
    articles = annotated("Hillary Clinton said it was late.", "Bill Clinton said it was early.")
    names = unify_speakers(articles)
    assert {q.speaker for a in articles for q in rename(a, names).quotations} == {
        "Hillary Clinton",
        "Bill Clinton",
    }
