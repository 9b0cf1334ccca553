"""Articles in, study out: the one file that knows both sides.

Two steps. :func:`add` reads, cleans, annotates and measures what is new, part by
part. :func:`framing.relate.relate` then looks at all articles together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from framing import annotate, language
from framing.article import Article, FramingError
from framing.read import Item, read
from framing.relate import Progress, relate, silent
from framing.rows import Row, article_rows
from framing.study import Study
from framing.tables import records

# Articles a part: enough that a part's overhead does not show, few enough that a
# stopped run loses under a minute of parsing.
PART_SIZE = 200


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run of :func:`analyze` did."""

    n_new: int
    n_articles: int
    n_events: int
    n_rejected: int
    n_duplicates: int


def analyze(
    inputs: Sequence[Path | str],
    study_dir: Path | str,
    *,
    outlet_from: str | None = None,
    mapping: Mapping[str, str] | None = None,
    model: str | None = None,
    progress: Progress = silent,
) -> Summary:
    """Read ``inputs`` into the study at ``study_dir``; adds to one that is there.

    ``progress(stage, done, total)`` is called as the work goes on.

    Raises FramingError where an input does not exist, nothing readable is in it, or the
    folder is no study.
    """
    items = read(inputs, outlet_from=outlet_from, mapping=mapping)
    study = Study.create(study_dir, {"model": language.model_info(model)})
    report, n_new = add(study, items, model=model, progress=progress)
    _write_report(study, report)
    if not study.parts:
        raise FramingError(
            f"no article was found in {', '.join(map(str, inputs))}; {study.path} holds the import report:"
            f" `framing export {study.path} --out DIR` writes it"
        )
    relate(study, progress=progress)
    statuses = [row["status"] for row in report]
    return Summary(
        n_new=n_new,
        n_articles=len(study.article_ids()),
        n_events=len(study.table("events")),
        n_rejected=statuses.count("rejected"),
        n_duplicates=statuses.count("duplicate"),
    )


def add(
    study: Study, items: Iterable[Item], *, model: str | None = None, progress: Progress = silent
) -> tuple[list[Row], int]:
    """Annotate and measure what the study does not hold yet; returns the import report and the count."""
    known = study.article_ids()
    report: list[Row] = []
    # Where an earlier run read each article; read again from there it is no duplicate.
    places = {
        row["article_id"]: (row["source_file"], row["article_index"])
        for row in records(study.table("import_report"))
        if row["status"] in ("parsed", "truncated")
    }

    def new_articles() -> Iterator[Article]:
        for item in items:
            article = item.article
            row = {**asdict(item.report), "article_id": article.id if article else ""}
            report.append(row)
            if article is None or row["status"] == "duplicate":
                continue
            place = (row["source_file"], row["article_index"])
            if places.get(article.id, place) != place:
                row |= {
                    "status": "duplicate",
                    "reason": f"the same text and outlet as {places[article.id][0]}",
                }
            elif article.id not in known:
                known.add(article.id)
                yield article

    n_new = 0
    stream = annotate.annotate(new_articles(), model=model)
    progress("reading and annotating", 0, None)
    while part := list(islice(stream, PART_SIZE)):
        study.write_part(part, article_rows(part))
        n_new += len(part)
        progress("reading and annotating", n_new, None)
    return report, n_new


def _write_report(study: Study, rows: Sequence[Row]) -> None:
    """Keep the rows of earlier runs; an article that was met again there replaces its row."""

    def place(row: Row) -> tuple[Any, ...]:
        return row["source_file"], row["article_index"], row["article_id"] or None

    again = {place(row) for row in rows}
    kept = [row for row in records(study.table("import_report")) if place(row) not in again]
    study.write_table("import_report", [*kept, *rows])
