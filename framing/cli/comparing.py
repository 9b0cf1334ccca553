"""The verbs that compare outlets, and what a comparison rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framing.cli.arguments import By, Groups, Measure, StudyDir, Voice, add, open_study
from framing.cli.terminal import print_frame, print_rows, progress_bar, say

PANEL = "Compare outlets"


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    add(app, PANEL, "compare", compare, "framing compare study --outlets 'The Times,The Post'")
    add(
        app,
        PANEL,
        "evidence",
        evidence,
        "framing evidence study --measure loaded_terms --outlet 'The Times'",
    )
    add(app, PANEL, "words", words, "framing words study --reference 'The Times'")
    add(app, PANEL, "sensitivity", sensitivity, "framing sensitivity study")
    add(app, PANEL, "separate", separate, "framing separate study")
    add(app, PANEL, "map", outlet_map, "framing map study")


def compare(
    study: StudyDir,
    outlets: Annotated[str | None, typer.Option(metavar="A,B,...", help="Only these outlets.")] = None,
    by: By = None,
    groups: Groups = None,
    event: Annotated[str | None, typer.Option(metavar="ID", help="Only this event.")] = None,
) -> None:
    """Print the comparison table (CSV where stdout is no terminal)."""
    from framing import comparing

    names = [name.strip() for name in outlets.split(",") if name.strip()] if outlets else None
    frame = comparing.comparison(open_study(study), outlets=names, by=by, groups=_groups(groups), event=event)
    print_frame(frame, "comparisons")


def evidence(
    study: StudyDir,
    measure: Measure,
    outlet: Annotated[str, typer.Option(metavar="A", help="The outlet (or group) of the row.")],
    voice: Voice = "all",
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
        open_study(study), measure=measure, voice=voice, outlet=outlet, reference=reference, event_id=event,
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
        open_study(study), reference=reference, by=by, groups=_groups(groups), top=top, events=each_event
    )
    for (event, outlet, voice), reason in sorted(result.why_none.items()):
        say(f"{event or 'all events'}, {outlet}, {voice}: {reason}")
    print_rows(result.rows, "distinctive")


def sensitivity(
    study: StudyDir,
    headlines: Annotated[
        bool, typer.Option(help="Measure without and on headlines too; it takes a pass over all articles.")
    ] = True,
) -> None:
    """Make the comparison in other ways, print them side by side and keep them for the export."""
    from framing.comparing import table_rows
    from framing.comparing.sensitivity import sensitivity as found

    opened = open_study(study)
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

    opened = open_study(study)
    result, coefficients = separation(opened, n_shuffles=shuffles, by=by, groups=_groups(groups))
    opened.write_table("separability", table_rows(result, "separability"))
    opened.write_table("coefficients", table_rows(coefficients, "coefficients"))
    for row in opened.table("separability").to_dict("records"):
        say("; ".join(f"{name} {value}" for name, value in row.items()))
    print_rows(coefficients, "coefficients")


def outlet_map(study: StudyDir, by: By = None, groups: Groups = None) -> None:
    """Print where the outlets lie by all measures at once, with 95 % ellipses."""
    from framing.comparing.separation import placed

    found = placed(open_study(study), by=by, groups=_groups(groups))
    if found.why_none:
        say(f"no map: {found.why_none}")
    else:
        say(f"x shows {found.shares[0]:.0%} of the differences between outlets, y {found.shares[1]:.0%}")
    print_rows(found.points, "outlet_map")


def _groups(path: Path | None) -> dict[str, str] | None:
    from framing.comparing import read_groups

    return read_groups(path) if path else None
