"""Trains the models of frames and moral foundations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import f1_score
from train_triggers import Words, arrays_of, fit_triggers
from training import (
    FOLDS,
    STEPS,
    Array,
    best_threshold,
    calibration_error,
    coarse,
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
from framing.wording.triggers import Network
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

# Where the words that tell of a label are marked in the corpus, a network learns them. It counts as much as
# the linear model: both scores vary alike.
BY_WORDS = {"moral_foundations"}

# Thresholds to choose from where one label is as rare as one text in two hundred.
RARE_STEPS = np.geomspace(0.004, 0.9, 150)

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


class Corpus:
    """The rows of a topic's corpus, what a teacher told of further texts, and the features of both.

    ``labels`` or ``label`` and text of the file that :data:`TOPICS` names; the file's name with ``_told``
    (see ``teach.py``), where there is one: text, told and, of a text that belongs to a row, its ``id``.
    """

    def __init__(self, name: str, corpora: Path) -> None:
        self.file, self.labels, column, self.bits, self.c, list_weight = TOPICS[name]
        self.data, self.more = rows(corpora, self.file), rows_told(corpora, self.file)
        names = [r.get("labels") or [r.get("label")] for r in self.data]
        self.y = np.array([[int(label in own) for label in self.labels] for own in names])
        self.parts = folds([group(str(r[column])) for r in self.data])
        told = np.array([r["told"] for r in self.more])
        self.told = told.reshape(len(self.more), FOLDS + 1, len(self.labels))
        self.seen = [sentence(r["text"]) for r in [*self.data, *self.more]]
        self._of = [Sentences([s]) for s in self.seen]
        self.by_letters = BY_LETTERS.get(name, 0.0)
        self._counted = stacked([topics.stems(one.keys) for one in self._of], self.bits)
        if self.by_letters:
            self._counted += stacked([topics.characters(one.keys) for one in self._of], self.bits)
        self.weights = block_weights(list_weight)
        self.words = Words(self.seen, [*self.data, *self.more]) if name in BY_WORDS else None

    def added(self, train: Array) -> Array:
        """Which told texts may be learned from beside the rows ``train``, by their place behind all rows."""
        left_out = {r["id"] for r in self.data} - {self.data[i]["id"] for i in train}
        return np.array([i for i, r in enumerate(self.more) if r.get("id") not in left_out], int)

    def fitted(self, train: Array, fold: int) -> tuple[Array, Array, Array]:
        """Coefficients, intercepts and document frequencies by the rows ``train`` and a fold's teacher."""
        added, n = self.added(train), len(train)
        at = np.concatenate([train, len(self.y) + added])
        idf = document_frequencies(self._counted[at])
        x = self.featurise(at, idf)
        return *fitted(x[:n], self.y[train], x[n:], self.told[added, fold], self.c), idf

    def featurise(self, at: Array, idf: Array) -> sp.csr_matrix:
        """The features of texts, the dense ones weighted."""
        made = [topics.features(self._of[i], idf.astype(np.float32), self.by_letters) for i in at]
        dense = np.clip(np.concatenate([m[1] for m in made]), -CLIP, CLIP) * self.weights
        return sp.hstack([stacked([m[0] for m in made], self.bits), dense]).tocsr()

    def network(self, words: Words, train: Array, fold: int) -> Network:
        """The network over words by the rows ``train`` and a fold's teacher."""
        added = self.added(train)
        at = np.concatenate([train, len(self.y) + added])
        gold = np.concatenate([self.y[train], self.told[added, fold]]).astype(np.float32)
        return fit_triggers(words, at, gold, len(train))

    def unseen(self) -> tuple[Array, Array | None]:
        """Scores of the rows of each part by a model that has not seen it, (n, k).

        And what the network's scores are multiplied by, so that they vary as the linear model's do; (k,).
        """
        scores, pooled = np.zeros(self.y.shape), np.zeros(self.y.shape)
        for fold, (train, test) in enumerate(self.parts):
            coef, b, idf = self.fitted(train, fold)
            scores[test] = self.featurise(test, idf) @ coef + b
            if self.words is not None:
                keys = Sentences([self.seen[i] for i in test]).keys
                pooled[test] = self.network(self.words, train, fold).scores(keys)
        if self.words is None:
            return scores, None
        share = scores.std(axis=0) / pooled.std(axis=0)
        return scores + share * pooled, share


