"""The demonstration set: two invented events, three invented outlets each, marked by hand.

Human marks teach best (Spinde et al. 2024, arXiv 2412.19545); nobody real is named. The texts
lie in ``classroom/texts``, an input that ``framing analyze`` takes like any other, so that a
study can hold the tool's own marks beside those made by hand.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from framing.article import FramingError, Span, article_id
from framing.classroom.texts import ClassText
from framing.highlight import Mark
from framing.resources import folder

PREFIX = "demonstration:"
_TITLES = {
    "quote": "Quotation of {who}",
    "reported": "Reported words of {who}",
    "cue": "Cue: {stance}",
    "loaded": "Loaded term",
    "hedge": "Hedge",
}
_VOICES = {"quote": "quoted", "reported": "attributed"}


@dataclass(frozen=True, slots=True)
class Event:
    """An invented event: ``card`` in two neutral sentences, codes and facts by hand.

    ``stakeholders`` as settings write them; ``codes`` has for the name of each one of quoted,
    mentioned, absent per text; ``facts`` the words that carry each fact in each text, empty
    where a text lacks it.
    """

    name: str
    label: str
    card: str
    subject: str
    texts: tuple[str, ...]
    stakeholders: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    facts: tuple[tuple[str, tuple[str, ...]], ...]


def events() -> dict[str, Event]:
    """The events by name."""
    return dict(_events())


@lru_cache(maxsize=1)
def _events() -> tuple[tuple[str, Event], ...]:
    found = tomllib.loads((folder("classroom") / "events.toml").read_text(encoding="utf-8"))
    return tuple((name, _event(name, data)) for name, data in found.items())


def _event(name: str, data: dict[str, Any]) -> Event:
    return Event(
        name=name,
        label=data["label"],
        card=data["card"],
        subject=data["subject"],
        texts=tuple(data["texts"]),
        stakeholders=tuple(data["stakeholders"]),
        codes={who: tuple(codes) for who, codes in data["codes"].items()},
        facts=tuple((f["fact"], tuple(f["words"])) for f in data["facts"]),
    )


def get(name: str) -> Event:
    """The event of that name. FramingError names the known ones."""
    found = events()
    if name not in found:
        raise FramingError(f"no demonstration event {name!r}; known: {', '.join(found)}")
    return found[name]


@lru_cache(maxsize=16)
def text(name: str) -> ClassText:
    """One text with its marks made by hand; ``name`` is its file's."""
    place = folder("classroom")
    path = place / "texts" / f"{name}.txt"
    if not re.fullmatch(r"[a-z_]+", name) or not path.is_file():
        raise FramingError(f"no demonstration text {name!r}; they lie in {path.parent}")
    with (path.parent / "metadata.csv").open(encoding="utf-8", newline="") as file:
        about = next(row for row in csv.DictReader(file) if row["file"] == path.name)
    source = path.read_text(encoding="utf-8")
    blocks = source.strip().split("\n\n")
    # As the cleaner leaves them: the headline without the outlet behind it, no author line.
    title = blocks[0].removesuffix(f" – {about['outlet']}")
    byline = blocks[1].removeprefix("By ")
    cleaned = "\n\n".join([title, *blocks[2:]])
    return ClassText(
        id=name,
        article_id=article_id(source, about["outlet"]),
        outlet=about["outlet"],
        title=title,
        byline=byline,
        published=about["published"],
        text=cleaned,
        paragraphs=_paragraphs(cleaned),
        hand=tuple(_marks(name, cleaned)),
    )


def _paragraphs(text: str) -> tuple[tuple[str, Span], ...]:
    found = [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)]
    return tuple(("body" if n else "title", span) for n, span in enumerate(found))


def _marks(name: str, text: str) -> list[Mark]:
    found: list[Mark] = []
    for row in _rows():
        if row["text"] == name:
            found.append(_mark(row, place(text, row["words"], int(row["n"]))))
    return sorted(found, key=lambda m: (m.span.start, -m.span.end, m.layer))


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    with (folder("classroom") / "marks.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def place(text: str, words: str, n: int = 1) -> Span:
    """Where ``words`` stand as whole words for the ``n``-th time; FramingError where they do not."""
    hits = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    if len(hits) < n:
        raise FramingError(f"{words!r} stands {len(hits)} times in the text, not {n}: {text[:60]!r} …")
    return Span(*hits[n - 1].span())


def _mark(row: dict[str, str], span: Span) -> Mark:
    layer, who = row["layer"], row["speaker"]
    title = _TITLES[layer].format(who=who, stance=row["stance"])
    notes = (row["why"], "marked by hand")
    voice = _VOICES.get(layer, "outlet")
    return Mark(f"{layer}-{span.start}-{span.end}", span, layer, title, notes, who, voice, row["stance"])
