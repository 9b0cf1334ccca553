"""What referents cost: CPU time of one event by its number of articles, the parse left out.

    python benchmarks/referents_cost.py [--texts FILE.jsonl] [--articles N]

Takes the "text" of each line of FILE, else the bundled articles, again and again until there
are N of them. The persons of each round get names of their own, so that an event twice as
large has twice as many of them. Prints JSON; exits 1 where N articles take a minute or more,
or where doubling the event takes more than four times as long (quadratic in its mentions).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from framing import seeds
from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article
from framing.referents import referents

LIMIT = 60.0  # seconds of one core
QUADRATIC = 4.4  # of the time for half as many articles; a tenth for the noise of the clock
_NAME = re.compile(r"\b(?=[A-Z])([A-Z][a-z]+) ([A-Z][a-z]+)\b")


def texts(path: Path | None) -> list[str]:
    """The texts of a JSON Lines file, else the bundled ones."""
    if path is None:
        return [article.text for article in seeds.articles()]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def articles(given: list[str], n: int) -> Iterator[AnnotatedArticle]:
    """``n`` annotated articles of 20 outlets; surnames differ from round to round."""
    made = []
    for i in range(n):
        turn = "abcdefghijklmnopqrstuvwxyz"[i // len(given) % 26] + "abcdefghij"[i // len(given) // 26 % 10]
        text = _NAME.sub(lambda m, turn=turn: f"{m[1]} {m[2]}{turn}", given[i % len(given)])
        made.append(Article(f"{i:05}", text, text, (), ((0, 0, len(text)),), outlet=f"outlet {i % 20}"))
    yield from annotate(made)


def seconds(event: list[AnnotatedArticle]) -> tuple[float, int]:
    """CPU seconds for referents and all rows of an event, and its mentions."""
    start = time.process_time()
    found = referents(event, "event")
    found.label_rows()
    found.portrayal_rows()
    return time.process_time() - start, len(found.scene.mentions)


def main() -> int:
    """Time a quarter, a half and all of the event."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    given = parser.parse_args()
    event = list(articles(texts(given.texts), given.articles))
    rows = []
    for n in (len(event) // 4, len(event) // 2, len(event)):
        took, mentions = seconds(event[:n])
        rows.append({"articles": n, "mentions": mentions, "seconds": round(took, 2)})
    growth = rows[-1]["seconds"] / max(rows[-2]["seconds"], 0.01)
    json.dump({"runs": rows, "growth_of_the_last_doubling": round(growth, 2)}, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return int(rows[-1]["seconds"] >= LIMIT or growth > QUADRATIC)


if __name__ == "__main__":
    sys.exit(main())
