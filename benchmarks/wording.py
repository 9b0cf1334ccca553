"""The tasks of wording, each as rows in the format of their scorer; ``gold.py`` runs them.

Only texts (and the target, where a task gives one) are read of the gold files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from framing.article import FramingError, Span
from framing.wording import biased, hedging, loaded_language, toward
from framing.wording.topics import topics

Row = dict[str, Any]

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


def _sentences(name: str, probability: Callable[[str], float]) -> Callable[[Path], Iterator[Row]]:
    """Label 1 from one half on, with the probability."""

    def task(gold: Path) -> Iterator[Row]:
        for row in _rows(gold, name):
            p = probability(row["text"])
            yield {"id": row["id"], "label": int(p >= 0.5), "score": p}

    return task


def _words(
    name: str, scored: Callable[[str], list[tuple[Span, float, bool]]]
) -> Callable[[Path], Iterator[Row]]:
    """A label and a score for each token of the scorer."""

    def task(gold: Path) -> Iterator[Row]:
        for row in _rows(gold, name):
            found = scored(row["text"])
            labels, scores = [], []
            for token in _TOKEN.finditer(row["text"]):
                here = [(p, yes) for s, p, yes in found if s.start < token.end() and token.start() < s.end]
                labels.append(int(any(yes for _, yes in here)))
                scores.append(max((p for p, _ in here), default=0.0))
            yield {"id": row["id"], "tok_labels": labels, "tok_scores": scores}

    return task


def _topics(name: str, model: str) -> Callable[[Path], Iterator[Row]]:
    def task(gold: Path) -> Iterator[Row]:
        for row in _rows(gold, name):
            found = topics(row["text"], model)
            yield {
                "id": row["id"],
                "labels": [t.label for t in found if t.assigned],
                "scores": {t.label: t.probability for t in found},
            }

    return task


def frac(gold: Path) -> Iterator[Row]:
    """The one policy frame of each sentence."""
    for row in _rows(gold, "frac"):
        (label,) = [t.label for t in topics(row["text"], "policy_frames") if t.assigned][:1]
        yield {"id": row["id"], "label": label}


def newsmtsc(gold: Path) -> Iterator[Row]:
    """The tone toward the target of each sentence."""
    for row in _rows(gold, "newsmtsc"):
        try:
            label = toward.tone(row["text"], Span(row["from"], row["to"])).label
        except ValueError:  # a masked outlet: the tool abstains, the scorer wants a label
            label = "neutral"
        yield {"id": row["id"], "label": label}


def basil(gold: Path) -> Iterator[Row]:
    """Sentences of whole articles, ranked; no model has seen this corpus."""
    scored = [(row["id"], loaded_language.judge(row["text"]).rank) for row in _rows(gold, "basil")]
    least = sorted(score for _, score in scored)[int(_RARE * len(scored))]
    yield from ({"id": i, "label": int(score >= least), "score": score} for i, score in scored)


def _biased_words(text: str) -> list[tuple[Span, float, bool]]:
    return _of(biased.judge(text))


def _hedge_words(text: str) -> list[tuple[Span, float, bool]]:
    return [(c.span, c.probability, c.marked) for c in hedging.cues(text)]


def _loaded_words(text: str) -> list[tuple[Span, float, bool]]:
    return _of(loaded_language.judge(text))


def _of(judged: biased.Judgement | loaded_language.Judgement) -> list[tuple[Span, float, bool]]:
    return [(w.span, w.probability, w.probability >= judged.threshold) for w in judged.words]


TASKS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "babe": _sentences("babe", lambda text: biased.judge(text).probability),
    "babe_words": _words("babe", _biased_words),
    "basil": basil,
    "basil_biased": _sentences("basil", lambda text: biased.judge(text).probability),
    "basil_words": _words("basil", _biased_words),
    "frac": frac,
    "frames5": _topics("frames5", "generic_frames"),
    "gvfc": _topics("gvfc", "gun_violence_frames"),
    "hedges": _sentences(
        "hedges", lambda text: max((float(c.marked) for c in hedging.cues(text)), default=0.0)
    ),
    "hedges_words": _words("hedges", _hedge_words),
    "moralevents": _topics("moralevents", "moral_foundations"),
    "newsmtsc": newsmtsc,
    "ptc": _sentences("ptc", lambda text: loaded_language.judge(text).probability),
    "ptc_words": _words("ptc", _loaded_words),
    "subj": _sentences("subj", lambda text: biased.judge(text).probability),
}
