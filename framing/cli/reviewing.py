"""The verbs for those who must defend a comparison; :mod:`framing.cli` adds them to the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framing.cli.terminal import print_frame, progress_bar, say

if TYPE_CHECKING:
    import pandas as pd

    from framing.study import Study

StudyDir = Annotated[Path, typer.Argument(metavar="DIR", help="The study folder.")]
Measure = Annotated[str, typer.Option(metavar="NAME", help="The measure, as `framing measures` lists it.")]
VoiceOption = Annotated[str, typer.Option(help="all, outlet, quoted or attributed.")]
By = Annotated[str | None, typer.Option(metavar="COLUMN", help="Group outlets by this metadata column.")]
Groups = Annotated[
    Path | None, typer.Option(metavar="FILE.csv", help="Your groups of outlets: columns outlet and group.")
]


def _open(path: Path) -> Study:
    from framing.study import Study

    return Study.open(path)


def _groups(path: Path | None) -> dict[str, str] | None:
    from framing.comparing import read_groups

    return read_groups(path) if path else None


def evidence(
    study: StudyDir,
    measure: Measure,
    outlet: Annotated[str, typer.Option(metavar="A", help="The outlet (or group) of the row.")],
    voice: VoiceOption = "all",
    reference: Annotated[str, typer.Option(metavar="B", help="An outlet, or others.")] = "others",
    event: Annotated[str, typer.Option(metavar="ID", help="One event; left out: all.")] = "",
    reprints: Annotated[str, typer.Option(help="included or excluded.")] = "included",
    by: By = None,
    groups: Groups = None,
) -> None:
    """Print what a row of the comparison rests on: articles with their weights, and the words."""
    from framing import tables
    from framing.comparing.evidence import evidence as found

    frame = found(
        _open(study), measure=measure, voice=voice, outlet=outlet, reference=reference, event_id=event,
        reprints=reprints, by=by, groups=_groups(groups),
    )  # fmt: skip
    print_frame(tables.COMPARISON_EVIDENCE.frame(tables.records(frame)), tables.COMPARISON_EVIDENCE)


def words(
    study: StudyDir,
    reference: Annotated[
        str | None, typer.Option(metavar="B", help="The outlet (or group) to compare with; left out: others.")
    ] = None,
    by: By = None,
    groups: Groups = None,
    top: Annotated[int, typer.Option(help="Words of each outlet, voice and event.")] = 50,
    each_event: Annotated[bool, typer.Option("--events", help="In each large event too.")] = False,
) -> None:
    """Print the words that set an outlet apart from the others, or from one of them."""
    from framing.comparing.words import words as found

    result = found(
        _open(study), reference=reference, by=by, groups=_groups(groups), top=top, events=each_event
    )
    for (event, outlet, voice), reason in sorted(result.why_none.items()):
        say(f"{event or 'all events'}, {outlet}, {voice}: {reason}")
    _print(result.rows, "distinctive")


def sensitivity(
    study: StudyDir,
    headlines: Annotated[
        bool, typer.Option(help="Measure without and on headlines too; it takes a pass over all articles.")
    ] = True,
) -> None:
    """Make the comparison in other ways, print them side by side and keep them for the export."""
    from framing.comparing import table_rows
    from framing.comparing.sensitivity import sensitivity as found

    opened = _open(study)
    with progress_bar() as progress:
        frame = found(opened, headlines=headlines, progress=progress)
    opened.write_table("sensitivity", table_rows(frame, "sensitivity"))
    print_frame(opened.table("sensitivity"), "sensitivity")


def separate(
    study: StudyDir,
    shuffles: Annotated[int, typer.Option(help="Of the outlets, for the p-value.")] = 199,
    by: By = None,
    groups: Groups = None,
) -> None:
    """Can the measures alone tell the outlets apart in events not seen before? By what?"""
    from framing.comparing import table_rows
    from framing.comparing.separation import separation

    opened = _open(study)
    result, coefficients = separation(opened, n_shuffles=shuffles, by=by, groups=_groups(groups))
    opened.write_table("separability", table_rows(result, "separability"))
    opened.write_table("coefficients", table_rows(coefficients, "coefficients"))
    for row in opened.table("separability").to_dict("records"):
        say("; ".join(f"{name} {value}" for name, value in row.items()))
    _print(coefficients, "coefficients")


def outlet_map(study: StudyDir, by: By = None, groups: Groups = None) -> None:
    """Print where the outlets lie by all measures at once, with 95 % ellipses."""
    from framing.comparing.separation import placed

    found = placed(_open(study), by=by, groups=_groups(groups))
    if found.why_none:
        say(f"no map: {found.why_none}")
    else:
        say(f"x shows {found.shares[0]:.0%} of the differences between outlets, y {found.shares[1]:.0%}")
    _print(found.points, "outlet_map")


def sample(
    study: StudyDir,
    measure: Measure,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The sheet: .csv or .xlsx.")],
    voice: VoiceOption = "all",
    n: Annotated[int, typer.Option("--n", help="Sentences.")] = 100,
    seed: Annotated[int, typer.Option(help="Another number draws another sample.")] = 1,
) -> None:
    """Draw a blind sample of sentences and write a sheet to label: 1 = it is there, 0 = it is not."""
    from framing.measures import get
    from framing.sample import take

    opened = _open(study)
    drawn = take(opened, out, measure=measure, voice=voice, n=n, seed=seed)
    say(
        f"{out}: {len(drawn.items)} sentences of {drawn.n_found + drawn.n_rest}. Give a copy to each coder:"
        f" does the sentence hold {get(measure).label.lower()}? Into the column label 1 (yes) or 0 (no);"
        f" leave it empty where it cannot be told. Then: framing agreement {study} FILE..."
    )


def agreement(
    study: StudyDir,
    sheets: Annotated[list[Path], typer.Argument(metavar="FILE...", help="A filled sheet of each coder.")],
    level: Annotated[str, typer.Option(help="Of alpha: nominal, ordinal or interval.")] = "nominal",
) -> None:
    """From labelled sheets: how often the measure is right, how far coders agree, corrected rates."""
    from framing.comparing import table_rows
    from framing.sample import agreement as found

    opened = _open(study)
    result = found(opened, sheets, level=level)  # type: ignore[arg-type]
    head = {"measure": result.measure, "voice": result.voice}
    for name, frame in (("sample_figures", result.figures), ("sample_rates", result.rates)):
        own = table_rows(frame.assign(**head), name)
        kept = opened.table(name)
        other = kept[(kept["measure"] != result.measure) | (kept["voice"] != result.voice)]
        opened.write_table(name, [*table_rows(other, name), *own])
        _print(frame.assign(**head), name)


def _print(frame: pd.DataFrame, name: str) -> None:
    from framing import tables
    from framing.comparing import table_rows

    table = tables.get(name)
    print_frame(table.frame(table_rows(frame, name)), name)


# Each verb with an example for its help.
VERBS = (
    (
        "evidence",
        evidence,
        "framing evidence study --measure loaded_terms --outlet 'The Times'",
    ),
    ("words", words, "framing words study --reference 'The Times'"),
    ("sensitivity", sensitivity, "framing sensitivity study"),
    ("separate", separate, "framing separate study"),
    ("map", outlet_map, "framing map study"),
    ("sample", sample, "framing sample study --measure loaded_terms --n 100 --seed 1 --out sheet.xlsx"),
    ("agreement", agreement, "framing agreement study sheet-anna.xlsx sheet-ben.xlsx"),
)


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    for name, verb, example in VERBS:
        app.command(name, epilog=f"Example: `{example}`")(verb)
