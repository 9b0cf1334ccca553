"""What the verbs of the command line share: messages and progress to stderr, tables to stdout."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    import pandas as pd
    from rich.progress import TaskID

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


def pace(done: int, total: int | None, seconds: float) -> str:
    """How fast something goes and how long it will take, as far as that is known.

    >>> pace(30, 1230, 60.0), pace(30, None, 60.0), pace(0, 9, 1.0)
    ('0.5 a second, 40 min left', '0.5 a second', '')
    """
    if not done or seconds <= 0:
        return ""
    rate = done / seconds
    told = f"{rate:.1f} a second" if rate < 100 else f"{rate:.0f} a second"
    left = max(0, total - done) / rate if total is not None else 0.0
    if not left:
        return told
    return told + (f", {left / 60:.0f} min left" if left >= 90 else f", {left:.0f} s left")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar with pace and time left on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    told = TextColumn("{task.fields[pace]}")
    with Progress(*columns, told, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, tuple[TaskID, float]] = {}

        def advance(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = (bar.add_task(stage, total=total, pace=""), time.monotonic())
            task, began = tasks[stage]
            now = pace(done, total, time.monotonic() - began)
            bar.update(task, completed=done, total=total, pace=now)

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


def print_rows(frame: pd.DataFrame, name: str) -> None:
    """What was computed, with the columns and types of the table ``name``; see :func:`print_frame`."""
    from framing import tables
    from framing.comparing import table_rows

    table = tables.get(name)
    print_frame(table.frame(table_rows(frame, name)), name)
