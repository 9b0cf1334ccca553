"""The tasks of wording, each as rows in the format of their scorer; ``gold.py`` runs them.

Only texts (and the target, where a task gives one) are read of the gold files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from framing.article import FramingError, Span
from framing.wording import biased, hedging, loaded_language, toward
from framing.wording.topics import topics_all
from framing.wording.words import sentence

Row = dict[str, Any]
T = TypeVar("T")

AT_ONCE = 25  # sentences that a model is asked about together: an article has about as many

# The tokens that the scorer counts.
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’\-\u2011][A-Za-z0-9]+)*")

# BASIL has one biased sentence in eighteen, and no sentence of it was learned from: the
# tenth with the highest scores is called biased, whatever the scores are.
_RARE = 0.9


def _rows(gold: Path, name: str) -> Iterator[Row]:
    path = gold / f"{name}.jsonl"
    if not path.is_file():
        raise FramingError(f"{path} is missing; --gold names the folder that holds it")
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _asked(gold: Path, name: str, model: Callable[[Sequence[str]], Sequence[T]]) -> Iterator[tuple[Row, T]]:
    """Each row with what the model says of its text; asked of some at one time, as an article is."""
    rows = _rows(gold, name)
    while some := list(islice(rows, AT_ONCE)):
        yield from zip(some, model([row["text"] for row in some]), strict=True)


def _sentences(
    name: str, model: Callable[[Sequence[str]], Sequence[T]], probability: Callable[[T], float]
) -> Callable[[Path], Iterator[Row]]:
    """Label 1 from one half on, with the probability."""

    def task(gold: Path) -> Iterator[Row]:
        for row, told in _asked(gold, name, model):
            p = probability(told)
            yield {"id": row["id"], "label": int(p >= 0.5), "score": p}

    return task


def _words(
    name: str,
    model: Callable[[Sequence[str]], Sequence[T]],
    scored: Callable[[T], list[tuple[Span, float, bool]]],
) -> Callable[[Path], Iterator[Row]]:
    """A label and a score for each token of the scorer."""

    def task(gold: Path) -> Iterator[Row]:
        for row, told in _asked(gold, name, model):
            found = scored(told)
            labels, scores = [], []
            for token in _TOKEN.finditer(row["text"]):
                here = [(p, yes) for s, p, yes in found if s.start < token.end() and token.start() < s.end]
                labels.append(int(any(yes for _, yes in here)))
                scores.append(max((p for p, _ in here), default=0.0))
            yield {"id": row["id"], "tok_labels": labels, "tok_scores": scores}

    return task


def _topics(name: str, model: str) -> Callable[[Path], Iterator[Row]]:
    def task(gold: Path) -> Iterator[Row]:
        for row, found in _asked(gold, name, partial(topics_all, model=model)):
            yield {
                "id": row["id"],
                "labels": [t.label for t in found if t.assigned],
                "scores": {t.label: t.probability for t in found},
            }

    return task


def frac(gold: Path) -> Iterator[Row]:
    """The one policy frame of each sentence."""
    for row, found in _asked(gold, "frac", partial(topics_all, model="policy_frames")):
        (label,) = [t.label for t in found if t.assigned][:1]
        yield {"id": row["id"], "label": label}


def newsmtsc(gold: Path) -> Iterator[Row]:
    """The tone toward the target of each sentence."""
    rows = _rows(gold, "newsmtsc")
    while some := list(islice(rows, AT_ONCE)):
        asked = [(row["text"], Span(row["from"], row["to"])) for row in some]
        seen = [q for q in asked if toward.target_words(sentence(q[0]), q[1])]
        told = dict(zip(seen, toward.tones(seen), strict=True))
        for row, question in zip(some, asked, strict=True):
            # A masked outlet is not seen: the tool abstains, the scorer wants a label.
            yield {"id": row["id"], "label": told[question].label if question in told else "neutral"}


def basil(gold: Path) -> Iterator[Row]:
    """Sentences of whole articles, ranked; no model has seen this corpus."""
    scored = [(row["id"], told.rank) for row, told in _asked(gold, "basil", loaded_language.judge_all)]
    least = sorted(score for _, score in scored)[int(_RARE * len(scored))]
    yield from ({"id": i, "label": int(score >= least), "score": score} for i, score in scored)


def _probability(judged: biased.Judgement | loaded_language.Judgement) -> float:
    return judged.probability


def _any_cue(cues: Sequence[hedging.HedgeCue]) -> float:
    return max((float(cue.marked) for cue in cues), default=0.0)


def _hedge_words(cues: Sequence[hedging.HedgeCue]) -> list[tuple[Span, float, bool]]:
    return [(c.span, c.probability, c.marked) for c in cues]


def _of(judged: biased.Judgement | loaded_language.Judgement) -> list[tuple[Span, float, bool]]:
    return [(w.span, w.probability, w.probability >= judged.threshold) for w in judged.words]


TASKS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "babe": _sentences("babe", biased.judge_all, _probability),
    "babe_words": _words("babe", biased.judge_all, _of),
    "basil": basil,
    "basil_biased": _sentences("basil", biased.judge_all, _probability),
    "basil_words": _words("basil", biased.judge_all, _of),
    "frac": frac,
    "frames5": _topics("frames5", "generic_frames"),
    "gvfc": _topics("gvfc", "gun_violence_frames"),
    "hedges": _sentences("hedges", hedging.cues_all, _any_cue),
    "hedges_words": _words("hedges", hedging.cues_all, _hedge_words),
    "moralevents": _topics("moralevents", "moral_foundations"),
    "newsmtsc": newsmtsc,
    "ptc": _sentences("ptc", loaded_language.judge_all, _probability),
    "ptc_words": _words("ptc", loaded_language.judge_all, _of),
    "subj": _sentences("subj", biased.judge_all, _probability),
}
