"""What the transparent lists score on the gold data that there is, a line for each list and corpus.

    python benchmarks/lists_on_gold.py --corpora DIR [TASK ...]

``DIR`` holds the corpora of ``train_wording.py``. The lists are matched as the measures match them, voices
apart left aside: a word of the list that annotators marked is right, whoever says it.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score
from training import Array, Row, marked, report, rows

from framing import language
from framing.annotation import AnnotatedArticle, Token, VoiceSpan
from framing.article import Article, Paragraph, Span
from framing.measures._terms import hits
from framing.measures.tone import compound
from framing.wording.words import sentence


def annotated(texts: Iterable[str]) -> Iterator[AnnotatedArticle]:
    """Each text as an article of one paragraph in one voice, with its parts of speech."""
    nlp = language.load(None)
    for n, doc in enumerate(nlp.pipe(texts, disable=["parser", "ner", "lemmatizer"])):
        text, whole = doc.text, Span(0, len(doc.text))
        paragraph = Paragraph(0, "body", whole, whole, "gold")
        article = Article(str(n), text, text, (paragraph,), ((0, 0, len(text)),), language="en")
        tokens = tuple(
            Token(w.idx, w.idx + len(w), w.text, w.text, w.pos_, w.tag_, "", w.i, 0)
            for w in doc
            if not w.is_space
        )
        yield AnnotatedArticle(article, tokens, (whole,), (), (), (VoiceSpan(whole, "outlet", None),))


def words(task: str, name: str, data: list[Row], gold: Callable[[Row], list[list[int]]]) -> None:
    """Precision, recall and F1 of the list ``name`` over the words of the sentences."""
    said: list[Array] = []
    for row, one in zip(data, annotated(row["text"] for row in data), strict=True):
        found = [[hit.span.start, hit.span.end] for hit in hits(one, name)]
        seen = sentence(row["text"])
        said.append(np.stack([marked(seen, gold(row)), marked(seen, found)]))
    y, p = np.concatenate(said, axis=1)
    report(
        task=task,
        list=name,
        n_sentences=len(data),
        precision=float(precision_score(y, p)),
        recall=float(recall_score(y, p)),
        f1=float(f1_score(y, p)),
    )


def ranking(task: str, name: str, data: list[Row], pairs: dict[str, str]) -> None:
    """How well the share of a category's words ranks the texts that have the label: AUC, 0.5 is chance."""
    rates: list[dict[str, float]] = []
    for one in annotated(row["text"] for row in data):
        found = [hit.category for hit in hits(one, name)]
        rates.append({c: found.count(c) / max(1, one.n_words()) for c in pairs})
    auc = {
        category: round(
            float(roc_auc_score([label in row["labels"] for row in data], [r[category] for r in rates])), 3
        )
        for category, label in pairs.items()
    }
    report(task=task, list=name, n=len(data), auc=auc, mean=float(np.mean(list(auc.values()))))


def tone(data: list[Row]) -> None:
    """VADER's compound of the sentence against the tone toward the target in it."""
    names = ["negative", "neutral", "positive"]
    compounds = [compound(row["text"]) for row in data]
    # The thresholds of its authors (Hutto & Gilbert 2014).
    said = [names[1 + (c >= 0.05) - (c <= -0.05)] for c in compounds]
    report(
        task="newsmtsc",
        list="VADER",
        n=len(data),
        macro_f1=float(f1_score([row["label"] for row in data], said, average="macro")),
    )


GENERIC = {
    "conflict": "CO",
    "human interest": "HI",
    "economic": "EC",
    "morality": "MO",
}
MORAL = {name: name for name in ("care", "fairness", "loyalty", "authority", "sanctity")}


def tasks(corpora: Path) -> dict[str, Callable[[], None]]:
    """Name -> what it runs."""
    return {
        "babe_words": lambda: words(
            "babe_words", "loaded", [r for r in rows(corpora, "babe") if r["has_words"]], lambda r: r["spans"]
        ),
        "ptc_words": lambda: words(
            "ptc_words",
            "loaded",
            rows(corpora, "ptc"),
            lambda r: list(itertools.chain(r["loaded"], r["name"])),
        ),
        "hedges_words": lambda: words(
            "hedges_words", "hedges", rows(corpora, "hedges"), lambda r: r["spans"]
        ),
        "frames5": lambda: ranking("frames5", "frames", rows(corpora, "frames5"), GENERIC),
        "moralevents": lambda: ranking("moralevents", "moral", rows(corpora, "moralevents"), MORAL),
        "newsmtsc": lambda: tone(rows(corpora, "newsmtsc")),
    }


def main() -> None:
    """Run the tasks that are named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tasks", nargs="*", metavar="TASK")
    parser.add_argument("--corpora", type=Path, required=True)
    given = parser.parse_args()
    known = tasks(given.corpora)
    unknown = sorted(set(given.tasks) - set(known))
    if unknown:
        parser.error(f"unknown task {', '.join(unknown)}; known: {', '.join(known)}")
    for name in given.tasks or known:
        known[name]()


if __name__ == "__main__":
    main()
