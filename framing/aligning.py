"""What the articles of each event carry, call and say of things: some events a task of an engine.

Events are independent of each other. A worker reads the articles of its events, writes their
rows into the study as one piece, whole or not at all, and gives back nothing but how many there
were; the main process puts the pieces together in the order of the events. A piece is named by
all that it rests on, so a run that takes up from a stopped one finds what was done.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from framing import distinctive, passages, presence, referents, store, table_files, tables, voices
from framing.annotation import AnnotatedArticle
from framing.collecting import uncollected
from framing.engine import Engine, Task
from framing.events import Event
from framing.quotes.speakers.corrections import SpeakerCorrection, from_json
from framing.referents import Step
from framing.rows import Row, quote_rows, speaker_rows
from framing.study import CORRECTED, Study
from framing.table_files import WORD_COUNTS

# Articles of a piece at most, if it is not one event alone: some 100 MB of annotation in memory at once.
MOST_ARTICLES = 250
# A study is about as many pieces at least, so that workers end at about the same time; but with fewer
# articles in each the files would cost more than they are worth.
LEAST_PIECES = 64
LEAST_ARTICLES = 16

# What a piece holds, in its order.
_TABLES = ("speakers", "voices", "passages", "labels", "portrayals", "presence", WORD_COUNTS, *CORRECTED)
_STAGE = "aligning passages"
_ENDED = "it ended every process that took it"

Progress = Callable[[str, int, int | None], None]
_Note = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Members:
    """An event as a worker takes it: articles, the parts of the study that hold them, the user's steps."""

    event_id: str
    article_ids: tuple[str, ...]
    parts: tuple[str, ...]
    reprints: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """What is known beside the tables.

    ``told``: a sentence for each correction that found nothing to correct, and for each event on which
    the work broke down: it has no rows, and ``presence`` says why. ``pairs_not_compared``: by event,
    see :class:`framing.passages.Passages`.
    """

    told: list[str]
    pairs_not_compared: dict[str, int]


def align(
    study: Study, found: Sequence[Event], reprinted: Collection[str], *, on: Engine, progress: Progress
) -> Aligned:
    """Make the tables with what was found in each event, and the words of each article in one."""
    decisions = tuple(from_json(study.corrections.get("speakers", [])))
    steps = referents.Corrections.from_json(study.corrections.get("referents", []))
    batches = list(_batches(_members(study, found, frozenset(reprinted), steps)))
    piece = _Piece(study.for_workers(), decisions, _digest(study.measured_with, decisions))
    made = {batch: piece.path(batch) for batch in batches if piece.path(batch).exists()}
    done = sum(map(len, made))
    progress(_STAGE, done, len(found))
    largest_first = sorted((b for b in batches if b not in made), key=_n_articles, reverse=True)
    for outcome in on.run(piece.write, largest_first):
        if outcome.result is None:
            piece.write_failed(outcome.task, _ENDED)
        made[outcome.task] = piece.path(outcome.task)
        done += len(outcome.task)
        progress(_STAGE, done, len(found))
    pieces = [made[batch] for batch in sorted(made, key=lambda batch: batch[0].event_id)]
    _join(study, pieces, voices.share_rows(_quotes_without_event(study), reprinted))
    notes = [table_files.read_note(path) for path in pieces]
    pairs = {event_id: n for note in notes for event_id, n in note["pairs_not_compared"]}
    return Aligned(_told(notes, found, steps, decisions), pairs)


def _members(
    study: Study, found: Sequence[Event], reprinted: frozenset[str], steps: referents.Corrections
) -> Iterator[Members]:
    part_of = {article_id: part.stem for part in study.parts for article_id in study.ids_of(part)}
    for event in found:
        yield Members(
            event.id,
            event.article_ids,
            tuple(sorted({part_of[a] for a in event.article_ids})),
            tuple(a for a in event.article_ids if a in reprinted),
            steps.of_event(event.id),
        )


