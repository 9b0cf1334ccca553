"""What a language model makes of each word of vectors_100, standing alone: ``DIR/meanings.npz``.

    python benchmarks/meanings.py --corpora DIR --encoder DIR

``--encoder``: the folder of ``all-mpnet-base-v2`` (Apache-2.0). A word is the mean of its pieces in three
layers (Bommasani et al. 2020, ACL, static vectors from contextual ones), in principal components of the words
that the sentences of ``--corpora`` have (see train_net.py). Needs torch and transformers; ten minutes of one
core. The trainers of biased_wording, loaded_language and wording_net read it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from net_data import Data
from tokenizers import Tokenizer
from training import MEANINGS, Array

from framing.wording.files import arrays
from framing.wording.vectors import PARTS, WIDE, places

LAYERS = (4, 8, 12)
KEPT = 256  # components
LONGEST, AT_ONCE = 10, 256  # pieces of a word with the two at its borders; words


@torch.no_grad()
def alone(words: Sequence[str], folder: Path) -> Array:
    """Each word alone in three layers, (n, 3, size)."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    by_length = defaultdict(list)
    for i, read in enumerate(tokenizer.encode_batch(list(words))):
        pieces = [*read.ids[: LONGEST - 1], read.ids[-1]] if len(read.ids) > LONGEST else read.ids
        by_length[len(pieces)].append((i, pieces))
    out = np.zeros((len(words), len(LAYERS), encoder.config.hidden_size), np.float32)
    for same in by_length.values():
        for start in range(0, len(same), AT_ONCE):
            at, pieces_ = zip(*same[start : start + AT_ONCE], strict=True)
            states = encoder(torch.tensor(pieces_), output_hidden_states=True).hidden_states
            out[list(at)] = np.stack([states[layer][:, 1:-1].mean(1).numpy() for layer in LAYERS], axis=1)
    return out


def components(states: Array, used: Array) -> Array:
    """The first :data:`KEPT` principal components of the words ``used``, of all words; mean size one."""
    states = states - states[used].mean(axis=0)
    states /= np.linalg.norm(states, axis=2, keepdims=True) + 1e-6
    flat = states.reshape(len(states), -1)
    flat -= flat[used].mean(axis=0)
    _, axes = np.linalg.eigh(flat[used].T @ flat[used])
    out: Array = flat @ axes[:, ::-1][:, :KEPT]
    return out / np.sqrt((out[used] ** 2).sum(axis=1).mean())


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    given = parser.parse_args()
    words = arrays(WIDE)["words"].tobytes().decode().split("\n")
    keys = {key for one in Data(given.corpora).seen for key in one.keys}
    used = np.unique([place for key in keys for place in places(key, WIDE)[:PARTS]])
    held = components(alone(words, given.encoder), used)
    np.savez_compressed(given.corpora / MEANINGS, meanings=held.astype(np.float32))


if __name__ == "__main__":
    main()
