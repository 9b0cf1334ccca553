"""The verbs that make a study: demo and analyze."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framing.cli import importing, showing
from framing.cli.arguments import add
from framing.cli.terminal import progress_bar, say

if TYPE_CHECKING:
    from framing.analysis import Summary

PANEL = "From articles to a study"
REJECTED = 1  # exit code: done, with articles rejected


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    add(app, PANEL, "demo", demo, "framing demo", "framing demo --no-dashboard --study my-demo")
    add(
        app,
        PANEL,
        "analyze",
        analyze,
        "framing analyze articles/ --study study",
        "framing analyze export.csv --map outlet=source --map text=body --study study",
        "framing analyze articles/ --study study --engine processes:2",
    )


def demo(
    study: Annotated[Path, typer.Option(help="Where the study of the seeds goes.")] = Path("framing-demo"),
    dashboard: Annotated[bool, typer.Option(help="Open the dashboard afterwards.")] = True,
    port: Annotated[int, typer.Option(help="Port of the dashboard; 0 takes a free one.")] = 8501,
    classroom: Annotated[
        bool, typer.Option("--classroom", help="Add the invented texts of the classroom to the seeds.")
    ] = False,
) -> None:
    """Analyse the bundled seeds into a study and open the dashboard."""
    from framing import resources

    inputs = [resources.folder("seeds")]
    if classroom:
        inputs.append(resources.folder("classroom") / "texts")
    summary = _analyze(inputs, study)
    if dashboard:
        showing.serve(study, port)
    raise typer.Exit(_exit_code(summary))


def analyze(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Files, folders, archives.")],
    study: Annotated[Path, typer.Option(metavar="DIR", help="The study folder; it is made or added to.")],
    outlet_from: Annotated[
        str | None, typer.Option(help="Take the outlet from the path: folder or filename.")
    ] = None,
    map: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=COLUMN", help="Which column holds a field.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Another installed spaCy pipeline.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether columns are taken rightly.")] = False,
    engine: Annotated[
        str,
        typer.Option(
            metavar="ENGINE",
            help="Where the work on articles runs: here, processes[:N], or dask[:ADDRESS] (an address or a"
            " scheduler file; without one: workers on this machine).",
        ),
    ] = "here",
) -> None:
    """Read articles, clean, group, measure and compare them. Run again, it adds; stopped, it resumes."""
    summary = _analyze(
        inputs,
        study,
        outlet_from=outlet_from,
        mapping=importing.mapping(map or []),
        model=model,
        ask=not yes,
        engine=engine,
    )
    raise typer.Exit(_exit_code(summary))


def _analyze(
    inputs: list[Path],
    study: Path,
    *,
    outlet_from: str | None = None,
    mapping: dict[str, str] | None = None,
    model: str | None = None,
    ask: bool = False,
    engine: str = "here",
) -> Summary:
    from framing import engine as engines
    from framing.analysis import analyze as run

    on = engines.engine(engine)
    with progress_bar() as progress:
        summary = run(
            inputs,
            study,
            outlet_from=outlet_from,
            mapping=mapping,
            model=model,
            columns_found=importing.confirm_columns(ask=ask),
            on=on,
            progress=progress,
        )
    say(
        f"{summary.n_new} new articles, {summary.n_articles} in {study}, {summary.n_events} events;"
        f" {summary.n_rejected} rejected, {summary.n_duplicates} duplicates"
    )
    for note in summary.unapplied:
        say(f"not applied: {note}")
    for line in importing.summary(summary.study, summary.report):
        say(line)
    return summary


def _exit_code(summary: Summary) -> int:
    return REJECTED if summary.n_rejected else 0