def _batches(found: Iterable[Members]) -> Iterator[Task[Members]]:
    """The events of each piece, in their order."""
    every = list(found)
    most = min(MOST_ARTICLES, max(LEAST_ARTICLES, _n_articles(every) // LEAST_PIECES))
    batch: list[Members] = []
    for event in every:
        if batch and _n_articles([*batch, event]) > most:
            yield tuple(batch)
            batch = []
        batch.append(event)
    if batch:
        yield tuple(batch)


def _n_articles(batch: Iterable[Members]) -> int:
    return sum(len(event.article_ids) for event in batch)


def _digest(*values: Any) -> str:
    plain = json.dumps(values, default=asdict, sort_keys=True)
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Writes the rows of some events; ``rests_on`` names lists, models and decisions about speakers."""

    study: Study
    decisions: tuple[SpeakerCorrection, ...]
    rests_on: str

    def path(self, batch: Task[Members]) -> Path:
        """The file of a batch."""
        return self.study.pieces / _digest(self.rests_on, batch)

    def write(self, batch: Task[Members]) -> int:
        """Read the articles of the events, align them and write their piece; returns how many events."""
        with uncollected():
            self._write(batch)
        return len(batch)

    def _write(self, batch: Task[Members]) -> None:
        documents = self._documents(batch)
        rows = _EventRows(self.decisions)
        for event in batch:
            rows.add(event, [documents[article_id] for article_id in event.article_ids])
        self._put(batch, rows)

    def _documents(self, batch: Task[Members]) -> dict[str, AnnotatedArticle]:
        of_part: dict[str, set[str]] = defaultdict(set)
        for event in batch:
            for part in event.parts:
                of_part[part] |= set(event.article_ids)
        return {
            annotated.article.id: annotated
            for part, ids in sorted(of_part.items())
            for annotated in store.read(self.study.document(part), ids)
        }

    def write_failed(self, batch: Task[Members], why: str) -> None:
        """The piece of events that could not be aligned."""
        rows = _EventRows(self.decisions)
        for event in batch:
            rows.failed(event, why)
        self._put(batch, rows)

    def _put(self, batch: Task[Members], rows: _EventRows) -> None:
        self.study.check_run()
        table_files.write_piece(self.path(batch), rows.tables(), rows.note)


class _EventRows:
    """The rows of some events, table by table, and what is to be said of them."""

    def __init__(self, decisions: Sequence[SpeakerCorrection]) -> None:
        self._decisions = decisions
        self._rows: dict[str, list[Row]] = {name: [] for name in _TABLES}
        # Decisions about speakers that found a quotation, steps that found no referent, events without rows,
        # pairs of sentences of each event that were too many to compare.
        self.note: _Note = {"applied": [], "unapplied": [], "failed": [], "pairs_not_compared": []}

    def tables(self) -> list[pa.Table]:
        """As they go into the piece."""
        return [table_files.typed(name, self._rows[name]) for name in _TABLES]

    def failed(self, event: Members, why: str) -> None:
        """Say why an event has no rows."""
        self._rows["presence"] += presence.unknown(event.event_id, why)
        self.note["failed"].append([event.event_id, why])

    def add(self, event: Members, members: Sequence[AnnotatedArticle]) -> None:
        """Align the articles of an event."""
        try:
            rows, note = _aligned(event, members, self._decisions)
        except Exception as error:  # one event must not end a run over thousands
            self.failed(event, f"{type(error).__name__}: {error}"[:120])
            return
        for table, own in rows.items():
            self._rows[table] += own
        for name, said in note.items():
            self.note[name] += said


def _aligned(
    event: Members, members: Sequence[AnnotatedArticle], decisions: Sequence[SpeakerCorrection]
) -> tuple[dict[str, list[Row]], _Note]:
    """Rows by table, and what is to be said of them."""
    spoken = voices.unify(members, event.event_id, decisions)
    carried = passages.passages(members, event.event_id)
    corrections = referents.Corrections(event.steps)
    named = referents.referents(spoken.articles, event.event_id, corrections=corrections)
    labels = named.label_rows()
    rows: dict[str, list[Row]] = {
        "speakers": spoken.names,
        "voices": voices.share_rows(_quotes(event.event_id, spoken.articles), event.reprints),
        "passages": carried.rows,
        "labels": labels,
        "portrayals": named.portrayal_rows(),
        "presence": presence.presence(event.event_id, spoken.articles, carried.rows, labels, event.reprints),
        WORD_COUNTS: [row for annotated in members for row in distinctive.word_rows(annotated)],
    }
    for annotated in spoken.corrected:
        for name, own in speaker_rows(annotated).items():
            rows.setdefault(f"corrected.{name}", []).extend(own)
    note: _Note = {
        "pairs_not_compared": [[event.event_id, carried.pairs_not_compared]],
        "applied": sorted(spoken.applied),
        "unapplied": [f"correction of referents, event {event.event_id}: {why}" for why in named.unapplied],
    }
    return rows, note


def _quotes(event_id: str, articles: Iterable[AnnotatedArticle]) -> Iterator[Row]:
    """Rows of quotes.csv."""
    for annotated in articles:
        head = {"article_id": annotated.article.id, "outlet": annotated.article.outlet, "event_id": event_id}
        yield from sorted(
            quote_rows(annotated, head), key=lambda row: (row["start"], row["end"], row["quote_id"])
        )


def _quotes_without_event(study: Study) -> Iterator[Row]:
    """Rows of quotes.csv of the articles in no event; a part in memory at a time."""
    placed = study.event_ids()
    for part in study.parts:
        alone = study.ids_of(part) - placed.keys()
        if alone:
            yield from tables.records(study.table("quotes", alone))


def _join(study: Study, pieces: Sequence[Path], without_event: Sequence[Row]) -> None:
    """The tables out of their pieces."""
    with study.writing(_TABLES) as made:
        made["voices"].add(tables.get("voices").arrow(without_event))
        for path in pieces:
            for name, rows in zip(_TABLES, table_files.read_piece(path), strict=True):
                made[name].add(rows)


def _told(
    notes: Sequence[Mapping[str, Any]],
    found: Sequence[Event],
    steps: referents.Corrections,
    decisions: Sequence[SpeakerCorrection],
) -> list[str]:
    gone = {step.event_id for step in steps.steps} - {event.id for event in found}
    applied = {n for note in notes for n in note["applied"]}
    return [
        *(f"correction of referents: there is no event {event_id} now" for event_id in sorted(gone)),
        *(why for note in notes for why in note["unapplied"]),
        *(
            f"correction of speakers: no quotation of {c.speaker or c.quote_id!r} for {c.name or 'nobody'!r}"
            for n, c in enumerate(decisions)
            if n not in applied
        ),
        *(
            f"event {event_id} has no passages, speakers, labels and words: its analysis broke down ({why})"
            for note in notes
            for event_id, why in note["failed"]
        ),
    ]
