"""The network of wording: each word's part in what it says, each sentence as if it stood alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.wording import biased, loaded_language
from framing.wording.files import arrays
from framing.wording.net import BIASED, LOADED, Opinions, gaps, label, marks_between, network
from framing.wording.sentences import Sentences
from framing.wording.vectors import WIDE, places
from framing.wording.words import Sentence, sentence

VOCABULARY = (
    *("The", "mayor", "shameless", '"experts"', "thugs", "war-torn", "said,", "3,000", "NATO"),
    *("may", "Xqzxqz", "of", "budget.", "vicious!", "(so-called)", "don\u2019t"),
)
sentences = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=15).map(
    lambda words: sentence(" ".join(words))
)
quick = settings(max_examples=50, deadline=None)


def told(*seen: Sentence) -> Opinions:
    return network().opinions(Sentences(seen))


@quick
@given(st.lists(sentences, min_size=1, max_size=5))
def test_a_sentence_is_told_as_if_it_stood_alone(seen: list[Sentence]) -> None:
    together, alone = told(*seen), [told(one) for one in seen]
    assert np.array_equal(together.words, np.concatenate([one.words for one in alone]))
    assert np.array_equal(together.whole, np.concatenate([one.whole for one in alone]))
    assert np.array_equal(together.adds, np.concatenate([one.adds for one in alone]))


@quick
@given(sentences)
def test_the_whole_is_what_its_words_add(seen: Sentence) -> None:
    of, nothing = told(seen), told(sentence(""))
    assert of.words.shape == of.adds.shape == (len(seen), 2)
    assert np.allclose(of.whole, of.adds.sum(axis=0) + nothing.whole, atol=1e-4)
    assert np.isfinite(of.words).all()


@pytest.mark.parametrize("column", [BIASED, LOADED])
@pytest.mark.parametrize("word", ["disgraceful", "pathetic", "hypocritical", "thuggish"])
def test_a_loaded_word_carries_its_sentence(word: str, column: int) -> None:
    seen = sentence(f"The mayor gave a {word} answer to the council on Tuesday.")
    plain = sentence("The mayor gave a written answer to the council on Tuesday.")
    of = told(seen, plain)
    assert of.whole[0, column] > of.whole[1, column]
    assert seen.words[int(of.adds[: len(seen), column].argmax())] == word
    assert seen.words[int(of.words[: len(seen), column].argmax())] == word


def test_what_stands_between_words_is_seen() -> None:
    seen = sentence('They call it "reform" (again)!')
    assert gaps(seen) == ["", " ", " ", ' "', '" (', ")!"]
    assert marks_between('" (') == [True, False, False, False, False, False, True, False, False]
    of = told(seen, sentence("They call it reform again"))
    assert not np.array_equal(of.words[: len(seen)], of.words[len(seen) :])


def test_a_compound_is_the_mean_of_its_parts() -> None:
    of = told(sentence("war-torn"), sentence("Xqzxqz"))
    assert of.words[0, BIASED] != of.words[1, BIASED]


def test_a_mark_is_named_by_one_word() -> None:
    assert [label(mark) for mark in ("", "loaded:political label")] == ["none", "loaded:political_label"]


@pytest.mark.parametrize("judge", [biased.judge, loaded_language.judge])
def test_a_word_that_the_network_finds_loaded_is_likelier_to_be_marked(judge: object) -> None:
    judged = judge("The mayor gave a disgraceful answer to the council.")  # type: ignore[operator]
    assert max(judged.words, key=lambda word: word.probability).span.start == len("The mayor gave a ")


@pytest.mark.parametrize("model", [biased.MODEL, loaded_language.MODEL])
def test_what_a_word_means_to_a_language_model_is_added_to_its_odds(model: str) -> None:
    meanings = arrays(model)["words_meanings"].astype(float)
    heard = {
        word: meanings[places(word, WIDE)[0]] for word in ("disgraceful", "vicious", "budget", "meeting")
    }
    assert min(heard["disgraceful"], heard["vicious"]) > max(heard["budget"], heard["meeting"])
