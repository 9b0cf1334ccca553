"""Trains the model of hedge cues."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from training import (
    best_threshold,
    calibration_error,
    expit,
    folds,
    group,
    logistic,
    marked,
    model_arrays,
    named,
    platt,
    report,
    rows,
    write,
)

from framing.wording import hedging
from framing.wording.sentences import Sentences
from framing.wording.words import sentence

HEDGE_BITS, HEDGE_C = 20, 10.0
HEDGE_TOLERANCE = 1e-4  # few rows and many features: stopped early, the fit loses half a point of F1


def train_hedges(corpora: Path, source: Path, out: Path) -> None:
    """``hedges.jsonl``: text, spans, doc, source."""
    data = rows(corpora, "hedges")
    seen = [sentence(r["text"]) for r in data]
    gold = [marked(s, r["spans"]) for s, r in zip(seen, data, strict=True)]
    places = [(i, j) for i, s in enumerate(seen) for j in range(len(s))]
    cue_words = sorted({seen[i].keys[j] for i, j in places if gold[i][j]})
    places = [(i, j) for i, j in places if seen[i].keys[j] in set(cue_words)]
    starts = np.cumsum([0, *map(len, seen)])
    at = np.array([starts[i] + j for i, j in places])
    x = named(*hedging.features(Sentences(seen), at), len(at), HEDGE_BITS)
    y = np.array([gold[i][j] for i, j in places])
    doc = [group(data[i]["doc"]) for i, _ in places]
    scores = np.full(len(y), -9.0)
    for train, test in folds(doc):
        known = {seen[places[i][0]].keys[places[i][1]] for i in train if y[i]}
        at = np.array([i for i in train if seen[places[i][0]].keys[places[i][1]] in known])
        coef, b = logistic(x[at], y[at], HEDGE_C, tolerance=HEDGE_TOLERANCE)
        ok = np.array([i for i in test if seen[places[i][0]].keys[places[i][1]] in known])
        scores[ok] = x[ok] @ coef + b
    slope, shift = platt(scores, y)
    p = expit(slope * scores + shift)
    least = best_threshold(p, y)
    origin = np.array([data[i]["source"] for i, _ in places])
    by_source = {
        s: round(float(f1_score(y[origin == s], p[origin == s] >= least)), 4) for s in sorted(set(origin))
    }
    report(
        task="hedges_words",
        f1=f1_score(y, p >= least),
        threshold=least,
        ece=calibration_error(y, p),
        by_source=by_source,
    )
    coef, b = logistic(x, y, HEDGE_C, tolerance=HEDGE_TOLERANCE)
    held = model_arrays(
        "", coef[:, None], np.zeros((0, 1)), np.zeros(0), np.ones(0), [b], [slope], [shift], [least]
    )
    held["candidates"] = np.frombuffer("\n".join(cue_words).encode(), np.uint8)
    write(out, hedging.MODEL, held)
