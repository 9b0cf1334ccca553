"""Trains the models of frames and moral foundations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import f1_score
from training import (
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
    stacked,
    unscaled,
    write,
)

from framing import lexicon
from framing.wording import topics
from framing.wording.linear import CLIP, logit
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
        "public_opinion", "society_culture", "economic"), "id", 18, 20.0, 0.05,
    ),
    "generic_frames": ("frames5", ("CO", "HI", "EC", "MO", "RE"), "id", 16, 5.0, 0.2),
    "moral_foundations": (
        "moralevents", ("care", "fairness", "loyalty", "authority", "sanctity"), "event", 17, 0.3, 0.2,
    ),
}  # fmt: skip


AT_LEAST_ONE_THRESHOLD = 0.4

# Weight of runs of characters: they help where a text is a headline and its corpus small.
BY_LETTERS = {"gun_violence_frames": 0.7}


def document_frequencies(x: sp.csr_matrix) -> Array:
    """Smoothed inverse document frequency of each bucket."""
    return np.log((x.shape[0] + 1) / (np.asarray((x > 0).sum(axis=0)).ravel() + 1))


def block_weights(list_weight: float) -> Array:
    """A weight for each dense feature: vectors, then lists."""
    n_lists = 3 * sum(len(lexicon.load(name).card.categories) for name in topics.LISTS)
    return np.r_[np.full(3 * DIMENSIONS, VECTOR_WEIGHT), np.full(n_lists, list_weight)]


def train_topics(name: str, corpora: Path, out: Path) -> None:
    """``labels`` or ``label`` and text of the file that :data:`TOPICS` names."""
    file, labels, column, bits, c, list_weight = TOPICS[name]
    data = rows(corpora, file)
    y = np.array([[int(label in (r.get("labels") or [r.get("label")])) for label in labels] for r in data])
    seen = [sentence(r["text"]) for r in data]
    by_letters = BY_LETTERS.get(name, 0.0)
    counted = stacked([topics.stems(s.keys) for s in seen], bits)
    if by_letters:
        counted += stacked([topics.characters(s.keys) for s in seen], bits)
    weights = block_weights(list_weight)

    def featurise(at: Array, idf: Array) -> sp.csr_matrix:
        made = [topics.features(seen[i], idf.astype(np.float32), by_letters) for i in at]
        dense = np.clip(np.array([m[1] for m in made]), -CLIP, CLIP) * weights
        return sp.hstack([stacked([m[0] for m in made], bits), dense]).tocsr()

    scores = np.zeros(y.shape)
    for train, test in folds([group(str(r[column])) for r in data]):
        idf = document_frequencies(counted[train])
        x_train, x_test = featurise(train, idf), featurise(test, idf)
        for k in range(len(labels)):
            coef, b = logistic(x_train, y[train, k], c, balanced=True)
            scores[test, k] = x_test @ coef + b
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
        mixed = np.array([topics.mix(q, topics.list_shares(s, labels)) for q, s in zip(p, seen, strict=True)])
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
    x = featurise(np.arange(len(y)), idf)
    fitted = [logistic(x, y[:, k], c, balanced=True) for k in range(len(labels))]
    coef = np.stack([w for w, _ in fitted], axis=1)
    n = 1 << bits
    coef[n:] *= weights[:, None]
    held |= unscaled("", coef, n, [b for _, b in fitted], [a for a, _ in fits], [b for _, b in fits], least)
    held["idf"] = idf.astype(np.float16)
    held["at_least_one"] = np.array(at_least_one)
    if by_letters:
        held["characters"] = np.array(by_letters, np.float32)
    held["labels"] = np.frombuffer("\n".join(labels).encode(), np.uint8)
    write(out, name, held)
