"""Words per second of the one spaCy pass, on the bundled seeds.

    python benchmarks/parse_speed.py [REPEATS]

Prints one line: versions, words per CPU second (the median over REPEATS, default 5) and
their range. CPU time on one thread, so that other work on the machine moves it little.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is imported

import platform
import statistics
import sys
import time

import spacy

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


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    nlp = language.load()
    texts = paragraphs()
    words = sum(map(n_words, texts))
    speeds = []
    for _ in range(repeats):
        start = time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        speeds.append(words / (time.process_time() - start))
    print(
        f"Python {platform.python_version()}, spaCy {spacy.__version__}, {words} words: "
        f"{statistics.median(speeds):,.0f} words/s ({min(speeds):,.0f} to {max(speeds):,.0f})"
    )


if __name__ == "__main__":
    main()
