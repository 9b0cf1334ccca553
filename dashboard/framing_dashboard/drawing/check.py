"""A blind sample of sentences, labelled on the page: drawing it, one sentence at a time, what follows."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from framing.article import FramingError
from framing.jobs import changing
from framing.measures import MEASURES
from framing.sample import judged, record
from framing.sample.draw import Sample, draw, texts
from framing.sample.kept import Labels, keep, label, labels
from framing.tables import records
from framing_dashboard import ui
from framing_dashboard.data import Data
from framing_dashboard.safe import Column, md, visible
from framing_dashboard.views.rows import VOICE_NAMES, plural

YES, NO, CANNOT_TELL = "Yes", "No", "Cannot tell"
_VALUES: dict[str, float | None] = {YES: 1.0, NO: 0.0, CANNOT_TELL: None}


def new(data: Data) -> str | None:
    """Draw a sample; its name once it is drawn."""
    known = set(data.table("measures")["measure"].dropna().unique())
    names = [m.name for m in MEASURES if m.name in known]
    with st.form("new sample"):
        left, middle, right = st.columns(3)
        measure = str(left.selectbox("Measure", names, format_func=ui.measure_label))
        voices = VOICE_NAMES
        voice = str(middle.selectbox("Whose words", list(voices), format_func=voices.__getitem__))
        n = int(right.number_input("Sentences", 10, 400, 40, step=10))
        if not st.form_submit_button("Draw a sample", type="primary"):
            return None
    try:
        with st.spinner("Drawing sentences …"), changing(data.study.path):
            return keep(data.study, draw(data.study, measure=measure, voice=voice, n=n), n)
    except FramingError as error:
        st.error(md(error))
        return None


def called(name: str, sample: Sample) -> str:
    """A sample as its box shows it.

    >>> called("", Sample("hedges", "all", 1, 5, 5, ()))
    'Hedges, whole text, 0 sentences'
    """
    return (
        f"{ui.measure_label(sample.measure)}, {VOICE_NAMES[sample.voice]},"
        f" {plural(len(sample.items), 'sentence')}"
    )


def one(data: Data, name: str, sample: Sample, coder: str) -> bool:
    """The next sentence for this coder; False once all are labelled. The measure's answer is not shown."""
    given = labels(data.study, name).get(coder, {})
    left_over = [item for item in sample.items if item.item not in given]
    st.progress(len(given) / len(sample.items), text=f"{len(given)} of {len(sample.items)} labelled")
    if given and left_over and st.button("Take the last label back"):
        del given[next(i.item for i in reversed(sample.items) if i.item in given)]
        _give(data, name, sample, coder, given)
    if not left_over:
        return False
    before, sentence, after = texts(data.texts(), left_over[:1])[0]
    st.html(
        f'<p class="framing-sentence" dir="auto"><span>{escape(visible(before))}</span>'
        f" <strong>{escape(visible(sentence))}</strong> <span>{escape(visible(after))}</span></p>"
    )
    st.markdown(f"**Does the sentence in bold hold this: {md(ui.measure_label(sample.measure))}?**")
    for measure in MEASURES:
        if measure.name == sample.measure:
            st.caption(f"A higher value means: {md(measure.higher_means)}.")
    with st.container(horizontal=True):
        for answer, value in _VALUES.items():
            if st.button(answer, key=f"label {answer}"):
                _give(data, name, sample, coder, given | {left_over[0].item: value})
    return True


def _give(data: Data, name: str, sample: Sample, coder: str, given: dict[str, float | None]) -> None:
    """Keep the labels; the last one of a coder also brings what they say into the study's tables."""
    with changing(data.study.path):
        label(data.study, name, coder, given)
        if len(given) == len(sample.items):
            record(data.study, judged(data.study, sample, list(_done(data, name, sample).values())))
    st.rerun()


def _done(data: Data, name: str, sample: Sample) -> dict[str, Labels]:
    """The labels of the coders who have labelled every sentence."""
    return {c: own for c, own in labels(data.study, name).items() if len(own) == len(sample.items)}


def results(data: Data, name: str, sample: Sample) -> None:
    """How often the measure is right by these labels, how far the coders agree, the rates corrected."""
    done = _done(data, name, sample)
    ui.section("What the labels say")
    st.markdown(f"Labelled in full by {md(', '.join(done))}." if done else "Nobody has labelled all yet.")
    if not done:
        return
    key = (name, tuple((c, tuple(sorted(own.items()))) for c, own in done.items()))
    found = data.recent(key, lambda: judged(data.study, sample, list(done.values())))
    ui.table(
        [row | {"interval": _interval(row)} for row in records(found.figures)],
        [
            Column("figure", "Figure"),
            Column("value", "Value", number=True),
            Column("interval", "95 % interval", number=True),
            Column("n", "Labels", number=True),
            Column("why_none", "Why there is none"),
        ],
        caption="Precision: how many of the finds are right. Recall: how many of those there are it finds."
        " Alpha: Krippendorff's, agreement beyond chance; 0.8 is firm, below 0.667 little can be concluded",
        csv="accuracy-here",
    )
    ui.table(
        [row | {"interval": _interval(row)} for row in records(found.rates)],
        [
            Column("outlet", "Outlet"),
            Column("n_sentences", "Sentences", number=True),
            Column("rate_found", "Share found", number=True),
            Column("rate_corrected", "Share, errors taken out", number=True),
            Column("interval", "95 % interval", number=True),
            Column("why_none", "Why there is none"),
        ],
        caption="Share of an outlet's sentences with a find, and with the measure's errors taken out"
        " (Rogan & Gladen 1978)",
        csv="corrected-rates",
    )
    st.caption("Exported with the study as sample_figures and sample_rates.")
    _disagreements(data, sample, done)


def _interval(row: dict[str, Any]) -> str:
    return "" if row["low"] is None else f"{row['low']:.2f} to {row['high']:.2f}"


def _disagreements(data: Data, sample: Sample, done: dict[str, Labels]) -> None:
    """The sentences on which coders differ: what a code book has to settle."""
    frame = pd.DataFrame(done)
    differing = set(frame.index[frame.nunique(axis=1) > 1])
    items = [item for item in sample.items if item.item in differing]
    said = {value: answer for answer, value in _VALUES.items() if value is not None}
    rows = [
        {"sentence": sentence} | {c: said.get(own[item.item]) for c, own in done.items()}
        for item, (_, sentence, _) in zip(items, texts(data.texts(), items), strict=True)
    ]
    if rows:
        ui.table(
            rows,
            [Column("sentence", "Sentence"), *(Column(c, c) for c in done)],
            caption=f"{plural(len(rows), 'sentence')} on which the coders differ; left out of precision and"
            " recall",
            csv="disagreements",
        )
