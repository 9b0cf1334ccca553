"""Trains the model of biased wording, sentences and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from training import (
    INNER_FOLDS,
    OF_MEANING,
    Array,
    Row,
    best_threshold,
    calibration_error,
    expit,
    fit_sentences,
    folds,
    group,
    logistic,
    marked,
    meanings,
    model_arrays,
    of_words,
    opinions,
    platt_of_two,
    report,
    rows,
    stacked,
    unscaled,
    word_meanings,
    write,
)

from framing.wording import biased
from framing.wording.features import matrix, ngrams, pooled, style, word_features, word_vectors
from framing.wording.groups import Groups
from framing.wording.linear import CLIP
from framing.wording.vectors import DIMENSIONS
from framing.wording.words import Sentence, sentence

WORD_BITS, SENTENCE_BITS = 18, 17
WORD_C = 0.3


def votes(seen: Sentence, by_word: Mapping[str, int]) -> Array:
    """Votes of annotators for each word, 0 to 5."""
    parts = {p.lower(): n for w, n in sorted(by_word.items()) for p in sentence(w).words}
    return np.array([parts.get(w.lower(), 0) for w in seen.words], float)


# Words that are frequent and never marked teach little: one in so many of them is kept, at
# so many times the weight.
QUIET_FROM, QUIET_KEPT = 8, 4


def fit_words(x: sp.csr_matrix, soft: Array, keys: Sequence[str]) -> tuple[Array, float]:
    """Each word is a positive row of weight ``soft`` and a negative row of the rest."""
    seen, ever = Counter(keys), {key for key, value in zip(keys, soft, strict=True) if value > 0}
    quiet = np.array([key not in ever and seen[key] >= QUIET_FROM for key in keys])
    kept = ~quiet | (np.cumsum(quiet) % QUIET_KEPT == 0)
    x, soft, weight = x[kept], soft[kept], np.where(quiet, QUIET_KEPT, 1.0)[kept]
    some, rest = soft > 0, soft < 1
    both = sp.vstack([x[rest], x[some]]).tocsr()
    y = np.r_[np.zeros(rest.sum()), np.ones(some.sum())]
    return logistic(both, y, WORD_C, np.r_[(weight * (1 - soft))[rest], soft[some]])


class Biased:
    """BABE, its features made once, fitted on any of its rows."""

    def __init__(self, corpora: Path) -> None:
        self.rows = rows(corpora, "babe")
        self.y = np.array([r["label"] for r in self.rows])
        self.seen = [sentence(r["text"]) for r in self.rows]
        self.meanings = meanings(corpora)
        self.words = [
            sp.hstack(
                [
                    of_words(word_features(s), WORD_BITS),
                    word_vectors(matrix(s.keys)),
                    word_meanings(s.keys, self.meanings),
                ]
            ).tocsr()
            for s in self.seen
        ]
        self.hard = [marked(s, r["spans"]) for s, r in zip(self.seen, self.rows, strict=True)]
        self.soft = [
            0.5 * votes(s, r["votes"]) / 5 + 0.5 * h
            for s, r, h in zip(self.seen, self.rows, self.hard, strict=True)
        ]
        self.x = stacked([ngrams(s.keys) for s in self.seen], SENTENCE_BITS)
        self.plain = np.array([np.r_[style(s), pooled(s.keys)] for s in self.seen])
        self.with_words = np.array([r["has_words"] for r in self.rows])

    def word_model(self, at: Array) -> tuple[Array, float]:
        """A word model of the rows ``at``."""
        at = np.array([i for i in at if self.with_words[i] and len(self.seen[i])])
        keys = [key for i in at for key in self.seen[i].keys]
        return fit_words(
            sp.vstack([self.words[i] for i in at]).tocsr(), np.concatenate([self.soft[i] for i in at]), keys
        )

    def odds(self, model: tuple[Array, float], at: Array) -> list[Array]:
        """Log odds of the words of the rows ``at``."""
        return [self.words[i] @ model[0] + model[1] if len(self.seen[i]) else np.zeros(0) for i in at]

    def dense(self, odds: Sequence[Array], at: Array) -> Array:
        """The dense features of the sentence model."""
        return np.hstack(
            [biased.word_summary(np.concatenate(odds), Groups.of_lengths([*map(len, odds)])), self.plain[at]]
        )

    def unseen_odds(self, at: Array, groups: Sequence[int]) -> list[Array]:
        """Log odds of the words of the rows ``at``, each by a word model that did not see its article."""
        out: list[Array] = [np.zeros(0)] * len(at)
        for train, test in folds([groups[i] for i in at], INNER_FOLDS):
            for place, odds in zip(test, self.odds(self.word_model(at[train]), at[test]), strict=True):
                out[place] = odds
        return out

    def cross_validate(
        self, parts: Sequence[tuple[Array, Array]], inner: Sequence[int]
    ) -> tuple[Array, list[Array]]:
        """Scores of sentences and log odds of words, each by models that saw no row of its part."""
        scores, odds = np.zeros(len(self.y)), [np.zeros(0)] * len(self.y)
        for train, test in parts:
            learned = self.dense(self.unseen_odds(train, inner), train)
            here = self.odds(self.word_model(train), test)
            sparse, dense, mean, scale, intercept = fit_sentences(self.x[train], learned, self.y[train])
            z = np.clip((self.dense(here, test) - mean) / scale, -CLIP, CLIP)
            scores[test] = self.x[test] @ sparse + z @ dense + intercept
            for i, o in zip(test, here, strict=True):
                odds[i] = o
        return scores, odds


_OUTLET_NAMES = {"The Federalist": "Federalist", "The Daily Beast": "Daily Beast", "Huffpost": "HuffPost"}


def outlet_group(row: Row) -> int:
    """The group of a row by its outlet."""
    return group(_OUTLET_NAMES.get(row["outlet"], row["outlet"]) or row["id"])


def by_outlet(data: Biased, p: Array) -> dict[str, float]:
    """Accuracy on the outlets with at least 50 sentences."""
    names = np.array([_OUTLET_NAMES.get(r["outlet"], r["outlet"]) or "" for r in data.rows])
    right = (p > 0.5) == data.y
    known = sorted(name for name in set(names) if name and (names == name).sum() >= 50)
    return {name: round(float(right[names == name].mean()), 3) for name in known}


def train_biased(corpora: Path, source: Path, out: Path) -> None:
    """``babe.jsonl``: text, label, spans, votes, url, outlet. Needs what :mod:`meanings` and :mod:`train_net`
    write."""
    data = Biased(corpora)
    everything = np.arange(len(data.y))
    articles = [group(r["url"] or r["id"]) for r in data.rows]
    outlets = [outlet_group(r) for r in data.rows]
    outlet_scores, _ = data.cross_validate(folds(outlets), articles)
    scores, odds = data.cross_validate(folds(articles), articles)
    net = opinions(corpora, "babe")
    slope, shift, weight = platt_of_two(scores, net["whole"], data.y)
    p = expit(slope * (scores + weight * net["whole"]) + shift)
    q = expit(slope * (outlet_scores + weight * net["outlets"]) + shift)
    report(
        task="babe",
        grouped_by="article",
        macro_f1=f1_score(data.y, p > 0.5, average="macro"),
        auc=roc_auc_score(data.y, p),
        ece=calibration_error(data.y, p),
    )
    report(
        task="babe",
        grouped_by="outlet",
        macro_f1=f1_score(data.y, q > 0.5, average="macro"),
        auc=roc_auc_score(data.y, q),
        ece=calibration_error(data.y, q),
    )
    report(
        task="babe", accuracy_by_outlet=by_outlet(data, p), accuracy_of_outlets_left_out=by_outlet(data, q)
    )
    at = [i for i in everything if data.with_words[i]]
    y_words, o_words = np.concatenate([data.hard[i] for i in at]), np.concatenate([odds[i] for i in at])
    known = np.repeat(data.with_words, [len(s) for s in data.seen])
    told = net["words"][known]
    word_slope, word_shift, word_weight = platt_of_two(o_words, told, y_words)
    p_words = expit(word_slope * (o_words + word_weight * told) + word_shift)
    least = best_threshold(p_words, y_words)
    report(
        task="babe_words",
        f1=f1_score(y_words, p_words >= least),
        ap=average_precision_score(y_words, p_words),
        threshold=least,
        ece=calibration_error(y_words, p_words),
    )
    coef, intercept = data.word_model(everything)
    n = 1 << WORD_BITS
    coef, of_meanings = np.split(coef, [n + 4 * DIMENSIONS])
    held = unscaled("words_", coef[:, None], n, [intercept], [word_slope], [word_shift], [least])
    held["words_meanings"] = (OF_MEANING * data.meanings @ of_meanings).astype(np.float16)
    dense_rows = data.dense(data.unseen_odds(everything, articles), everything)
    sparse, dense, mean, scale, b = fit_sentences(data.x, dense_rows, data.y)
    held |= model_arrays(
        "sentence_", sparse[:, None], dense[:, None], mean, scale, [b], [slope], [shift], [0.5]
    )
    held |= {"sentence_net": np.float32([weight]), "words_net": np.float32([word_weight])}
    write(out, biased.MODEL, held)
