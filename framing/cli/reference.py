"""The verbs that say what framing measures, and by which lists and models."""

from __future__ import annotations

from typing import Annotated

import typer

from framing.cli.arguments import add
from framing.cli.terminal import USAGE, fail, say

PANEL = "Look up"


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    add(app, PANEL, "measures", measures, "framing measures", "framing measures loaded_terms")
    add(app, PANEL, "lexicons", lexicons, "framing lexicons", "framing lexicons check")


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
