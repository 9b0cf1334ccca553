"""What reading gives: an article or the reason for none, one import report row either way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from framing.article import Article
from framing.clean import RawArticle
from framing.read.files import InputFile

Status = Literal["parsed", "rejected", "duplicate", "truncated"]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of import_report.csv. ``article_index`` counts from 0; None means the file itself."""

    source_file: str
    source_format: str
    article_index: int | None
    status: Status
    reason: str = ""
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One article that was met. ``article`` is None where the row's status is ``rejected``.

    A ``duplicate`` carries the article too, so that its id can be told; it is the same
    article as one that came before.
    """

    article: Article | None
    report: ImportRow


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something in a file that is no readable article, and why. ``index`` None: the file itself."""

    reason: str
    expected: str = ""
    found: str = ""
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table was taken for which field, before its articles.

    ``guessed`` names the fields that the user has not named: their columns were told by name.
    """

    taken: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    guessed: tuple[str, ...]


Found = RawArticle | Rejected | Columns


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: ``recognises`` looks at the content, ``read`` yields what is in the file.

    ``read`` raises :class:`Unreadable` where the whole file is no good.
    """

    format: str
    recognises: Callable[[InputFile, Mapping[str, str]], bool]
    read: Callable[[InputFile, Mapping[str, str]], Iterator[Found]]


class Unreadable(Exception):
    """A file that its reader cannot read; says why in words for the import report."""

    def __init__(self, reason: str, expected: str = "", found: str = "") -> None:
        super().__init__(reason)
        self.reason, self.expected, self.found = reason, expected, found
