"""A study's outlets compared: which findings, which groups of outlets, which evidence.

:mod:`framing.compare` computes; this room takes the findings out of a study and says what
a number rests on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing import compare, tables
from framing.article import FramingError
from framing.compare import Measured
from framing.compare.measured import texts
from framing.comparing.groups import read_groups
from framing.study import Study

__all__ = ["comparison", "findings", "grouped", "measured", "read_groups", "table_rows"]


def measured(study: Study, *, by: str | None = None, groups: Mapping[str, str] | None = None) -> Measured:
    """What is compared of measures.csv, with the origin of reprints.

    ``by`` names a column of articles.csv or of the user's own metadata whose values take
    the place of the outlets; ``groups`` puts a name in the place of each outlet that it
    holds (the others are not compared). Articles of a group weigh the same in an event.

    Raises FramingError for an unknown column or outlet.
    """
    articles = study.table("articles").set_index("article_id")
    found = study.findings()
    named = grouped(articles, by=by, groups=groups)
    outlets, events, reprint_of = (
        texts(column.reindex(found.index)) for column in (named, articles["event_id"], articles["reprint_of"])
    )
    features = tuple((str(pair[0]), str(pair[1])) for pair in found.columns)
    return Measured(found.index.to_numpy(), outlets, events, reprint_of, features, found.to_numpy())


def findings(study: Study, *, by: str | None = None, groups: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The same with a row for each measure and voice of an article; strings are categories."""
    return measured(study, by=by, groups=groups).long()


def grouped(
    articles: pd.DataFrame, *, by: str | None = None, groups: Mapping[str, str] | None = None
) -> pd.Series[Any]:
    """The name under which each article (the index) is compared."""
    names = articles["outlet"].astype("string") if by is None else _column(articles, by)
    if groups is None:
        return names
    unknown = sorted(set(groups) - set(names.dropna()))
    if unknown:
        raise FramingError(
            f"the groups name {', '.join(unknown)}, of which there is no article;"
            f" there are {', '.join(sorted(set(names.dropna()))) or 'none'}"
        )
    return names.map(lambda name: groups.get(name), na_action="ignore").astype("string")


def _column(articles: pd.DataFrame, by: str) -> pd.Series[Any]:
    extra = articles["extra"].map(json.loads, na_action="ignore")
    own = sorted({name for values in extra.dropna() for name in values})
    if by in own:
        return extra.map(lambda values: values.get(by), na_action="ignore").astype("string")
    if by in articles.columns and by != "extra":
        return articles[by].astype("string")
    raise FramingError(
        f"no column {by!r} to group by; articles.csv has {', '.join(articles.columns)}"
        + (f"; your metadata have {', '.join(own)}" if own else "")
    )


def comparison(
    study: Study,
    *,
    outlets: Sequence[str] | None = None,
    by: str | None = None,
    groups: Mapping[str, str] | None = None,
    event: str | None = None,
) -> pd.DataFrame:
    """The comparison table as the command prints it: some outlets, other groupings, one event.

    Raises FramingError for an outlet, column or event that the study does not have.
    """
    found = measured(study, by=by, groups=groups)
    known = sorted(set(found.outlets.tolist()) - {""})
    unknown = [name for name in outlets or () if name not in known]
    if unknown:
        raise FramingError(
            f"{study.path} has no article of {', '.join(unknown)};"
            f" it has {', '.join(known) or 'no named outlet'}"
        )
    if outlets:
        found = found.taken(np.isin(found.outlets, list(outlets)))
    if groups is not None:
        found = found.taken(found.outlets != "")
    if event is not None:
        if event not in set(study.table("events")["event_id"]):
            raise FramingError(f"{study.path} has no event {event!r}; events.csv of an export lists them")
        found = found.taken(found.events == event)
    table = tables.get("comparisons")
    return table.sort(table.frame(table_rows(compare.compare(found), "comparisons")))


def table_rows(frame: pd.DataFrame, table: str) -> list[dict[str, Any]]:
    """The frame's rows with the columns of the table."""
    names = tables.get(table).names
    return [{name: row[name] for name in names} for row in tables.records(frame)]
