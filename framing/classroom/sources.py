"""Where the texts of a lesson come from: an event of a study, or the demonstration set."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from framing.article import FramingError, Span
from framing.classroom import demonstration
from framing.classroom.settings import MAX_ITEMS
from framing.classroom.texts import ClassText
from framing.highlight import Mark, marks
from framing.tables import records

# A lesson reads a handful of facts, those that some texts lack first.
MAX_FACTS = 8

Texts = Callable[[], Mapping[str, str]]


class Table(Protocol):
    """Reads a table of a study, whole or the rows of some articles; as :meth:`framing.study.Study.table`."""

    def __call__(self, name: str, article_ids: Sequence[str] | None = None, /) -> pd.DataFrame:
        """The table."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, and where each text (by its id) carries it; a text that is missing lacks it."""

    text: str
    places: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class EventTexts:
    """All that a lesson can use of an event. ``outlets`` and ``bylines`` are those of the whole study."""

    event: str
    label: str
    card: str
    subject: str
    texts: tuple[ClassText, ...]
    stakeholders: tuple[str, ...]
    codes: Mapping[str, Mapping[str, str]]  # by hand: stakeholder -> text id -> code; empty = nobody coded
    facts: tuple[Fact, ...]
    outlets: tuple[str, ...]
    bylines: tuple[str, ...]


def event(name: str, table: Table, texts: Texts) -> EventTexts:
    """The event that settings name: of the demonstration set, or of the study that ``table`` reads.

    Raises FramingError where there is none of that name.
    """
    if name.startswith(demonstration.PREFIX):
        return _demonstration(name.removeprefix(demonstration.PREFIX), table, texts)
    return _study(name, table, texts)


def _demonstration(name: str, table: Table, texts: Texts) -> EventTexts:
    about = demonstration.get(name)
    own = [demonstration.text(text) for text in about.texts]
    ids = [text.article_id for text in own]
    held = table("articles")
    held = held[held["article_id"].isin(ids)]
    if len(held) == len(ids):
        of_study = {text.article_id: text for text in _texts(held, table, texts())}
        own = [_with_tool(text, of_study[text.article_id]) for text in own]
    facts = [
        Fact(
            fact,
            {
                text.id: demonstration.place(text.text, words)
                for text, words in zip(own, carried, strict=True)
                if words
            },
        )
        for fact, carried in about.facts
    ]
    codes = {who: dict(zip(about.texts, codes, strict=True)) for who, codes in about.codes.items()}
    return EventTexts(
        demonstration.PREFIX + name,
        about.label,
        about.card,
        about.subject,
        tuple(own),
        about.stakeholders,
        codes,
        _telling(facts, len(own)),
        tuple(text.outlet for text in own),
        (),
    )


def _with_tool(text: ClassText, of_study: ClassText) -> ClassText:
    """The hand-marked text with the study's marks, where both have the same words."""
    if of_study.text != text.text:
        return text
    return replace(text, tool=of_study.tool, extra=of_study.extra)


def _study(name: str, table: Table, texts: Texts) -> EventTexts:
    events, articles = table("events"), table("articles")
    about = records(events[events["event_id"] == name])
    if not about:
        known = ", ".join(demonstration.PREFIX + n for n in demonstration.events())
        raise FramingError(f"this study has no event {name!r}; name one of its events, or one of {known}")
    own = articles[(articles["event_id"] == name).fillna(False)]
    keywords = str(about[0]["keywords"] or "").split(";")
    card = f"Words that the reports share: {', '.join(keywords[:6])}." if keywords[0] else ""
    ids = [str(i) for i in own["article_id"]]
    found = _texts(own, table, texts())
    return EventTexts(
        name,
        str(about[0]["label"] or name),
        card,
        "",
        found,
        _speakers(table("quotes", ids)),
        {},
        _telling(_facts(table("passages", ids), name, {t.id: t for t in found}), len(found)),
        tuple(sorted(set(articles["outlet"].dropna()))),
        tuple(sorted(set(own["byline"].dropna()))),
    )


def _texts(articles: pd.DataFrame, table: Table, texts: Mapping[str, str]) -> tuple[ClassText, ...]:
    ids = [str(i) for i in articles["article_id"]]
    frames = {name: table(name, ids) for name in ("quotes", "terms", "paragraphs")}
    found = []
    for row in records(articles):
        name = str(row["article_id"])
        text = texts[name]
        of = {key: frame[frame["article_id"] == name] for key, frame in frames.items()}
        found.append(
            ClassText(
                id=name,
                article_id=name,
                outlet=str(row["outlet"] or ""),
                title=str(row["title"] or ""),
                byline=str(row["byline"] or ""),
                published=str(row["published"] or ""),
                text=text,
                paragraphs=_paragraphs(of["paragraphs"], text),
                tool=tuple(_inside(marks(of["quotes"], of["terms"]), text)),
                extra={key: row[key] for key in ("n_words", "wire_agency", "truncated", "language")},
            )
        )
    return tuple(found)


def _inside(found: Sequence[Mark], text: str) -> list[Mark]:
    return [mark for mark in found if len(mark.span) and mark.span.end <= len(text)]


def _paragraphs(frame: pd.DataFrame, text: str) -> tuple[tuple[str, Span], ...]:
    """Role and place of each paragraph; a text without any is one, line by line."""
    rows = sorted((r["start"], r["end"], r["role"]) for r in records(frame) if r["start"] is not None)
    found: list[tuple[str, Span]] = []
    for start, end, role in rows:
        if start < end <= len(text) and (not found or start >= found[-1][1].end):
            found.append((str(role), Span(int(start), int(end))))
    if found:
        return tuple(found)
    return tuple(("body", Span(*m.span())) for m in re.finditer(r"[^\n]+", text))


def _speakers(quotes: pd.DataFrame) -> tuple[str, ...]:
    """The event's named speakers, those with most words first, each with the last word of the name."""
    own = quotes[quotes["speaker"].notna()]
    words = own.groupby("speaker")["n_words"].sum().sort_values(ascending=False, kind="stable")
    names = sorted(map(str, words.index), key=lambda name: (-int(words[name]), name))[:MAX_ITEMS]
    return tuple(name if " " not in name else f"{name}: {name.split()[-1]}" for name in names)


def _facts(passages: pd.DataFrame, event_id: str, texts: Mapping[str, ClassText]) -> list[Fact]:
    own = passages[(passages["event_id"] == event_id).fillna(False)]
    found: dict[str, tuple[str, dict[str, Span]]] = {}
    for row in records(own):
        _, places = found.setdefault(str(row["passage_id"]), (str(row["text"]), {}))
        article = str(row["article_id"])
        if row["covered"] and row["start"] is not None and article in texts:
            place = Span(int(row["start"]), int(row["end"]))
            if place.end <= len(texts[article].text):
                places[article] = place
    return [Fact(text, places) for text, places in found.values()]


def _telling(facts: Sequence[Fact], n_texts: int) -> tuple[Fact, ...]:
    """The facts to talk about: those that most, but not all, texts carry come first."""
    order = sorted(facts, key=lambda f: (len(f.places) == n_texts, -len(f.places), f.text))
    return tuple(order[:MAX_FACTS])
