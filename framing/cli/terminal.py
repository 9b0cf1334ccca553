"""What the verbs of the command line share: messages and progress to stderr, tables to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    import pandas as pd

    from framing.relate import Progress
    from framing.tables import Table

USAGE = 2  # exit code: bad usage or unreadable input


def say(message: str) -> None:
    """A line for people."""
    print(message, file=sys.stderr)


def fail(message: str) -> NoReturn:
    """A line for people, and the end with exit code 2."""
    say(f"framing: {message}")
    raise typer.Exit(USAGE)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def advance(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield advance


def print_frame(frame: pd.DataFrame, table: str | Table) -> None:
    """The rows of a table: a grid on a terminal, CSV elsewhere."""
    from framing import tables
    from framing.export import encode

    if not sys.stdout.isatty():
        known = tables.get(table) if isinstance(table, str) else table
        sys.stdout.write(encode(frame, known, "csv").decode("utf-8").replace("\r\n", "\n"))
        return
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(*frame.columns, show_lines=False)
    for row in frame.astype(object).where(frame.notna(), "").itertuples(index=False):
        grid.add_row(*(Text(f"{v:.3g}" if isinstance(v, float) else str(v)) for v in row))
    Console().print(grid)
