"""What framing reaches on the marked texts of this project, beside the least that it must reach.

``gold/floors.toml`` holds, for each task, a digest of its marked texts and a floor for each figure.
``test_accuracy.py`` fails where a figure falls below its floor, and where marked texts have changed
since somebody last looked at their floors. From the root of the checkout:

    python -m tests.accuracy                    prints what is reached, and the floors
    python -m tests.accuracy --raise            raises floors to what is reached; lowers none
    python -m tests.accuracy --looked-at TASK   takes the digest of changed texts, floors as they are

Lowering a floor is an edit of the file by hand, with the reason beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article, Paragraph, Span
from framing.classroom import demonstration
from framing.clean import RawArticle, clean
from framing.measures import lexicon_terms
from framing.measures._terms import hits
from framing.passages.alignment import MIN_PROBABILITY
from tests import marked_quotes, marked_referents, test_clean_pages, test_passages
from tests.made_articles import made

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
FLOORS = GOLD / "floors.toml"


@dataclass(frozen=True, slots=True)
class Reached:
    """The figures of a task, each a share from 0 to 1, and what went wrong, for people."""

    figures: Mapping[str, float]
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Marked texts, and how framing is scored on them."""

    texts: tuple[Path, ...]
    score: Callable[[], Reached]

    def digest(self) -> str:
        """SHA-256 of names and bytes of the marked texts; line ends count as one character."""
        whole = hashlib.sha256()
        for path in self.texts:
            whole.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
            whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
        return whole.hexdigest()


def _shares(right: int, found: int, marked: int) -> dict[str, float]:
    return {"recall": right / marked, "precision": right / found}


def _quotes(path: Path) -> Reached:
    gold = marked_quotes.passages(path)
    result = marked_quotes.score(list(zip(gold, annotate(p.article for p in gold), strict=True)))
    return Reached(result.as_shares(), tuple(result.wrong or ()))


def _referents(path: Path) -> Reached:
    return Reached(marked_referents.scores(marked_referents.event(path)))


def _terms(path: Path) -> Reached:
    annotated, marked = made(path.read_text(encoding="utf-8"))
    found = [hit.span for hit in hits(annotated, path.stem)]
    text = annotated.article.text
    wrong = [f"not marked: {s.of(text)!r}" for s in found if s not in marked]
    wrong += [f"not found: {s.of(text)!r}" for s in marked if s not in found]
    return Reached(_shares(len({*found} & {*marked}), len(found), len(marked)), tuple(wrong))


def _pages(paths: Iterable[Path]) -> Reached:
    """Words of title, lead and body kept, and words kept that belong there."""
    kept, wanted, right = Counter[str](), Counter[str](), Counter[str]()
    for path in paths:
        page = test_clean_pages.load(path)
        roles = {"title", "standfirst", "subhead", "body"}
        gold = Counter(" ".join(page.source[s:e] for role, s, e in page.marks if role in roles).split())
        ours = Counter(clean(RawArticle(page.source)).text.split())
        kept, wanted, right = kept + ours, wanted + gold, right + (gold & ours)
    return Reached(_shares(right.total(), kept.total(), wanted.total()))


def _paraphrases() -> Reached:
    pairs = test_passages.gold()
    said = [p >= MIN_PROBABILITY for p in test_passages.judged([(p.one, p.other) for p in pairs])]
    right = sum(s and p.same for s, p in zip(said, pairs, strict=True))
    figures = _shares(right, sum(said), sum(p.same for p in pairs))
    numbers = [not s for s, p in zip(said, pairs, strict=True) if p.differs == "number"]
    figures["other numbers told apart"] = sum(numbers) / len(numbers)
    wrong = [
        f"{'missed' if p.same else 'false'}: {p.one} / {p.other}"
        for s, p in zip(said, pairs, strict=True)
        if s != p.same
    ]
    return Reached(figures, tuple(wrong))


