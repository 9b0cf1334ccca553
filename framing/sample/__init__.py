"""Is a measure right on the user's own texts? A blind sample, the coders' labels, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from framing.article import FramingError
from framing.comparing import table_rows
from framing.sample.alpha import LEVELS, Level, alpha, alpha_interval
from framing.sample.draw import Sample, draw, sentences, texts
from framing.sample.kept import keep, samples
from framing.sample.rates import FIGURES, corrected_rates, errors, figures
from framing.sample.sheet import read_sheet, write_sheet
from framing.study import Study

__all__ = ["LEVELS", "Agreement", "agreement", "alpha", "alpha_interval", "judged", "record", "take"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``figures``: precision, recall, specificity and alpha; ``rates``: one row an outlet."""

    measure: str
    voice: str
    figures: pd.DataFrame
    rates: pd.DataFrame


def take(
    study: Study, sheet: Path | str, *, measure: str, voice: str = "all", n: int = 100, seed: int = 1
) -> Sample:
    """Draw a sample, write its sheet, and keep in the study what was drawn.

    Raises FramingError as :func:`framing.sample.draw.draw` and the sheet do.
    """
    sample = draw(study, measure=measure, voice=voice, n=n, seed=seed)
    write_sheet(sheet, sample.items, texts(study.texts(), sample.items))
    keep(study, sample, n)
    return sample


def agreement(
    study: Study, sheets: Sequence[Path | str], *, level: Level = "nominal", seed: int = 20081
) -> Agreement:
    """What the filled sheets of one coder or more say of the measure that the sample was drawn for.

    Raises FramingError where a sheet is of no sample of this study, or sheets are of different ones.
    """
    if level not in LEVELS:
        raise FramingError(f"unknown level {level!r}; choose one of {', '.join(LEVELS)}")
    if not sheets:
        raise FramingError("no sheet was named; name one filled sheet a coder")
    labels = [read_sheet(sheet) for sheet in sheets]
    return judged(study, _sample_of(study, sheets, labels), labels, level=level, seed=seed)


def judged(
    study: Study,
    sample: Sample,
    labels: Sequence[dict[str, float | None]],
    *,
    level: Level = "nominal",
    seed: int = 20081,
) -> Agreement:
    """What the labels of one coder or more say of the measure that the sample was drawn for.

    On a scale (``level`` ordinal or interval) every label above 0 says that it is there.
    Where coders differ on that, the sentence is left out of precision and recall.
    """
    positive = _agreed(labels)
    found, why_none = errors(sample, positive, seed)
    n_found = sum(i.item in positive and i.found for i in sample.items)
    rows = figures(found, why_none, n_found, len(positive) - n_found)
    rows.append(_alpha_row(sample, labels, level))
    outlets = study.table("articles").set_index("article_id")["outlet"].dropna().to_dict()
    frame = list(sentences(study, sample.measure, sample.voice))
    rates = corrected_rates(frame, {str(k): str(v) for k, v in outlets.items()}, found, why_none, seed)
    return Agreement(sample.measure, sample.voice, pd.DataFrame(rows, columns=FIGURES), rates)


def record(study: Study, result: Agreement) -> None:
    """Write what the labels say into the study, in place of what they said of that measure and voice."""
    head = {"measure": result.measure, "voice": result.voice}
    for name, frame in (("sample_figures", result.figures), ("sample_rates", result.rates)):
        kept = study.table(name)
        other = kept[(kept["measure"] != result.measure) | (kept["voice"] != result.voice)]
        own = [*table_rows(other, name), *table_rows(frame.assign(**head), name)]
        study.write_table(name, own)


def _agreed(labels: Sequence[dict[str, float | None]]) -> dict[str, bool]:
    """Whether it is there, for each item on which all who labelled it agree."""
    by_item: dict[str, set[bool]] = {}
    for one in labels:
        for item, value in one.items():
            if value is not None:
                by_item.setdefault(item, set()).add(value > 0)
    return {item: next(iter(said)) for item, said in sorted(by_item.items()) if len(said) == 1}


def _alpha_row(sample: Sample, labels: Sequence[dict[str, float | None]], level: Level) -> dict[str, object]:
    table = [[one.get(i.item) for i in sample.items] for one in labels]
    n = sum(sum(row[u] is not None for row in table) >= 2 for u in range(len(sample.items)))
    value = alpha(table, level)
    interval = None if value is None else alpha_interval(table, level)
    low, high = interval or (None, None)
    why_none = "" if value is not None else _why_no_alpha(len(labels), n)
    name = f"alpha ({level})"
    return {"figure": name, "value": value, "low": low, "high": high, "n": n, "why_none": why_none}


def _why_no_alpha(n_coders: int, n_units: int) -> str:
    if n_coders < 2:
        return "one coder; agreement needs two who label the same sheet on their own"
    if not n_units:
        return "no sentence was labelled by two coders"
    return "all labels are the same; agreement beyond chance cannot be told"


def _sample_of(
    study: Study, sheets: Sequence[Path | str], labels: Sequence[dict[str, float | None]]
) -> Sample:
    """The kept sample that all sheets are of."""
    kept = list(samples(study).values())
    chosen: Sample | None = None
    for sheet, one in zip(sheets, labels, strict=True):
        matches = [s for s in kept if one.keys() <= {i.item for i in s.items}]
        if not matches:
            raise FramingError(
                f"{sheet} has items that are in no sample of {study.path}; it must be a sheet that"
                " `framing sample` wrote for this study, with its item column as it was"
            )
        match = min(matches, key=lambda s: len(s.items)) if chosen is None else chosen
        if match not in matches:
            raise FramingError(f"{sheets[0]} and {sheet} are of different samples; compare coders of one")
        chosen = match
    assert chosen is not None
    return chosen
