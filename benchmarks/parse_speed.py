"""Words per second of the one spaCy pass, on the bundled seeds.

    python benchmarks/parse_speed.py [REPEATS]

Prints one line: versions, words per CPU second (the median over REPEATS, default 5), their
range, and the ratio to the same model as spaCy loads it, with the number of tokens on which
the two differ. CPU time on one thread, so that other work on the machine moves it little.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported

import platform
import statistics
import sys
import time

import spacy
from spacy.language import Language

from framing import language, resources
from framing.text import n_words

COPIES = 5  # of the seeds: 16,000 words, two seconds a round


def paragraphs() -> list[str]:
    """The lines of the seeds with more than ten words: what the parser meets in an article."""
    lines = (
        line.strip()
        for path in sorted(resources.folder("seeds").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [line for line in lines if n_words(line) > 10] * COPIES


def seconds(nlp: Language, texts: list[str]) -> tuple[float, list[tuple[object, ...]]]:
    """CPU time of one round, and what was found."""
    start = time.process_time()
    docs = list(nlp.pipe(texts))
    taken = time.process_time() - start
    return taken, [
        (t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for doc in docs
        for t in doc
    ]


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    nlp = language.load()
    bare = spacy.load(nlp.path)
    texts = paragraphs()
    words = sum(map(n_words, texts))
    speeds, ratios, differing = [], [], 0
    for _ in range(repeats):
        there, expected = seconds(bare, texts)
        here, found = seconds(nlp, texts)
        speeds.append(words / here)
        ratios.append(there / here)
        differing += sum(a != b for a, b in zip(expected, found, strict=True))
    print(
        f"Python {platform.python_version()}, spaCy {spacy.__version__}, {words} words: "
        f"{statistics.median(speeds):,.0f} words/s ({min(speeds):,.0f} to {max(speeds):,.0f}), "
        f"{statistics.median(ratios):.2f} times as fast as the model as spaCy loads it, "
        f"{differing} tokens with another tag, head, lemma or name"
    )


if __name__ == "__main__":
    main()
