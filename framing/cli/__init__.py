"""The command line: one file for each family of verbs. Data go to stdout, messages and progress to stderr.

Everything heavy is imported inside a verb, so that ``framing --help`` is quick.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from framing.article import FramingError
from framing.cli import analysing, checking, comparing, correcting, exporting, importing, reference, showing
from framing.cli.terminal import USAGE, say

app = typer.Typer(
    name="framing",
    help="Show how news outlets frame the same event, with the evidence for every number.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)


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


# In the order of ``framing --help``.
for family in (analysing, importing, correcting, comparing, checking, showing, exporting, reference):
    family.add_to(app)


def main() -> None:
    """Entry point: every mistake in the input ends as one line on stderr and exit code 2."""
    try:
        app()
    except FramingError as error:
        say(f"framing: {error}")
        sys.exit(USAGE)
