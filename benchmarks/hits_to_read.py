"""Hits of a measure drawn at random from a corpus, to be read and judged by hand.

    python benchmarks/hits_to_read.py boosters --corpora DIR [--n 50] [--seed 1]

For measures that no public corpus marks. ``DIR`` holds the corpora of ``train_wording.py``; the texts are
the development sentences of MoralEvents (whole articles of United States news), which no list was made
from; where a list was corrected by other draws from them, the card of the measure says so. The same call
prints the same hits, each with its sentence, for a reader to say right or wrong. The figures on the cards
were counted so, by one reader.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article, Paragraph, Span
from framing.measure import Evidence
from framing.measures import get

ARTICLES = 120  # as many as give enough hits of the rarest kind


def articles(corpora: Path) -> Iterator[Article]:
    """The articles of ``moralevents.jsonl`` in an order drawn once, a sentence a paragraph."""
    by_doc: dict[str, list[str]] = defaultdict(list)
    with (corpora / "moralevents.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            by_doc[row["doc"]].append(" ".join(row["text"].split()))
    names = sorted(by_doc)
    random.Random(0).shuffle(names)
    for name in names[:ARTICLES]:
        paragraphs, at = [], 0
        for n, line in enumerate(by_doc[name]):
            span = Span(at, at + len(line))
            paragraphs.append(Paragraph(n, "body", span, span, "gold"))
            at = span.end + 2
        text = "\n\n".join(by_doc[name])
        yield Article(name, text, text, tuple(paragraphs), ((0, 0, len(text)),), language="en")


def main() -> None:
    """Print the hits."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("measure")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--n", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    measure = get(given.measure)
    found: list[tuple[AnnotatedArticle, Evidence]] = []
    for annotated in annotate(articles(given.corpora)):
        found += [(annotated, e) for e in measure(annotated).evidence]
    chosen = random.Random(given.seed).sample(found, min(given.n, len(found)))
    print(f"{len(found)} hits in {ARTICLES} articles; {len(chosen)} drawn")
    for n, (annotated, e) in enumerate(chosen, start=1):
        text = annotated.article.text
        sentence = annotated.sentence_at(e.span.start)
        around = sentence.of(text) if sentence else ""
        print(f"{n}. [{e.span.of(text)}] ({e.cue}; {e.category}; {e.voice} {e.speaker}) {around}")


if __name__ == "__main__":
    main()
