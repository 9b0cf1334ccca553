"""Articles in, study out: the one file that knows both sides.

Two steps. :func:`add` reads, cleans, annotates and measures what is new, part by
part. :func:`framing.relate.relate` then looks at all articles together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from framing import annotate, language, store
from framing.annotation import AnnotatedArticle
from framing.article import Article, FramingError
from framing.collecting import uncollected
from framing.engine import Engine, Here, Task
from framing.read import Columns, Item, read
from framing.read.files import is_note
from framing.relate import Progress, relate, silent
from framing.rows import MEASURED, Row, article_rows, measured_rows, measured_with
from framing.study import Study
from framing.tables import records

# Articles a part: enough that a part's overhead does not show, few enough that a stopped run
# loses under a minute of parsing. The first parts are smaller: a part is then a small share of what
# went before it, and workers come to the end at about the same time, however large the study.
PART_SIZES = (25, 50, 100, 200)
PARTS_OF_A_SIZE = 16
PART_CHARS = 2_000_000  # 200 articles of twice the usual length; bounds memory where articles are longer
_BROKE_DOWN = "the analysis broke down on it"
_ADDING = "reading and annotating"
_AGAIN = "measuring again with other word lists"


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run of :func:`analyze` did."""

    n_new: int
    n_articles: int
    n_events: int
    n_rejected: int
    n_duplicates: int
    unapplied: tuple[str, ...]  # the user's corrections that found nothing to correct
    study: Study
    report: list[Row]  # what was met in this run: rows of import_report


def analyze(
    inputs: Sequence[Path | str],
    study_dir: Path | str,
    *,
    outlet_from: str | None = None,
    mapping: Mapping[str, str] | None = None,
    model: str | None = None,
    columns_found: Callable[[str, Columns], None] = lambda file, found: None,
    on: Engine | None = None,
    progress: Progress = silent,
) -> Summary:
    """Read ``inputs`` into the study at ``study_dir``; adds to one that is there.

    ``progress(stage, done, total)`` is called as the work goes on; ``columns_found``: see
    :func:`framing.read.read`. ``on``: where the work on articles runs (None: in this process);
    the tables are the same.

    Where the study was measured with other word lists or models, all of it is measured anew.

    Raises FramingError where an input does not exist, nothing readable is in it, or the
    folder is no study or one of another version of framing, whose rules may differ.
    """
    items = read(inputs, outlet_from=outlet_from, mapping=mapping, columns_found=columns_found)
    items = chain(list(islice(items, 1)), items)  # the first files are read before the model takes memory
    now = measured_with()
    settings = {"model": language.model_info(model), "framing": now["framing"]}
    study = Study.create(study_dir, settings)
    _measure_again(study, now, progress)
    n_files = sum(map(_n_files, map(Path, inputs)))
    on = on or Here()
    with on.kept():
        report, n_new = add(study, items, model=model, on=on, n_files=n_files, progress=progress)
        _write_report(study, report)
        if not study.parts:
            reason = next((f" ({row['reason']})" for row in report if row["reason"]), "")
            raise FramingError(
                f"no article was found in {', '.join(map(str, inputs))}{reason}; why stands in the import"
                f" report: `framing imports {study.path}`"
            )
        unapplied = relate(study, on=on, progress=progress)
    statuses = [row["status"] for row in report]
    return Summary(
        n_new=n_new,
        n_articles=len(study.article_ids()),
        n_events=len(study.table("events")),
        n_rejected=statuses.count("rejected"),
        n_duplicates=statuses.count("duplicate"),
        unapplied=tuple(unapplied),
        study=study,
        report=report,
    )


def _measure_again(study: Study, now: Mapping[str, Any], progress: Progress) -> None:
    """Measure what the study holds, where other word lists or models were used; nothing is parsed."""
    if study.parts and study.measured_with != now:
        study.outdate()
        progress(_AGAIN, 0, len(study.parts))
        for done, part in enumerate(study.parts, start=1):
            of_articles = [measured_rows(annotated) for annotated in store.read(part)]
            study.rewrite_findings(part, {n: [r for rows in of_articles for r in rows[n]] for n in MEASURED})
            progress(_AGAIN, done, len(study.parts))
    study.measured_with = now


