"""The verb that opens the dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framing.cli.terminal import fail

StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")]


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
    from framing.study import Study

    Study.open(study)
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
