"""The verbs that correct event groups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framing.cli.terminal import print_frame, progress_bar

events_app = typer.Typer(help="Correct event groups: merge, split, lock, unlock.", no_args_is_help=True)


@events_app.callback()
def _study(
    context: typer.Context,
    study: Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")],
) -> None:
    context.obj = study


@events_app.command("merge", epilog="Example: `framing events study merge e1 e2`")
def merge(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to make one.")],
) -> None:
    """Make one event of several."""
    _correct(context, "merge", events)


@events_app.command("split", epilog="Example: `framing events study split e1 a17 a18`")
def split(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event to take articles out of.")],
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="They become an event.")],
) -> None:
    """Take articles out of an event into an event of their own."""
    _correct(context, "split", [event, *articles])


@events_app.command("lock", epilog="Example: `framing events study lock e1`")
def lock(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to keep as they are.")],
) -> None:
    """Keep events as they are in every later run."""
    _correct(context, "lock", events)


@events_app.command("unlock", epilog="Example: `framing events study unlock e1`")
def unlock(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to free again.")],
) -> None:
    """Let later runs regroup events again."""
    _correct(context, "unlock", events)


def _correct(context: typer.Context, action: str, ids: list[str]) -> None:
    from framing import relate
    from framing.study import Study

    study = Study.open(context.obj)
    with progress_bar() as progress:
        relate.correct_events(study, action, ids, progress=progress)
    print_frame(study.table("events"), "events")
