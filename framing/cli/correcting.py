"""The verbs that correct speakers and referents; :mod:`framing.cli` adds them to the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framing.cli.terminal import print_frame, progress_bar

if TYPE_CHECKING:
    from framing.referents.corrections import Action
    from framing.study import Study

speakers_app = typer.Typer(help="List speakers, correct who speaks.", no_args_is_help=True)
referents_app = typer.Typer(help="Correct referents: merge, split, rename.", no_args_is_help=True)

StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")]
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="The event, by its id.")]
Referent = Annotated[str, typer.Argument(metavar="REFERENT", help="As labels.csv calls it.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The new name.")]


def _open(path: Path) -> Study:
    from framing.study import Study

    return Study.open(path)


@speakers_app.callback()
@referents_app.callback()
def _study(context: typer.Context, study: StudyDir) -> None:
    context.obj = study


@speakers_app.command("list", epilog="Example: `framing speakers study list`")
def list_speakers(context: typer.Context) -> None:
    """Print the share of voice: speakers by event and outlet; an empty speaker was not found."""
    print_frame(_open(context.obj).table("voices"), "voices")


@speakers_app.command("correct", epilog="Example: `framing speakers study correct decisions.csv`")
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

    study = _open(context.obj)
    with progress_bar() as progress:
        relate.correct_speakers(study, read_corrections(file), progress=progress)
    print_frame(study.table("voices"), "voices")


@referents_app.command("merge", epilog="Example: `framing referents study merge e1 war 'the invasion'`")
def merge(
    context: typer.Context,
    event: EventId,
    referent: Referent,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="They become part of it.")],
) -> None:
    """Make one referent of several."""
    _correct(context, event, "merge", referent, others, "")


@referents_app.command(
    "split", epilog="Example: `framing referents study split e1 war 'the trade war' 'trade war'`"
)
def split(
    context: typer.Context,
    event: EventId,
    referent: Referent,
    name: Name,
    labels: Annotated[list[str], typer.Argument(metavar="LABEL...", help="They leave the referent.")],
) -> None:
    """Take labels out of a referent; they make a referent called NAME."""
    _correct(context, event, "split", referent, labels, name)


@referents_app.command("rename", epilog="Example: `framing referents study rename e1 war 'war in Ukraine'`")
def rename(context: typer.Context, event: EventId, referent: Referent, name: Name) -> None:
    """Call a referent by another name."""
    _correct(context, event, "rename", referent, [], name)


def _correct(
    context: typer.Context, event: str, action: Action, referent: str, others: list[str], name: str
) -> None:
    from framing import relate
    from framing.referents import Step

    study = _open(context.obj)
    with progress_bar() as progress:
        relate.correct_referents(study, Step(event, action, referent, tuple(others), name), progress=progress)
    labels = study.table("labels")
    print_frame(labels[labels["event_id"] == event], "labels")