def macro_f1_elsewhere(p: Array, y: Array, parts: list[tuple[Array, Array]]) -> float:
    """Macro-F1 where the thresholds of each part are the best of the others."""
    assigned = np.zeros(y.shape, bool)
    for train, test in parts:
        for k in range(y.shape[1]):
            assigned[test, k] = p[test, k] >= best_threshold(p[train, k], y[train, k], RARE_STEPS)
    return float(f1_score(y, assigned, average="macro", zero_division=0))


def train_topics(name: str, corpora: Path, out: Path) -> None:
    """Prints cross-validated figures and writes the model ``name`` of :data:`TOPICS`."""
    corpus = Corpus(name, corpora)
    labels, y = corpus.labels, corpus.y
    scores, share = corpus.unseen()
    fits = [platt(scores[:, k], y[:, k]) for k in range(len(labels))]
    p = np.stack([expit(a * scores[:, k] + b) for k, (a, b) in enumerate(fits)], axis=1)
    at_least_one = name == "gun_violence_frames"  # its headlines all have one label or two
    steps = RARE_STEPS if name in BY_WORDS else STEPS
    least = [
        AT_LEAST_ONE_THRESHOLD if at_least_one else best_threshold(p[:, k], y[:, k], steps)
        for k in range(len(labels))
    ]
    assigned = p >= np.array(least)
    held: dict[str, Array] = {}
    if at_least_one:
        assigned |= p >= p.max(axis=1, keepdims=True)
    if name == "policy_frames":
        mixed = topics.mix(p, topics.list_shares(corpus.seen[: len(y)], labels))
        assigned = mixed >= mixed.max(axis=1, keepdims=True)
        mixed_fits = [platt(logit(mixed[:, k]), y[:, k]) for k in range(len(labels))]
        p = np.stack([expit(a * logit(mixed[:, k]) + b) for k, (a, b) in enumerate(mixed_fits)], axis=1)
        held |= {
            "mixed_slope": np.array([a for a, _ in mixed_fits]),
            "mixed_shift": np.array([b for _, b in mixed_fits]),
        }
    report(
        task=corpus.file, n=len(y), macro_f1=f1_score(y, assigned, average="macro", zero_division=0),
        by_label=[round(float(f), 3) for f in f1_score(y, assigned, average=None, zero_division=0)],
        ece=float(np.mean([calibration_error(y[:, k], p[:, k]) for k in range(len(labels))])),
    )  # fmt: skip
    if name in BY_WORDS:
        report(task=corpus.file, macro_f1_by_thresholds_of_other_folds=macro_f1_elsewhere(p, y, corpus.parts))
    every = np.arange(len(corpus.y))
    coef, b, idf = corpus.fitted(every, -1)
    n = 1 << corpus.bits
    coef[n:] *= corpus.weights[:, None]
    held |= unscaled("", coef, n, b, [a for a, _ in fits], [b for _, b in fits], least)
    if corpus.words is not None and share is not None:
        held |= arrays_of(corpus.network(corpus.words, every, -1), share)
        held["sparse"] = coarse(held["sparse"])
    held["idf"] = idf.astype(np.float16)
    held["at_least_one"] = np.array(at_least_one)
    if corpus.by_letters:
        held["characters"] = np.array(corpus.by_letters, np.float32)
    held["labels"] = np.frombuffer("\n".join(labels).encode(), np.uint8)
    write(out, name, held)
