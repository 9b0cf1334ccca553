"""Trains the network of :mod:`framing.wording.triggers`: which words tell of a label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from training import SEED, Array, Plan, Row, Weights, adam, expit, kept, marked, trigger_spans

from framing.wording.sentences import Sentences
from framing.wording.triggers import LITTLE, PART, Network
from framing.wording.vectors import WIDE, WIDE_DIMENSIONS, Floats, vectors
from framing.wording.words import Sentence

HIDDEN, BITS, EPOCHS, BATCH, RATE = 64, 15, 10, 64, 2e-3
# Weight of the marked words beside the sentences: with few marked words in a corpus they say most.
MARKED = 5.0
DROPPED, DROPPED_HIDDEN, DECAY = 0.1, 0.3, 1e-5
# While training: weight of the vectors (of unit length) and of the words by themselves.
VECTORS, NAMED = 10**0.5, 0.3
RARE = -4.0  # log odds of a word to begin with


class Words:
    """The words of texts as the network sees them: their vectors with those of the neighbours."""

    def __init__(self, seen: Sequence[Sentence], texts: Sequence[Row]) -> None:
        keys = Sentences(seen).keys
        self.groups = keys.texts
        self.places = np.stack([keys.before, keys.at, keys.after], axis=1)
        self.vectors = keys.known.table(_wide) * np.float32(VECTORS)  # noughts where there is no word
        self.named = keys.singles & ((1 << BITS) - 1)
        pairs = zip(seen, texts, strict=True)
        self.marked = np.concatenate([marked(one, trigger_spans(row)) for one, row in pairs]).astype(
            np.float32
        )

    def of(self, at: Array) -> tuple[Array, Array]:
        """The words of the texts ``at``, and which of these texts each belongs to."""
        counts = self.groups.counts[at]
        row = np.repeat(np.arange(len(at)), counts)
        inside = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.groups.starts[at][row] + inside, row


def _wide(keys: Sequence[str]) -> Floats:
    return vectors(keys, WIDE)


def fit_triggers(words: Words, at: Array, gold: Array, n_marked: int) -> Network:
    """The network by the labels or probabilities ``gold`` (n, k) of the texts ``at``.

    Of the first ``n_marked`` of these the marked words are known.
    """
    draw, k = np.random.default_rng(SEED), gold.shape[1]
    d = 3 * WIDE_DIMENSIONS
    weights = [
        draw.standard_normal((d, HIDDEN)) / np.sqrt(d), np.zeros(HIDDEN),
        draw.standard_normal((HIDDEN, k)) / np.sqrt(HIDDEN), np.full(k, RARE),
        np.zeros((1 << BITS, k)), np.zeros(k),
    ]  # fmt: skip
    plan = Plan(len(at), BATCH, EPOCHS, RATE)
    held = adam(
        weights, draw, plan, lambda w, some: _gradients(draw, w, words, at[some], gold[some], some < n_marked)
    )
    inner, bias, outer, last, named, _ = held
    parts = np.split(inner * np.float32(VECTORS), 3)
    return Network(
        np.concatenate(parts, axis=1), bias, outer, last, np.float32(NAMED) * named, np.ones(k, np.float32)
    )


def _gradients(
    draw: np.random.Generator, weights: Weights, words: Words, at: Array, gold: Array, known: Array
) -> Weights:
    """Of the cross-entropy of the texts of one batch, and of the words of those whose marks are known."""
    inner, bias, outer, last, named, level = weights
    word, row = words.of(at)
    x = words.vectors[words.places[word]].reshape(len(word), -1)
    x = x * kept(draw, x.shape, DROPPED)
    raw = x @ inner + bias
    mask = kept(draw, raw.shape, DROPPED_HIDDEN)
    active = np.maximum(raw, 0) * mask
    names = words.named[word]
    odds = active @ outer + last + np.float32(NAMED) * named[names]
    each = np.exp(odds)
    total = np.zeros((len(at), each.shape[1]), np.float32)
    np.add.at(total, row, each)
    total += np.float32(LITTLE)
    error = (expit(np.log(total) + level) - gold) / gold.size
    right = words.marked[word][:, None] * gold[row]
    told = MARKED * (expit(odds) - right) * known[row][:, None] / max(1, known[row].sum() * gold.shape[1])
    back_odds = (error[row] * each / total[row] + told).astype(np.float32)
    back = (back_odds @ outer.T) * mask * (raw > 0)
    by_name = np.zeros_like(named)
    np.add.at(by_name, names, np.float32(NAMED) * back_odds)
    return [
        x.T @ back + DECAY * inner, back.sum(axis=0), active.T @ back_odds + DECAY * outer,
        back_odds.sum(axis=0), by_name + DECAY * named, error.sum(axis=0),
    ]  # fmt: skip


def arrays_of(network: Network, weight: Array) -> dict[str, Array]:
    """What :func:`framing.wording.triggers.network` reads."""
    kinds = dict.fromkeys(("inner", "outer", "named"), np.float16)
    held = {name: getattr(network, name) for name in Network.__dataclass_fields__} | {"weight": weight}
    return {PART + name: value.astype(kinds.get(name, np.float32)) for name, value in held.items()}
