"""Words that set one outlet apart from the others on the same events.

Effect size: the weighted log-odds ratio with an informative Dirichlet prior of Monroe,
Colaresi & Quinn (2008, "Fightin' Words", Political Analysis 16(4), 372-403). Its z ranks
words but is not calibrated: words come in bursts inside an article. The p-value comes
from shuffling whole articles among the outlets of each event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from framing.annotation import VOICES, AnnotatedArticle
from framing.article import FramingError
from framing.text import fold, words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = dict[str, Any]

COLUMNS = ("article_id", "outlet", "event_id", "voice", "term", "count")
RESULT = ("event_id", "outlet", "voice", "term", "count", "count_others", "log_odds", "z", "q_value")

# Fewer articles on a side, and one article's subject passes for the outlet's style.
MIN_ARTICLES = 5
# A word in fewer articles is those articles' own; a rarer one has no stable rate.
MIN_ARTICLES_WITH_TERM = 3
MIN_COUNT = 10
# Words that the prior weighs as much as: about one news article and a half.
PRIOR_WORDS = 1000.0
_FIRST_ROUND = 199
_REFINE_BELOW = 0.1
_TIE = 1e-9  # rounding of sums in another order


@dataclass(frozen=True, slots=True)
class Distinctive:
    """``rows`` with the columns of distinctive.csv; ``why_none`` by (event_id, outlet, voice)."""

    rows: pd.DataFrame
    why_none: dict[tuple[str, str, str], str]


def term_counts(annotated: AnnotatedArticle) -> Iterator[tuple[str, str, int]]:
    """(voice, term, count) for every word of an article: lower case, straight marks, no possessive."""
    text = annotated.article.text
    for voice in VOICES:
        counts: dict[str, int] = {}
        for stretch in annotated.voices:
            if stretch.voice != voice:
                continue
            inside = fold(stretch.span.of(text)).lower()
            for word in words(inside):
                term = word.of(inside).removesuffix("'s")
                if len(term) > 1:
                    counts[term] = counts.get(term, 0) + 1
        for term in sorted(counts):
            yield voice, term, counts[term]


def distinctive(
    counts: pd.DataFrame,
    *,
    events: bool = True,
    top: int = 50,
    n_shuffles: int = 9999,
    prior_words: float = PRIOR_WORDS,
    seed: int = 20081,
) -> Distinctive:
    """The ``top`` words of each outlet and voice, over all events and, with ``events``, in each event.

    ``counts`` has a row for each article, voice and term, with the columns article_id,
    outlet, event_id, voice, term, count. Leave reprints out before the call: agency copy
    is no outlet's own wording. Only events that the outlet shares with another named
    outlet count; the others' counts are weighted so that each event has the same share of
    their words as of the outlet's. q_value is Benjamini-Hochberg over every word tested in
    the result, shown or not.

    Raises FramingError on missing columns.
    """
    missing = [c for c in COLUMNS if c not in counts.columns]
    if missing:
        raise FramingError(
            f"word counts without the column {', '.join(missing)}; expected {', '.join(COLUMNS)}"
        )
    known = counts.loc[(_texts(counts["outlet"]) != "") & (_texts(counts["event_id"]) != "")]
    found: list[pd.DataFrame] = []
    why_none: dict[tuple[str, str, str], str] = {}
    for voice, part in known.groupby(known["voice"].astype(str), sort=True):
        table = _Table.of(part)
        for event in ["", *table.large_events()] if events else [""]:
            inside = table.inside(event)
            for outlet in sorted(set(inside.outlets.tolist())):
                side = inside.against_others(outlet)
                reason = side.too_few(outlet)
                if reason:
                    why_none[event, outlet, str(voice)] = reason
                else:
                    head = {"event_id": event, "outlet": outlet, "voice": str(voice)}
                    found.append(side.tested(n_shuffles, prior_words, seed).assign(**head))
    if not found:
        return Distinctive(pd.DataFrame(columns=list(RESULT)), why_none)
    tested = pd.concat(found, ignore_index=True)
    tested["q_value"] = stats.false_discovery_control(tested["p_value"], method="bh")
    shown = tested.loc[tested["log_odds"] > 0].sort_values(
        ["event_id", "outlet", "voice", "z", "term"], ascending=[True, True, True, False, True]
    )
    shown = shown.groupby(["event_id", "outlet", "voice"], sort=False).head(top)
    return Distinctive(shown[[*RESULT, "p_value"]].reset_index(drop=True), why_none)


def log_odds(count: Floats, count_others: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Weighted log-odds ratio of each word and its z (Monroe et al. 2008, equations 16, 19, 21, 22).

    The last axis is the vocabulary; ``prior`` holds the pseudo-count of each word, above 0.

    >>> delta, z = log_odds(np.array([8.0, 2.0]), np.array([5.0, 5.0]), np.array([1.0, 1.0]))
    >>> delta.round(3).tolist(), z.round(3).tolist()
    ([1.099, -1.099], [2.084, -1.554])
    """
    total = prior.sum()
    own, rest = count + prior, count_others + prior
    delta = np.log(own / (count.sum(-1, keepdims=True) + total - own)) - np.log(
        rest / (count_others.sum(-1, keepdims=True) + total - rest)
    )
    return delta, delta / np.sqrt(1 / own + 1 / rest)


