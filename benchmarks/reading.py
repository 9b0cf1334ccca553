"""How well and how fast pages are read: body, title, date, authors against a gold folder.

    python benchmarks/reading.py --gold DIR [--split HALF] [--pages OUT.jsonl]

``DIR`` is no part of this project. It holds ``html_scrapinghub/`` (``ground-truth.json`` of
the article extraction benchmark beside ``<id>.html.gz``) and ``html_fundus/`` (``gold.json``:
file name -> outlet, country, title, authors, publishing_date, sections of paragraphs).
Bodies are compared as that benchmark does: precision and recall of runs of four words,
averaged over pages, F1 of the two averages. trafilatura's precision mode runs beside it.

``--split 0`` or ``1`` takes every second page (by a hash of its name), for rules that were
written while looking at the other half.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import trafilatura

from framing import seeds
from framing.article import Article
from framing.clean import RawArticle, clean
from framing.read import files, parsing

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_ENGLISH = ("uk", "us", "ca", "my", "tw", "za")  # country codes of outlets that may write English
_BODY_ROLES = ("body", "subhead") if "--no-standfirst" in sys.argv else ("body", "subhead", "standfirst")
_PASSES = 3  # of the timing runs; the fastest counts


@dataclass(frozen=True)
class Page:
    """A page with what people marked on it; None where the set has no such mark."""

    name: str
    data: bytes = field(repr=False)
    body: str = ""
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] | None = None
    is_english: bool = True


@dataclass(frozen=True)
class Answer:
    """What a tool says of a page."""

    body: str = ""
    title: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()


def scrapinghub(folder: Path) -> Iterator[Page]:
    """The article extraction benchmark's pages."""
    for name, row in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        data = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
        yield Page(name, data, row["articleBody"])


def fundus(folder: Path) -> Iterator[Page]:
    """Fundus' test pages. A page is English where most of its common words are."""
    for name, row in json.loads((folder / "gold.json").read_text("utf-8")).items():
        data = gzip.decompress((folder / name).read_bytes())
        parts = [line for s in row["sections"] for line in (*s["headline"], *s["paragraphs"])]
        body = "\n".join(parts)
        published = (row["publishing_date"] or "")[:10] or None
        english = (
            row["country"] in _ENGLISH and len(re.findall(r"\b(?:the|and|of)\b", body)) > len(body) / 300
        )
        yield Page(name, data, body, row["title"], published, tuple(row["authors"]), english)


def framing_answer(page: Page) -> Answer:
    """framing: reader and cleaner, as `framing analyze` runs them."""
    article = read_page(page.data)
    if article is None:
        return Answer()
    kept = [p.span for p in article.paragraphs if p.span and p.role in _BODY_ROLES]
    body = "\n".join(span.of(article.text) for span in kept)
    names = re.split(r"; |, | and | & ", article.byline) if article.byline else []
    return Answer(body, article.title, article.published[:10], tuple(n for n in names if n))


def read_page(data: bytes) -> Article | None:
    """The article of a page, without the worker process."""
    for one in parsing.parse(files.member("page.html", "", data), {}):
        if isinstance(one, parsing.Parsed) and isinstance(one.found, RawArticle):
            return clean(one.found)
    return None


def trafilatura_answer(page: Page) -> Answer:
    """trafilatura alone, in its precision mode."""
    document = trafilatura.bare_extraction(
        page.data, favor_precision=True, include_comments=False, with_metadata=True
    )
    if document is None:
        return Answer()
    names = tuple(name.strip() for name in (document.author or "").split(";") if name.strip())
    return Answer(document.text or "", document.title or "", document.date or "", names)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, or the words themselves where there are fewer."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if len(words) < _SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def body_score(gold: str, found: str) -> tuple[float, float]:
    """(precision, recall) of a body, each 0 to 1; nothing found where nothing is there is right."""
    want, have = shingles(gold), shingles(found)
    common = sum((want & have).values())
    precision = common / sum(have.values()) if have else float(not want)
    recall = common / sum(want.values()) if want else 1.0
    return precision, recall


