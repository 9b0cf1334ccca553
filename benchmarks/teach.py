"""A language model tuned on a corpus says what it makes of texts without gold (Hinton et al. 2015).

    python benchmarks/teach.py TASK --corpora DIR --model DIR --out DIR [--device cuda]

TASK is newsmtsc or gvfc; ``--model`` the unpacked all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0) in the
form of the package transformers. Needs torch and transformers, which nothing else here does. Writes
``TASK_told.jsonl``: a text, and what the teachers tuned without the first fold, the second, ..., and one
tuned on all rows say of it; the trainers read it beside the corpus. Prints the teachers' own figure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from train_topics import TOPICS
from training import SEED, Array, Row, folds, group, report, rows
from transformers import BertModel

from framing.article import Span
from framing.wording import toward
from framing.wording.words import sentence

# Where texts without gold come from: corpora that the other models learn from.
SOURCES = ("babe", "basil", "ptc", "moralevents", "subj", "hedges", "frames5")
SHORTEST, LONGEST = 25, 600  # characters
MENTIONS = 2  # of one sentence
LEAD = 4  # sentences of the text under a headline
SEEDS, EVALUATED, WARM_UP, DROPPED, SMOOTHED = 3, 512, 0.1, 0.1, 0.05
RATE_OF_HEAD = 1e-3

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_NAME = r"(?:[A-Z][a-z]+(?:[A-Z][a-z]+)?|[A-Z]\.)"
_MENTION = re.compile(
    r"(?:(?:President|Mrs?\.|Ms\.|Sen\.|Rep\.|Gov\.|Dr\.|Judge|Justice) )?"
    rf"{_NAME}(?:[ -]{_NAME}){{0,2}}"
    r"|\b(?:he|she|him|his|her|they|the president)\b"
)
_PRONOUNS = {"he", "she", "they"}
_GUNS = re.compile(r"\b[Gg]un|\b[Ss]hoot|\bshot\b|\bNRA\b|[Ff]irearm|[Rr]ifle|Second Amendment|\b[Mm]assacre")

Pieces = tuple[list[int], list[int]]  # of a text: numbers, and 1 for those that the mean is taken of


@dataclass(frozen=True)
class Task:
    """How a teacher is tuned: rate, rows a batch, epochs; a row has ``one`` of the labels, or any."""

    rate: float
    batch: int
    epochs: int
    labels: tuple[str, ...]
    one: bool


TASKS = {
    "newsmtsc": Task(1e-4, 32, 5, toward.LABELS, one=True),
    "gvfc": Task(1.5e-4, 16, 15, TOPICS["gun_violence_frames"][1], one=False),
}


class Teacher(nn.Module):
    """A language model with one answer for each label."""

    def __init__(self, folder: Path, labels: int) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(folder, add_pooling_layer=False)
        self.head = nn.Linear(2 * self.encoder.config.hidden_size, labels)

    def forward(self, texts: Sequence[Pieces]) -> torch.Tensor:
        """Log odds, (n, labels)."""
        device, most = self.head.weight.device, max(len(numbers) for numbers, _ in texts)
        held = np.zeros((3, len(texts), most), np.int64)
        for i, (numbers, inside) in enumerate(texts):
            held[:, i, : len(numbers)] = numbers, np.ones(len(numbers)), inside
        numbers_, there, mean = torch.from_numpy(held).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            x = self.encoder(input_ids=numbers_, attention_mask=there).last_hidden_state
        x = x.float()
        pooled = (x * mean[..., None]).sum(1) / mean.sum(1, keepdim=True)
        seen = functional.dropout(torch.cat([pooled, x[:, 0]], dim=1), DROPPED, self.training)
        out: torch.Tensor = self.head(seen)
        return out


def tuned(task: Task, folder: Path, texts: Sequence[Pieces], gold: Array, seed: int, device: str) -> Teacher:
    """A teacher that has seen the gold (n, labels) of texts."""
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    teacher = Teacher(folder, gold.shape[1]).to(device).train()
    optimiser = torch.optim.AdamW(
        [
            {"params": teacher.encoder.parameters(), "lr": task.rate},
            {"params": teacher.head.parameters(), "lr": RATE_OF_HEAD},
        ]
    )
    plan = [
        at for _ in range(task.epochs)
        for at in np.split(draw.permutation(len(texts)), range(task.batch, len(texts), task.batch))
    ]  # fmt: skip
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min(1, (i + 1) / (WARM_UP * len(plan))) * (1 - i / len(plan))
    )
    for at in plan:
        told, right = teacher([texts[i] for i in at]), torch.from_numpy(gold[at]).to(device)
        if task.one:
            loss = functional.cross_entropy(told, right, label_smoothing=SMOOTHED)
        else:
            loss = functional.binary_cross_entropy_with_logits(told, right)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.encoder.parameters(), 1.0)
        optimiser.step()
        rate.step()
    return teacher.eval()


@torch.no_grad()
def answers(task: Task, teacher: Teacher, texts: Sequence[Pieces]) -> Array:
    """Probabilities, (n, labels)."""
    order = np.argsort([len(numbers) for numbers, _ in texts], kind="stable")
    out = np.zeros((len(texts), len(task.labels)), np.float32)
    for at in np.split(order, range(EVALUATED, len(order), EVALUATED)):
        told = teacher([texts[i] for i in at])
        out[at] = (torch.softmax(told, 1) if task.one else torch.sigmoid(told)).cpu().numpy()
    return out


def pieces(tokenizer: Tokenizer, row: Row) -> Pieces:
    """Of a text; where it has a target, that stands between marks and the mean is taken of it alone."""
    start, end = row.get("from"), row.get("to")
    if start is None or end is None:
        numbers = tokenizer.encode(row["text"]).ids[:100]
        return numbers, [1] * len(numbers)
    parts = (row["text"][:start], row["text"][start:end], row["text"][end:])
    before, target, after = (tokenizer.encode(part, add_special_tokens=False).ids for part in parts)
    before, target, after = before[-60:], target[:20], after[:60]
    first, last, opens, closes = map(tokenizer.token_to_id, ("[CLS]", "[SEP]", "[unused0]", "[unused1]"))
    return (
        [first, *before, opens, *target, closes, *after, last],
        [0] * (1 + len(before)) + [1] * (len(target) + 2) + [0] * (len(after) + 1),
    )


def sentences(corpora: Path) -> list[str]:
    """Of :data:`SOURCES` but for an encyclopedia, each once."""
    found = [r["text"] for name in SOURCES for r in rows(corpora, name) if r.get("source") != "wiki"]
    texts = [part.strip() for text in found for part in _END.split(text)]
    return list(dict.fromkeys(text for text in texts if SHORTEST <= len(text) <= LONGEST))


def mentions(corpora: Path) -> Iterator[Row]:
    """Sentences with a name or a pronoun of a person, chosen at random.

    The word that opens a sentence is no name where the texts have it in small letters too.
    """
    draw, texts = random.Random(SEED), sentences(corpora)
    small = {word for text in texts for word in re.findall(r"\b[a-z]+\b", text)} - _PRONOUNS
    for text in texts:
        found = {m.group(): m.span() for m in _MENTION.finditer(text)}
        opening = text.split()[0]
        spans = sorted(s for s in found.values() if s[0] or opening.lower() not in small)
        for start, end in draw.sample(spans, min(MENTIONS, len(spans))):
            if toward.target_words(sentence(text), Span(start, end)):
                yield {"text": text, "from": start, "to": end}


def headlines(corpora: Path) -> Iterator[Row]:
    """Sentences that name guns and shootings, and those under the headlines, with the headline's id."""
    yield from ({"text": text} for text in sentences(corpora) if _GUNS.search(text))
    for row in rows(corpora, "gvfc"):
        for text in _END.split(row["lead"])[:LEAD]:
            if SHORTEST <= len(text) <= LONGEST:
                yield {"text": text.strip(' "'), "id": row["id"]}


