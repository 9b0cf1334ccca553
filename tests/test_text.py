"""Words and folding."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from framing.text import fold, n_words, words


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
