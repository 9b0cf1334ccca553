"""What the trainers of the wording models share: rows, folds, fits, calibration, files."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from framing.wording.linear import CLIP, Hashed
from framing.wording.vectors import PARTS, WIDE, places
from framing.wording.words import Sentence

Array = NDArray[Any]
Weights = list[Array]
Row = dict[str, Any]

FOLDS = 5
INNER_FOLDS = 3  # where a model learns from what another one says of rows that it has not seen
SEED = 0
TOLERANCE = 0.01  # liblinear's own default; scikit-learn's is a hundred times stricter and as much slower


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of ``name``.jsonl."""
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def rows_told(folder: Path, name: str) -> list[Row]:
    """The rows of ``name``_told.jsonl, which ``teach.py`` writes; none where the file is missing.

    ``told`` of a row: what was said of it by a teacher trained without the first fold, the second,
    ..., and by one trained on all rows.
    """
    return rows(folder, f"{name}_told") if (folder / f"{name}_told.jsonl").is_file() else []


def group(text: str) -> int:
    """A number for a group of rows that must not be parted by cross-validation."""
    return zlib.crc32(text.encode())


def folds(groups: Sequence[int], n: int = FOLDS) -> list[tuple[Array, Array]]:
    """Training and test rows of each fold; a group is in one fold."""
    kept = np.array(groups)
    return list(GroupKFold(n, shuffle=True, random_state=SEED).split(kept, groups=kept))


def stacked(features: Sequence[Hashed], bits: int) -> sp.csr_matrix:
    """One row for each text; a feature is kept where the models keep it."""
    ends = np.cumsum([0, *(len(one.at) for one in features)])
    return _matrix(
        np.concatenate([one.at for one in features]),
        np.concatenate([one.values for one in features]),
        ends,
        bits,
    )


def of_words(features: Sequence[Sequence[int]], bits: int) -> sp.csr_matrix:
    """One row for each word, by the numbers of its features, all of the value 1."""
    ends = np.cumsum([0, *(len(one) for one in features)])
    flat = np.array([at for one in features for at in one], np.int64)
    return _matrix(flat, np.ones(len(flat), np.float32), ends, bits)


def named(names: Array, of: Array, n: int, bits: int) -> sp.csr_matrix:
    """One row for each of n words, by the numbers of their features; ``of``: which word has each."""
    at = names & ((1 << bits) - 1)
    return sp.csr_matrix((np.ones(len(at), np.float32), (of, at)), shape=(n, 1 << bits))


def _matrix(at: Array, values: Array, ends: Array, bits: int) -> sp.csr_matrix:
    matrix = sp.csr_matrix((values, at & ((1 << bits) - 1), ends), shape=(len(ends) - 1, 1 << bits))
    matrix.sum_duplicates()
    return matrix


