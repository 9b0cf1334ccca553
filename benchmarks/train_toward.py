"""Trains the model of tone toward a target."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import f1_score
from sklearn.neural_network import MLPClassifier
from training import (
    Array,
    calibration_error,
    folds,
    group,
    hashed,
    logistic,
    model_arrays,
    report,
    rows,
    standardise,
    write,
)

from framing.article import Span
from framing.wording import toward
from framing.wording.linear import CLIP
from framing.wording.words import sentence

TOWARD_BITS, TOWARD_C, TOWARD_WEIGHT = 18, 0.05, 12.0
HIDDEN, NETWORKS, EPOCHS, ALPHA = 64, 3, 18, 2.0


def fit_toward(x: sp.csr_matrix, dense: Array, y: Array) -> dict[str, Array]:
    """One linear model against the rest for each tone, and a few networks on the dense features."""
    mean, scale = standardise(dense)
    z = np.clip((dense - mean) / scale, -CLIP, CLIP).astype(np.float32)
    both = sp.hstack([x * TOWARD_WEIGHT, z]).tocsr()
    fitted = [logistic(both, (y == c).astype(int), TOWARD_C) for c in range(3)]
    coef = np.stack([w for w, _ in fitted], axis=1)
    n = x.shape[1]
    held = model_arrays(
        "linear_",
        coef[:n] * TOWARD_WEIGHT,
        coef[n:],
        mean,
        scale,
        np.array([b for _, b in fitted]),
        np.ones(3),
        np.zeros(3),
        np.full(3, 0.5),
    )
    nets = [
        MLPClassifier((HIDDEN,), alpha=ALPHA, batch_size=64, max_iter=EPOCHS, random_state=seed).fit(z, y)
        for seed in range(NETWORKS)
    ]
    for name, value in (
        ("hidden_in", [net.coefs_[0] for net in nets]), ("hidden_bias", [net.intercepts_[0] for net in nets]),
        ("hidden_out", [net.coefs_[1] for net in nets]), ("out_bias", [net.intercepts_[1] for net in nets]),
    ):  # fmt: skip
        held[name] = np.stack(value).astype(np.float32)
    return held


def predict_toward(held: Mapping[str, Array], x: sp.csr_matrix, dense: Array) -> Array:
    """Probabilities (n, 3), as :func:`framing.wording.toward.tone` has them."""
    z = np.clip((dense - held["linear_mean"]) / held["linear_scale"], -CLIP, CLIP)
    linear = toward.softmax(
        x @ held["linear_sparse"].astype(np.float32) + z @ held["linear_dense"] + held["linear_intercept"]
    )
    inner = np.maximum(np.einsum("rd,ndh->rnh", z, held["hidden_in"]) + held["hidden_bias"], 0)
    outer = toward.softmax(np.einsum("rnh,nhk->rnk", inner, held["hidden_out"]) + held["out_bias"]).mean(
        axis=1
    )
    return toward.HIDDEN_SHARE * outer + (1 - toward.HIDDEN_SHARE) * linear


def train_toward(corpora: Path, source: Path, out: Path) -> None:
    """``newsmtsc.jsonl``: text, from, to, label."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning

    warnings.simplefilter("ignore", ConvergenceWarning)  # the number of epochs is fixed on purpose
    names, dense, labels, groups = [], [], [], []
    for row in rows(corpora, "newsmtsc"):
        seen = sentence(row["text"])
        at = toward.target_words(seen, Span(row["from"], row["to"]))
        if at is not None:
            one = toward.features(seen, at)
            names.append(one[0])
            dense.append(one[1])
            labels.append(toward.LABELS.index(row["label"]))
            groups.append(group(row["text"]))
    x, d, y = hashed(names, TOWARD_BITS), np.array(dense), np.array(labels)
    p = np.zeros((len(y), 3))
    for train, test in folds(groups):
        p[test] = predict_toward(fit_toward(x[train], d[train], y[train]), x[test], d[test])
    top = p.max(axis=1)
    report(
        task="newsmtsc",
        macro_f1=f1_score(y, p.argmax(axis=1), average="macro"),
        n=len(y),
        ece=calibration_error((p.argmax(axis=1) == y).astype(float), top),
    )
    held = fit_toward(x, d, y)
    for name in ("hidden_in", "hidden_out"):
        held[name] = held[name].astype(np.float16)
    write(out, toward.MODEL, held)
