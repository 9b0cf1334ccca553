"""What the command line asks and tells about import: columns taken, articles found, pages fetched."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from framing.article import FramingError
from framing.cli.arguments import StudyDir, add, open_study
from framing.cli.terminal import USAGE, fail, print_frame, progress_bar, say

if TYPE_CHECKING:
    from framing.fetch import Fetched
    from framing.read import Columns
    from framing.study import Study

_MAX_REASONS = 8  # told one by one; the rest by number


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    panel = "From articles to a study"
    add(app, panel, "imports", imports, "framing imports study", "framing imports study --dropped")
    add(
        app,
        panel,
        "fetch",
        fetch,
        "framing fetch addresses.txt --out pages",
        "framing fetch mediacloud.csv --out pages --contact you@university.example",
    )


def mapping(pairs: list[str]) -> dict[str, str]:
    """Field -> column from the values of ``--map``; ends the program at one that is none."""
    found = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            fail(f"--map {pair!r}; expected FIELD=COLUMN, e.g. --map outlet=source")
        found[field] = column
    return found


def confirm_columns(*, ask: bool) -> Callable[[str, Columns], None]:
    """What tells of each kind of table which column was taken for which field; asks on a terminal.

    The returned call raises FramingError where the user says that it is wrong.
    """
    told: set[Columns] = set()
    ask = ask and sys.stdin.isatty() and sys.stderr.isatty()

    def columns_found(file: str, found: Columns) -> None:
        if found in told:
            return
        told.add(found)
        taken = ", ".join(f"{field}={column}" for field, column in found.taken)
        others = f"; kept as your own columns: {', '.join(found.others)}" if found.others else ""
        say(f"{file}: {taken}{others}")
        is_plain = all(field == column for field, column in found.taken)
        if ask and found.guessed and not is_plain and not typer.confirm("Is that right?", True, err=True):
            raise FramingError(
                "nothing was analysed; name the columns with --map FIELD=COLUMN, e.g."
                f" --map {found.guessed[0]}=COLUMN; fields: text, title, outlet, published, url, byline"
            )

    return columns_found


def summary(study: Study, report: list[dict[str, Any]]) -> list[str]:
    """The import in lines: how many were met and became what, and the reasons."""
    statuses = Counter(row["status"] for row in report)
    dates = study.table("articles")["published"]
    undated = int((dates.isna() | (dates == "")).sum())
    lines = [
        f"met {len(report)}: {statuses['parsed']} whole, {statuses['truncated']} of which only the beginning,"
        f" {statuses['duplicate']} duplicates, {statuses['rejected']} rejected; {undated} without a date"
    ]
    reasons = Counter((row["status"], row["reason"]) for row in report if row["reason"])
    for (status, reason), n in reasons.most_common(_MAX_REASONS):
        first = next(row for row in report if (row["status"], row["reason"]) == (status, reason))
        detail = f" (expected {first['expected']}, found {first['found']})" if first["expected"] else ""
        lines.append(f"  {n} {status}: {reason}{detail}, e.g. {first['source_file']}")
    if len(reasons) > _MAX_REASONS:
        lines.append(f"  … and {len(reasons) - _MAX_REASONS} more reasons")
    if reasons:
        lines.append(f"  all of them: `framing imports {study.path}`")
    return lines


def imports(
    study: StudyDir,
    status: Annotated[
        str | None, typer.Option(help="Only these: parsed, truncated, duplicate or rejected.")
    ] = None,
    lines: Annotated[
        str | None,
        typer.Option(metavar="ARTICLE", help="Every line of this article with its role and reason."),
    ] = None,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="Every line that was left out of a text, with the reason.")
    ] = False,
) -> None:
    """Print what was met in the input and what became of it; nothing is left out silently."""
    opened = open_study(study)
    if lines is not None or dropped:
        frame = opened.table("paragraphs")
        if lines is not None:
            frame = frame[frame["article_id"] == lines]
            if frame.empty:
                raise FramingError(f"no article {lines!r} in {study}; `framing imports {study}` lists them")
        if dropped:
            frame = frame[frame["start"].isna()]
        print_frame(frame, "paragraphs")
        return
    frame = opened.table("import_report")
    if status is not None:
        frame = frame[frame["status"] == status]
    print_frame(frame, "import_report")


def fetch(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT...", help="Lists of addresses: text, Media Cloud, GDELT …")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the pages; it is made or added to.")],
    delay: Annotated[float, typer.Option(min=0.5, help="Seconds between two requests to a host.")] = 2.0,
    contact: Annotated[
        str, typer.Option(help="Your mail or web address, sent to the hosts so that they can reach you.")
    ] = "",
) -> None:
    """Fetch listed pages from public addresses, so that analyze can read them.

    The only verb that opens a connection. It asks each host's robots.txt, pauses between
    two requests to a host, and takes pages from public addresses alone.
    """
    from framing.fetch import fetch as run
    from framing.read.files import shown

    n_done = 0

    def told(row: Fetched) -> None:
        nonlocal n_done
        n_done += 1
        progress("fetching", n_done, None)
        if row.status != "fetched":
            say(f"{shown(row.url[:200])}: {row.status}: {row.reason}")

    with progress_bar() as progress:
        rows = run(inputs, out, delay=delay, contact=contact, told=told)
    n_fetched = sum(row.status == "fetched" for row in rows)
    say(f"{n_fetched} of {len(rows)} pages in {out}; `framing analyze {out} --study STUDY` reads them")
    raise typer.Exit(USAGE if not n_fetched else int(n_fetched < len(rows)))