def logistic(
    x: sp.csr_matrix,
    y: Array,
    c: float,
    weight: Array | None = None,
    balanced: bool = False,
    tolerance: float = TOLERANCE,
) -> tuple[Array, float]:
    """Coefficients and intercept of scikit-learn's logistic regression."""
    model = LogisticRegression(
        C=c,
        solver="liblinear",
        tol=tolerance,
        max_iter=500,
        random_state=SEED,
        class_weight="balanced" if balanced else None,
    )
    model.fit(x, y, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def platt(scores: Array, y: Array) -> tuple[float, float]:
    """Slope and shift that make scores of unseen rows calibrated log odds."""
    model = LogisticRegression(C=1e6, max_iter=1000).fit(scores[:, None], y)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def platt_of_two(scores: Array, opinions: Array, y: Array) -> tuple[float, float, float]:
    """The same for scores with opinions of the network beside them: slope, shift, weight of the opinions."""
    model = LogisticRegression(C=1e6, max_iter=1000).fit(np.stack([scores, opinions], axis=1), y)
    slope, weight = map(float, model.coef_[0])
    return slope, float(model.intercept_[0]), weight / slope


# What networks of wording that did not see a row's article say of it; ``train_net.py`` writes it.
OPINIONS = "wording_net_folds.npz"


def opinions(corpora: Path, name: str) -> dict[str, Array]:
    """Of the rows of a corpus, in order: ``whole`` (n,), ``words`` (n words,), for BABE ``outlets`` (n,)."""
    with np.load(corpora / OPINIONS, allow_pickle=False) as held:
        return {key.removeprefix(f"{name}_"): held[key] for key in held.files if key.startswith(f"{name}_")}


# What a language model makes of each word of vectors_100, standing alone; ``meanings.py`` writes it.
MEANINGS = "meanings.npz"
MEANING_KEPT, OF_MEANING = 128, 4.0  # numbers a word; their weight beside named features, as of vectors


def all_meanings(corpora: Path) -> Array:
    """Of each word of vectors_100, (n, 256)."""
    with np.load(corpora / MEANINGS, allow_pickle=False) as held:
        return held["meanings"]


def meanings(corpora: Path) -> Array:
    """The first of them, (n, 128), which the linear models learn from."""
    return all_meanings(corpora)[:, :MEANING_KEPT]


def word_meanings(keys: Sequence[str], table: Array) -> Array:
    """Of each word, (n, 128), a compound's the mean of its parts'; noughts where unknown."""
    out = np.zeros((len(keys), table.shape[1]), np.float32)
    for row, key in zip(out, keys, strict=True):
        if at := places(key, WIDE)[:PARTS]:
            row[:] = OF_MEANING * table[at].mean(axis=0)
    return out


STEPS = np.arange(0.03, 0.9, 0.01)  # thresholds to choose from


def best_threshold(p: Array, y: Array, steps: Array = STEPS) -> float:
    """Of ``steps`` the probability at which F1 of the positive class is highest."""
    return float(steps[int(np.argmax([f1_score(y, p >= t, zero_division=0) for t in steps]))])


def expit(x: Array) -> Array:
    """Logistic function."""
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def calibration_error(y: Array, p: Array, bins: int = 10) -> float:
    """Expected calibration error over equal bins."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(y[at == b].mean() - p[at == b].mean()) * (at == b).mean()
            for b in range(bins)
            if (at == b).any()
        )
    )


def standardise(dense: Array) -> tuple[Array, Array]:
    """Mean and standard deviation, 1 where a feature never varies."""
    scale = dense.std(axis=0)
    return dense.mean(axis=0), np.where(scale > 1e-6, scale, 1.0)


def model_arrays(
    part: str,
    sparse: Array,
    dense: Array,
    mean: Array,
    scale: Array,
    intercept: Array,
    slope: Array,
    shift: Array,
    threshold: Array,
) -> dict[str, Array]:
    """The arrays that :func:`framing.wording.linear.load` reads."""
    held = {
        "sparse": sparse.astype(np.float16), "dense": dense, "mean": mean, "scale": scale,
        "intercept": intercept, "slope": slope, "shift": shift, "threshold": threshold,
    }  # fmt: skip
    return {
        part + key: np.asarray(value, np.float16 if key == "sparse" else np.float32)
        for key, value in held.items()
    }


FRACTION_BITS = 6  # of a float16's ten: a weight is off by 0.8 % at most, the file a quarter smaller


def coarse(weights: Array) -> Array:
    """float16 weights rounded to :data:`FRACTION_BITS`, which deflate packs better."""
    step = 1 << (10 - FRACTION_BITS)
    bits = weights.astype(np.float16).view(np.uint16).astype(np.uint32)
    return ((bits + step // 2) // step * step).astype(np.uint16).view(np.float16)


def unscaled(part: str, coef: Array, n: int, *rest: Any) -> dict[str, Array]:
    """:func:`model_arrays` of ``n`` hashed weights and dense ones that were fitted without a scale."""
    m = len(coef) - n
    return model_arrays(part, coef[:n], coef[n:], np.zeros(m), np.ones(m), *rest)


def write(out: Path, name: str, held: Mapping[str, Array]) -> None:
    """The ``.npz``, with fixed times so that equal arrays are equal bytes; its sha256 goes to the card."""
    path = out / f"{name}.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key in sorted(held):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(held[key]), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{key}.npy", (1980, 1, 1, 0, 0, 0)),
                buffer.getvalue(),
                zipfile.ZIP_DEFLATED,
                9,
            )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    card = out / f"{name}.toml"
    if card.is_file():
        lines = card.read_text(encoding="utf-8").split("\n")
        lines = [f'sha256 = "{digest}"' if line.startswith("sha256 = ") else line for line in lines]
        card.write_text("\n".join(lines), encoding="utf-8")
    print(json.dumps({"file": path.name, "bytes": path.stat().st_size, "sha256": digest}))


def report(**figures: Any) -> None:
    """One line of figures."""
    print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}), flush=True)


NGRAM_WEIGHT, SENTENCE_C = 10.0, 0.02


def marked(seen: Sentence, spans: Iterable[Sequence[int]]) -> Array:
    """1 for each word that overlaps one of ``spans``."""
    return np.array(
        [
            int(any(s < e and b < s + len(word) for b, e in spans))
            for s, word in zip(seen.starts, seen.words, strict=True)
        ],
        int,
    )


def trigger_spans(row: Row) -> list[tuple[int, int]]:
    """Where the words of ``triggers`` stand in the text of a row."""
    return [
        m.span()
        for word in row.get("triggers", ())
        for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", row["text"])
    ]


def fit_sentences(x: sp.csr_matrix, dense: Array, y: Array) -> tuple[Array, Array, Array, Array, float]:
    """Weights of n-grams (with their naive Bayes ratios: Wang & Manning 2012, ACL) and of dense features."""
    there = x > 0
    for_, against = (np.asarray(there[y == c].sum(axis=0)).ravel() + 1 for c in (1, 0))
    ratio = np.log((for_ / for_.sum()) / (against / against.sum())) * NGRAM_WEIGHT
    mean, scale = standardise(dense)
    z = np.clip((dense - mean) / scale, -CLIP, CLIP)
    coef, intercept = logistic(sp.hstack([x @ sp.diags(ratio), z]).tocsr(), y, SENTENCE_C)
    return ratio * coef[: x.shape[1]], coef[x.shape[1] :], mean, scale, intercept


# Adam (Kingma & Ba 2015, ICLR), at its usual settings.
FIRST, SECOND, LITTLE = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Plan:
    """How a network is trained on n rows: rows a step, rounds, the rate to begin with."""

    n: int
    batch: int
    epochs: int
    rate: float


def adam(
    weights: Weights,
    draw: np.random.Generator,
    plan: Plan,
    gradients: Callable[[Weights, Array], Weights],
) -> Weights:
    """``weights`` after a step for each batch; the rate falls to nought."""
    weights = [w.astype(np.float32) for w in weights]
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    steps = plan.epochs * -(-plan.n // plan.batch)
    for step, at in enumerate(_batches(draw, plan), start=1):
        rate = plan.rate * (1 - step / (steps + 1)) / (1 - FIRST**step)
        for w, gradient, (first, second) in zip(weights, gradients(weights, at), moments, strict=True):
            first += (1 - FIRST) * (gradient - first)
            second += (1 - SECOND) * (gradient**2 - second)
            w -= rate * first / (np.sqrt(second / (1 - SECOND**step)) + LITTLE)
    return weights


def _batches(draw: np.random.Generator, plan: Plan) -> Iterator[Array]:
    for _ in range(plan.epochs):
        order = draw.permutation(plan.n)
        yield from (order[start : start + plan.batch] for start in range(0, plan.n, plan.batch))


def kept(draw: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Array:
    """What values are multiplied by of which a part is dropped at random."""
    return (draw.random(shape, dtype=np.float32) >= dropped) / np.float32(1 - dropped)
