"""Where reported words begin and end, and who says them, in constructions that a parser alone gets wrong."""

from __future__ import annotations

import pytest

from framing.annotate import annotate
from framing.article import Article
from tests.marked_quotes import trimmed

# Text, and for each quotation who speaks and what is said.
CASES = [
    (
        "The bridge will stay shut for a month; the mayor said that buses would run instead.",
        [("the mayor", "buses would run instead")],
    ),
    (
        "It is an unlikely plan: The council reports that two firms made offers.",
        [("The council", "two firms made offers")],
    ),
    (
        "The minister was ready to admit that the figures were wrong.",
        [("The minister", "the figures were wrong")],
    ),
    (
        "The inspectors pointed to an older case to argue that the owner knew of the danger.",
        [("The inspectors", "the owner knew of the danger")],
    ),
    (
        "Flying home at night, she told her husband that the deal was dead.",
        [("she", "the deal was dead")],
    ),
    (
        "Vatican spokesman the Rev. Karl Berg told reporters that the talks went well.",
        [("the Rev. Karl Berg", "the talks went well")],
    ),
    ("The sale was first reported by the Harbour Times.", [("the Harbour Times", "The sale")]),
    (
        "Ms. Webb agrees with the mayor that the road is too narrow.",
        [("Ms. Webb", "the road is too narrow")],
    ),
    ("The officer refers to the rocks as foreign bases.", [("The officer", "the rocks as foreign bases")]),
    ("She referred to the committee as “a circus.”", [("She", "the committee as “a circus")]),
    (
        "The chairman said the mayor “has no plan for the winter.”",
        [("The chairman", "the mayor “has no plan for the winter")],
    ),
    (
        "The mayor “has no plan for the winter,” Ms. Webb said.",
        [("Ms. Webb", "The mayor “has no plan for the winter")],
    ),
    ("But “it will not be cheap,” said Ms. Webb.", [("Ms. Webb", "But “it will not be cheap")]),
    (
        "If the vote fails, “I shall go home,” Ms. Webb said.",
        [("Ms. Webb", "If the vote fails, “I shall go home")],
    ),
    (
        "If the vote fails, Ms. Webb said, “we shall go home.”",
        [("Ms. Webb", "If the vote fails"), ("Ms. Webb", "we shall go home")],
    ),
    (
        "He pledged “full support” for the farmers, a “deep respect” for their work and “fair prices.”",
        [("He", "full support” for the farmers, a “deep respect” for their work and “fair prices")],
    ),
    ("“Nobody asked us,” she elaborated.", [("she", "Nobody asked us")]),
    ("Mr. Lund shrugged. “Why not?”", [("Mr. Lund", "Why not")]),
    ("The report was late. “Why not?”", [("", "Why not")]),
    (
        "The paper published its first “forty under forty” list of young bakers.",
        [("The paper", "its first “forty under forty” list of young bakers")],
    ),
    ("Hundreds of the town’s “superfans” have endorsed the coach.", []),
]


@pytest.mark.parametrize(("text", "said"), CASES, ids=[text for text, _ in CASES])
def test_contents_and_speakers(text: str, said: list[tuple[str, str]]) -> None:
    (annotated,) = annotate([Article("a", text, text, (), ((0, 0, len(text)),))])
    found = [q for q in annotated.quotations if q.kind != "scare"]
    assert [
        (q.speaker_span.of(text) if q.speaker_span else "", text[slice(*trimmed(text, q.span))])
        for q in found
    ] == said


def continued(text: str) -> list[bool]:
    """For each quotation in text order whether it carries on an earlier one."""
    (annotated,) = annotate([Article("a", text, text, (), ((0, 0, len(text)),))])
    return [bool(q.continues) for q in annotated.quotations if q.kind != "scare"]


def test_the_paragraphs_of_a_turn_are_one_quotation() -> None:
    text = (
        "ANCHOR: What did you see?\nWITNESS: I saw a van.\nIt was white.\nANCHOR: Did it stop?\nWITNESS: No."
    )
    assert continued(text) == [False, False, True, False, False]


def test_a_speech_whose_cue_comes_last_is_one_quotation() -> None:
    text = "“We built the school ourselves.\n“It took us nine years,” said Ms. Webb."
    assert continued(text) == [False, True]


def test_a_quotation_after_reported_words_of_another_paragraph_is_one_of_its_own() -> None:
    text = "Ms. Webb said the school was finished.\n“It took us nine years.”"
    assert continued(text) == [False, False]
