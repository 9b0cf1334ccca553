"""The verb that writes a lesson to print; :mod:`framing.cli` adds it to the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framing.cli.terminal import say


def handout(
    study: Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder that the files go into.")],
    lesson: Annotated[
        str,
        typer.Option(help="blind_pair, swap_the_verb, rank_headlines, who_is_missing, or a settings file."),
    ] = "blind_pair",
) -> None:
    """Write a lesson to print: a sheet for students without names, the teacher's key, the settings."""
    from framing.classroom import handouts, settings
    from framing.classroom.activities import ACTIVITY_IDS
    from framing.classroom.lesson import build
    from framing.disk import write_text
    from framing.study import Study

    chosen = settings.default(lesson) if lesson in ACTIVITY_IDS else settings.load(Path(lesson))
    opened = Study.open(study)
    built = build(chosen, opened.table, opened.texts)
    files = {
        handouts.SHEET: handouts.sheet(built),
        handouts.KEY: handouts.key(built),
        "settings.toml": settings.dump(chosen),
    }
    for name, text in files.items():
        write_text(out / name, text)
        say(f"{out / name} written")