def _demonstration(event: str) -> Reached:
    """The tool's marks against those made by hand for lessons.

    Quotations must have the same words and the speaker's name (of a mixed one those inside the marks
    are taken), cues the same place and stance; a loaded term or a hedge is found where the tool marks
    a part of it.
    """
    right, found, marked = Counter[str](), Counter[str](), Counter[str]()
    wrong: list[str] = []
    texts = [demonstration.text(name) for name in demonstration.get(event).texts]
    for text, annotated in zip(texts, annotate(_as_article(t) for t in texts), strict=True):
        by_hand = {(m.layer, m.span, m.speaker, m.stance) for m in text.hand}
        by_tool = _marks(annotated)
        for layer in {layer for layer, *_ in by_hand}:
            own = [m for m in by_hand if m[0] == layer]
            theirs = [m for m in by_tool if m[0] == layer]
            agreed = [m for m in own if any(_same(text.text, m, t) for t in theirs)]
            kept = [t for t in theirs if any(_same(text.text, m, t) for m in own)]
            marked[layer] += len(own)
            found[layer] += len(theirs)
            right[f"{layer} recall"] += len(agreed)
            right[f"{layer} precision"] += len(kept)
            wrong += [f"not found: {m[1].of(text.text)!r} ({layer})" for m in own if m not in agreed]
            wrong += [f"not marked: {t[1].of(text.text)!r} ({layer})" for t in theirs if t not in kept]
    figures = {}
    for layer in sorted(marked):
        figures[f"{layer} recall"] = right[f"{layer} recall"] / marked[layer]
        figures[f"{layer} precision"] = right[f"{layer} precision"] / (found[layer] or 1)
    return Reached(figures, tuple(wrong))


ToolMark = tuple[str, Span, str, str]  # layer, place, speaker, stance


def _marks(annotated: AnnotatedArticle) -> list[ToolMark]:
    found: list[ToolMark] = []
    for q in annotated.quotations:
        if q.kind != "scare" and not q.nested_in:
            parts = q.quoted if q.kind == "mixed" else (q.span,)
            found += [("reported" if q.kind == "indirect" else "quote", p, q.speaker, "") for p in parts]
        if q.cue_span:
            found.append(("cue", q.cue_span, q.speaker, q.cue_stance))
    of_list = {"loaded": "loaded", "hedges": "hedge"}
    found += [(of_list[t.lexicon], t.span, "", "") for t in lexicon_terms(annotated) if t.lexicon in of_list]
    return list(dict.fromkeys(found))


def _same(text: str, by_hand: ToolMark, by_tool: ToolMark) -> bool:
    layer, place, speaker, stance = by_hand
    _, found, name, their_stance = by_tool
    if layer == "cue":
        return place == found and stance == their_stance
    if layer in ("loaded", "hedge"):
        return place.start < found.end and found.start < place.end
    same_words = marked_quotes.trimmed(text, place) == marked_quotes.trimmed(text, found)
    one, other = (re.sub(r"^the ", "", who.lower()).replace("’", "'") for who in (speaker, name))
    return same_words and (one in other or other in one)


def _as_article(text: demonstration.ClassText) -> Article:
    paragraphs = [Paragraph(n, role, span, span, "") for n, (role, span) in enumerate(text.paragraphs)]
    pieces = ((0, 0, len(text.text)),)
    return Article(text.id, text.text, text.text, tuple(paragraphs), pieces, title=text.title, language="en")


def _tasks() -> dict[str, Task]:
    found = {f"quotes.{p.stem}": Task((p,), partial(_quotes, p)) for p in (GOLD / "quotes").glob("*.txt")}
    found |= {
        f"referents.{p.stem}": Task((p,), partial(_referents, p)) for p in (GOLD / "referents").glob("*.txt")
    }
    found |= {f"terms.{p.stem}": Task((p,), partial(_terms, p)) for p in (GOLD / "measures").glob("*.txt")}
    pages = tuple(sorted((GOLD / "clean").glob("*.txt")))
    found["pages"] = Task(pages, partial(_pages, pages))
    found["paraphrases"] = Task((GOLD / "paraphrases.txt",), _paraphrases)
    for event in demonstration.events().values():
        texts = tuple(ROOT / "classroom" / "texts" / f"{name}.txt" for name in event.texts)
        marked = (ROOT / "classroom" / "marks.tsv", *texts)
        found[f"demonstration.{event.name}"] = Task(marked, partial(_demonstration, event.name))
    return dict(sorted(found.items()))


