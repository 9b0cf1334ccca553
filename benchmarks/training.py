"""What the trainers of the wording models share: rows, folds, fits, calibration, files."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from framing.wording.linear import CLIP, Hashed
from framing.wording.words import Sentence

Array = NDArray[Any]
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


def best_threshold(p: Array, y: Array) -> float:
    """The probability at which F1 of the positive class is highest, in steps of 0.01."""
    steps = np.arange(0.03, 0.9, 0.01)
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


def fit_sentences(x: sp.csr_matrix, dense: Array, y: Array) -> tuple[Array, Array, Array, Array, float]:
    """Weights of n-grams (with their naive Bayes ratios: Wang & Manning 2012, ACL) and of dense features."""
    there = x > 0
    for_, against = (np.asarray(there[y == c].sum(axis=0)).ravel() + 1 for c in (1, 0))
    ratio = np.log((for_ / for_.sum()) / (against / against.sum())) * NGRAM_WEIGHT
    mean, scale = standardise(dense)
    z = np.clip((dense - mean) / scale, -CLIP, CLIP)
    coef, intercept = logistic(sp.hstack([x @ sp.diags(ratio), z]).tocsr(), y, SENTENCE_C)
    return ratio * coef[: x.shape[1]], coef[x.shape[1] :], mean, scale, intercept
