"""The verbs of the command line. Data go to stdout, messages and progress to stderr.

Everything heavy is imported inside a verb, so that ``framing --help`` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from framing.article import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis import Summary
    from framing.relate import Progress

REJECTED = 1  # done, with articles rejected
USAGE = 2  # bad usage or unreadable input

app = typer.Typer(
    name="framing",
    help="Show how news outlets frame the same event, with the evidence for every number.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
events_app = typer.Typer(help="Correct event groups: merge, split, lock, unlock.", no_args_is_help=True)
app.add_typer(events_app, name="events")

StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")]


def _example(*lines: str) -> str:
    return "Example: " + "  ".join(f"`{line}`" for line in lines)


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _fail(message: str) -> NoReturn:
    _say(f"framing: {message}")
    raise typer.Exit(USAGE)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def advance(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield advance


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
) -> None:
    """Analyse the bundled seeds into a study and open the dashboard."""
    from framing import resources

    summary = _analyze([resources.folder("seeds")], study)
    if dashboard:
        _serve(study, port)
    raise typer.Exit(_exit_code(summary))


@app.command(
    epilog=_example(
        "framing analyze articles/ --study study",
        "framing analyze export.csv --map outlet=source --map text=body --study study",
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
) -> None:
    """Read articles, clean, group, measure and compare them. Run again, it adds; stopped, it resumes."""
    summary = _analyze(inputs, study, outlet_from=outlet_from, mapping=_mapping(map or []), model=model)
    raise typer.Exit(_exit_code(summary))


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            _fail(f"--map {pair!r}; expected FIELD=COLUMN, e.g. --map outlet=source")
        mapping[field] = column
    return mapping


def _analyze(
    inputs: list[Path],
    study: Path,
    *,
    outlet_from: str | None = None,
    mapping: dict[str, str] | None = None,
    model: str | None = None,
) -> Summary:
    from framing.analysis import analyze as run

    with _progress() as progress:
        summary = run(inputs, study, outlet_from=outlet_from, mapping=mapping, model=model, progress=progress)
    _say(
        f"{summary.n_new} new articles, {summary.n_articles} in {study}, {summary.n_events} events;"
        f" {summary.n_rejected} rejected, {summary.n_duplicates} duplicates"
    )
    if summary.n_rejected:
        _say(f"which were rejected and why: `framing export {study} --out DIR`, DIR/import_report.csv")
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
    event: Annotated[str | None, typer.Option(metavar="ID", help="Only this event.")] = None,
) -> None:
    """Print the comparison table (CSV where stdout is no terminal)."""
    from framing import relate
    from framing.study import Study

    names = [name.strip() for name in outlets.split(",") if name.strip()] if outlets else None
    frame = relate.comparison(Study.open(study), outlets=names, by=by, event=event)
    _print_frame(frame, "comparisons")


def _print_frame(frame: pd.DataFrame, table: str) -> None:
    from framing import tables
    from framing.export import encode

    if not sys.stdout.isatty():
        sys.stdout.write(encode(frame, tables.get(table), "csv").decode("utf-8").replace("\r\n", "\n"))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*frame.columns, show_lines=False)
    for row in frame.astype(object).where(frame.notna(), "").itertuples(index=False):
        grid.add_row(*(Text(f"{v:.3g}" if isinstance(v, float) else str(v)) for v in row))
    Console().print(grid)


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
        _say(f"{out / file.name}: {rows}{file.size} bytes")


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
    _say(f"{out} written")


@app.command(epilog=_example("framing dashboard study"))
def dashboard(
    study: StudyDir,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Address to serve on; anything else than 127.0.0.1 opens it to the network.")
    ] = "127.0.0.1",
) -> None:
    """Open the dashboard on a study."""
    from framing.study import Study

    Study.open(study)
    _serve(study, port, address)


def _serve(study: Path, port: int, address: str = "127.0.0.1") -> None:
    try:
        from framing_dashboard import serve
    except ImportError as error:
        _fail(f"the dashboard is not installed ({error}); pip install 'framing[dashboard]'")
    serve(study, port=port, address=address)


@events_app.command("merge", epilog=_example("framing events study merge e1 e2"))
def merge(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to make one.")],
) -> None:
    """Make one event of several."""
    _correct(context, "merge", events)


@events_app.command("split", epilog=_example("framing events study split e1 a17 a18"))
def split(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event to take articles out of.")],
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="They become an event.")],
) -> None:
    """Take articles out of an event into an event of their own."""
    _correct(context, "split", [event, *articles])


@events_app.command("lock", epilog=_example("framing events study lock e1"))
def lock(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to keep as they are.")],
) -> None:
    """Keep events as they are in every later run."""
    _correct(context, "lock", events)


@events_app.command("unlock", epilog=_example("framing events study unlock e1"))
def unlock(
    context: typer.Context,
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="The events to free again.")],
) -> None:
    """Let later runs regroup events again."""
    _correct(context, "unlock", events)


@events_app.callback()
def _events(context: typer.Context, study: StudyDir) -> None:
    context.obj = study


def _correct(context: typer.Context, action: str, ids: list[str]) -> None:
    from framing import relate
    from framing.study import Study

    study = Study.open(context.obj)
    with _progress() as progress:
        relate.correct_events(study, action, ids, progress=progress)
    _print_frame(study.table("events"), "events")


@app.command(epilog=_example("framing measures", "framing measures loaded_terms"))
def measures(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One measure, in full.")] = None,
) -> None:
    """List the measures: unit, direction, source, known accuracy."""
    from framing.measures import MEASURES, get

    try:
        chosen = MEASURES if name is None else (get(name),)
    except LookupError as error:
        _fail(str(error))
    for measure in chosen:
        accuracy = "; ".join(f"{a.figure} on {a.data} (`{a.command}`)" for a in measure.accuracy)
        print(f"{measure.name}: {measure.label}")
        print(f"  unit      {measure.unit}, {measure.bounds[0]:g} to {measure.bounds[1]:g}")
        print(f"  higher    {measure.higher_means}")
        print(f"  limits    {measure.limits}")
        print(f"  voices    {', '.join(measure.voices)}")
        print(f"  source    {' '.join(c.text for c in measure.sources)}")
        print(f"  accuracy  {accuracy or 'not measured on gold data yet'}")


@app.command(epilog=_example("framing lexicons", "framing lexicons check"))
def lexicons(
    action: Annotated[str | None, typer.Argument(metavar="[check]", help="Validate them.")] = None,
) -> None:
    """List the lexicons with their cards; check validates them."""
    from framing import lexicon

    if action == "check":
        problems = lexicon.check()
        for problem in problems:
            _say(problem)
        print(f"{len(lexicon.names())} lexicons, {len(problems)} problems")
        raise typer.Exit(USAGE if problems else 0)
    if action is not None:
        _fail(f"lexicons {action!r}; expected `framing lexicons` or `framing lexicons check`")
    for name in lexicon.names():
        one = lexicon.load(name)
        card = one.card
        print(f"{name}: {card.title}")
        print(f"  entries   {len(one.entries)}, version {card.version}, retrieved {card.retrieved}")
        print(f"  source    {card.source}")
        print(f"  licence   {card.licence}")
        print(f"  limits    {card.limits}")


def main() -> None:
    """Entry point: every mistake in the input ends as one line on stderr and exit code 2."""
    try:
        app()
    except FramingError as error:
        _say(f"framing: {error}")
        sys.exit(USAGE)
