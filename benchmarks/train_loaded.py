"""Trains the model of loaded language and name-calling."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from train_biased import SENTENCE_BITS
from training import (
    OF_MEANING,
    Array,
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

from framing.wording import biased, loaded_language
from framing.wording.features import matrix, ngrams, word_features, word_vectors
from framing.wording.linear import CLIP
from framing.wording.words import sentence

LOADED_BITS, LOADED_C = 20, 0.1
PLAIN_KEPT = 3  # one in so many lines without a phrase is kept for the words


def train_loaded(corpora: Path, source: Path, out: Path) -> None:
    """``ptc.jsonl``: text, loaded, name, label, doc. Needs biased_wording in place, and what it needs."""
    table = meanings(corpora)
    data = [r for r in rows(corpora, "ptc") if len(sentence(r["text"]))]
    readings = [biased.read((r["text"],)) for r in data]
    of = [one.of for one in readings]
    seen = [one.seen[0] for one in of]
    told = [loaded_language.first(one) for one in readings]
    hard = [marked(s, r["loaded"] + r["name"]) for s, r in zip(seen, data, strict=True)]
    y = np.array([int(h.any()) for h in hard])
    words = [
        sp.hstack(
            [
                of_words(word_features(s), LOADED_BITS),
                word_vectors(matrix(s.keys)),
                loaded_language.word_told(t, one.texts),
                word_meanings(s.keys, table),
            ]
        ).tocsr()
        for s, t, one in zip(seen, told, of, strict=True)
    ]
    x = stacked([ngrams(s.keys) for s in seen], SENTENCE_BITS)
    docs = [group(r["doc"]) for r in data]
    n = 1 << LOADED_BITS

    def word_model(at: Array) -> tuple[Array, float]:
        taught = [i for i in at if y[i] or i % PLAIN_KEPT == 0]
        weight = np.concatenate([np.full(len(seen[i]), 1.0 if y[i] else float(PLAIN_KEPT)) for i in taught])
        return logistic(
            sp.vstack([words[i] for i in taught]).tocsr(),
            np.concatenate([hard[i] for i in taught]),
            LOADED_C,
            weight,
        )

    odds: list[Array] = [np.zeros(0)] * len(y)
    for train, test in folds(docs):
        coef, b = word_model(train)
        for i in test:
            odds[i] = words[i] @ coef + b
    dense = np.concatenate([loaded_language.sentence_dense(*one) for one in zip(of, odds, told, strict=True)])
    scores = np.zeros(len(y))
    for train, test in folds(docs):
        sparse, weights, mean, scale, b = fit_sentences(x[train], dense[train], y[train])
        scores[test] = x[test] @ sparse + np.clip((dense[test] - mean) / scale, -CLIP, CLIP) @ weights + b
    y_words, o_words = np.concatenate(hard), np.concatenate(odds)
    net = opinions(corpora, "ptc")
    word_slope, word_shift, word_weight = platt_of_two(o_words, net["words"], y_words)
    p_words = expit(word_slope * (o_words + word_weight * net["words"]) + word_shift)
    least = best_threshold(p_words, y_words)
    slope, shift, weight = platt_of_two(scores, net["whole"], y)
    p = expit(slope * (scores + weight * net["whole"]) + shift)
    report(
        task="ptc_words",
        f1=f1_score(y_words, p_words >= least),
        ap=average_precision_score(y_words, p_words),
        threshold=least,
        ece=calibration_error(y_words, p_words),
    )
    report(
        task="ptc",
        macro_f1=f1_score(y, p > 0.5, average="macro"),
        auc=roc_auc_score(y, p),
        ece=calibration_error(y, p),
    )
    coef, b = word_model(np.arange(len(y)))
    coef, of_meanings = np.split(coef, [len(coef) - table.shape[1]])
    held = unscaled("words_", coef[:, None], n, [b], [word_slope], [word_shift], [least])
    held["words_meanings"] = (OF_MEANING * table @ of_meanings).astype(np.float16)
    sparse, weights, mean, scale, b = fit_sentences(x, dense, y)
    held |= model_arrays(
        "sentence_", sparse[:, None], weights[:, None], mean, scale, [b], [slope], [shift], [0.5]
    )
    held |= {"sentence_net": np.float32([weight]), "words_net": np.float32([word_weight])}
    write(out, loaded_language.MODEL, held)
