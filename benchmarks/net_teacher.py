"""The teacher of the network of wording: a language model tuned on what people marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from net_data import Data, batches, padded
from torch import nn
from torch.nn import functional
from training import Array

EPOCHS, BATCH, LABELLED = 6, 48, 256
RATE, RATE_OF_HEADS, WARM_UP = 5e-5, 5e-4, 0.1
OF_WORDS = 5.0  # weight of the mean loss of the words beside that of the wholes
PLAIN_KEPT = 3  # one in so many lines without a loaded phrase is looked at in an epoch
LONGEST = 112  # pieces of words


class Teacher(nn.Module):
    """A language model with an answer for each word and one for the whole."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        size = self.encoder.config.hidden_size
        self.words, self.whole, self.drop = nn.Linear(size, 2), nn.Linear(2 * size, 2), nn.Dropout(0.1)

    def forward(
        self, pieces: torch.Tensor, there: torch.Tensor, first: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds of wholes (n, 2) and of words (n, most words, 2); ``first``: each word's first piece."""
        x = self.encoder(input_ids=pieces, attention_mask=there.long()).last_hidden_state
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        of_words = torch.gather(x, 1, first[..., None].expand(-1, -1, x.shape[-1]))
        whole = self.whole(self.drop(torch.cat([x[:, 0], mean], dim=1)))
        return whole.float(), self.words(self.drop(of_words)).float()


class Pieces:
    """Sentences in the pieces of words that the language model reads."""

    def __init__(self, data: Data, folder: Path) -> None:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._pad = tokenizer.token_to_id("<pad>")
        self.pieces, self.first = [], []
        for seen, read in zip(data.seen, tokenizer.encode_batch([s.text for s in data.seen]), strict=True):
            kept = [*read.ids[: LONGEST - 1], read.ids[-1]] if len(read.ids) > LONGEST else read.ids
            ends = np.array([end for _, end in read.offsets[: len(kept)]])
            self.pieces.append(np.array(kept))
            inside = np.searchsorted(np.maximum.accumulate(ends[:-1]), seen.starts, side="right")
            self.first.append(np.clip(inside, 1, len(kept) - 2))

    def batch(self, at: Sequence[int], device: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """What :class:`Teacher` is asked about rows."""
        pieces = padded([self.pieces[i] for i in at], self._pad).long()
        return (
            pieces.to(device),
            (pieces != self._pad).to(device),
            padded([self.first[i] for i in at]).long().to(device),
        )


def tuned(data: Data, pieces: Pieces, learned: Array, folder: Path, seed: int, device: str) -> Teacher:
    """A teacher that has seen the gold of the rows ``learned``."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    teacher = Teacher(folder).to(device).train()
    heads = [*teacher.words.parameters(), *teacher.whole.parameters()]
    groups = [{"params": teacher.encoder.parameters(), "lr": RATE}, {"params": heads, "lr": RATE_OF_HEADS}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    lengths = np.array(list(map(len, pieces.pieces)))
    plain = data.of[learned, 1] & (data.whole[learned] == 0)
    plan: list[Array] = []
    for _ in range(EPOCHS):
        some = random.choice(learned[plain], plain.sum() // PLAIN_KEPT, replace=False)
        plan += batches(np.r_[learned[~plain], some], lengths, BATCH, random)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min(1, (i + 1) / (WARM_UP * len(plan))) * (1 - i / len(plan))
    )
    for at in plan:
        whole, words = _losses(teacher, data, pieces, at, device)
        optimiser.zero_grad(set_to_none=True)
        (whole + OF_WORDS * words).backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimiser.step()
        rate.step()
    return teacher.eval()


def _losses(
    teacher: Teacher, data: Data, pieces: Pieces, at: Array, device: str
) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean losses of the wholes and of the words of rows, over what has gold."""
    gold_whole, gold_words = (gold.to(device)[..., None].expand(*gold.shape, 2) for gold in data.targets(at))
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        whole, words = teacher(*pieces.batch(at, device))
    loss = functional.binary_cross_entropy_with_logits
    of_whole = torch.from_numpy(data.of[at]).to(device)
    there = padded([np.ones(len(data.words[i])) for i in at]).bool()[..., None]
    of_words = (there & torch.from_numpy(data.of_words[at])[:, None]).to(device)
    return (
        (loss(whole, gold_whole, reduction="none") * of_whole).sum() / len(at),
        (loss(words, gold_words, reduction="none") * of_words).sum() / of_words.sum().clamp(min=1),
    )


@torch.no_grad()
def answers(teacher: Teacher, data: Data, pieces: Pieces, device: str) -> tuple[Array, list[Array]]:
    """Probabilities of all rows: of the wholes (n, 2), of the words of each (n words, 2)."""
    lengths = np.array(list(map(len, pieces.pieces)))
    whole, words = np.zeros((len(lengths), 2), np.float32), [np.zeros((0, 2), np.float32)] * len(lengths)
    order = np.argsort(lengths, kind="stable")
    for start in range(0, len(order), LABELLED):
        at = order[start : start + LABELLED]
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            told = [part.sigmoid().cpu().numpy() for part in teacher(*pieces.batch(at, device))]
        whole[at] = told[0]
        for i, of_words in zip(at, told[1], strict=True):
            words[i] = of_words[: len(data.seen[i])]
    return whole, words
