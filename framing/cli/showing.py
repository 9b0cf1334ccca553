"""The verbs that open the dashboard and print a lesson."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framing.cli.arguments import StudyDir, add, open_study
from framing.cli.terminal import fail, say

PANEL = "Show and hand on"


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    add(
        app,
        PANEL,
        "dashboard",
        dashboard,
        "framing dashboard study",
        "framing dashboard study --address 192.168.1.5 --classroom",
    )
    add(app, PANEL, "handout", handout, "framing handout study --lesson blind_pair --out paper")


def dashboard(
    study: StudyDir,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Address to serve on; anything else than 127.0.0.1 opens it to the network.")
    ] = "127.0.0.1",
    classroom: Annotated[
        bool,
        typer.Option("--classroom", help="Open it to a class: students see their lesson and nothing else."),
    ] = False,
    editable: Annotated[
        bool | None,
        typer.Option(
            "--editable/--read-only",
            help="Whether readers may add texts and correct; left out: only on this machine.",
        ),
    ] = None,
    settings: Annotated[
        Path | None,
        typer.Option(metavar="FILE.toml", help="A lesson's settings, as the Classroom page saves them."),
    ] = None,
) -> None:
    """Open the dashboard on a study."""
    from framing.classroom.settings import load

    open_study(study)
    if settings is not None:
        load(settings)  # a mistake in it is told now, not in the lesson
    serve(study, port, address, classroom=classroom, editable=editable, settings=settings)


def serve(
    study: Path,
    port: int,
    address: str = "127.0.0.1",
    *,
    classroom: bool = False,
    editable: bool | None = None,
    settings: Path | None = None,
) -> None:
    """Serve the dashboard until it is stopped."""
    try:
        from framing_dashboard import serve as run
    except ImportError as error:
        fail(f"the dashboard is not installed ({error}); pip install 'framing[dashboard]'")
    run(
        study,
        port=port,
        address=address,
        classroom=classroom,
        editable=editable,
        settings=settings,
    )


def handout(
    study: StudyDir,
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

    chosen = settings.default(lesson) if lesson in ACTIVITY_IDS else settings.load(Path(lesson))
    opened = open_study(study)
    built = build(chosen, opened.table, opened.texts)
    files = {
        handouts.SHEET: handouts.sheet(built),
        handouts.KEY: handouts.key(built),
        "settings.toml": settings.dump(chosen),
    }
    for name, text in files.items():
        write_text(out / name, text)
        say(f"{out / name} written")
