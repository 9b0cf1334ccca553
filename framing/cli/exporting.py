"""The verbs that write a study out: tables, and one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framing.cli.arguments import StudyDir, add, open_study
from framing.cli.terminal import say

PANEL = "Show and hand on"


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    add(
        app,
        PANEL,
        "export",
        export,
        "framing export study --out tables",
        "framing export study --out e --no-text",
    )
    add(app, PANEL, "report", report, "framing report study --out report.html")


def export(
    study: StudyDir,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder that the files go into.")],
    format: Annotated[str, typer.Option(help="csv, parquet or xlsx.")] = "csv",
    text: Annotated[bool, typer.Option(help="Without text the files may be shared.")] = True,
    verbatim: Annotated[
        bool, typer.Option("--verbatim", help="Leave cells that a spreadsheet would run as a formula.")
    ] = False,
) -> None:
    """Write every table with its codebook, provenance and a methods paragraph."""
    from framing.export import export as run

    for file in run(open_study(study), out, format=format, text=text, verbatim=verbatim):  # type: ignore[arg-type]
        rows = "" if file.rows is None else f"{file.rows} rows, "
        say(f"{out / file.name}: {rows}{file.size} bytes")


def report(
    study: StudyDir,
    out: Annotated[Path, typer.Option(metavar="FILE.html", help="The page to write.")],
) -> None:
    """Write one self-contained page: comparison, methods, evidence."""
    from framing.disk import write_text
    from framing.report import report as render

    write_text(out, render(open_study(study)))
    say(f"{out} written")
