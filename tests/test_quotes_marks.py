"""Marks: pairs, apostrophes, nesting, frames and the map back."""

from __future__ import annotations

import pytest

from framing.article import Span
from framing.quotes.frame import units
from framing.quotes.marks import pair


def inner(text: str) -> list[str]:
    return [m.inner.of(text) for m in pair(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” twice.", ["yes"]),
        ('He said "yes" twice.', ["yes"]),
        ("He said ‘yes’ twice.", ["yes"]),
        ("He said 'yes' twice.", ["yes"]),
        ("He said ''yes'' twice.", ["yes"]),
        ("Il dit « oui » et part.", [" oui "]),
        ("Er sagt „ja“ und geht.", ["ja"]),
        ("The workers’ rights and the boys’ toys", []),
        ("Rock ’n’ roll of the ’90s, ’tis said", []),
        ("It's the dogs' home, isn't it", []),
        ('She is 6\'2" tall and has a 5" nail', []),
        ("‘The workers’ rights are ours,’ he said", ["The workers’ rights are ours,"]),
        ("“He said ‘go’ twice,” she said", ["He said ‘go’ twice,", "go"]),
        ("‘He said “go” twice,’ she said", ["He said “go” twice,", "go"]),
        ("”Good morning,” she said", ["Good morning,"]),
        ('She said: "We go', ["We go"]),
        ('"We go, said Ann Lee. Then she left.', ["We go,"]),
        ("", []),
        ("“", []),
        ("””", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_mark_left_open_runs_to_the_end_and_is_known_as_open() -> None:
    text = "“We go. We stay."
    (found,) = pair(text, Span(0, len(text)))
    assert found.unclosed
    assert found.inner.of(text) == "We go. We stay."


def test_a_closing_mark_without_a_partner_closes_what_was_carried_over() -> None:
    text = "We stay,” he said."
    assert pair(text, Span(0, len(text))) == []
    (found,) = pair(text, Span(0, len(text)), carried=True)
    assert found.unopened
    assert found.inner.of(text) == "We stay,"


def test_marks_pair_inside_their_paragraph_only() -> None:
    text = 'A "b c.\nD" e.'
    assert [m.inner.of(text) for m in pair(text, Span(0, 7))] == ["b c."]


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("“We will go,” said Ann.", '"It is so," said Ann.'),
        ("“We go,” Ann said, “and stay.”", '"It is so," Ann said.'),
        ("Ann called it “a shame” twice.", "Ann called it a shame twice."),
        ("“Why?” Ann asked.", '"It is so," Ann asked.'),
        ("Ann read “The Old House” aloud.", "Ann read The Old House aloud."),
    ],
)
def test_frames(text: str, frame: str) -> None:
    span = Span(0, len(text))
    assert units(text, span, 0, pair(text, span))[0].text == frame


def test_units_cover_every_letter_once_and_map_back() -> None:
    text = (
        "DALLAS (AP) — “We will go,” said Ann Lee, who called it ‘a shame’. "
        "“He told me, ‘Never mind,’ again.”"
    )
    span = Span(0, len(text))
    seen = [0] * len(text)
    for unit in units(text, span, 0, pair(text, span)):
        for offset, char in enumerate(unit.text):
            at = unit.to_article(offset)
            if at >= 0:
                seen[at] += 1
                assert char == text[at] or (char == "'" and text[at] in "’‘")
    assert all(n == 1 for n, char in zip(seen, text, strict=True) if char.isalnum())
    assert max(seen) == 1
