"""Trains ``models/wording_net.npz``: a language model tuned on gold tells what it makes of sentences without
labels, and a small network learns from both.

    python benchmarks/train_net.py --corpora DIR --encoder DIR --out models

``--corpora``: ``babe.jsonl``, ``ptc.jsonl``, ``texts.jsonl`` (one ``{"text": SENTENCE}`` a line: here the
sentences of hedges, newsmtsc, moralevents, frames5 and subj, corpora that other models learn from too) and
what meanings.py writes;
``--encoder``: the folder of ``all-mpnet-base-v2`` (Apache-2.0). Needs torch, transformers and, for the
teachers, a GPU (two runs on one are not the same to the last bit); a network alone takes some five minutes of
one core. First a teacher and a network for each of
ten folds (five by article, five by outlet), then those of the product. What the networks of the folds say of
the rows that they did not see goes to ``DIR/wording_net_folds.npz``: train_wording.py weighs the network by
it.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from net_data import Data, Words, batches, padded
from net_teacher import Pieces, answers, tuned
from torch import nn
from torch.nn import functional
from training import OPINIONS, SEED, Array, write

from framing.wording import net
from framing.wording.sentences import Sentences

# Numbers a word; shares of them, and of words, that a step does without: the sentences are few.
WIDTH, DROPPED, WORDS_DROPPED = 96, 0.3, 0.1
EPOCHS, BATCH, RATE, DECAY, WARM_UP = 16, 512, 3e-3, 0.1, 0.05
OF_WORDS = 4.0
GOLD_SHARE = 0.5  # of what people say; the rest is the teacher's
LEVELS, WITHIN = 15, 0.9995  # steps to either side in the tables; the share of numbers that they reach


class Network(nn.Module):
    """:class:`framing.wording.net.Network` as it is trained."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.affixes = nn.Embedding(net.BUCKETS, WIDTH)
        nn.init.normal_(self.affixes.weight, std=0.02)
        self.vector = nn.Linear(words.vectors.shape[1], WIDTH)
        with torch.no_grad():
            self.vector.weight.mul_(3)  # vectors are of unit length
        between = 2 * len(net.BETWEEN) + 1
        self.traits = nn.Linear(words.traits.shape[1] + between, WIDTH, bias=False)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in range(2))
        self.context, self.out = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, 3 * net.OUTPUTS)
        self.whole = nn.Parameter(torch.zeros(net.OUTPUTS))
        for name in ("vectors", "places", "affixes", "traits"):
            self.register_buffer(f"of_{name}", getattr(words, name), persistent=False)

    def forward(
        self, at: torch.Tensor, around: torch.Tensor, there: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds of wholes (n, 2) and of words (n, most words, 2) of forms ``at`` (n, most words)."""
        mask, x = there[..., None].float(), self._start(at, around)
        x = functional.dropout(functional.relu(x), DROPPED, self.training) * mask
        if self.training:
            x = x * (torch.rand(there.shape, device=at.device) > WORDS_DROPPED)[..., None]
        for i, layer in enumerate(self.layers):
            z = functional.pad(x, (0, 0, 1, 1))
            y = functional.relu(layer(torch.cat([z[:, :-2], x, z[:, 2:]], dim=-1))) * mask
            if i == 0:
                pooled = torch.cat([y.sum(1) / mask.sum(1).clamp(min=1), y.amax(1)], dim=-1)
                y = y + functional.relu(self.context(pooled))[:, None]
            x = (x + functional.dropout(y, DROPPED, self.training)) * mask
        out = self.out(x)
        attention = torch.softmax(out[..., 2:4].masked_fill(~there[..., None], -1e4), dim=1)
        return (attention * out[..., 4:]).sum(1) + self.whole, out[..., :2]

    def _start(self, at: torch.Tensor, around: torch.Tensor) -> torch.Tensor:
        places = self.of_places[at]
        some = (places > 0)[..., None].float()
        vector = self.vector((self.of_vectors[places] * some).sum(-2) / some.sum(-2).clamp(min=1))
        traits = self.traits(torch.cat([self.of_traits[at], around], dim=-1))
        return vector + self.affixes(self.of_affixes[at]).sum(-2) + traits


def _batch(words: Words, at: Array, device: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    there = padded([np.ones(len(words.at[i])) for i in at]).bool()
    of_form, around = padded([words.at[i] for i in at]).long(), padded([words.around[i] for i in at])
    return of_form.to(device), around.to(device), there.to(device)


def taught(data: Data, words: Words, learned: Array, told: tuple[Array, list[Array]], device: str) -> Network:
    """A network that learns the gold of the rows ``learned`` and what a teacher told of all."""
    whole, of_words = told[0].copy(), list(told[1])
    for i in learned:
        gold, keep = data.of[i], 1 - GOLD_SHARE
        whole[i, gold] = keep * whole[i, gold] + GOLD_SHARE * data.whole[i]
        if data.of_words[i].any():
            of_words[i] = of_words[i].copy()
            of_words[i][:, gold] = keep * of_words[i][:, gold] + GOLD_SHARE * data.words[i][:, None]
    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    lengths = np.array([len(seen) for seen in data.seen])
    # Lines of PTC without a phrase are most of them: once an epoch, other gold twice.
    again = learned[data.of[learned, 0] | (data.whole[learned] > 0)]
    rows = np.r_[learned, again, np.arange(data.gold, len(lengths))]
    network = Network(words).to(device).train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    plan = [at for _ in range(EPOCHS) for at in batches(rows, lengths, BATCH, random)]
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min(1, i / len(plan) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * i / len(plan)))
    )
    loss = functional.binary_cross_entropy_with_logits
    for at in plan:
        asked = _batch(words, at, device)
        odds, odds_of_words = network(*asked)
        of_each = loss(odds_of_words, padded([of_words[i] for i in at]).to(device), reduction="none")
        mean_of_words = (of_each * asked[2][..., None]).sum() / asked[2].sum() / 2
        optimiser.zero_grad(set_to_none=True)
        (loss(odds, torch.from_numpy(whole[at]).to(device)) + OF_WORDS * mean_of_words).backward()
        optimiser.step()
        rate.step()
    return network.eval()


@torch.no_grad()
def arrays_of(network: Network, labels: list[str]) -> dict[str, Array]:
    """What :class:`framing.wording.net.Network` reads: tables at five bits a number, the rest at sixteen."""
    tables = {"words": network.vector(network.of_vectors), "affixes": network.affixes.weight}
    held: dict[str, Array] = {"labels": np.frombuffer("\n".join(labels).encode(), np.uint8)}
    for name, table in tables.items():
        scale = table.abs().quantile(WITHIN, dim=0) / LEVELS
        held[name] = (table / scale).round().clamp(-LEVELS, LEVELS).cpu().numpy().astype(np.int8)
        held[f"{name}_scale"] = scale.cpu().numpy()
    weights = {"traits": network.traits.weight.T, "whole_bias": network.whole}
    dense = {"context": network.context, "out": network.out}
    for name, layer in (dense | {f"layer{i}": layer for i, layer in enumerate(network.layers)}).items():
        weights |= {name: layer.weight.T, f"{name}_bias": layer.bias}
    return held | {name: value.cpu().numpy().astype(np.float16) for name, value in weights.items()}


def main() -> None:
    """Train the networks of the folds, then that of the product."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    data = Data(given.corpora)
    words, pieces = Words(data.seen, given.corpora), Pieces(data, given.encoder)

    def made(learned: Array, seed: int) -> dict[str, Array]:
        teacher = tuned(data, pieces, learned, given.encoder, seed, device)
        told = answers(teacher, data, pieces, device)
        return arrays_of(taught(data, words, learned, told, device), words.labels)

    said = {}
    for name, parts in data.parts().items():
        networks = [(test, net.Network(made(train, fold))) for fold, (train, test) in enumerate(parts)]
        opinions = [(test, one.opinions(Sentences([data.seen[i] for i in test]))) for test, one in networks]
        said |= data.said(name, opinions)
    np.savez_compressed(given.corpora / OPINIONS, **said)
    write(given.out, net.MODEL, made(np.arange(data.gold), SEED))


if __name__ == "__main__":
    main()
