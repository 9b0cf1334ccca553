"""Words that set one outlet apart from the others on the same events.

Effect size: the weighted log-odds ratio with an informative Dirichlet prior of Monroe,
Colaresi & Quinn (2008, "Fightin' Words", Political Analysis 16(4), 372-403). Its z ranks
words but is not calibrated: words come in bursts inside an article. What counts as found
is decided by shuffling whole articles among the outlets of each event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd

from framing.annotation import VOICES, AnnotatedArticle
from framing.article import FramingError
from framing.distinctive.counting import word_tables
from framing.distinctive.log_odds import Floats, log_odds
from framing.distinctive.sides import MIN_ARTICLES, N_BINS, Family, Side, Table, as_bin
from framing.text import fold, word_texts

__all__ = [
    "COLUMNS",
    "MIN_ARTICLES",
    "PRIOR_WORDS",
    "Distinctive",
    "distinctive",
    "log_odds",
    "word_rows",
    "word_tables",
]  # fmt: skip

COLUMNS = ("article_id", "outlet", "event_id", "voice", "term", "count")
RESULT = ("event_id", "outlet", "voice", "term", "count", "count_others", "log_odds", "z", "q_value",
          "reference", "low", "high", "p_value", "p_family", "n_articles")  # fmt: skip

# Words that the prior weighs as much as: about one news article and a half.
PRIOR_WORDS = 1000.0
N_SHUFFLES = 1999
N_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Distinctive:
    """``rows`` with the columns of distinctive.csv; ``why_none`` by (event_id, outlet, voice)."""

    rows: pd.DataFrame
    why_none: dict[tuple[str, str, str], str]


@dataclass(frozen=True, slots=True)
class _Tested:
    event: str
    outlet: str
    voice: str
    side: Side
    family: Family


def word_rows(annotated: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    """How often an article has each word, a row a voice: lower case, straight marks, no possessive.

    The words (``terms``) are in alphabetical order.
    """
    text = annotated.article.text
    for voice in VOICES:
        counts: Counter[str] = Counter()
        for stretch in annotated.voices:
            if stretch.voice == voice:
                said = word_texts(fold(stretch.span.of(text)).lower())
                counts.update(word.removesuffix("'s") for word in said)
        terms = sorted(term for term in counts if len(term) > 1)
        if terms:
            yield {
                "article_id": annotated.article.id,
                "voice": voice,
                "terms": terms,
                "counts": [counts[term] for term in terms],
            }


def distinctive(
    counts: pd.DataFrame | Mapping[str, Table],
    *,
    reference: str | None = None,
    events: bool = True,
    top: int = 50,
    n_shuffles: int = N_SHUFFLES,
    n_resamples: int = N_RESAMPLES,
    prior_words: float = PRIOR_WORDS,
    seed: int = 20081,
) -> Distinctive:
    """The ``top`` words of each outlet and voice, over all events and, with ``events``, in each event.

    ``counts`` has a row for each article, voice and term, with the columns article_id,
    outlet, event_id, voice, term, count; or it is what :func:`word_tables` makes.
    Leave reprints out before the call: agency copy
    is no outlet's own wording. Each outlet is held against ``reference``, an outlet, or
    against all others where it is None. Only events that both sides report count; the
    reference's counts are weighted so that each event has the same share of their words as
    of the outlet's.

    ``low`` and ``high``: 95 % interval of log_odds from resampling whole events (whole
    articles where there are few events); the words shown are those that stand out, so it
    says how firm a number is, not whether it differs from zero. p_value: shuffles of whole
    articles within events. p_family: the same for the largest of all words of the outlet,
    voice and event (max-T, Westfall & Young 1993). q_value: of the words that stand out as
    much or more, in the whole result, the share that shuffles let expect (Storey &
    Tibshirani 2003, PNAS 100(16), 9440-9445); every word tested counts, shown or not.

    Raises FramingError on missing columns or an unknown reference.
    """
    by_voice = _by_voice(counts) if isinstance(counts, pd.DataFrame) else counts
    _check(by_voice.values(), reference)
    found: list[_Tested] = []
    why_none: dict[tuple[str, str, str], str] = {}
    for voice, table in sorted(by_voice.items()):
        for event in ["", *table.large_events()] if events else [""]:
            inside = table.inside(event)
            for outlet in sorted(set(inside.outlets.tolist()) - {reference}):
                side = inside.against(outlet, reference or "")
                reason = side.too_few(outlet, reference or "")
                if reason:
                    why_none[event, outlet, voice] = reason
                else:
                    family = side.tested(n_shuffles, prior_words, seed)
                    found.append(_Tested(event, outlet, voice, side, family))
    rates = false_discovery_rates([tested.family for tested in found])
    shown = [_shown(t, q, reference, top, n_resamples, seed) for t, q in zip(found, rates, strict=True)]
    if not any(shown):
        return Distinctive(pd.DataFrame(columns=list(RESULT)), why_none)
    rows = pd.DataFrame([row for of_one in shown for row in of_one], columns=list(RESULT)).sort_values(
        ["event_id", "outlet", "voice", "z", "term"], ascending=[True, True, True, False, True]
    )
    return Distinctive(rows.reset_index(drop=True), why_none)


def false_discovery_rates(families: Sequence[Family]) -> list[Floats]:
    """q-value of every word of the families, taken together.

    At each value of the statistic: the words that an arrangement of the articles lets
    expect there or beyond, the observed arrangement being one of them, over the words
    that are there.
    """
    expected, observed = np.zeros(N_BINS), np.zeros(N_BINS)
    for family in families:
        own = np.bincount(as_bin(family.columns["statistic"]), minlength=N_BINS)
        observed += own
        expected += (family.bins + own) / (family.n_shuffles + 1)
    beyond_expected, beyond = (np.cumsum(x[::-1])[::-1] for x in (expected, observed))
    rate = np.divide(beyond_expected, beyond, out=np.full(N_BINS, np.inf), where=beyond > 0)
    q = np.minimum(np.minimum.accumulate(rate), 1.0)
    return [q[as_bin(family.columns["statistic"])] for family in families]


def _shown(
    tested: _Tested, q_values: Floats, reference: str | None, top: int, n_resamples: int, seed: int
) -> list[tuple[Any, ...]]:
    """The rows of the ``top`` words, the columns those of :data:`RESULT`."""
    family, side = tested.family, tested.side
    z = family.columns["z"]
    first = np.flatnonzero(family.columns["log_odds"] > 0)
    first = first[np.lexsort((first, -z[first]))][:top]  # words are in alphabetical order
    if not len(first):
        return []
    words = family.words.taken(first)
    low, high = side.interval(words, n_resamples, seed)
    columns = {name: values[first].tolist() for name, values in family.columns.items()}
    columns |= {"term": [side.terms[place] for place in words.places.tolist()]}
    columns |= {"q_value": q_values[first].tolist(), "low": low.tolist(), "high": high.tolist()}
    columns |= {name: [int(n) for n in columns[name]] for name in ("count", "count_others")}
    same: dict[str, Any] = {"event_id": tested.event, "outlet": tested.outlet, "voice": tested.voice}
    same |= {"reference": reference or "others", "n_articles": len(side.own)}
    return list(zip(*(columns.get(name) or repeat(same[name], len(first)) for name in RESULT), strict=True))


def _by_voice(counts: pd.DataFrame) -> dict[str, Table]:
    missing = [c for c in COLUMNS if c not in counts.columns]
    if missing:
        raise FramingError(
            f"word counts without the column {', '.join(missing)}; expected {', '.join(COLUMNS)}"
        )
    there = [counts[c].notna() & (counts[c] != "").fillna(False) for c in ("outlet", "event_id")]
    known = counts.loc[there[0] & there[1]]
    return {str(voice): Table.of(part) for voice, part in known.groupby("voice", observed=True)}


def _check(found: Iterable[Table], reference: str | None) -> None:
    known = sorted({outlet for table in found for outlet in table.outlets.tolist()})
    if reference is not None and reference not in known:
        raise FramingError(
            f"no article of {reference!r} to compare with; there are {', '.join(known) or 'none'}"
        )
