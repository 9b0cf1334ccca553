"""How often a measure is right, and the outlets' rates with its errors taken out.

Precision and the share missed are beta-binomial with Jeffreys' prior (Brown, Cai &
DasGupta 2001, Statistical Science 16(2), 101-133); what follows from both takes its
interval from draws of the two. Rates are corrected as Rogan & Gladen (1978, American
Journal of Epidemiology 107(1), 71-76) do: (rate + specificity - 1) over (sensitivity +
specificity - 1). That takes the errors to be alike in all outlets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.sample.draw import Sample, Sentence

Floats = NDArray[np.float64]

_DRAWS = 4000
# Fewer labels on a side, and its rate of errors could be anything.
MIN_LABELS = 5
FIGURES = ["figure", "value", "low", "high", "n", "why_none"]
RATES = ["outlet", "n_sentences", "n_articles", "rate_found", "rate_corrected", "low", "high", "why_none"]


@dataclass(frozen=True, slots=True)
class Errors:
    """Draws of the measure's rates of error: chances that a sentence is rightly found, or is missed.

    ``n_found`` and ``n_rest`` count the sentences of the study with and without a find.
    """

    right: Floats
    missed: Floats
    n_found: int
    n_rest: int
    estimates: tuple[float, float]

    def accuracy(self, right: Floats | float, missed: Floats | float) -> tuple[Floats, Floats]:
        """Sensitivity (recall) and specificity over all sentences of the study."""
        true, false = self.n_found * np.asarray(right), self.n_found * (1 - np.asarray(right))
        lost, clean = self.n_rest * np.asarray(missed), self.n_rest * (1 - np.asarray(missed))
        return true / np.maximum(true + lost, 1e-12), clean / np.maximum(clean + false, 1e-12)


def errors(sample: Sample, positive: dict[str, bool], seed: int) -> tuple[Errors | None, str]:
    """From the labelled items; None with the reason where there are too few."""
    found = [positive[i.item] for i in sample.items if i.item in positive and i.found]
    rest = [positive[i.item] for i in sample.items if i.item in positive and not i.found]
    if len(found) < MIN_LABELS or len(rest) < MIN_LABELS:
        return None, (
            f"{len(found)} labelled sentences in which the measure found something and {len(rest)} in which"
            f" it did not; rates of error need at least {MIN_LABELS} of each"
        )
    rng = np.random.default_rng(seed)
    right = rng.beta(sum(found) + 0.5, len(found) - sum(found) + 0.5, _DRAWS)
    missed = rng.beta(sum(rest) + 0.5, len(rest) - sum(rest) + 0.5, _DRAWS)
    estimates = sum(found) / len(found), sum(rest) / len(rest)
    return Errors(right, missed, sample.n_found, sample.n_rest, estimates), ""


def figures(found: Errors | None, why_none: str, n_found: int, n_rest: int) -> list[dict[str, object]]:
    """Precision, recall and specificity with 95 % intervals."""
    names = ("precision", "recall", "specificity")
    counts = n_found, n_found + n_rest, n_found + n_rest
    if found is None:
        return [_figure(name, None, None, n, why_none) for name, n in zip(names, counts, strict=True)]
    recall, specificity = found.accuracy(*found.estimates)
    drawn = found.right, *found.accuracy(found.right, found.missed)
    values = found.estimates[0], float(recall), float(specificity)
    return [_figure(name, v, d, n, "") for name, v, d, n in zip(names, values, drawn, counts, strict=True)]


def _figure(name: str, value: float | None, drawn: Floats | None, n: int, why_none: str) -> dict[str, object]:
    low, high = (None, None) if drawn is None else np.quantile(drawn, [0.025, 0.975]).tolist()
    return {"figure": name, "value": value, "low": low, "high": high, "n": n, "why_none": why_none}


def corrected_rates(
    frame: Sequence[Sentence], outlets: dict[str, str], found: Errors | None, why_none: str, seed: int
) -> pd.DataFrame:
    """One row an outlet: share of its sentences in which the measure finds something, as found and corrected.

    The interval holds both kinds of chance: which sentences were labelled, and which
    articles the outlet happened to publish (resampled whole).
    """
    table = pd.DataFrame([(outlets.get(s.article_id, ""), s.article_id, s.found) for s in frame],
                         columns=["outlet", "article_id", "found"])  # fmt: skip
    rows: list[tuple[object, ...]] = []
    for outlet, part in table[table["outlet"] != ""].groupby("outlet", sort=True):
        articles = part.groupby("article_id")["found"].agg(["sum", "size"]).to_numpy(dtype=np.float64)
        rate = float(articles[:, 0].sum() / articles[:, 1].sum())
        head = (outlet, len(part), len(articles), rate)
        if found is None:
            rows.append((*head, None, None, None, why_none))
            continue
        rng = np.random.default_rng([seed, len(part)])
        weights = rng.multinomial(len(articles), np.full(len(articles), 1 / len(articles)), size=_DRAWS)
        drawn = (weights @ articles[:, 0]) / (weights @ articles[:, 1])
        value = rogan_gladen(np.array([rate]), *found.accuracy(*found.estimates))
        spread = rogan_gladen(drawn, *found.accuracy(found.right, found.missed))
        if np.isnan(value[0]) or np.isnan(spread).mean() > 0.025:
            reason = "the measure finds sentences hardly more often where there is something than elsewhere"
            rows.append((*head, None, None, None, reason))
            continue
        low, high = np.nanquantile(spread, [0.025, 0.975])
        rows.append((*head, float(value[0]), float(low), float(high), ""))
    return pd.DataFrame(rows, columns=RATES)


def rogan_gladen(rate: Floats, sensitivity: Floats, specificity: Floats) -> Floats:
    """The true share behind an observed ``rate``, 0 to 1; NaN where the finds tell nothing.

    >>> rogan_gladen(np.array([0.30]), np.array(0.8), np.array(0.9)).round(4).tolist()
    [0.2857]
    """
    better = np.asarray(sensitivity + specificity - 1)
    corrected = np.divide(
        rate + specificity - 1, better, out=np.full(np.broadcast(rate, better).shape, np.nan),
        where=np.broadcast_to(better > 0.05, np.broadcast(rate, better).shape),
    )  # fmt: skip
    found: Floats = np.clip(corrected, 0.0, 1.0)
    return found
