"""Fits the weights of ``framing/passages/likeness.py`` and says how well they do on pairs left out.

    python benchmarks/train_passages.py --pairs PAIRS.jsonl

``PAIRS`` holds labelled pairs of sentences, one JSON object a line: ``a``, ``b``, ``label`` (1 the
same fact, 0 another) and ``group``; pairs of one event have one group, and a group is never on both
sides of a fold. The pairs of ``tests/gold/paraphrases.txt`` are added, each block a group.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from gold_files import paraphrases
from numpy.typing import NDArray
from same_event import pair_statements
from scipy.optimize import minimize

from framing.passages import likeness

Floats = NDArray[np.float64]

REPEATED = ("quoted", "acts", "body", "words long", "shared long", "predicates long", "body long")
REWORDED = ("rest in rest", "rest in rest, each", "numbers shared")
AGAINST = ("other numbers", "negated", "opposed", "undone")
RIDGE = 0.1
# The invented pairs are written to be hard; they weigh less than what outlets print.
PARAPHRASES_WEIGH = 0.6
FOLDS, ROUNDS = 8, 4
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)


def read(path: Path) -> tuple[list[tuple[str, str]], list[int], list[str], list[str]]:
    """Pairs, labels, groups, and which set each pair is of."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    made = list(paraphrases())
    pairs = [(row["a"], row["b"]) for row in rows] + [(p.one, p.other) for p in made]
    labels = [row["label"] for row in rows] + [int(p.same) for p in made]
    groups = [row["group"] for row in rows] + [f"block {p.block}" for p in made]
    return pairs, labels, groups, ["real"] * len(rows) + ["paraphrases"] * len(made)


def fit(x: dict[str, Floats], y: Floats, weight: Floats) -> Floats:
    """Weights of the three groups of features, then the two constants; signs are fixed."""
    repeated, reworded, against = (np.column_stack([x[n] for n in g]) for g in (REPEATED, REWORDED, AGAINST))
    a, b, c = len(REPEATED), len(REWORDED), len(AGAINST)
    ridge = RIDGE * np.r_[np.ones(a + b), np.full(c, 0.1), 0, 0]

    def loss(t: Floats) -> tuple[float, Floats]:
        shift = against @ t[a + b : a + b + c]
        p1 = 1 / (1 + np.exp(-(repeated @ t[:a] + shift + t[-2])))
        p2 = 1 / (1 + np.exp(-(reworded @ t[a : a + b] + shift + t[-1])))
        p = np.clip(1 - (1 - p1) * (1 - p2), 1e-6, 1 - 1e-6)
        by_p = weight * (-(y / p) + (1 - y) / (1 - p))
        d1, d2 = by_p * (1 - p2) * p1 * (1 - p1), by_p * (1 - p1) * p2 * (1 - p2)
        value = -(weight * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum() + (ridge * t**2).sum() / 2
        slope = np.r_[repeated.T @ d1, reworded.T @ d2, against.T @ (d1 + d2), d1.sum(), d2.sum()] + ridge * t
        return float(value), slope

    start = np.r_[np.ones(a + b), -np.ones(c), -3, -3]
    bounds = [(0, None)] * (a + b) + [(None, 0)] * c + [(None, None)] * 2
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def predict(x: dict[str, Floats], t: Floats) -> Floats:
    """Probabilities, as :func:`likeness.probability` gives them."""
    a, b, c = len(REPEATED), len(REWORDED), len(AGAINST)
    shift = np.column_stack([x[n] for n in AGAINST]) @ t[a + b : a + b + c]
    p1 = 1 / (1 + np.exp(-(np.column_stack([x[n] for n in REPEATED]) @ t[:a] + shift + t[-2])))
    p2 = 1 / (1 + np.exp(-(np.column_stack([x[n] for n in REWORDED]) @ t[a : a + b] + shift + t[-1])))
    out: Floats = 1 - (1 - p1) * (1 - p2)
    return out


def left_out(x: dict[str, Floats], y: Floats, weight: Floats, groups: list[str]) -> Floats:
    """The mean prediction for each pair by fits that did not see its group."""
    names = sorted(set(groups))
    total = np.zeros(len(y))
    for n in range(ROUNDS):
        fold_of = dict(zip(names, np.random.default_rng(n).permutation(len(names)) % FOLDS, strict=True))
        fold = np.array([fold_of[g] for g in groups])
        for f in range(FOLDS):
            seen, new = fold != f, fold == f
            t = fit({k: v[seen] for k, v in x.items()}, y[seen], weight[seen])
            total[new] += predict({k: v[new] for k, v in x.items()}, t)
    return total / ROUNDS


def f1(p: Floats, y: Floats, threshold: float) -> float:
    """F1 of the pairs at or above the threshold."""
    said = p >= threshold
    return float(2 * (said & (y == 1)).sum() / max(1, said.sum() + (y == 1).sum()))


def main() -> int:
    """Print held-out figures and the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=Path, required=True, help="labelled pairs, JSON Lines")
    given = parser.parse_args()
    pairs, labels, groups, sets = read(given.pairs)
    rows: list[dict[str, Any]] = [likeness.features(a, b, words) for a, b, words in pair_statements(pairs)]
    x = {name: np.array([row[name] for row in rows]) for name in (*REPEATED, *REWORDED, *AGAINST)}
    y = np.array(labels, dtype=np.float64)
    weight = np.where(np.array(sets) == "real", 1.0, PARAPHRASES_WEIGH)
    p = left_out(x, y, weight, groups)
    for name in ("real", "paraphrases"):
        mine = np.array(sets) == name
        figures = "  ".join(f"{t}: {f1(p[mine], y[mine], t):.3f}" for t in THRESHOLDS)
        print(f"{name}, {mine.sum()} pairs, left out; F1 by threshold: {figures}")
    t = fit(x, y, weight)
    for n, value in zip((*REPEATED, *REWORDED, *AGAINST, "repeated base", "reworded base"), t, strict=True):
        print(f"{n!r}: {value:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
