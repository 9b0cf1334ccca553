"""Trains the model of tone toward a target."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import f1_score
from training import (
    SEED,
    Array,
    Plan,
    Row,
    Weights,
    adam,
    calibration_error,
    folds,
    group,
    kept,
    report,
    rows,
    rows_told,
    stacked,
    standardise,
    write,
)

from framing.article import Span
from framing.wording import toward
from framing.wording.words import Sentence, sentence

HIDDEN, BITS, EPOCHS, BATCH, RATE = 256, 17, 12, 128, 1e-3
# Parts dropped at random at each step (Srivastava et al. 2014, JMLR): little of the dense
# features and of the hidden units, as a teacher labelled several times the corpus.
DROPPED, DROPPED_HIDDEN, DROPPED_NAMES = 0.1, 0.1, 0.3
DECAY, DECAY_NAMES = 3e-5, 1e-5
# Weight of the named features beside the dense ones while training; multiplied in afterwards.
NAMES = 0.3


def fit(z: Array, names: sp.csr_matrix, gold: Array) -> Weights:
    """Weights and biases by probabilities of the tones, (n, 3); the rate falls to nought."""
    draw, n = np.random.default_rng(SEED), len(gold)
    d, k = z.shape[1], gold.shape[1]
    weights = [
        draw.standard_normal((d, HIDDEN)) * np.sqrt(2 / d), np.zeros(HIDDEN),
        draw.standard_normal((HIDDEN, k)) * np.sqrt(1 / HIDDEN), np.zeros(k),
        np.zeros((names.shape[1], k)),
    ]  # fmt: skip
    plan = Plan(n, BATCH, EPOCHS, RATE)
    return adam(weights, draw, plan, lambda w, at: _gradients(draw, w, z[at], names[at], gold[at]))


def _gradients(
    draw: np.random.Generator, weights: Weights, x: Array, names: sp.csr_matrix, gold: Array
) -> Weights:
    """Of the cross-entropy of one batch, with features and hidden units dropped at random."""
    inner, bias, outer, last, placed = weights
    x = x * kept(draw, x.shape, DROPPED)
    names.data = names.data * kept(draw, names.data.shape, DROPPED_NAMES) * np.float32(NAMES)
    raw = x @ inner + bias
    mask = kept(draw, raw.shape, DROPPED_HIDDEN)
    active = np.maximum(raw, 0) * mask
    error = ((toward.softmax(active @ outer + last + names @ placed) - gold) / len(x)).astype(np.float32)
    back = (error @ outer.T) * mask * (raw > 0)
    return [
        x.T @ back + DECAY * inner, back.sum(axis=0), active.T @ error + DECAY * outer, error.sum(axis=0),
        names.T @ error + np.float32(DECAY_NAMES) * placed,
    ]  # fmt: skip


def fit_toward(x: Array, names: sp.csr_matrix, gold: Array) -> dict[str, Array]:
    """The arrays that :func:`framing.wording.toward.network` reads, uncalibrated."""
    mean, scale = standardise(x)
    z = np.clip((x - mean) / scale, -toward.CLIP, toward.CLIP).astype(np.float32)
    fields = ("inner", "bias", "outer", "last", "placed")
    held = dict(zip(fields, fit(z, names, gold), strict=True))
    return held | {"placed": NAMES * held["placed"], "mean": mean, "scale": scale, "slope": np.array(1.0)}


def slope(scores: Array, y: Array) -> float:
    """What the scores of unseen rows are multiplied by to be calibrated (Guo et al. 2017, ICML)."""
    tried = np.arange(0.2, 2.5, 0.02)
    rows_ = np.arange(len(y))
    loss = [-np.log(toward.softmax(s * scores)[rows_, y]).mean() for s in tried]
    return float(tried[int(np.argmin(loss))])


def _mentions(data: list[Row]) -> list[tuple[Row, Sentence, tuple[int, int]]]:
    """The rows whose target has a word, with their sentence and the words of the target."""
    out = []
    for row in data:
        seen = sentence(row["text"])
        at = toward.target_words(seen, Span(row["from"], row["to"]))
        if at is not None:
            out.append((row, seen, at))
    return out


def train_toward(corpora: Path, source: Path, out: Path) -> None:
    """``newsmtsc.jsonl``: text, from, to, label; ``newsmtsc_told.jsonl`` (see ``teach.py``): text, from,
    to, told. Needs the vectors in place."""
    mentions = _mentions(rows(corpora, "newsmtsc"))
    n, y = len(mentions), np.array([toward.LABELS.index(row["label"]) for row, _, _ in mentions])
    groups = [group(row["text"]) for row, _, _ in mentions]
    mentions += _mentions(rows_told(corpora, "newsmtsc"))
    told = np.array([row["told"] for row, _, _ in mentions[n:]], np.float32)  # (told, folds + 1, 3)
    made = [toward.features([seen], [at]) for _, seen, at in mentions]
    x = np.concatenate([dense for dense, _ in made])
    names = stacked([named for _, named in made], BITS)
    gold = np.eye(len(toward.LABELS), dtype=np.float32)[y]
    more = np.arange(n, len(mentions))

    def fitted(train: Array, fold: int) -> dict[str, Array]:
        at = np.concatenate([train, more])
        return fit_toward(x[at], names[at], np.concatenate([gold[train], told[:, fold]]))

    scores = np.zeros((n, len(toward.LABELS)))
    for fold, (train, test) in enumerate(folds(groups)):
        model = toward.as_network(fitted(train, fold))
        scores[test] = [model.scores(*made[i])[0] for i in test]
    likeliest = scores.argmax(axis=1)
    sharpened = slope(scores, y)
    top = toward.softmax(sharpened * scores).max(axis=1)
    report(
        task="newsmtsc",
        macro_f1=f1_score(y, likeliest, average="macro"),
        by_tone=[round(float(f), 3) for f in f1_score(y, likeliest, average=None)],
        n=n,
        ece=calibration_error((likeliest == y).astype(float), top),
    )
    held = fitted(np.arange(n), -1) | {"slope": np.array(sharpened)}
    kinds = dict.fromkeys(("inner", "outer", "placed"), np.float16)
    write(out, toward.MODEL, {k: v.astype(kinds.get(k, np.float32)) for k, v in held.items()})
