"""The verbs of the command line. Data go to stdout, messages and progress to stderr.

Everything heavy is imported inside a verb, so that ``framing --help`` is quick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framing.article import FramingError
from framing.cli import correcting, grouping, importing, reviewing, showing, teaching
from framing.cli.terminal import USAGE, fail, print_frame, progress_bar, say

if TYPE_CHECKING:
    from framing.analysis import Summary

REJECTED = 1  # done, with articles rejected

app = typer.Typer(
    name="framing",
    help="Show how news outlets frame the same event, with the evidence for every number.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
app.add_typer(grouping.events_app, name="events")
reviewing.add_to(app)
app.add_typer(correcting.speakers_app, name="speakers")
app.add_typer(correcting.referents_app, name="referents")

StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")]


def _example(*lines: str) -> str:
    return "Example: " + "  ".join(f"`{line}`" for line in lines)


def _version(wanted: bool) -> None:
    if wanted:
        from framing.provenance import version

        print(f"framing {version()}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(epilog=_example("framing demo", "framing demo --no-dashboard --study my-demo"))
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


@app.command(
    epilog=_example(
        "framing analyze articles/ --study study",
        "framing analyze export.csv --map outlet=source --map text=body --study study",
        "framing analyze articles/ --study study --engine processes:2",
    )
)
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


@app.command(epilog=_example("framing compare study --outlets 'The Times,The Post'"))
def compare(
    study: StudyDir,
    outlets: Annotated[str | None, typer.Option(metavar="A,B,...", help="Only these outlets.")] = None,
    by: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Group outlets by this metadata column.")
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Your groups of outlets: columns outlet and group."),
    ] = None,
    event: Annotated[str | None, typer.Option(metavar="ID", help="Only this event.")] = None,
) -> None:
    """Print the comparison table (CSV where stdout is no terminal)."""
    from framing import comparing
    from framing.study import Study

    names = [name.strip() for name in outlets.split(",") if name.strip()] if outlets else None
    chosen = comparing.read_groups(groups) if groups else None
    frame = comparing.comparison(Study.open(study), outlets=names, by=by, groups=chosen, event=event)
    print_frame(frame, "comparisons")


@app.command(epilog=_example("framing export study --out tables", "framing export study --out e --no-text"))
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
    from framing.study import Study

    for file in run(Study.open(study), out, format=format, text=text, verbatim=verbatim):  # type: ignore[arg-type]
        rows = "" if file.rows is None else f"{file.rows} rows, "
        say(f"{out / file.name}: {rows}{file.size} bytes")


@app.command(epilog=_example("framing report study --out report.html"))
def report(
    study: StudyDir,
    out: Annotated[Path, typer.Option(metavar="FILE.html", help="The page to write.")],
) -> None:
    """Write one self-contained page: comparison, methods, evidence."""
    from framing.disk import write_text
    from framing.report import report as render
    from framing.study import Study

    write_text(out, render(Study.open(study)))
    say(f"{out} written")


app.command(
    epilog=_example("framing dashboard study", "framing dashboard study --address 192.168.1.5 --classroom")
)(showing.dashboard)
app.command(epilog=_example("framing handout study --lesson blind_pair --out paper"))(teaching.handout)


@app.command(epilog=_example("framing measures", "framing measures loaded_terms"))
def measures(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One measure, in full.")] = None,
) -> None:
    """List the measures: unit, direction, source, accuracy; with NAME also the cards of its models."""
    from framing.measures import MEASURES, get, models_of
    from framing.wording import files

    try:
        chosen = MEASURES if name is None else (get(name),)
    except LookupError as error:
        fail(str(error))
    for measure in chosen:
        print(f"{measure.name}: {measure.label}")
        bounds = f"{measure.bounds[0]:g} to {measure.bounds[1]:g}"
        print(f"  unit      {measure.unit}{'' if bounds in measure.unit else ', ' + bounds}")
        print(f"  higher    {measure.higher_means}")
        print(f"  limits    {measure.limits}")
        print(f"  voices    {', '.join(measure.voices)}")
        print(f"  source    {' '.join(c.text for c in measure.sources)}")
        for a in measure.accuracy:
            print(f"  accuracy  {a.figure}; {a.data}; `{a.command}`")
        if not measure.accuracy:
            print("  accuracy  not measured")
        for lexicon in measure.lexicons:
            print(f"  lexicon   {lexicon} (`framing lexicons {lexicon}`)")
        for model in models_of(measure.name):
            print(f"  model     {model}")
            if name is not None:
                print(files.card(model).as_text(indent="    "))


@app.command(epilog=_example("framing lexicons", "framing lexicons check"))
def lexicons(
    action: Annotated[
        str | None, typer.Argument(metavar="[check|NAME]", help="Validate them, or show one.")
    ] = None,
) -> None:
    """List the lexicons with their cards; check validates them.

    Your own lists count too: put each in one UTF-8 file NAME.txt, an entry a line with its category
    after a tab, into a folder, and name that folder in the environment variable FRAMING_LEXICONS.
    Lines such as `# title: ...`, `# language: en` at the top say what a card would say.
    """
    from framing import lexicon

    if action == "check":
        problems, conflicts = lexicon.check(), lexicon.conflicts()
        for problem in problems:
            say(problem)
        for conflict in conflicts:
            print(conflict)
        print(
            f"{len(lexicon.names())} lexicons ({len(lexicon.own())} your own), {len(problems)} problems, "
            f"{len(conflicts)} entries that other lists have too"
        )
        raise typer.Exit(USAGE if problems else 0)
    chosen = lexicon.names()
    if action is not None:
        if action not in chosen:
            fail(f"lexicons {action!r}; expected check or a name: {', '.join(chosen)}")
        chosen = (action,)
    for name in chosen:
        one = lexicon.load(name)
        card = one.card
        print(f"{name}: {card.title}{' (your own)' if name in lexicon.own() else ''}")
        print(f"  entries   {len(one.entries)}, version {card.version}, retrieved {card.retrieved}")
        print(f"  source    {card.source}")
        print(f"  licence   {card.licence}")
        print(f"  limits    {card.limits}")


importing.add_verbs(app)


def main() -> None:
    """Entry point: every mistake in the input ends as one line on stderr and exit code 2."""
    try:
        app()
    except FramingError as error:
        say(f"framing: {error}")
        sys.exit(USAGE)
