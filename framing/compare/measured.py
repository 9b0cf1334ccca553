"""What is compared, as one table: articles × measures and voices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.article import FramingError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Names = NDArray[np.object_]

COLUMNS = ("article_id", "outlet", "event_id", "measure", "voice", "value")


@dataclass(frozen=True, slots=True)
class Measured:
    """Articles × features, NaN where not measured; rows sorted by article_id.

    A feature is a (measure, voice). Empty strings in ``outlets``, ``events`` and ``reprint_of``: not
    known, in no event, no reprint.
    """

    articles: Names
    outlets: Names
    events: Names
    reprint_of: Names
    features: tuple[tuple[str, str], ...]
    table: Floats

    def taken(self, keep: Bools) -> Measured:
        """Some of the articles."""
        names = (self.articles[keep], self.outlets[keep], self.events[keep], self.reprint_of[keep])
        return Measured(*names, self.features, self.table[keep])

    def long(self) -> pd.DataFrame:
        """A row for each article, measure and voice, as measures.csv has them; strings are categories."""
        n = len(self.features)
        of_articles = {
            name: _repeated(names, n)
            for name, names in (
                ("article_id", self.articles),
                ("outlet", self.outlets),
                ("event_id", self.events),
                ("reprint_of", self.reprint_of),
            )
        }
        of_features = {
            name: pd.Categorical([feature[at] for feature in self.features]).take(
                np.tile(np.arange(n), len(self.articles))
            )
            for at, name in enumerate(("measure", "voice"))
        }
        return pd.DataFrame({**of_articles, **of_features, "value": self.table.ravel()})


Findings = pd.DataFrame | Measured


def _repeated(names: Names, n: int) -> pd.Categorical:
    """Each name so many times; missing where it is empty."""
    found, codes = np.unique(names.astype(str), return_inverse=True)
    if len(found) and not found[0]:
        found, codes = found[1:], codes - 1
    return pd.Categorical.from_codes(np.repeat(codes, n), categories=pd.Index(found, dtype=object))


def without_reprints(findings: Findings) -> Findings:
    """The findings of articles that repeat no other."""
    if isinstance(findings, Measured):
        return findings.taken(findings.reprint_of == "")
    if "reprint_of" not in findings.columns:
        return findings
    return findings.loc[findings["reprint_of"].isna() | (findings["reprint_of"].astype(object) == "")]


def measured(findings: Findings) -> Measured:
    """Findings as one table; the order of their rows does not matter.

    Raises FramingError where a column is missing or an article has one measure twice in one voice.
    """
    if isinstance(findings, Measured):
        return findings
    missing = [c for c in COLUMNS if c not in findings.columns]
    if missing:
        raise FramingError(
            f"findings without the column {', '.join(missing)}; expected {', '.join(COLUMNS)},"
            " as in measures.csv"
        )
    article_codes, articles = codes(findings["article_id"])
    measure_codes, measures = codes(findings["measure"])
    voice_codes, voices = codes(findings["voice"])
    pair_codes = measure_codes * max(1, len(voices)) + voice_codes
    used = np.flatnonzero(np.bincount(pair_codes))
    feature_codes = np.searchsorted(used, pair_codes)
    features = tuple((measures[u // len(voices)], voices[u % len(voices)]) for u in used.tolist())
    flat = article_codes * max(1, len(features)) + feature_codes
    counts = np.bincount(flat, minlength=len(articles) * len(features))
    if counts.max(initial=0) > 1:
        twice = int(np.flatnonzero(counts[flat] > 1)[0])
        measure, voice = features[int(feature_codes[twice])]
        raise FramingError(
            f"article {articles[int(article_codes[twice])]!r} has the measure {measure!r} twice in voice"
            f" {voice!r}; pass one finding for each article, measure and voice"
        )
    table = np.full(len(articles) * len(features), np.nan)
    table[flat] = pd.to_numeric(findings["value"]).to_numpy(dtype=np.float64, na_value=np.nan)
    last_row = np.zeros(len(articles), dtype=np.int64)
    last_row[article_codes] = np.arange(len(article_codes))
    heads = findings.iloc[last_row]
    reprint_of = (
        texts(heads["reprint_of"]) if "reprint_of" in heads.columns else np.full(len(heads), "", object)
    )
    return Measured(
        np.array(articles, dtype=object),
        texts(heads["outlet"]),
        texts(heads["event_id"]),
        reprint_of,
        features,
        table.reshape(len(articles), len(features)),
    )


def texts(column: pd.Series[Any]) -> Names:
    """Strings; missing becomes empty."""
    return column.astype(object).where(column.notna(), "").to_numpy(dtype=object)


def codes(column: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """Each row's position among the sorted distinct values, and those; missing counts as empty."""
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.hasnans:
        own = column.cat.remove_unused_categories().cat
        order = np.argsort(own.categories.astype(object), kind="stable")
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        return place[own.codes], [str(d) for d in own.categories[order]]
    codes, distinct = pd.factorize(texts(column), sort=True)
    return codes.astype(np.int64), [str(d) for d in distinct]
