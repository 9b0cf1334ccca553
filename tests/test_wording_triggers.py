"""The network over words: its odds by hand, pooled over a sentence, alone as among others."""

from __future__ import annotations

import numpy as np
import pytest

from framing.wording.sentences import Keys
from framing.wording.topics import topics_all
from framing.wording.triggers import LITTLE, Network, network
from framing.wording.vectors import WIDE, vectors

HIDDEN, LABELS = 3, 2
TEXTS = (("troops", "shelled", "the", "town"), ("peace",), (), ("they", "qqzzq", "helped"))


@pytest.fixture
def made() -> Network:
    draw = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return draw.standard_normal(shape).astype(np.float32)

    return Network(
        some(100, 3 * HIDDEN),
        some(HIDDEN),
        some(HIDDEN, LABELS),
        some(LABELS),
        some(1 << 10, LABELS),
        some(LABELS),
    )


def test_a_word_is_looked_at_with_its_neighbours(made: Network) -> None:
    words = TEXTS[0]
    held = np.concatenate([np.zeros((1, 100)), vectors(words, WIDE), np.zeros((1, 100))])
    before, own, after = np.split(made.inner, 3, axis=1)
    hidden = np.maximum(held[:-2] @ before + held[1:-1] @ own + held[2:] @ after + made.bias, 0)
    keys = Keys.of([words])
    expected = hidden @ made.outer + made.last + made.named[keys.singles % (1 << 10)]
    assert made.odds(keys) == pytest.approx(expected, abs=1e-4)
    pooled = np.log(np.exp(expected).sum(axis=0))
    assert made.scores(keys)[0] == pytest.approx(made.weight * pooled, abs=1e-4)


def test_texts_are_scored_among_others_as_alone(made: Network) -> None:
    together = made.scores(Keys.of(TEXTS))
    for text, row in zip(TEXTS, together, strict=True):
        assert (made.scores(Keys.of([text]))[0] == row).all()
    assert together[2] == pytest.approx(made.weight * np.log(LITTLE))


def test_only_a_model_with_marked_words_has_a_network() -> None:
    assert network("generic_frames") is None
    assert network("moral_foundations") is not None


def test_a_sentence_of_harm_ranks_above_one_of_procedure() -> None:
    harm, procedure = topics_all(
        ["Gunmen killed and injured dozens of civilians.", "The committee will meet again on Tuesday."],
        "moral_foundations",
    )
    assert harm[0].label == "care"
    assert harm[0].probability > 2 * procedure[0].probability
