"""The verbs that correct what was found: events, speakers, referents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framing.cli.arguments import StudyDir, example, open_study
from framing.cli.terminal import print_frame, progress_bar

if TYPE_CHECKING:
    from framing.referents.corrections import Action

PANEL = "Correct what was found"

events_app = typer.Typer(help="Correct event groups: merge, split, lock, unlock.", no_args_is_help=True)
speakers_app = typer.Typer(help="List speakers, correct who speaks.", no_args_is_help=True)
referents_app = typer.Typer(help="Correct referents: merge, split, rename.", no_args_is_help=True)

EventId = Annotated[str, typer.Argument(metavar="EVENT", help="The event, by its id.")]
Referent = Annotated[str, typer.Argument(metavar="REFERENT", help="As labels.csv calls it.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The new name.")]


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    for name, verbs in (("events", events_app), ("speakers", speakers_app), ("referents", referents_app)):
        app.add_typer(verbs, name=name, rich_help_panel=PANEL)


@events_app.callback()
@speakers_app.callback()
@referents_app.callback()
def _study(context: typer.Context, study: StudyDir) -> None:
    context.obj = study


@events_app.command("merge", epilog=example("framing events study merge e1 e2"))
def merge_events(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to make one.")],
) -> None:
    """Make one event of several."""
    _correct_events(context, "merge", events)


@events_app.command("split", epilog=example("framing events study split e1 a17 a18"))
def split_event(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event to take articles out of.")],
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="They become an event.")],
) -> None:
    """Take articles out of an event into an event of their own."""
    _correct_events(context, "split", [event, *articles])


@events_app.command("lock", epilog=example("framing events study lock e1"))
def lock_events(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to keep as they are.")],
) -> None:
    """Keep events as they are in every later run."""
    _correct_events(context, "lock", events)


@events_app.command("unlock", epilog=example("framing events study unlock e1"))
def unlock_events(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to free again.")],
) -> None:
    """Let later runs regroup events again."""
    _correct_events(context, "unlock", events)


def _correct_events(context: typer.Context, action: str, ids: list[str]) -> None:
    from framing import relate

    study = open_study(context.obj)
    with progress_bar() as progress:
        relate.correct_events(study, action, ids, progress=progress)
    print_frame(study.table("events"), "events")


@speakers_app.command("list", epilog=example("framing speakers study list"))
def list_speakers(context: typer.Context) -> None:
    """Print the share of voice: speakers by event and outlet; an empty speaker was not found."""
    print_frame(open_study(context.obj).table("voices"), "voices")


@speakers_app.command("correct", epilog=example("framing speakers study correct decisions.csv"))
def correct_speakers(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            help="Columns: name (who speaks; empty = not found) and quote_id or speaker,"
            " then event_id, role, anonymous.",
        ),
    ],
) -> None:
    """Apply a file of decisions; they are kept and hold in every later run."""
    from framing import relate
    from framing.quotes.speakers.corrections import read_corrections

    study = open_study(context.obj)
    with progress_bar() as progress:
        relate.correct_speakers(study, read_corrections(file), progress=progress)
    print_frame(study.table("voices"), "voices")


@referents_app.command("merge", epilog=example("framing referents study merge e1 war 'the invasion'"))
def merge_referents(
    context: typer.Context,
    event: EventId,
    referent: Referent,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="They become part of it.")],
) -> None:
    """Make one referent of several."""
    _correct_referents(context, event, "merge", referent, others, "")


@referents_app.command(
    "split", epilog=example("framing referents study split e1 war 'the trade war' 'trade war'")
)
def split_referent(
    context: typer.Context,
    event: EventId,
    referent: Referent,
    name: Name,
    labels: Annotated[list[str], typer.Argument(metavar="LABEL...", help="They leave the referent.")],
) -> None:
    """Take labels out of a referent; they make a referent called NAME."""
    _correct_referents(context, event, "split", referent, labels, name)


@referents_app.command("rename", epilog=example("framing referents study rename e1 war 'war in Ukraine'"))
def rename_referent(context: typer.Context, event: EventId, referent: Referent, name: Name) -> None:
    """Call a referent by another name."""
    _correct_referents(context, event, "rename", referent, [], name)


def _correct_referents(
    context: typer.Context, event: str, action: Action, referent: str, others: list[str], name: str
) -> None:
    from framing import relate
    from framing.referents import Step

    study = open_study(context.obj)
    with progress_bar() as progress:
        relate.correct_referents(study, Step(event, action, referent, tuple(others), name), progress=progress)
    labels = study.table("labels")
    print_frame(labels[labels["event_id"] == event], "labels")
