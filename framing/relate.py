"""All articles of a study together: events, reprints, passages, labels, comparisons.

Reads the finished parts and writes the tables over all articles. Nothing is parsed here,
so a correction by the user costs no second pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from framing import events, referents, reprints, store, tables, voices
from framing.aligning import Progress, align
from framing.article import FramingError
from framing.comparing.made import KINDS, Made
from framing.engine import Engine, Here, Task
from framing.events import Content, Corrections, Event, EventInput, Grouping
from framing.quotes.speakers.corrections import SpeakerCorrection, from_json, to_json
from framing.reprints import Printed, ReprintInput
from framing.rows import Row
from framing.store import Outline
from framing.study import Study
from framing.text import fold

__all__ = ["Progress", "correct_events", "correct_referents", "correct_speakers", "relate", "silent"]

R = TypeVar("R")

# What a happening is known by: names, not amounts and dates.
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT"})


def silent(stage: str, done: int, total: int | None) -> None:
    """No progress."""


def relate(study: Study, *, on: Engine | None = None, progress: Progress = silent) -> list[str]:
    """Group, align and compare what the study holds, with the user's corrections applied.

    ``on``: where articles are read, events aligned and outlets compared (None: in this process); the
    tables are the same. Returns a sentence for each correction that found nothing to correct, which is
    kept, and for each event that could not be aligned.
    """
    on = on or Here()
    with on.kept(), study.relating():
        return _relate(study, on, progress)


def _relate(study: Study, on: Engine, progress: Progress) -> list[str]:
    progress("grouping into events", 0, 1)
    grouping = _group(study, on)
    progress("grouping into events", 1, 1)
    study.assign(_assignments(study, grouping.event_of(), grouping.unassigned, on))
    articles = study.table("articles").set_index("article_id")
    reprinted = set(articles.index[articles["reprint_of"].notna()])
    aligned = align(study, grouping.events, reprinted, on=on, progress=progress)
    outlet_of = {str(article_id): str(outlet) for article_id, outlet in articles["outlet"].dropna().items()}
    left_out = aligned.pairs_not_compared
    study.write_table("events", [_event_row(e, outlet_of, left_out.get(e.id)) for e in grouping.events])
    _compare(study, on, progress)
    return aligned.told


def correct_events(study: Study, action: str, ids: Sequence[str], *, progress: Progress = silent) -> None:
    """Merge, split, lock or unlock events, keep that for later runs, and relate again.

    Raises FramingError for ids that the study does not have.
    """
    before, current = _corrections(study), _current_events(study)
    if action == "merge":
        after = events.merge(before, current, ids)
    elif action == "split":
        after = events.split(before, current, ids[0], ids[1:])
    else:
        after = before
        for event_id in ids:
            after = (
                events.lock(after, current, event_id) if action == "lock" else events.unlock(after, event_id)
            )
    study.write_corrections({**study.corrections, "events": after.to_json()})
    relate(study, progress=progress)


def correct_speakers(
    study: Study, corrections: Sequence[SpeakerCorrection], *, progress: Progress = silent
) -> None:
    """Keep decisions about speakers, after those that the study has, and relate again.

    Raises FramingError for quotations, speakers and events that the study does not have.
    """
    quotes = study.table("quotes")
    known = {"quote_id": set(quotes["quote_id"]), "event_id": set(study.table("events")["event_id"])}
    known["speaker"] = set(quotes["speaker"].dropna())
    for column, values in known.items():
        unknown = sorted({str(getattr(c, column)) for c in corrections} - values - {""})
        if unknown:
            raise FramingError(
                f"{study.path} has no {column} {', '.join(map(repr, unknown[:5]))}"
                f"{' …' if len(unknown) > 5 else ''}; quotes.csv of an export lists them"
            )
    kept = study.corrections.get("speakers", [])
    study.write_corrections({**study.corrections, "speakers": [*kept, *to_json(corrections)]})
    relate(study, progress=progress)


def correct_referents(study: Study, step: referents.Step, *, progress: Progress = silent) -> None:
    """Keep a decision about a referent of an event, after those that the study has, and relate again.

    Raises FramingError where the event or a referent or label that the step names is not there.
    """
    members = [a for a, event_id in study.event_ids().items() if event_id == step.event_id]
    if not members:
        raise FramingError(f"{study.path} has no event {step.event_id!r}; events.csv of an export lists them")
    before = referents.Corrections.from_json(study.corrections.get("referents", []))
    after = referents.Corrections((*before.steps, step))
    decisions = from_json(study.corrections.get("speakers", []))
    spoken = voices.unify(list(study.documents(members)), step.event_id, decisions).articles
    known, new = (
        referents.referents(spoken, step.event_id, corrections=c).unapplied for c in (before, after)
    )
    if len(new) > len(known):
        raise FramingError("; ".join(new[len(known) :]))
    study.write_corrections({**study.corrections, "referents": after.to_json()})
    relate(study, progress=progress)


def _corrections(study: Study) -> Corrections:
    kept = study.corrections.get("events")
    return Corrections() if kept is None else Corrections.from_json(kept)


def _current_events(study: Study) -> list[Event]:
    """The events as the last run left them, which is what the user sees and names."""
    members: dict[str, list[str]] = defaultdict(list)
    for article_id, event_id in study.event_ids().items():
        members[event_id].append(article_id)
    return [
        Event(
            id=row["event_id"],
            label=row["label"] or "",
            keywords=tuple((row["keywords"] or "").split(";")),
            article_ids=tuple(sorted(members[row["event_id"]])),
            confidence=row["confidence"],
            locked=row["locked"],
        )
        for row in tables.records(study.table("events"))
    ]


def _event_input(article: Outline) -> EventInput:
    names = {e.span.of(article.text) for e in article.entities if e.label in _NAMES}
    # All texts are in memory at once; one typographic mark makes a text twice as large. A text without a
    # title may name its event, so it keeps its marks.
    text = fold(article.text) if article.title else article.text
    return EventInput(article.article_id, text, article.title, tuple(sorted(names)), article.published)


def _event_row(event: Event, outlet_of: Mapping[str, str], pairs_not_compared: int | None) -> Row:
    return {
        "event_id": event.id,
        "label": event.label,
        "keywords": ";".join(event.keywords),
        "first_published": event.first_published,
        "last_published": event.last_published,
        "n_articles": len(event.article_ids),
        "n_outlets": len({outlet_of[a] for a in event.article_ids if a in outlet_of}),
        "locked": event.locked,
        "confidence": event.confidence,
        "pairs_not_compared": pairs_not_compared,
    }


def _assignments(
    study: Study, event_of: Mapping[str, str], unassigned: Mapping[str, str], on: Engine
) -> list[Row]:
    """Event, or why there is none, and origin of every article; under half of another is partial use."""
    rows: dict[str, Row] = {
        article_id: {
            "article_id": article_id,
            "event_id": event_of.get(article_id),
            "unassigned_why": unassigned.get(article_id),
        }
        for article_id in sorted(study.article_ids())
    }
    placed = [
        replace(one, head=replace(one.head, event_id=event_of.get(one.head.article_id, "")))
        for part in _of_parts(study, _printed, on)
        for one in part
    ]
    for found in reprints.find_printed(placed, least=reprints.PARTIAL):
        kind = "reprint" if found.share >= reprints.MIN_SHARE else "reuse"
        rows[found.article_id] |= {f"{kind}_of": found.origin_id, f"{kind}_share": found.share}
    return list(rows.values())


def _group(study: Study, on: Engine) -> Grouping:
    read = _of_parts(study, _said, on)
    inputs, words = [one for own, _ in read for one in own], events.together([words for _, words in read])
    del read
    return events.group(inputs, words=words, corrections=_corrections(study), previous=study.event_ids())


def _of_parts(study: Study, work: Callable[[Study, Task[str]], R], on: Engine) -> list[R]:
    """What ``work`` makes of each part of the study, in their order."""
    tasks = [(part.stem,) for part in study.parts]
    do = partial(work, study.for_workers())
    made = {
        outcome.task: do(outcome.task) if outcome.result is None else outcome.result
        for outcome in on.run(do, tasks)
    }
    return [made[task] for task in tasks]


def _said(study: Study, parts: Task[str]) -> tuple[list[EventInput], Content]:
    """The articles of some parts as the grouping takes them."""
    inputs = [_event_input(outline) for outline in _outlines(study, parts)]
    return inputs, events.said(inputs)


def _printed(study: Study, parts: Task[str]) -> list[Printed]:
    """The articles of some parts as the search for reprints takes them; their events are not known yet."""
    return [
        reprints.printed(ReprintInput(o.article_id, o.outlet, "", o.text, o.quoted, o.published))
        for o in _outlines(study, parts)
    ]


def _outlines(study: Study, parts: Iterable[str]) -> Iterator[Outline]:
    for part in parts:
        yield from store.read_outlines(study.document(part))


def _compare(study: Study, on: Engine, progress: Progress) -> None:
    made = Made(study.for_workers())
    progress("comparing outlets", 0, len(KINDS))
    for done, outcome in enumerate(on.run(made.write, [(kind,) for kind in KINDS]), start=1):
        if outcome.result is None:  # it ended every process that took it; alone it has more memory
            made.write(outcome.task)
        progress("comparing outlets", done, len(KINDS))
