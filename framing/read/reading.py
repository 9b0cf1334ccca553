"""The way from inputs to articles: find, recognise, read, add what is known, clean, report.

Articles are cleaned in batches, so that lines which stand in many articles of an
outlet are known before the first of them is cleaned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from framing.article import Article, FramingError
from framing.clean import RawArticle, RepeatedLines, clean, language_id, limits
from framing.read import columns, files, isolation, paths, sidecar
from framing.read.records import Columns, ImportRow, Item, Rejected
from framing.text import n_words

BATCH_ARTICLES = 500
BATCH_CHARS = 16_000_000  # bounds memory where articles are long
MIN_WORDS = 3  # fewer are no text, whatever they are
SURELY_ENOUGH = 200  # characters; a longer text needs no counting


@dataclass(frozen=True, slots=True)
class _Met:
    """Something met in the input, in order, before cleaning."""

    source_file: str
    source_format: str
    found: RawArticle | Rejected


ColumnsFound = Callable[[str, Columns], None]


def read(
    inputs: Sequence[Path | str],
    *,
    outlet_from: str | None = None,
    mapping: Mapping[str, str] | None = None,
    columns_found: ColumnsFound = lambda file, found: None,
) -> Iterator[Item]:
    """Everything in ``inputs`` (files and folders): an article or the reason for none, one by one.

    Folders are read recursively in the order of names. Left alone in folders, and not
    reported: hidden files, README, LICENSE and their like, .toml, .md and .yaml files,
    and ``metadata.csv`` or ``metadata.tsv``, whose column ``file`` says of which file
    below its folder the row speaks. A file that is named itself is always read.

    ``outlet_from``: "folder" or "filename", see :func:`framing.read.paths.metadata`.
    ``mapping``: field -> column name of a table, e.g. ``{"text": "Hauptteil"}``.
    ``columns_found`` is told of each table, before its articles, which column was taken for
    which field; it may raise to stop.

    Raises FramingError where an option names no known place or field, an input does
    not exist or a sidecar names no files. What a file holds never raises.
    """
    mapping = dict(mapping or {})
    paths.check(outlet_from)
    columns.check_mapping(mapping)
    roots = [Path(root) for root in inputs]
    for root in roots:
        if not root.exists():
            raise FramingError(f"there is no {root}; name files or folders that exist")
    return _items(_met(roots, outlet_from, mapping, columns_found))


def _met(
    roots: Sequence[Path], outlet_from: str | None, mapping: Mapping[str, str], columns_found: ColumnsFound
) -> Iterator[_Met]:
    for root, prefix in zip(roots, _prefixes(roots), strict=True):
        sidecars = _Sidecars(root)
        for file, parsed in isolation.parsed(files.walk(root), mapping):
            shown = prefix + file.name
            if isinstance(file, files.Skipped) or parsed is None:
                yield _Met(shown, "", Rejected(file.reason if isinstance(file, files.Skipped) else ""))
                continue
            beside, local_name = sidecars.of(file.name)
            if not beside.by_url:
                beside.used.add(local_name)
            name = f"{file.name}/{parsed.member}" if parsed.member else file.name
            found = parsed.found
            if isinstance(found, Columns):
                columns_found(prefix + name, found)
                continue
            if isinstance(found, RawArticle):
                given = paths.metadata(parsed.member or file.name, file.root, outlet_from)
                found = beside.apply(local_name, _with_path(found, given))
                found = replace(found, source_file=prefix + name, source_format=parsed.source_format)
            yield _Met(prefix + name, parsed.source_format, found)
        yield from (replace(one, source_file=prefix + one.source_file) for one in sidecars.missing())


def _prefixes(roots: Sequence[Path]) -> list[str]:
    """What stands before the names of each input's files: the folder's name, and as much of the
    path above it as tells the inputs apart."""
    paths_ = [root.resolve() for root in roots]
    for depth in range(1, max((len(p.parts) for p in paths_), default=0) + 1):
        tails = [p.parts[-depth:] for p in paths_]
        if len(set(tails)) == len(set(paths_)):
            break
    folders = [tail if root.is_dir() else tail[:-1] for root, tail in zip(roots, tails, strict=True)]
    return ["".join(files.shown(part.strip("/\\")) + "/" for part in folder) for folder in folders]


class _Sidecars:
    """The sidecar tables below one input folder, loaded when first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root if root.is_dir() else root.parent
        self._is_folder = root.is_dir()
        self._tables: dict[str, sidecar.Sidecar] = {}

    def of(self, name: str) -> tuple[sidecar.Sidecar, str]:
        """The table that speaks of the file ``name``, nearest folder first, and the file's name in it.

        A table of addresses may speak of any file below its folder.
        """
        parts = name.split("/")
        for depth in range(len(parts) - 1, -1, -1):
            folder = "/".join(parts[:depth])
            if folder not in self._tables:
                self._tables[folder] = sidecar.load(self._root / folder)
            local = "/".join(parts[depth:])
            if local in self._tables[folder].rows or self._tables[folder].by_url:
                return self._tables[folder], local
        return self._tables[""], name

    def missing(self) -> Iterator[_Met]:
        """Files that a table names and nobody met."""
        if not self._is_folder:
            return
        for folder, table in self._tables.items():
            for name in table.unused():
                what = "page with that address" if table.by_url else "such file"
                shown = f"{folder}/{name}" if folder else name
                yield _Met(shown, "", Rejected(f"named in {table.name}, but there is no {what}"))