def _same(one: str, other: str) -> bool:
    return " ".join(_WORD.findall(one)).casefold() == " ".join(_WORD.findall(other)).casefold()


def report(label: str, pages: Sequence[Page], answers: Sequence[Answer]) -> None:
    """Print a line of figures."""
    scores = [body_score(p.body, a.body) for p, a in zip(pages, answers, strict=True)]
    precision, recall = fmean(p for p, _ in scores), fmean(r for _, r in scores)
    f1 = 2 * precision * recall / (precision + recall)
    parts = [f"{label:34} n {len(pages):3}  F1 {f1:.4f} (P {precision:.4f} R {recall:.4f})"]
    pairs = list(zip(pages, answers, strict=True))
    for what, share in (
        ("title", [_same(p.title, a.title) for p, a in pairs if p.title]),
        ("date", [p.date == a.date for p, a in pairs if p.date]),
        ("authors", [_names(p.authors) == _names(a.authors) for p, a in pairs if p.authors is not None]),
    ):
        if share:
            parts.append(f"{what} {fmean(share):.3f}")
    print("  ".join(parts), flush=True)


def _names(names: Sequence[str]) -> set[str]:
    return {" ".join(_WORD.findall(name)).casefold() for name in names}


def seconds(call: Callable[[], object]) -> float:
    """Processor time of the fastest of a few runs."""
    times = []
    for _ in range(_PASSES):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def speeds(pages: Sequence[Page]) -> None:
    """Print documents a second: plain text cleaned, pages read, both beside bare trafilatura."""
    folder = seeds.folder()
    texts = [path.read_bytes() for path in sorted(folder.glob("*.txt"))]
    repeats = 40

    def plain() -> None:
        for _ in range(repeats):
            for data in texts:
                for one in parsing.parse(files.member("a.txt", "", data), {}):
                    if isinstance(one, parsing.Parsed) and isinstance(one.found, RawArticle):
                        clean(one.found)

    print(f"plain text: {len(texts) * repeats / seconds(plain):,.0f} documents a second and core")
    ours = seconds(lambda: [read_page(page.data) for page in pages])
    bare = seconds(lambda: [trafilatura_answer(page) for page in pages])
    body = seconds(
        lambda: [
            trafilatura.extract(page.data, favor_precision=True, include_comments=False) for page in pages
        ]
    )
    n = len(pages)
    print(
        f"pages: {n / ours:.1f} a second; {bare / ours:.2f} x trafilatura with metadata,"
        f" {body / ours:.2f} x trafilatura's body alone"
    )


def main() -> None:
    """Print accuracy and speed on a gold folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--split", type=int, choices=(0, 1))
    parser.add_argument("--no-standfirst", action="store_true")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--pages", type=Path, help="write what was found on each page here")
    options = parser.parse_args()
    sets = {
        "scrapinghub": list(scrapinghub(options.gold / "html_scrapinghub")),
        "fundus": list(fundus(options.gold / "html_fundus")),
    }
    if options.split is not None:
        sets = {
            name: [p for p in pages if hashlib.sha256(p.name.encode()).digest()[0] % 2 == options.split]
            for name, pages in sets.items()
        }
    rows = []
    for name, pages in sets.items():
        for tool, answer in (("framing", framing_answer), ("trafilatura", trafilatura_answer)):
            answers = [answer(page) for page in pages]
            report(f"{name} {tool}", pages, answers)
            english = [(p, a) for p, a in zip(pages, answers, strict=True) if p.is_english]
            if name == "fundus":
                report(f"{name} English {tool}", [p for p, _ in english], [a for _, a in english])
            rows += [
                {
                    "set": name,
                    "tool": tool,
                    "page": p.name,
                    "found": vars(a),
                    "score": body_score(p.body, a.body),
                }
                for p, a in zip(pages, answers, strict=True)
            ]
    if options.pages:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        options.pages.write_text("".join(lines), "utf-8")
    if not options.no_speed:
        speeds([page for pages in sets.values() for page in pages][:60])


if __name__ == "__main__":
    main()
