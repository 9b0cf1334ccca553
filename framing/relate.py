"""All articles of a study together: events, reprints, passages, labels, comparisons.

Reads the finished parts and writes the tables over all articles. Nothing is parsed here,
so a correction by the user costs no second pass.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from framing import compare, distinctive, events, passages, referents, reprints, tables
from framing.annotation import AnnotatedArticle
from framing.article import FramingError
from framing.events import Corrections, Event, EventInput
from framing.quotes.speakers.unify import rename, unify_speakers
from framing.reprints import ReprintInput
from framing.rows import Row
from framing.study import Study

# What a happening is known by: names, not amounts and dates.
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT"})

# Articles whose annotation is in memory at once while events are aligned: some 200 MB.
BATCH_ARTICLES = 500

Progress = Callable[[str, int, int | None], None]


def silent(stage: str, done: int, total: int | None) -> None:
    """No progress."""


def relate(study: Study, *, progress: Progress = silent) -> None:
    """Group, align and compare what the study holds, with the user's corrections applied."""
    progress("grouping into events", 0, 1)
    inputs, texts = [], []
    for annotated in study.documents():
        inputs.append(_event_input(annotated))
        texts.append(_reprint_input(annotated))
    grouping = events.group(inputs, corrections=_corrections(study), previous=study.event_ids())
    event_of = grouping.event_of()
    progress("grouping into events", 1, 1)
    study.assign(_assignments(texts, event_of))
    articles = study.table("articles").set_index("article_id")
    study.write_table("events", [_event_row(event, articles) for event in grouping.events])
    _align(study, grouping.events, progress)
    progress("comparing outlets", 0, 1)
    _compare(study, articles, event_of)
    progress("comparing outlets", 1, 1)


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


def _assignments(texts: Sequence[ReprintInput], event_of: Mapping[str, str]) -> list[Row]:
    """Event and origin of every article."""
    placed = [replace(text, event_id=event_of.get(text.article_id, "")) for text in texts]
    found = {reprint.article_id: reprint for reprint in reprints.find(placed)}
    rows = []
    for article_id in sorted(text.article_id for text in texts):
        reprint = found.get(article_id)
        rows.append(
            {
                "article_id": article_id,
                "event_id": event_of.get(article_id),
                "reprint_of": reprint.origin_id if reprint else None,
                "reprint_share": reprint.share if reprint else None,
            }
        )
    return rows


def _reprint_input(annotated: AnnotatedArticle) -> ReprintInput:
    article = annotated.article
    quoted = tuple(span for quotation in annotated.quotations for span in quotation.quoted)
    return ReprintInput(article.id, article.outlet, "", article.text, quoted, article.published)


def _align(study: Study, found: Sequence[Event], progress: Progress) -> None:
    """What the articles of each event carry, call and say of things; some events in memory at a time."""
    rows: dict[str, list[Row]] = {"passages": [], "speakers": [], "labels": [], "portrayals": []}
    corrected = referents.Corrections.from_json(study.corrections.get("referents", []))
    done = 0
    progress("aligning passages", 0, len(found))
    for batch in _batches(found):
        wanted = {article_id for event in batch for article_id in event.article_ids}
        documents = {a.article.id: a for a in study.documents(wanted)}
        for event in batch:
            members = [documents[article_id] for article_id in event.article_ids]
            names = _speaker_names(study, members)
            rows["speakers"] += [
                {"event_id": event.id, "speaker_in_article": in_article, "speaker": name}
                for in_article, name in names.items()
            ]
            rows["passages"] += passages.passages(members, event.id)
            renamed = [rename(annotated, names) for annotated in members]
            named = referents.referents(renamed, event.id, corrections=corrected)
            rows["labels"] += named.label_rows()
            rows["portrayals"] += named.portrayal_rows()
        done += len(batch)
        progress("aligning passages", done, len(found))
    for name, new in rows.items():
        study.write_table(name, new)


def _speaker_names(study: Study, members: Sequence[AnnotatedArticle]) -> dict[str, str]:
    """The names that change so that a speaker has one name in the event; the user's corrections win."""
    names = unify_speakers(members)
    corrected: dict[str, str] = study.corrections.get("speakers", {})
    found = {q.speaker for annotated in members for q in annotated.quotations if q.speaker}
    new = {
        name: corrected.get(name, corrected.get(names.get(name, name), names.get(name, name)))
        for name in found
    }
    return {name: new[name] for name in sorted(found) if new[name] != name}


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


def _compare(study: Study, articles: pd.DataFrame, event_of: dict[str, str]) -> None:
    study.write_table("comparisons", _rows(compare.compare(_findings(study)), "comparisons"))
    reprints = set(articles.index[articles["reprint_of"].notna()])
    counts = []
    for annotated in study.documents():
        article = annotated.article
        if article.id not in reprints:
            head = (article.id, article.outlet, event_of.get(article.id, ""))
            counts += [(*head, *row) for row in distinctive.term_counts(annotated)]
    found = distinctive.distinctive(pd.DataFrame(counts, columns=list(distinctive.COLUMNS)))
    study.write_table("distinctive", _rows(found.rows, "distinctive"))


def _rows(frame: pd.DataFrame, table: str) -> list[Row]:
    """The frame's rows with the columns of the table."""
    names = tables.get(table).names
    return [{name: row[name] for name in names} for row in tables.records(frame)]


def comparison(
    study: Study,
    *,
    outlets: Sequence[str] | None = None,
    by: str | None = None,
    event: str | None = None,
) -> pd.DataFrame:
    """The comparison table as the command prints it: some outlets, other groupings, one event.

    ``by`` names a column of articles.csv or of the user's own metadata; its values take
    the place of the outlets.

    Raises FramingError for an outlet, column or event that the study does not have.
    """
    findings = _findings(study, by)
    known = sorted(findings["outlet"].dropna().unique())
    unknown = [name for name in outlets or () if name not in known]
    if unknown:
        raise FramingError(
            f"{study.path} has no article of {', '.join(unknown)};"
            f" it has {', '.join(known) or 'no named outlet'}"
        )
    if outlets:
        findings = findings[findings["outlet"].isin(list(outlets))]
    if event is not None:
        if event not in set(study.table("events")["event_id"]):
            raise FramingError(f"{study.path} has no event {event!r}; events.csv of an export lists them")
        findings = findings[findings["event_id"] == event]
    table = tables.get("comparisons")
    return table.sort(table.frame(_rows(compare.compare(findings), "comparisons")))


def _findings(study: Study, by: str | None = None) -> pd.DataFrame:
    """measures.csv with the origin of reprints, ready to be compared."""
    articles = study.table("articles").set_index("article_id")
    findings = study.table("measures")
    findings["reprint_of"] = articles["reprint_of"].reindex(findings["article_id"]).array
    if by is not None:
        findings["outlet"] = _grouping(articles, by).reindex(findings["article_id"]).array
    return findings


def _grouping(articles: pd.DataFrame, by: str) -> pd.Series[Any]:
    extra = articles["extra"].map(json.loads, na_action="ignore")
    own = sorted({name for values in extra.dropna() for name in values})
    if by in own:
        return extra.map(lambda values: values.get(by), na_action="ignore").astype("string")
    if by in articles.columns and by != "extra":
        return articles[by].astype("string")
    raise FramingError(
        f"no column {by!r} to group by; articles.csv has {', '.join(articles.columns)}"
        + (f"; your metadata have {', '.join(own)}" if own else "")
    )
