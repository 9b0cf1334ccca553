"""Words and folding."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from framing.text import TOKEN, WordPlaces, fold, lowered, n_words, parted, tokens, words


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_in_order_and_inside_the_text(text):
    spans = words(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert n_words(text) == len(spans)


def test_typographic_and_straight_apostrophes_make_the_same_words():
    text = "They don’t re‑open “O’Neill’s”"
    assert [w.of(fold(text)) for w in words(text)] == ["They", "don't", "re-open", "O'Neill's"]


@given(st.text(alphabet="aé3 -'’‐.\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_words_of_a_part_are_counted_as_of_the_part_alone(text, start, length):
    assert WordPlaces(text).within(start, start + length) == n_words(text[start : start + length])
    assert len(WordPlaces(text)) == n_words(text)


@given(st.text())
def test_a_text_is_parted_at_the_words_of_its_small_letters(text):
    found, starts = parted(fold(text))
    assert starts == [t.start() for t in TOKEN.finditer(lowered(text))] == list(tokens(text).starts)
    assert all(fold(text).startswith(word, start) for word, start in zip(found, starts, strict=True))
