"""What several verbs take, and how a verb is put on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from framing.study import Study

StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")]
Measure = Annotated[str, typer.Option(metavar="NAME", help="The measure, as `framing measures` lists it.")]
Voice = Annotated[str, typer.Option(help="all, outlet, quoted or attributed.")]
By = Annotated[str | None, typer.Option(metavar="COLUMN", help="Group outlets by this metadata column.")]
Groups = Annotated[
    Path | None, typer.Option(metavar="FILE.csv", help="Your groups of outlets: columns outlet and group.")
]


def open_study(path: Path) -> Study:
    """The study in a folder; raises FramingError where there is none."""
    from framing.study import Study

    return Study.open(path)


def add(app: typer.Typer, panel: str, name: str, verb: Callable[..., None], *examples: str) -> None:
    """Put a verb on the command line, under a heading of ``framing --help``, with examples in its own."""
    app.command(name, rich_help_panel=panel, epilog=example(*examples))(verb)


def example(*lines: str) -> str:
    """The last line of a verb's help."""
    return "Example: " + "  ".join(f"`{line}`" for line in lines)