def add(
    study: Study,
    items: Iterable[Item],
    *,
    on: Engine,
    model: str | None = None,
    n_files: int = 0,
    progress: Progress = silent,
) -> tuple[list[Row], int]:
    """Annotate and measure what the study does not hold yet; returns the import report and the count.

    ``n_files``: how many files the items come from, where that is known; only the time left rests on it.
    """
    study.begin()
    incoming = _Incoming(study, n_files)
    n_new = 0
    progress(_ADDING, 0, None)
    work = partial(_add_part, study.for_workers(), model)
    for outcome in on.run(work, _parts(incoming.new(items))):
        failed = outcome.result
        if failed is None:
            failed = {article.id: "it ended every process that took it" for article in outcome.task}
        for article_id, why in failed.items():
            incoming.rejected(article_id, why)
        n_new += len(outcome.task) - len(failed)
        progress(_ADDING, n_new, incoming.expected())
    return incoming.report, n_new


class _Incoming:
    """What is read, in order: which articles are new, and the row of the import report for everything."""

    def __init__(self, study: Study, n_files: int) -> None:
        self.report: list[Row] = []
        self._n_files = n_files
        self._files: set[str] = set()
        self._is_read = False
        self._known = study.article_ids()
        self._new: dict[str, Row] = {}
        # Where an earlier run read each article; read again from there it is no duplicate.
        self._places = {
            row["article_id"]: (row["source_file"], row["article_index"])
            for row in records(study.table("import_report"))
            if row["status"] in ("parsed", "truncated")
        }

    def new(self, items: Iterable[Item]) -> Iterator[Article]:
        """The articles that the study does not hold."""
        for item in items:
            article = item.article
            row = {**asdict(item.report), "article_id": article.id if article else ""}
            self.report.append(row)
            self._files.add(row["source_file"])
            if article is None or row["status"] == "duplicate":
                continue
            place = (row["source_file"], row["article_index"])
            if self._places.get(article.id, place) != place:
                row |= {
                    "status": "duplicate",
                    "reason": f"the same text and outlet as {self._places[article.id][0]}",
                }
            elif article.id not in self._known:
                self._known.add(article.id)
                self._new[article.id] = row
                yield article
        self._is_read = True

    def rejected(self, article_id: str, why: str) -> None:
        """The analysis broke down on an article, or an article on the analysis."""
        self._new[article_id].update(status="rejected", reason=_BROKE_DOWN, found=why, article_id="")

    def expected(self) -> int | None:
        """How many new articles there will be: so many a file as up to now; None where files hold several."""
        n_met = len(self._files)
        if self._is_read:
            return len(self._new)
        if n_met != len(self.report) or n_met > self._n_files:
            return None
        return round(len(self._new) * self._n_files / n_met)


def _n_files(root: Path) -> int:
    """About how many files will be read; none is opened for it."""
    if not root.is_dir():
        return 1
    return sum(not is_note(name) for _, _, names in os.walk(root) for name in names)


def _parts(articles: Iterable[Article]) -> Iterator[Task[Article]]:
    """The articles of each part of the study; fewer where they are long."""
    part: list[Article] = []
    done = n_chars = 0
    for article in articles:
        part.append(article)
        n_chars += len(article.text)
        size = PART_SIZES[min(done // PARTS_OF_A_SIZE, len(PART_SIZES) - 1)]
        if len(part) >= size or n_chars >= PART_CHARS:
            yield tuple(part)
            part, n_chars, done = [], 0, done + 1
    if part:
        yield tuple(part)


def _add_part(study: Study, model: str | None, articles: Task[Article]) -> dict[str, str]:
    """Annotate, measure and write one part; returns why, for each article that could not be."""
    with uncollected():
        return _added(study, model, articles)


def _added(study: Study, model: str | None, articles: Task[Article]) -> dict[str, str]:
    why: dict[str, str] = {}

    def failed(article: Article, error: Exception) -> None:
        why[article.id] = f"{type(error).__name__}: {error}"[:120]

    annotated = list(annotate.annotate(articles, model=model, failed=failed))
    kept, rows = _measured(annotated, failed)
    if kept:
        study.write_part(kept, rows)
    return why


def _measured(
    part: list[AnnotatedArticle], failed: annotate.Failed
) -> tuple[list[AnnotatedArticle], dict[str, list[Row]]]:
    """(the articles that could be measured, their rows); ``failed`` is told of the others."""
    try:
        return part, article_rows(part)
    except Exception:
        kept = []
        for annotated in part:
            try:
                article_rows([annotated])
            except Exception as error:  # one article must not end a run over thousands
                failed(annotated.article, error)
            else:
                kept.append(annotated)
        return kept, article_rows(kept)


def _write_report(study: Study, rows: Sequence[Row]) -> None:
    """Keep the rows of earlier runs; an article that was met again there replaces its row."""

    def place(row: Row) -> tuple[Any, ...]:
        return row["source_file"], row["article_index"], row["article_id"] or None

    again = {place(row) for row in rows}
    kept = [row for row in records(study.table("import_report")) if place(row) not in again]
    study.write_table("import_report", [*kept, *rows])
