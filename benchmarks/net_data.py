"""What the network of wording and its teacher learn from: sentences, their gold, folds, features of words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from train_biased import outlet_group, votes
from training import Array, all_meanings, folds, group, marked, rows

from framing.wording import net
from framing.wording.files import arrays
from framing.wording.groups import Groups
from framing.wording.vectors import PARTS, WIDE, places
from framing.wording.words import Sentence, sentence

LONGEST = 80  # words; texts without gold that are longer, or shorter than the next, are left out
SHORTEST = 4
# Batches are drawn from so many batches' worth of sentences at a time, sorted by length.
SORTED = 20


class Data:
    """Sentences with gold, first of BABE and then of PTC, and after them those without; (n, 2) is one column
    for each of the two.
    """

    def __init__(self, corpora: Path) -> None:
        babe, ptc = ([r for r in rows(corpora, name) if sentence(r["text"]).keys] for name in ("babe", "ptc"))
        self.ids = [r["id"] for r in (*babe, *ptc)]
        seen = [sentence(r["text"]) for r in (*babe, *ptc)]
        self.gold = len(seen)
        known = {one.keys for one in seen}
        for row in rows(corpora, "texts"):
            one = sentence(row["text"])
            if SHORTEST <= len(one) <= LONGEST and one.keys not in known:
                known.add(one.keys)
                seen.append(one)
        self.seen = seen
        of_babe = np.arange(self.gold) < len(babe)
        self.of = np.stack([of_babe, ~of_babe], axis=1)  # whose gold a row has
        with_words = np.array([r["has_words"] for r in babe] + [True] * len(ptc))
        self.of_words = self.of & with_words[:, None]
        hard = [marked(s, r["spans"]) for s, r in zip(seen, babe, strict=False)]
        self.words: list[Array] = [
            *(0.5 * votes(s, r["votes"]) / 5 + 0.5 * h for s, r, h in zip(seen, babe, hard, strict=False)),
            *(marked(s, r["loaded"] + r["name"]) for s, r in zip(seen[len(babe) :], ptc, strict=False)),
        ]
        loaded = [float(of_line.any()) for of_line in self.words[len(babe) :]]
        self.whole = np.array([*(r["label"] for r in babe), *loaded], np.float32)
        self._articles = [group(r["url"] or r["id"]) for r in babe]
        self._outlets = [outlet_group(r) for r in babe]
        self._ptc = [group(r["doc"]) for r in ptc]

    def parts(self) -> dict[str, list[tuple[Array, Array]]]:
        """Rows with gold to learn from and to be left out, fold by fold: articles of both corpora are kept
        together ("whole"), the outlets of BABE ("outlets").
        """
        n = len(self._articles)
        ptc = [(train + n, test + n) for train, test in folds(self._ptc)]
        both = zip(folds(self._articles), ptc, strict=True)
        rest = np.arange(n, self.gold)
        return {
            "whole": [(np.r_[train, more], np.r_[test, left]) for (train, test), (more, left) in both],
            "outlets": [(np.r_[train, rest], test) for train, test in folds(self._outlets)],
        }

    def said(self, name: str, told: Sequence[tuple[Array, net.Opinions]]) -> dict[str, Array]:
        """What networks said of the rows that they did not see, for :func:`training.opinions`."""
        whole, words = np.zeros(self.gold, np.float32), [np.zeros(0, np.float32)] * self.gold
        for rows_, one in told:
            of_each = Groups.of_lengths([len(self.seen[i]) for i in rows_]).cut(one.words)
            for i, of_whole, of_words in zip(rows_, one.whole, of_each, strict=True):
                column = int(self.of[i, 1])
                whole[i], words[i] = of_whole[column], of_words[:, column]
        n = len(self._articles)
        if name == "outlets":
            return {"babe_outlets": whole[:n]}
        return {
            "babe_whole": whole[:n],
            "babe_words": np.concatenate(words[:n]),
            "ptc_whole": whole[n:],
            "ptc_words": np.concatenate(words[n:]),
        }

    def targets(self, at: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Gold of rows: of the whole (n,), of the words (n, most words)."""
        return torch.from_numpy(self.whole[at]), padded([self.words[i] for i in at])


def padded(values: Sequence[Array], fill: float = 0.0) -> torch.Tensor:
    """One row for each of ``values``, filled up to the longest."""
    out = np.full((len(values), max(map(len, values)), *values[0].shape[1:]), fill, np.float32)
    for row, one in zip(out, values, strict=True):
        row[: len(one)] = one
    return torch.from_numpy(out)


def batches(at: Array, lengths: Array, size: int, random: np.random.Generator) -> list[Array]:
    """``at`` in random order, each batch of much the same length."""
    at = random.permutation(at)
    out: list[Array] = []
    for start in range(0, len(at), size * SORTED):
        some = at[start : start + size * SORTED]
        some = some[np.argsort(lengths[some], kind="stable")]
        out += [some[i : i + size] for i in range(0, len(some), size)]
    return [out[i] for i in random.permutation(len(out))]


class Words:
    """Features of the words of sentences, as :mod:`framing.wording.net` has them; each form is kept once."""

    def __init__(self, seen: Sequence[Sentence], corpora: Path) -> None:
        forms: dict[tuple[str, str, str, float], int] = {}
        self.at = [
            np.array([forms.setdefault(form, len(forms)) for form in zip(*columns, strict=True)])
            for columns in ((s.words, s.keys, s.marks, s.valence) for s in seen)
        ]
        self.around = [self._around(s) for s in seen]
        self.labels = sorted({net.label(mark) for _, _, mark, _ in forms})
        found = [places(key, WIDE)[:PARTS] for _, key, _, _ in forms]
        self.places = padded([np.array([place + 1 for place in at] or [0]) for at in found]).long()
        self.affixes = torch.tensor([net.affixes(key) for _, key, _, _ in forms])
        self.traits = torch.tensor(
            [net.traits(*form, bool(at), self.labels) for form, at in zip(forms, found, strict=True)]
        )
        held = arrays(WIDE)["vectors"].astype(np.float32)
        held /= np.linalg.norm(held, axis=1, keepdims=True)
        held = np.concatenate([held, all_meanings(corpora)], axis=1)
        self.vectors = torch.from_numpy(np.concatenate([np.zeros((1, held.shape[1]), np.float32), held]))

    @staticmethod
    def _around(seen: Sentence) -> Array:
        """The marks before and after each word, and whether it is quoted: (n, 19) of bits."""
        between = np.array([net.marks_between(gap) for gap in net.gaps(seen)])
        return np.concatenate([between[:-1], between[1:], np.array(seen.quoted)[:, None]], axis=1)
