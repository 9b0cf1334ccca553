"""The measures with accuracy, limits and cards, for docs/measures.md."""

from __future__ import annotations

from framing.lexicon import bundled, load
from framing.measure import Measure
from framing.measures import MEASURES, models_of
from framing.measures.own import PREFIX
from framing.wording import files

_HEAD = """\
# Measures

Rendered from the code; to change it, change the measure and run `make docs`.

Each measure is one question to one article. A value that cannot be had is empty and comes with the reason;
zero means "looked and found none". `all` is the text whatever the voice, `outlet` the outlet's own words,
`quoted` the words inside quotation marks that have a speaker, `attributed` reported speech. A word inside
a quotation counts for its speaker, never for the outlet.
"""

_MODELS = """\
Weights of small models under `models/`, never needed: without a file the measures that ask it abstain
and say so.
"""

_OWN = """\
Your own lists are counted beside the bundled ones, each as a measure of its own (`own_NAME`) and in
`terms.csv`: put each in one UTF-8 file `NAME.txt` (an entry a line, its category after a tab, a part of
speech after another where it matters; `# title: ...`, `# source: ...`, `# language: en` above), and name
the folder in the environment variable `FRAMING_LEXICONS`. `framing lexicons check` says what is wrong
with a list and which entries other lists have too.
"""


def render() -> str:
    """The whole page as Markdown."""
    measures = [m for m in MEASURES if not m.name.startswith(PREFIX)]
    table = ["| measure | unit | voices |", "| --- | --- | --- |"]
    table += [f"| [`{m.name}`](#{m.name}) | {m.unit} | {', '.join(m.voices)} |" for m in measures]
    sections = [_HEAD, "\n".join(table) + "\n", *(_measure(m) for m in measures)]
    sections += ["## Models\n", _MODELS, *(_model(name) for name in files.names())]
    return "\n".join([*sections, "## Lexicons\n", _OWN, *(_lexicon(name) for name in bundled())])


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
    models = models_of(measure.name)
    if models:
        lines.append(f"- Models: {', '.join(f'[{name}](#{name}-model)' for name in models)}.")
    lines += [f"- Accuracy: {a.figure}; {a.data} (`{a.command}`)" for a in measure.accuracy]
    lines += [f"- Source: {citation.text}" for citation in measure.sources]
    return "\n".join(lines) + "\n"


def _model(name: str) -> str:
    card = files.card(name)
    lines = [
        f"### {name} model",
        "",
        f"**{card.title}**, version {card.version}, sha256 `{card.sha256}`.",
        "",
        *(f"- Accuracy: {a.figure}; {a.data} (`{a.command or card.trained_by}`)" for a in card.accuracy),
        f"- Licence: {_one_line(card.licence)}",
        *(f"- Corpus: {c.citation}. Licence as found: {c.licence}." for c in card.corpora),
        f"- Limits: {_one_line(card.limits)}",
        f"- Not for: {_one_line(card.must_not)}",
        f"- Whole articles: {_one_line(card.whole_articles)}",
    ]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lexicon(name: str) -> str:
    lexicon = load(name)
    card = lexicon.card
    lines = [
        f"### {name} list",
        "",
        f"**{card.title}**, version {card.version}: {len(lexicon.entries)} entries, licence {card.licence}.",
        "",
        f"- Source: {_one_line(card.source)}",
        f"- Limits: {_one_line(card.limits)}",
    ]
    lines += [f"- `{category}`: {meaning}" for category, meaning in card.categories.items()]
    return "\n".join(lines) + "\n"
