"""The verbs that check a measure by hand: a blind sample of sentences, and what its coders found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framing.cli.arguments import Measure, StudyDir, Voice, add, open_study
from framing.cli.terminal import print_rows, say

PANEL = "Check a measure by hand"


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    add(
        app,
        PANEL,
        "sample",
        sample,
        "framing sample study --measure loaded_terms --n 100 --seed 1 --out sheet.xlsx",
    )
    add(app, PANEL, "agreement", agreement, "framing agreement study sheet-anna.xlsx sheet-ben.xlsx")


def sample(
    study: StudyDir,
    measure: Measure,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The sheet: .csv or .xlsx.")],
    voice: Voice = "all",
    n: Annotated[int, typer.Option("--n", help="Sentences.")] = 100,
    seed: Annotated[int, typer.Option(help="Another number draws another sample.")] = 1,
) -> None:
    """Draw a blind sample of sentences and write a sheet to label: 1 = it is there, 0 = it is not."""
    from framing.measures import get
    from framing.sample import take

    opened = open_study(study)
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
    from framing.sample import agreement as found
    from framing.sample import record

    opened = open_study(study)
    result = found(opened, sheets, level=level)  # type: ignore[arg-type]
    record(opened, result)
    for name, frame in (("sample_figures", result.figures), ("sample_rates", result.rates)):
        print_rows(frame.assign(measure=result.measure, voice=result.voice), name)