def main() -> None:
    """Tune teachers fold by fold, and one on all rows; write what they say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=TASKS)
    for name in ("--corpora", "--model", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--device", default="cpu")
    given = parser.parse_args()
    task, data = TASKS[given.task], rows(given.corpora, given.task)
    gold = np.array(
        [[float(n in (r.get("labels") or [r["label"]])) for n in task.labels] for r in data], np.float32
    )
    more = list((mentions if task.one else headlines)(given.corpora))
    tokenizer = Tokenizer.from_file(str(given.model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts, asked = ([pieces(tokenizer, row) for row in some] for some in (data, more))
    groups = [group(r["text"] if task.one else str(r["id"])) for r in data]
    nothing = np.zeros(0, int)
    own, told = np.zeros(gold.shape), []
    for train, test in [*folds(groups), (np.arange(len(data)), nothing)]:
        teachers = [
            tuned(task, given.model, [texts[i] for i in train], gold[train], seed, given.device)
            for seed in range(SEEDS)
        ]
        told.append(np.mean([answers(task, one, asked) for one in teachers], axis=0))
        if len(test):
            own[test] = np.mean([answers(task, one, [texts[i] for i in test]) for one in teachers], axis=0)
    assigned = own >= own.max(axis=1, keepdims=True) if task.one else own >= 0.5
    report(task=given.task, macro_f1=f1_score(gold, assigned, average="macro", zero_division=0), n=len(more))
    with (given.out / f"{given.task}_told.jsonl").open("w", encoding="utf-8") as out:
        for row, said in zip(more, np.round(np.stack(told, axis=1), 3).tolist(), strict=True):
            out.write(json.dumps(row | {"told": said}) + "\n")


if __name__ == "__main__":
    main()
