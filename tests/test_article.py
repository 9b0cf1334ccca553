"""Spans, the mapping back to the source, ids."""

import copy
import pickle
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Article, Span, article_id


def from_lines(lines: list[tuple[bool, str]]) -> Article:
    """An article whose text is the kept lines, joined by blank lines."""
    source, text, pieces = "", "", []
    for kept, line in lines:
        if kept:
            if text:
                text += "\n\n"
            pieces.append((len(text), len(source), len(line)))
            text += line
        source += line + "\n"
    return Article("a1", text, source, (), tuple(pieces))


LINES = st.lists(st.tuples(st.booleans(), st.text(min_size=1, max_size=20)), min_size=1, max_size=8)


@given(LINES)
def test_every_piece_of_the_text_is_found_in_the_source(lines):
    article = from_lines(lines)
    for start, _, length in article.pieces:
        span = Span(start, start + length)
        assert article.to_source(span).of(article.source) == span.of(article.text)


@given(LINES.filter(lambda lines: any(kept for kept, _ in lines)))
def test_a_span_over_several_lines_maps_from_its_first_to_its_last_character(lines):
    article = from_lines(lines)
    back = article.to_source(Span(0, len(article.text))).of(article.source)
    kept = [line for keep, line in lines if keep]
    assert back.startswith(kept[0])
    assert back.endswith(kept[-1])


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="in a text of 4 characters"):
        from_lines([(True, "four")]).to_source(Span(2, 9))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_cannot_be_is_refused(start, end):
    with pytest.raises(ValueError, match="expected 0 <= start <= end"):
        Span(start, end)


def test_a_span_is_a_value_that_nobody_changes() -> None:
    span = Span(3, 9)
    assert {span} == {Span(3, 9), copy.copy(span), pickle.loads(pickle.dumps(span))}
    assert sorted([Span(4, 5), span, Span(3, 5)]) == [Span(3, 5), span, Span(4, 5)]
    with pytest.raises(FrozenInstanceError):
        span.start = 4  # type: ignore[misc]


@given(st.text(), st.text(), st.text(), st.text())
def test_ids_tell_texts_and_outlets_apart(text, outlet, other_text, other_outlet):
    same = (text, outlet) == (other_text, other_outlet)
    assert (article_id(text, outlet) == article_id(other_text, other_outlet)) == same


def test_an_id_survives_lone_surrogates():
    assert article_id("\ud800 broken", "Daily").startswith("a")
