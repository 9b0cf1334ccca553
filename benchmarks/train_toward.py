"""Trains the model of tone toward a target."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from training import SEED, Array, calibration_error, folds, group, report, rows, standardise, write

from framing.article import Span
from framing.wording import toward
from framing.wording.words import sentence

HIDDEN, NETWORKS, EPOCHS, BATCH, RATE = 256, 2, 30, 64, 1e-3
# Of a few thousand sentences and a thousand features: most of them are dropped at each step
# (Srivastava et al. 2014, JMLR), and weights decay.
DROPPED, DROPPED_HIDDEN, DECAY = 0.6, 0.5, 1e-3
# Adam (Kingma & Ba 2015, ICLR), at its usual settings.
FIRST, SECOND, LITTLE = 0.9, 0.999, 1e-8

Weights = list[Array]


def network(z: Array, y: Array, seed: int) -> Weights:
    """Weights and biases of a network with one hidden layer; the rate falls to nought."""
    draw, n = np.random.default_rng(seed), len(y)
    d, k = z.shape[1], len(toward.LABELS)
    weights = [
        draw.standard_normal((d, HIDDEN)) * np.sqrt(2 / d), np.zeros(HIDDEN),
        draw.standard_normal((HIDDEN, k)) * np.sqrt(1 / HIDDEN), np.zeros(k),
    ]  # fmt: skip
    weights = [w.astype(np.float32) for w in weights]
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    gold = np.eye(k, dtype=np.float32)[y]
    steps = EPOCHS * -(-n // BATCH)
    for step, at in enumerate(_batches(draw, n), start=1):
        rate = RATE * (1 - step / (steps + 1)) / (1 - FIRST**step)
        for w, gradient, (first, second) in zip(
            weights, _gradients(draw, weights, z[at], gold[at]), moments, strict=True
        ):
            first += (1 - FIRST) * (gradient - first)
            second += (1 - SECOND) * (gradient**2 - second)
            w -= rate * first / (np.sqrt(second / (1 - SECOND**step)) + LITTLE)
    return weights


def _batches(draw: np.random.Generator, n: int) -> Iterator[Array]:
    for _ in range(EPOCHS):
        order = draw.permutation(n)
        yield from (order[start : start + BATCH] for start in range(0, n, BATCH))


def _gradients(draw: np.random.Generator, weights: Weights, x: Array, gold: Array) -> Weights:
    """Of the cross-entropy of one batch, with features and hidden units dropped at random."""
    inner, bias, outer, last = weights
    x = x * _kept(draw, x.shape, DROPPED)
    raw = x @ inner + bias
    mask = _kept(draw, raw.shape, DROPPED_HIDDEN)
    active = np.maximum(raw, 0) * mask
    error = (toward.softmax(active @ outer + last) - gold) / len(x)
    back = (error @ outer.T) * mask * (raw > 0)
    return [
        x.T @ back + DECAY * inner, back.sum(axis=0), active.T @ error + DECAY * outer, error.sum(axis=0)
    ]  # fmt: skip


def _kept(draw: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Array:
    return (draw.random(shape, dtype=np.float32) >= dropped) / np.float32(1 - dropped)


def fit_toward(x: Array, y: Array) -> dict[str, Array]:
    """The arrays that :func:`framing.wording.toward.networks` reads, uncalibrated."""
    mean, scale = standardise(x)
    z = np.clip((x - mean) / scale, -toward.CLIP, toward.CLIP).astype(np.float32)
    nets = [network(z, y, SEED + n) for n in range(NETWORKS)]
    names = ("inner", "bias", "outer", "last")
    held = {name: np.stack([net[i] for net in nets]) for i, name in enumerate(names)}
    return held | {"mean": mean, "scale": scale, "slope": np.array(1.0)}


def slope(scores: Array, y: Array) -> float:
    """What the scores of unseen rows are multiplied by to be calibrated (Guo et al. 2017, ICML)."""
    tried = np.arange(0.5, 2.5, 0.02)
    rows_ = np.arange(len(y))
    loss = [-np.log(toward.softmax(s * scores)[rows_, y]).mean() for s in tried]
    return float(tried[int(np.argmin(loss))])


def train_toward(corpora: Path, source: Path, out: Path) -> None:
    """``newsmtsc.jsonl``: text, from, to, label. Needs the vectors in place."""
    features, labels, groups = [], [], []
    for row in rows(corpora, "newsmtsc"):
        seen = sentence(row["text"])
        at = toward.target_words(seen, Span(row["from"], row["to"]))
        if at is not None:
            features.append(toward.features(seen, at))
            labels.append(toward.LABELS.index(row["label"]))
            groups.append(group(row["text"]))
    x, y = np.array(features), np.array(labels)
    scores = np.zeros((len(y), len(toward.LABELS)))
    for train, test in folds(groups):
        scores[test] = toward.as_networks(fit_toward(x[train], y[train])).scores(x[test])
    told = scores.argmax(axis=1)
    sharpened = slope(scores, y)
    top = toward.softmax(sharpened * scores).max(axis=1)
    report(
        task="newsmtsc",
        macro_f1=f1_score(y, told, average="macro"),
        by_tone=[round(float(f), 3) for f in f1_score(y, told, average=None)],
        n=len(y),
        ece=calibration_error((told == y).astype(float), top),
    )
    held = fit_toward(x, y)
    kinds = {"inner": np.float16, "outer": np.float16}
    write(
        out,
        toward.MODEL,
        {k: v.astype(kinds.get(k, np.float32)) for k, v in {**held, "slope": np.array(sharpened)}.items()},
    )