TASKS = _tasks()


def floors(text: str) -> dict[str, dict[str, float | str]]:
    """The floors by task: ``texts`` is the digest, every other key a figure.

    >>> floors('[pages]\\ntexts = "ab"\\nrecall = 0.9\\n[quotes.kinds]\\n"x y" = 1.0')
    {'pages': {'texts': 'ab', 'recall': 0.9}, 'quotes.kinds': {'x y': 1.0}}
    """
    found: dict[str, dict[str, float | str]] = {}
    for name, table in tomllib.loads(text).items():
        inner = {k: v for k, v in table.items() if isinstance(v, dict)}
        found |= {f"{name}.{k}": v for k, v in inner.items()} if inner else {name: table}
    return found


def below(figures: Mapping[str, float], least: Mapping[str, float | str]) -> list[str]:
    """What of ``figures`` has no floor or is below it, and floors of figures that are no more.

    >>> below({"recall": 0.8}, {"texts": "ab", "recall": 0.9})
    ['recall is 0.8, the floor 0.9']
    """
    problems = [
        f"{name} has a floor, and is not scored" for name in least.keys() - figures.keys() - {"texts"}
    ]
    for name, value in figures.items():
        floor = least.get(name)
        if not isinstance(floor, int | float):
            problems.append(f"{name} has no floor; it is {down(value)}")
        elif value < floor:
            problems.append(f"{name} is {down(value)}, the floor {floor}")
    return sorted(problems)


def down(value: float) -> float:
    """Two decimals, never more than ``value``.

    >>> down(0.8291), down(0.29)
    (0.82, 0.29)
    """
    return math.floor(value * 100 + 1e-9) / 100


def with_value(text: str, task: str, key: str, value: str) -> str:
    """The floors file with one line of one task set; comments and order stay."""
    name = key if key.isidentifier() else f'"{key}"'
    lines = text.rstrip("\n").split("\n")
    if f"[{task}]" not in lines:
        lines += ["", f"[{task}]"]
    start = end = lines.index(f"[{task}]") + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    at = next((n for n in range(start, end) if lines[n].startswith(f"{name} = ")), end)
    lines[at : at + (at < end)] = [f"{name} = {value}"]
    return "\n".join(lines) + "\n"


def raised(text: str, task: str, figures: Mapping[str, float]) -> str:
    """The floors file with the floors of ``task`` at ``figures`` where these are higher or new."""
    known = floors(text).get(task, {})
    for name, value in figures.items():
        floor = known.get(name)
        if not isinstance(floor, int | float) or down(value) > floor:
            text = with_value(text, task, name, str(down(value)))
    return text


def main() -> None:
    """The command line: see the head of this file."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy")
    parser.add_argument(
        "--raise", dest="raising", action="store_true", help="raise floors to what is reached"
    )
    parser.add_argument("--looked-at", metavar="TASK", action="append", default=[], choices=TASKS)
    given = parser.parse_args()
    text = FLOORS.read_text(encoding="utf-8")
    for name in given.looked_at:
        text = with_value(text, name, "texts", f'"{TASKS[name].digest()}"')
    for name, task in TASKS.items():
        if given.looked_at and name not in given.looked_at:
            continue
        reached, least = task.score().figures, floors(text).get(name, {})
        for figure, value in reached.items():
            sys.stdout.write(f"{name:24} {figure:26} {value:.3f}  floor {least.get(figure, 'none')}\n")
        text = raised(text, name, reached) if given.raising else text
    if given.raising or given.looked_at:
        FLOORS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
