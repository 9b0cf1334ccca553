"""docs/measures.md, rendered from the measures: ``python -m framing.measures._docs > docs/measures.md``."""

from __future__ import annotations

import sys

from framing.lexicon import load, names
from framing.measure import Measure
from framing.measures import MEASURES

COMMAND = "python -m framing.measures._docs > docs/measures.md"

_HEAD = f"""\
# Measures

Rendered from the code; to change it, change the measure and run `{COMMAND}`.

Each measure is one question to one article. A value that cannot be had is empty and comes with the reason;
zero means "looked and found none". `all` is the text whatever the voice, `outlet` the outlet's own words,
`quoted` the words inside quotation marks that have a speaker, `attributed` reported speech. A word inside
a quotation counts for its speaker, never for the outlet.
"""


def render() -> str:
    """The whole page as Markdown."""
    table = ["| measure | unit | voices |", "| --- | --- | --- |"]
    table += [f"| [`{m.name}`](#{m.name}) | {m.unit} | {', '.join(m.voices)} |" for m in MEASURES]
    sections = [_HEAD, "\n".join(table) + "\n", *(_measure(m) for m in MEASURES)]
    return "\n".join([*sections, "## Lexicons\n", *(_lexicon(name) for name in names())])


def _measure(measure: Measure) -> str:
    low, high = (f"{bound:g}" for bound in measure.bounds)
    lines = [
        f"## {measure.name}",
        "",
        f"**{measure.label}**: {measure.unit}; from {low} to {'no bound' if high == 'inf' else high}.",
        "",
        f"- Higher: {measure.higher_means}.",
        f"- Limits: {measure.limits}",
        f"- Voices: {', '.join(measure.voices)}. Languages: {', '.join(measure.languages) or 'any'}.",
    ]
    if measure.lexicons:
        lines.append(f"- Lexicons: {', '.join(f'[{name}](#{name}-list)' for name in measure.lexicons)}.")
    lines += [f"- Accuracy: {a.figure}, {a.data} (`{a.command}`)" for a in measure.accuracy]
    lines += [f"- Source: {citation.text}" for citation in measure.sources]
    return "\n".join(lines) + "\n"


def _lexicon(name: str) -> str:
    lexicon = load(name)
    card = lexicon.card
    lines = [
        f"### {name} list",
        "",
        f"**{card.title}**, version {card.version}: {len(lexicon.entries)} entries, licence {card.licence}.",
        "",
        f"- Source: {' '.join(card.source.split())}",
        f"- Limits: {' '.join(card.limits.split())}",
    ]
    lines += [f"- `{category}`: {meaning}" for category, meaning in card.categories.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