@dataclass(frozen=True, slots=True)
class _Table:
    """Articles × terms; articles sorted by id, so that the order of the input is no input."""

    outlets: NDArray[np.object_]
    events: NDArray[np.object_]
    terms: list[str]
    counts: sparse.csr_matrix

    @classmethod
    def of(cls, part: pd.DataFrame) -> _Table:
        article_codes, articles = pd.factorize(_texts(part["article_id"]), sort=True)
        term_codes, terms = pd.factorize(_texts(part["term"]), sort=True)
        _, first = np.unique(article_codes, return_index=True)
        values = part["count"].to_numpy(dtype=np.float64)
        matrix = sparse.csr_matrix((values, (article_codes, term_codes)), shape=(len(articles), len(terms)))
        return cls(
            _texts(part["outlet"])[first], _texts(part["event_id"])[first], [str(t) for t in terms], matrix
        )

    def large_events(self) -> list[str]:
        """Events with articles enough for two sides."""
        events, sizes = np.unique(self.events.astype(str), return_counts=True)
        return [str(e) for e in events[sizes >= 2 * MIN_ARTICLES]]

    def inside(self, event: str) -> _Table:
        """The articles of one event; of all events where it is empty."""
        return self if not event else self._rows(self.events == event)

    def _rows(self, keep: NDArray[np.bool_]) -> _Table:
        return _Table(self.outlets[keep], self.events[keep], self.terms, self.counts[keep])

    def against_others(self, outlet: str) -> _Side:
        """The articles of the events that the outlet shares with another."""
        own = self.outlets == outlet
        shared = set(self.events[own].tolist()) & set(self.events[~own].tolist())
        part = self._rows(np.array([event in shared for event in self.events.tolist()], dtype=bool))
        event_codes, events = pd.factorize(part.events, sort=True)
        return _Side(
            part.outlets == outlet, event_codes.astype(np.int64), len(events), part.terms, part.counts
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """One outlet (``own``) and the others, in the events that they share."""

    own: NDArray[np.bool_]
    events: Ints
    n_events: int
    terms: list[str]
    counts: sparse.csr_matrix

    def too_few(self, outlet: str) -> str:
        """Why the outlet's words are not compared; empty where they are."""
        n_own, n_others = int(self.own.sum()), int((~self.own).sum())
        if min(n_own, n_others) < MIN_ARTICLES:
            return (
                f"{n_own} articles from {outlet} and {n_others} from others on the same events;"
                f" distinctive words need at least {MIN_ARTICLES} of each"
            )
        return ""

    def tested(self, n_shuffles: int, prior_words: float, seed: int) -> pd.DataFrame:
        """One row a word that is frequent enough: counts, log-odds, z, p-value."""
        lengths = np.asarray(self.counts.sum(axis=1)).ravel()
        total = np.asarray(self.counts.sum(axis=0)).ravel()
        prior = prior_words * total / total.sum()
        n_articles = np.bincount(self.counts.indices, minlength=len(self.terms))
        eligible = np.flatnonzero((total >= MIN_COUNT) & (n_articles >= MIN_ARTICLES_WITH_TERM))
        used = np.flatnonzero(total > 0)
        count = np.asarray(self.counts[self.own].sum(axis=0)).ravel()
        others = self._weights(self.own[None, :], lengths)[0] @ self.counts
        delta, z = np.zeros(len(total)), np.zeros(len(total))
        delta[used], z[used] = log_odds(count[used], others[used], prior[used])
        p = self._p(delta[eligible], lengths, eligible, prior, n_shuffles, seed)
        return pd.DataFrame(
            {
                "term": [self.terms[t] for t in eligible],
                "count": count[eligible].astype(np.int64),
                "count_others": (total - count)[eligible].astype(np.int64),
                "log_odds": delta[eligible],
                "z": z[eligible],
                "p_value": p,
            }
        )

    def _weights(self, own: NDArray[np.bool_], lengths: Floats) -> Floats:
        """Weights of the others' articles (0 for own): each event as large a share as in own.

        ``own`` is shuffles × articles. The weighted words add up to the others' words.
        """
        inside = sparse.csr_matrix(
            (np.ones(len(self.events)), (np.arange(len(self.events)), self.events)),
            shape=(len(self.events), self.n_events),
        )
        own_words = (own * lengths) @ inside
        other_words = (~own * lengths) @ inside
        ratio = np.divide(own_words, other_words, out=np.zeros_like(own_words), where=other_words > 0)
        reached = np.where(other_words > 0, own_words, 0).sum(axis=1, keepdims=True)
        ratio *= other_words.sum(axis=1, keepdims=True) / np.maximum(reached, 1)
        weights: Floats = ~own * ratio[:, self.events]
        return weights

    def _delta(self, own: NDArray[np.bool_], lengths: Floats, columns: Ints, prior: Floats) -> Floats:
        """Log-odds of the words in ``columns``: shuffles × words."""
        counts = self.counts[:, columns].T.tocsr()
        weights = self._weights(own, lengths)
        scale, total = prior[columns], prior.sum()
        a = (counts @ own.T.astype(np.float64)).T + scale
        b = (counts @ weights.T).T + scale
        n_a = (own @ lengths)[:, None] + total
        n_b = (weights @ lengths)[:, None] + total
        delta: Floats = np.log(a / (n_a - a)) - np.log(b / (n_b - b))
        return delta

    def _p(
        self, observed: Floats, lengths: Floats, columns: Ints, prior: Floats, n_shuffles: int, seed: int
    ) -> Floats:
        """Two-sided p-values, (1 + b) / (1 + n); words that may matter get all shuffles."""
        rng = np.random.default_rng([seed, len(self.own), int(self.own.sum())])
        first = min(n_shuffles, _FIRST_ROUND)
        extreme = self._extreme(rng, first, observed, lengths, columns, prior)
        p: Floats = (1 + extreme) / (1 + first)
        again = np.flatnonzero(p <= _REFINE_BELOW)
        rest = n_shuffles - first
        if rest and len(again):
            more = self._extreme(rng, rest, observed[again], lengths, columns[again], prior)
            p[again] = (1 + extreme[again] + more) / (1 + n_shuffles)
        return p

    def _extreme(
        self,
        rng: np.random.Generator,
        n_shuffles: int,
        observed: Floats,
        lengths: Floats,
        columns: Ints,
        prior: Floats,
    ) -> Floats:
        extreme = np.zeros(len(columns))
        block = max(1, min(200, 4_000_000 // max(1, len(columns), len(self.own))))
        for start in range(0, n_shuffles, block):
            size = min(block, n_shuffles - start)
            delta = self._delta(self._shuffled(rng, size), lengths, columns, prior)
            extreme += (np.abs(delta) >= np.abs(observed) - _TIE).sum(axis=0)
        return extreme

    def _shuffled(self, rng: np.random.Generator, size: int) -> NDArray[np.bool_]:
        """``own`` shuffled among the articles of each event, ``size`` times.

        Articles are ordered by event and a random key; the flags, ordered by event, are
        dealt out in that order.
        """
        keys = self.events + rng.random((size, len(self.events)))
        order = np.argsort(keys, axis=1)
        flags = self.own[np.argsort(self.events, kind="stable")]
        shuffled = np.empty((size, len(self.events)), dtype=bool)
        np.put_along_axis(shuffled, order, np.broadcast_to(flags, shuffled.shape), axis=1)
        return shuffled


def _texts(column: pd.Series[Any]) -> NDArray[np.object_]:
    """Strings; missing becomes empty."""
    return column.astype(object).where(column.notna(), "").to_numpy(dtype=object)
