"""What quotations cost on top of the parse: CPU time of `annotate` against a bare parse of the same text.

    python benchmarks/quotes_cost.py [--texts FILE.jsonl] [--articles N]

The bare parse runs the same pipeline with the same components over the same paragraphs,
in the same process, article batches of both taking turns. Without --texts the bundled
articles are taken again and again. Prints JSON; exits 1 where more than 25 % is added.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from itertools import islice
from pathlib import Path

from framing import language
from framing.annotate import annotate, paragraphs
from framing.article import Article
from framing.text import n_words

LIMIT = 0.25  # of the bare parse
BATCH = 16  # articles a turn
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def plain(name: str, text: str) -> Article:
    """A text as an article whose lines are its paragraphs."""
    return Article(name, text, text, (), ((0, 0, len(text)),))


def texts(path: Path | None, n: int) -> list[str]:
    """``n`` texts: the "text" of each line of ``path``, else the bundled articles in turn."""
    if path is not None:
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in islice(lines, n)]
    bundled = [p.read_text(encoding="utf-8") for p in sorted(SEEDS.glob("*.txt"))]
    return [bundled[i % len(bundled)] for i in range(n)]


def measure(articles: list[Article]) -> dict[str, float | int | str]:
    """CPU seconds of both, in turns, after a warm-up."""
    nlp = language.load()
    list(annotate(articles[:2]))
    bare = full = 0.0
    for at in range(0, len(articles), BATCH):
        batch = articles[at : at + BATCH]
        start = time.process_time()
        for _ in nlp.pipe([p.of(a.text) for a in batch for p in paragraphs(a)], batch_size=128):
            pass
        middle = time.process_time()
        for _ in annotate(batch):
            pass
        bare += middle - start
        full += time.process_time() - middle
    words = sum(n_words(a.text) for a in articles)
    return {
        "articles": len(articles),
        "words": words,
        "bare_parse_s": round(bare, 2),
        "annotate_s": round(full, 2),
        "added": round(full / bare - 1, 3),
        "limit": LIMIT,
        "words_per_s": round(words / full),
        "model": " ".join(language.model_info()[k] for k in ("name", "version")),
        "python": sys.version.split()[0],
    }


def main() -> int:
    """Measure and print; 1 where the limit is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, help='JSON Lines with a "text" each')
    parser.add_argument("--articles", type=int, default=60)
    given = parser.parse_args()
    result = measure([plain(f"a{i}", t) for i, t in enumerate(texts(given.texts, given.articles))])
    print(json.dumps(result))
    return int(float(result["added"]) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
