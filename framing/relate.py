"""All articles of a study together: events, reprints, passages, labels, comparisons.

Reads the finished parts and writes the tables over all articles. Nothing is parsed here,
so a correction by the user costs no second pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from framing import compare, events, passages, presence, referents, reprints, tables, voices
from framing.annotation import AnnotatedArticle
from framing.article import FramingError
from framing.comparing import findings, table_rows
from framing.comparing.words import words
from framing.events import Corrections, Event, EventInput
from framing.quotes.speakers.corrections import SpeakerCorrection, from_json, to_json
from framing.reprints import ReprintInput
from framing.rows import Row, speaker_rows
from framing.study import BY_SPEAKER, Study

# What a happening is known by: names, not amounts and dates.
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT"})

# Articles whose annotation is in memory at once while events are aligned: some 100 MB.
BATCH_ARTICLES = 250

Progress = Callable[[str, int, int | None], None]


def silent(stage: str, done: int, total: int | None) -> None:
    """No progress."""


def relate(study: Study, *, progress: Progress = silent) -> list[str]:
    """Group, align and compare what the study holds, with the user's corrections applied.

    Returns a sentence for each correction that found nothing to correct; it is kept.
    """
    with study.relating():
        return _relate(study, progress)


def _relate(study: Study, progress: Progress) -> list[str]:
    progress("grouping into events", 0, 1)
    inputs, texts = [], []
    for annotated in study.documents():
        inputs.append(_event_input(annotated))
        texts.append(_reprint_input(annotated))
    grouping = events.group(inputs, corrections=_corrections(study), previous=study.event_ids())
    event_of = grouping.event_of()
    progress("grouping into events", 1, 1)
    study.assign(_assignments(texts, event_of, grouping.unassigned))
    articles = study.table("articles").set_index("article_id")
    study.write_table("events", [_event_row(event, articles) for event in grouping.events])
    reprinted = set(articles.index[articles["reprint_of"].notna()])
    unapplied = _align(study, grouping.events, reprinted, progress)
    progress("comparing outlets", 0, 1)
    study.write_table("voices", voices.share_rows(study.table("quotes"), reprinted))
    _compare(study)
    progress("comparing outlets", 1, 1)
    return unapplied


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


def _event_input(annotated: AnnotatedArticle) -> EventInput:
    article = annotated.article
    names = {e.span.of(article.text) for e in annotated.entities if e.label in _NAMES}
    return EventInput(article.id, article.text, article.title, tuple(sorted(names)), article.published)


def _event_row(event: Event, articles: pd.DataFrame) -> Row:
    outlets = articles.loc[list(event.article_ids), "outlet"]
    return {
        "event_id": event.id,
        "label": event.label,
        "keywords": ";".join(event.keywords),
        "first_published": event.first_published,
        "last_published": event.last_published,
        "n_articles": len(event.article_ids),
        "n_outlets": int(outlets.nunique()),
        "locked": event.locked,
        "confidence": event.confidence,
    }


def _assignments(
    texts: Sequence[ReprintInput], event_of: Mapping[str, str], unassigned: Mapping[str, str]
) -> list[Row]:
    """Event, or why there is none, and origin of every article; under half of another is partial use."""
    placed = [replace(text, event_id=event_of.get(text.article_id, "")) for text in texts]
    rows: dict[str, Row] = {
        text.article_id: {
            "article_id": text.article_id,
            "event_id": event_of.get(text.article_id),
            "unassigned_why": unassigned.get(text.article_id),
        }
        for text in sorted(texts, key=lambda text: text.article_id)
    }
    for found in reprints.find(placed, least=reprints.PARTIAL):
        kind = "reprint" if found.share >= reprints.MIN_SHARE else "reuse"
        rows[found.article_id] |= {f"{kind}_of": found.origin_id, f"{kind}_share": found.share}
    return list(rows.values())


def _reprint_input(annotated: AnnotatedArticle) -> ReprintInput:
    article = annotated.article
    quoted = tuple(span for quotation in annotated.quotations for span in quotation.quoted)
    return ReprintInput(article.id, article.outlet, "", article.text, quoted, article.published)


def _align(study: Study, found: Sequence[Event], reprinted: Collection[str], progress: Progress) -> list[str]:
    """What the articles of each event carry, call and say of things; some events in memory at a time."""
    names = ("passages", "speakers", "labels", "portrayals", "presence")
    corrected = referents.Corrections.from_json(study.corrections.get("referents", []))
    decisions = from_json(study.corrections.get("speakers", []))
    again: dict[str, list[Row]] = {name: [] for name in BY_SPEAKER}
    gone = {step.event_id for step in corrected.steps} - {event.id for event in found}
    unapplied = [f"correction of referents: there is no event {event_id} now" for event_id in sorted(gone)]
    applied: set[int] = set()
    done = 0
    progress("aligning passages", 0, len(found))
    with study.writing(names) as rows:
        for batch in _batches(found):
            wanted = {article_id for event in batch for article_id in event.article_ids}
            documents = {a.article.id: a for a in study.documents(wanted)}
            for event in batch:
                members = [documents[article_id] for article_id in event.article_ids]
                spoken = voices.unify(members, event.id, decisions)
                applied |= spoken.applied
                for annotated in spoken.corrected:
                    for name, own in speaker_rows(annotated).items():
                        again[name] += own
                carried = passages.passages(members, event.id)
                named = referents.referents(spoken.articles, event.id, corrections=corrected)
                labels = named.label_rows()
                rows["speakers"].add(spoken.names)
                rows["passages"].add(carried)
                rows["labels"].add(labels)
                rows["presence"].add(presence.presence(event.id, spoken.articles, carried, labels, reprinted))
                rows["portrayals"].add(named.portrayal_rows())
                unapplied += [f"correction of referents, event {event.id}: {why}" for why in named.unapplied]
                done += 1
                progress("aligning passages", done, len(found))
    study.write_corrected(again)
    return unapplied + [
        f"correction of speakers: no quotation of {c.speaker or c.quote_id!r} for {c.name or 'nobody'!r}"
        for n, c in enumerate(decisions)
        if n not in applied
    ]


def _batches(found: Sequence[Event]) -> Iterator[list[Event]]:
    batch: list[Event] = []
    n_articles = 0
    for event in found:
        batch.append(event)
        n_articles += len(event.article_ids)
        if n_articles >= BATCH_ARTICLES:
            yield batch
            batch, n_articles = [], 0
    if batch:
        yield batch


def _compare(study: Study) -> None:
    measured = findings(study)
    placed = compare.outlet_map(measured)
    made = {
        "comparisons": compare.compare(measured),
        "distinctive": words(study).rows,
        "outlet_map": placed.points,
        "outlet_axes": placed.loadings,
        "outlet_tree": placed.tree,
    }
    for name, frame in made.items():
        study.write_table(name, table_rows(frame, name))
