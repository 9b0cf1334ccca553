"""A study on disk: what was read, what was found in it, what the user corrected.

```
DIR/study.json              format version, the settings and versions that made it
DIR/documents/PART.parquet  annotated articles, some hundred a part
DIR/findings/PART.*.parquet one file per table with a row per article and more
DIR/tables/*.parquet        tables over all articles: events, comparisons, …
DIR/aligned/*               rows of some events, before they are put together into tables
DIR/corrections.json        the user's: merged, split and locked events, speakers
DIR/run.json                the last run that added parts, what it measured with, whether the tables are whole
```

Every file is written whole or not at all. A part carries the digest of what is in
it; a stopped run leaves its finished parts, and the next run takes up from there.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing import store, table_files, tables
from framing.annotation import AnnotatedArticle
from framing.article import FramingError
from framing.disk import replacing, sweep, write_text

FORMAT = 3  # 1: before the tables voices and presence; 2: before word_counts

PER_ARTICLE = ("articles", "paragraphs", "quotes", "terms", "measures", "evidence", "frames")
# Of these, what rests on who speaks. Where the user corrects that, the rows of the article (of
# measures and evidence: those of the measures made again) are replaced on reading.
BY_SPEAKER = ("quotes", "terms", "measures", "evidence")
# The tables that hold the replacements.
CORRECTED = tuple(f"corrected.{name}" for name in BY_SPEAKER)
# Which event and origin an article has changes when articles are added or groups
# corrected, so parts do not hold these columns; they are joined on reading.
_ASSIGNED = {
    "event_id": pa.string(),
    "reprint_of": pa.string(),
    "reprint_share": pa.float64(),
    "reuse_of": pa.string(),
    "reuse_share": pa.float64(),
    "unassigned_why": pa.string(),
}


class Study:
    """A study folder. Make one with :meth:`create` or :meth:`open`."""

    def __init__(self, path: Path, manifest: Mapping[str, Any]) -> None:
        self.path = path
        self.manifest = dict(manifest)
        self.run = ""  # see begin
        self._ids: dict[Path, frozenset[str]] = {}  # parts never change, so what they hold is kept

    @classmethod
    def open(cls, path: Path | str) -> Study:
        """Open a finished study.

        Raises FramingError where ``path`` is no study, has a format that this version does not
        know, or was stopped before all its articles were compared.
        """
        study = cls._load(Path(path))
        if not study._last_run["whole"] or study.article_ids() != set(study._assignments.index):
            raise FramingError(
                f"the analysis of {path} was stopped before it was done;"
                f" run `framing analyze INPUT --study {path}` again, it takes up from there"
            )
        return study

    @classmethod
    def _load(cls, path: Path) -> Study:
        file = path / "study.json"
        if not file.is_file():
            raise FramingError(
                f"{path} is not a study: it has no study.json;"
                f" `framing analyze INPUT --study {path}` makes one"
            )
        try:
            manifest = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise FramingError(f"{file} is damaged ({error}); restore it from a copy") from error
        if manifest.get("format") != FORMAT:
            raise FramingError(
                f"{path} is a study of format {manifest.get('format')!r}; this version of framing reads"
                f" format {FORMAT}. Use the version that made it, or analyse the articles again into a new"
                " folder, where a copy of corrections.json holds too"
            )
        return cls(path, manifest)

    @classmethod
    def create(cls, path: Path | str, settings: Mapping[str, Any]) -> Study:
        """Open the study at ``path``, or begin one there.

        Raises FramingError where ``path`` is a non-empty folder of something else, or a study
        made with other settings: two articles must never be compared across models.
        """
        path = Path(path)
        if (path / "study.json").exists():
            study = cls._load(path)
            for name, value in settings.items():
                if study.manifest["settings"].get(name) != value:
                    raise FramingError(
                        f"{path} was analysed with {name} {study.manifest['settings'].get(name)!r}, now it is"
                        f" {value!r}; choose another folder, or use the same {name}"
                    )
            return study
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise FramingError(f"{path} exists and is not a study; name a new or empty folder")
        manifest = {"format": FORMAT, "settings": dict(settings)}
        write_text(path / "study.json", json.dumps(manifest, indent=1, sort_keys=True) + "\n")
        return cls(path, manifest)

    # Parts: written once, never changed.

    def begin(self) -> None:
        """Begin to add parts; what is still at work of a run before adds none from now on."""
        self.run = secrets.token_hex(8)
        self._write_run({**self._last_run, "run": self.run})
        for folder in ("", "findings", "documents", "tables"):
            sweep(self.path / folder)

    def for_workers(self) -> Study:
        """This study for another process, which may work in another folder; nothing read goes with it."""
        study = Study(self.path.absolute(), self.manifest)
        study.run = self.run
        return study

    def check_run(self) -> None:
        """FramingError where a later run has begun: its articles would be in the study twice."""
        if self.run and self._last_run["run"] != self.run:
            raise FramingError(
                f"another run has begun to add articles to {self.path}, so this one was stopped;"
                " let one finish before the next"
            )

    @contextmanager
    def relating(self) -> Iterator[None]:
        """While the tables over all articles are replaced; a run that ends inside leaves them not whole."""
        self.outdate()
        yield
        self._write_run({**self._last_run, "whole": True})
        shutil.rmtree(self.pieces, ignore_errors=True)

    @property
    def pieces(self) -> Path:
        """Where the rows of some events lie while the tables over all articles are made."""
        return self.path / "aligned"

    def outdate(self) -> None:
        """Say that the tables over all articles no longer fit the parts, until they are made anew."""
        self._write_run({**self._last_run, "whole": False})

    @property
    def measured_with(self) -> dict[str, Any]:
        """Version, lists and models that the findings of all parts come from; empty where it is not known."""
        return dict(self._last_run["measured_with"])

    @measured_with.setter
    def measured_with(self, record: Mapping[str, Any]) -> None:
        self._write_run({**self._last_run, "measured_with": dict(record)})

    @property
    def _last_run(self) -> dict[str, Any]:
        file = self.path / "run.json"
        stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return {"run": "", "whole": True, "measured_with": {}} | stored

    def _write_run(self, values: Mapping[str, Any]) -> None:
        write_text(self.path / "run.json", json.dumps(values, indent=1, sort_keys=True) + "\n")

    @property
    def parts(self) -> list[Path]:
        """The finished parts, in a stable order."""
        return sorted((self.path / "documents").glob("*.parquet"))

    def write_part(self, annotated: Sequence[AnnotatedArticle], rows: Mapping[str, tables.Rows]) -> None:
        """Add articles and the rows of their per-article tables (names of :data:`PER_ARTICLE`)."""
        digest = hashlib.blake2b("\n".join(a.article.id for a in annotated).encode(), digest_size=8)
        name = digest.hexdigest()
        part = self.document(name)
        self.rewrite_findings(part, {table: rows[table] for table in PER_ARTICLE})
        # The documents come last: a part exists when they do.
        store.write(part, annotated, last=self.check_run)

    def rewrite_findings(self, part: Path, rows: Mapping[str, tables.Rows]) -> None:
        """Replace per-article tables of a part, whose articles stay as they are."""
        for name, of_table in rows.items():
            table_files.write_rows(self._finding(part, name), tables.get(name), of_table)

    def article_ids(self) -> set[str]:
        """The articles that the finished parts hold."""
        return {article_id for part in self.parts for article_id in self.ids_of(part)}

    def document(self, part: str) -> Path:
        """The file with the annotated articles of a part."""
        return self.path / "documents" / f"{part}.parquet"

    def ids_of(self, part: Path) -> frozenset[str]:
        """The articles of a part."""
        if part not in self._ids:
            rows = store.read_columns(part, ["article_id"])
            self._ids[part] = frozenset(row["article_id"] for row in rows)
        return self._ids[part]

    def documents(self, article_ids: Collection[str] | None = None) -> Iterator[AnnotatedArticle]:
        """Every annotated article, or those named; one part in memory at a time."""
        for part in self.parts:
            if article_ids is None or not self.ids_of(part).isdisjoint(article_ids):
                yield from store.read(part, article_ids)

    def texts(self) -> dict[str, str]:
        """The cleaned text of every article by id."""
        rows = (row for part in self.parts for row in store.read_columns(part, ["article_id", "text"]))
        return {row["article_id"]: row["text"] for row in rows}

    # Tables.

    def table(self, name: str, article_ids: Collection[str] | None = None) -> pd.DataFrame:
        """A table of the contract, its columns in the contract's order, sorted by its key.

        ``article_ids``: only the rows of these articles, of a table with an article in each row.
        Raises LookupError for an unknown name; a table with nothing in it has its columns and no row.
        """
        table = tables.get(name)
        if name == "disputes":
            return table.sort(table.frame(self.corrections.get(name, [])))
        if name not in PER_ARTICLE:
            return self._read(self.path / "tables" / f"{name}.parquet", table, article_ids)
        frames = [
            self._read(self._finding(part, name), table, article_ids)
            for part in self.parts
            if article_ids is None or not self.ids_of(part).isdisjoint(article_ids)
        ]
        if not frames:
            return table.frame([])
        frame = pd.concat(frames, ignore_index=True)
        joined = [c for c in _ASSIGNED if c in table.names]
        if joined:
            assigned = self._assignments.reindex(frame["article_id"])
            for column in joined:
                frame[column] = assigned[column].array
        if "speaker" in table.names:
            self._name_speakers(frame)
        if name in BY_SPEAKER:
            frame = self._with_corrected(name, frame, article_ids)
        return table.sort(frame[table.names])

    def _finding(self, part: Path, name: str) -> Path:
        return self.path / "findings" / f"{part.stem}.{name}.parquet"

    def findings(self) -> pd.DataFrame:
        """The values of measures.csv as one table: articles × (measure, voice), NaN where not measured."""
        found = table_files.read_values(self._finding(part, "measures") for part in self.parts)
        corrected = self._corrected("measures")
        again = table_files.read_values([corrected] if corrected.exists() else [])
        if again.empty:
            return found
        anew = found.columns.get_level_values(0).isin(again.columns.get_level_values(0))
        values = found.to_numpy(copy=True)
        values[np.ix_(found.index.get_indexer(again.index), anew)] = again.reindex(
            columns=found.columns[anew]
        )
        return pd.DataFrame(values, found.index, found.columns)

    def _name_speakers(self, frame: pd.DataFrame) -> None:
        """One name for one speaker in all articles of an event, and a role where the article says none."""
        speakers = {
            (row["event_id"] or "", row["speaker_in_article"]): row
            for row in tables.records(self.table("speakers"))
        }
        keys = zip(frame["event_id"].fillna(""), frame["speaker"].fillna(""), strict=True)
        found = [(key[1], speakers.get(key, {})) for key in keys]
        names = [row.get("speaker") or name or None for name, row in found]
        frame["speaker"] = pd.Series(names, index=frame.index, dtype="string")
        if "speaker_role" in frame.columns:
            roles = pd.Series([r.get("speaker_role") for _, r in found], index=frame.index, dtype="string")
            frame["speaker_role"] = frame["speaker_role"].fillna(roles)

    def _with_corrected(
        self, name: str, frame: pd.DataFrame, article_ids: Collection[str] | None
    ) -> pd.DataFrame:
        """``frame`` with the rows that the user's decisions about speakers changed in their place."""
        new = self._read(self._corrected(name), tables.get(name), article_ids)
        again = self._read(self._corrected("measures"), tables.get("measures"), article_ids)
        if not len(again):
            return frame
        old = frame["article_id"].isin(again["article_id"])
        if "measure" in frame.columns:
            old &= frame["measure"].isin(again["measure"])
        assigned = self._assignments.reindex(new["article_id"])
        for column in _ASSIGNED:
            if column in new.columns:
                new[column] = assigned[column].array
        return pd.concat([frame[~old], new], ignore_index=True)

    def _corrected(self, name: str) -> Path:
        return self.path / "tables" / f"corrected.{name}.parquet"

    def write_table(self, name: str, rows: tables.Rows | pd.DataFrame) -> None:
        """Replace a table over all articles."""
        table_files.write_rows(self.path / "tables" / f"{name}.parquet", tables.get(name), rows)

    @contextmanager
    def writing(self, names: Sequence[str]) -> Iterator[dict[str, table_files.Rows]]:
        """Replace tables over all articles piece by piece; they are in place when the block is done.

        Also those of :data:`CORRECTED`, and ``word_counts``. Rows come in the tables' order.
        """
        with ExitStack() as stack:
            yield {
                name: stack.enter_context(table_files.writing(self.path / "tables" / f"{name}.parquet", name))
                for name in names
            }

    def word_counts(self) -> Iterator[pa.Table]:
        """How often each article in an event has each word (``distinctive.word_rows``), some at a time."""
        path = self.path / "tables" / f"{table_files.WORD_COUNTS}.parquet"
        if path.exists():
            with pq.ParquetFile(path) as file:
                yield from (file.read_row_group(n) for n in range(file.num_row_groups))

    def assign(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Set event or why there is none, origin and shares of every article; what is left out is missing."""
        schema = pa.schema([("article_id", pa.string()), *_ASSIGNED.items()])
        with replacing(self.path / "tables" / "assignments.parquet") as temporary:
            pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), temporary)
        self.__dict__.pop("_assignments", None)

    def event_ids(self) -> dict[str, str]:
        """The event of every assigned article, as the last run left it."""
        assigned = self._assignments["event_id"].dropna()
        return dict(zip(map(str, assigned.index), assigned, strict=True))

    @cached_property
    def _assignments(self) -> pd.DataFrame:
        path = self.path / "tables" / "assignments.parquet"
        frame = pd.read_parquet(path) if path.exists() else pd.DataFrame(columns=["article_id", *_ASSIGNED])
        # A study that was made before there was a column lacks it.
        return (
            frame.set_index("article_id")
            .reindex(columns=list(_ASSIGNED))
            .astype(
                {name: "string" if kind == pa.string() else "Float64" for name, kind in _ASSIGNED.items()}
            )
        )

    def _read(
        self,
        path: Path,
        table: tables.Table,
        article_ids: Collection[str] | None = None,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        columns = table.names if columns is None else list(columns)
        if not path.exists():
            return table.frame([])[columns]
        only: list[tuple[str, str, list[Any]]] | None = None
        if article_ids is not None:
            only = [("article_id", "in", list(article_ids))]
            if path.parent.name == "tables" and table.key[0] == "event_id":  # its order: groups are skipped
                events = self._assignments["event_id"].reindex(list(article_ids)).dropna()
                only.append(("event_id", "in", list(events)))
        frame = pd.read_parquet(path, columns=columns, filters=only, dtype_backend="numpy_nullable")
        return frame.astype({name: kind for name, kind in table.dtypes.items() if name in columns})

    # The user's corrections.

    @property
    def corrections(self) -> dict[str, Any]:
        """What the user corrected (JSON); empty where nothing was."""
        file = self.path / "corrections.json"
        if not file.exists():
            return {}
        try:
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise FramingError(f"{file} is damaged ({error}); mend it or restore it from a copy") from error
        return found

    def write_corrections(self, corrections: Mapping[str, Any]) -> None:
        """Keep the user's corrections for every later run."""
        write_text(
            self.path / "corrections.json",
            json.dumps(corrections, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        )