def _with_path(raw: RawArticle, given: Mapping[str, str]) -> RawArticle:
    """What the path says fills what the file does not state of itself."""
    new = {name: value for name, value in given.items() if not getattr(raw, name)}
    return replace(raw, **new, inferred=(*raw.inferred, *new)) if new else raw  # type: ignore[arg-type]


def _items(met: Iterator[_Met]) -> Iterator[Item]:
    repeated = RepeatedLines()
    seen: dict[str, str] = {}
    batch: list[_Met] = []
    n_chars = 0
    for one in met:
        batch.append(one)
        if isinstance(one.found, RawArticle):
            repeated.add(one.found)
            n_chars += len(one.found.source)
        if len(batch) >= BATCH_ARTICLES or n_chars >= BATCH_CHARS:
            yield from _cleaned(batch, repeated, seen)
            batch, n_chars = [], 0
    yield from _cleaned(batch, repeated, seen)


def _cleaned(batch: list[_Met], repeated: RepeatedLines, seen: dict[str, str]) -> list[Item]:
    items: list[Item] = []
    furniture: dict[str, frozenset[str]] = {}
    for one in batch:
        found = one.found
        if isinstance(found, Rejected):
            items.append(_rejected(one, found))
            continue
        if found.outlet not in furniture:
            furniture[found.outlet] = repeated.of(found.outlet)
        article = clean(replace(found, furniture=furniture[found.outlet]))
        if furniture[found.outlet] and _no_article(article):
            article = clean(found)  # repetition tells boxes from text only where both are there
        if reason := _no_article(article):
            items.append(_rejected(one, replace(reason, index=found.index)))
            continue
        items.append(Item(article, _row(one, article, seen)))
    language_id.release()
    return items


def _rejected(one: _Met, found: Rejected) -> Item:
    return Item(
        None,
        ImportRow(
            one.source_file,
            one.source_format,
            found.index,
            "rejected",
            found.reason,
            found.expected,
            found.found,
        ),
    )


def _no_article(article: Article) -> Rejected | None:
    if not article.paragraphs:
        return Rejected("no text", "an article", "nothing visible")
    is_headline = article.truncated and article.title_span is not None
    if not is_headline and not any(p.role in ("body", "standfirst") for p in article.paragraphs):
        return Rejected(
            "no article text", "paragraphs", f"{len(article.paragraphs)} lines, none of them text"
        )
    if is_headline or len(article.text) >= SURELY_ENOUGH:
        return None
    if (count := len(article.text.split())) < MIN_WORDS:
        return Rejected("too short", f"at least {MIN_WORDS} words", f"{count} words")
    return None


def _row(one: _Met, article: Article, seen: dict[str, str]) -> ImportRow:
    index = one.found.index
    where = f"{one.source_file}, article {index}" if index else one.source_file
    if article.id in seen:
        reason = f"the same text of the same outlet as {seen[article.id]}"
        return ImportRow(one.source_file, one.source_format, index, "duplicate", reason)
    seen[article.id] = where
    if article.truncated:
        shortened = (w for w in article.warnings if w.startswith(limits.OVERLONG))
        reason = next(shortened, "the beginning only: cut off, or behind a paywall")
        found = f"{n_words(article.text)} words"
        return ImportRow(
            one.source_file, one.source_format, index, "truncated", reason, "the whole text", found
        )
    return ImportRow(one.source_file, one.source_format, index, "parsed")
