"""Trains the models of frames and moral foundations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import f1_score
from training import (
    FOLDS,
    Array,
    best_threshold,
    calibration_error,
    expit,
    folds,
    group,
    logistic,
    platt,
    report,
    rows,
    rows_told,
    stacked,
    unscaled,
    write,
)

from framing import lexicon
from framing.wording import topics
from framing.wording.linear import CLIP, logit
from framing.wording.sentences import Sentences
from framing.wording.vectors import DIMENSIONS
from framing.wording.words import sentence

# Weight of the vectors beside words of unit length. It acts through the penalty of the
# fit and is multiplied into the weights afterwards, as is that of the lists.
VECTOR_WEIGHT = 0.1

# name -> (file, labels, column that groups rows, bits, C, weight of the lists)
TOPICS: dict[str, tuple[str, tuple[str, ...], str, int, float, float]] = {
    "policy_frames": (
        "frac", ("economic", "morality", "fairness", "legality_crime", "political_policy", "security_defense",
        "health_safety", "cultural_identity", "public_opinion", "other"), "id", 14, 5.0, 0.2,
    ),
    "gun_violence_frames": (
        "gvfc", ("gun_rights", "gun_control", "politics", "mental_health", "public_safety", "race_ethnicity",
        "public_opinion", "society_culture", "economic"), "id", 16, 40.0, 0.05,
    ),
    "generic_frames": ("frames5", ("CO", "HI", "EC", "MO", "RE"), "id", 16, 5.0, 0.2),
    "moral_foundations": (
        "moralevents", ("care", "fairness", "loyalty", "authority", "sanctity"), "event", 17, 0.3, 0.2,
    ),
}  # fmt: skip


AT_LEAST_ONE_THRESHOLD = 0.45

# Weight of runs of characters: they help where a text is a headline and its corpus small.
BY_LETTERS = {"gun_violence_frames": 1.0}


def document_frequencies(x: sp.csr_matrix) -> Array:
    """Smoothed inverse document frequency of each bucket."""
    return np.log((x.shape[0] + 1) / (np.asarray((x > 0).sum(axis=0)).ravel() + 1))


def block_weights(list_weight: float) -> Array:
    """A weight for each dense feature: vectors, then lists."""
    n_lists = 3 * sum(len(lexicon.load(name).card.categories) for name in topics.LISTS)
    return np.r_[np.full(3 * DIMENSIONS, VECTOR_WEIGHT), np.full(n_lists, list_weight)]


def fitted(x: sp.csr_matrix, y: Array, more: sp.csr_matrix, told: Array, c: float) -> tuple[Array, Array]:
    """Coefficients (m, k) and intercepts (k,) by labels, and by a teacher's probabilities of ``more`` texts.

    Such a text counts once with and once without the label, by its probability.
    """
    fits = []
    for labels, probability in zip(y.T, told.T, strict=True):
        if not len(told):
            fits.append(logistic(x, labels, c, balanced=True))
            continue
        rows_ = sp.vstack([x, more, more]).tocsr()
        yes = len(labels) / (2 * labels.sum())
        no = len(labels) / (2 * (len(labels) - labels.sum()))
        weight = np.concatenate([np.where(labels, yes, no), yes * probability, no * (1 - probability)])
        gold = np.concatenate([labels, np.ones(len(told)), np.zeros(len(told))])
        kept = weight > 0
        fits.append(logistic(rows_[kept], gold[kept], c, weight=weight[kept]))
    return np.stack([w for w, _ in fits], axis=1), np.array([b for _, b in fits])


def train_topics(name: str, corpora: Path, out: Path) -> None:
    """``labels`` or ``label`` and text of the file that :data:`TOPICS` names; the file's name with
    ``_told`` (see ``teach.py``), where there is one: text, told and, of a text that belongs to a row, its
    ``id``."""
    file, labels, column, bits, c, list_weight = TOPICS[name]
    data, more = rows(corpora, file), rows_told(corpora, file)
    y = np.array([[int(label in (r.get("labels") or [r.get("label")])) for label in labels] for r in data])
    told = np.array([r["told"] for r in more]).reshape(len(more), FOLDS + 1, len(labels))
    seen = [sentence(r["text"]) for r in [*data, *more]]
    of = [Sentences([s]) for s in seen]
    by_letters = BY_LETTERS.get(name, 0.0)
    counted = stacked([topics.stems(one.keys) for one in of], bits)
    if by_letters:
        counted += stacked([topics.characters(one.keys) for one in of], bits)
    weights = block_weights(list_weight)

    def featurise(at: Array, idf: Array) -> sp.csr_matrix:
        made = [topics.features(of[i], idf.astype(np.float32), by_letters) for i in at]
        dense = np.clip(np.concatenate([m[1] for m in made]), -CLIP, CLIP) * weights
        return sp.hstack([stacked([m[0] for m in made], bits), dense]).tocsr()

    scores = np.zeros(y.shape)
    for fold, (train, test) in enumerate(folds([group(str(r[column])) for r in data])):
        unseen = {data[i]["id"] for i in test}
        added = np.array([i for i, r in enumerate(more) if r.get("id") not in unseen], int)
        at, n = np.concatenate([train, len(y) + added]), len(train)
        idf = document_frequencies(counted[at])
        x = featurise(at, idf)
        coef, b = fitted(x[:n], y[train], x[n:], told[added, fold], c)
        scores[test] = featurise(test, idf) @ coef + b
    fits = [platt(scores[:, k], y[:, k]) for k in range(len(labels))]
    p = np.stack([expit(a * scores[:, k] + b) for k, (a, b) in enumerate(fits)], axis=1)
    at_least_one = name == "gun_violence_frames"  # its headlines all have one label or two
    least = [
        AT_LEAST_ONE_THRESHOLD if at_least_one else best_threshold(p[:, k], y[:, k])
        for k in range(len(labels))
    ]
    assigned = p >= np.array(least)
    held: dict[str, Array] = {}
    if at_least_one:
        assigned |= p >= p.max(axis=1, keepdims=True)
    if name == "policy_frames":
        mixed = topics.mix(p, topics.list_shares(seen[: len(y)], labels))
        assigned = mixed >= mixed.max(axis=1, keepdims=True)
        mixed_fits = [platt(logit(mixed[:, k]), y[:, k]) for k in range(len(labels))]
        p = np.stack([expit(a * logit(mixed[:, k]) + b) for k, (a, b) in enumerate(mixed_fits)], axis=1)
        held |= {
            "mixed_slope": np.array([a for a, _ in mixed_fits]),
            "mixed_shift": np.array([b for _, b in mixed_fits]),
        }
    report(task=file, macro_f1=f1_score(y, assigned, average="macro", zero_division=0),
        ece=float(np.mean([calibration_error(y[:, k], p[:, k]) for k in range(len(labels))])))  # fmt: skip
    idf = document_frequencies(counted)
    x = featurise(np.arange(len(seen)), idf)
    coef, b = fitted(x[: len(y)], y, x[len(y) :], told[:, -1], c)
    n = 1 << bits
    coef[n:] *= weights[:, None]
    held |= unscaled("", coef, n, b, [a for a, _ in fits], [b for _, b in fits], least)
    held["idf"] = idf.astype(np.float16)
    held["at_least_one"] = np.array(at_least_one)
    if by_letters:
        held["characters"] = np.array(by_letters, np.float32)
    held["labels"] = np.frombuffer("\n".join(labels).encode(), np.uint8)
    write(out, name, held)
