"""Method: how every number was computed, from which lists, and how wrong it is known to be."""

from __future__ import annotations

from html import escape

import streamlit as st

from framing import lexicon, methods
from framing.measure import Measure
from framing.measures import MEASURES
from framing.provenance import version
from framing_dashboard import ui
from framing_dashboard.safe import md

BIBTEX = """@software{{framing,
  title   = {{framing: how news outlets frame the same event}},
  author  = {{{{The framing developers}}}},
  version = {{{version}}}
}}"""


def draw() -> None:
    """The method page."""
    data = ui.study()
    ui.heading(
        "How was this computed, and how wrong is it?",
        "Every measure with unit, direction, source, limits and accuracy; every word list with its card.",
    )
    parts = methods.sections(data.study)
    ui.section("What was done")
    for paragraph in parts[0].paragraphs:
        st.markdown(md(paragraph))
    ui.section("Measures")
    for measure in MEASURES:
        with st.expander(f"{measure.label} ({measure.unit})"):
            _measure(measure)
    ui.section("Word lists")
    for name in lexicon.names():
        found = lexicon.load(name)
        with st.expander(f"{found.card.title}, version {found.card.version}"):
            ui.facts(
                [("Name", name), ("Entries", f"{len(found.entries):,}"), ("Licence", found.card.licence)]
            )
            _lines(Source=found.card.source, Limits=found.card.limits, Retrieved=found.card.retrieved)
            _lines(**{"SHA-256": found.card.sha256})
            for category, meaning in found.card.categories.items():
                st.markdown(f"- **{md(category)}**: {md(meaning)}")
    ui.section("How to cite")
    st.html(f'<pre class="framing-cite">{escape(BIBTEX.format(version=version()))}</pre>')
    ui.section("References")
    for item in parts[-1].items:
        st.markdown(f"- {md(item)}")


def _measure(measure: Measure) -> None:
    low, high = measure.bounds
    _lines(
        **{
            "Name": measure.name,
            "Range": f"{low:g} to {high:g}" if high != float("inf") else f"{low:g} and up",
            "Higher means": measure.higher_means,
            "Limits": measure.limits,
            "Measured by voice": ", ".join(measure.voices),
            "Languages": ", ".join(measure.languages) or "any",
            "Word lists": ", ".join(measure.lexicons) or "none",
            "Source": " ".join(c.text for c in measure.sources),
            "Accuracy": "; ".join(f"{a.figure} on {a.data}" for a in measure.accuracy) or "not measured yet",
        }
    )


def _lines(**values: str) -> None:
    st.markdown("\n\n".join(f"**{name}:** {md(value)}" for name, value in values.items()))


draw()
