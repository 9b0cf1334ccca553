"""Two sides of articles with their word counts: log-odds, shuffles of whole articles, resamples."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.compare.measured import codes, texts
from framing.distinctive.log_odds import Floats, Ints, log_odds

# Fewer articles on a side, and one article's subject passes for the outlet's style.
MIN_ARTICLES = 5
# A word in fewer articles is those articles' own; a rarer one has no stable rate.
MIN_ARTICLES_WITH_TERM = 3
MIN_COUNT = 10
# Fewer events say little about the next one; then articles are resampled inside each.
MIN_EVENTS = 6
_SCALING = 199  # shuffles that give each word's spread under the null
_LEAST_SHUFFLES = 499
# Multiplications of one family of words: some seconds of one core.
_WORK = 1e9
# Counts are multiplied as a dense table of so many cells or fewer (32 MB), of which one in 16 is not zero.
_CELLS = 4_000_000
_SPARSE = 16
_TIE = 1e-9  # rounding of sums in another order
BIN = 0.01  # of the statistic, for counting how often shuffles reach it
N_BINS = 4000


@dataclass(frozen=True, slots=True)
class Table:
    """Articles × terms; articles sorted by id, so that the order of the input is no input."""

    outlets: NDArray[np.object_]
    events: NDArray[np.object_]
    terms: list[str]
    counts: sparse.csr_matrix

    @classmethod
    def of(cls, part: pd.DataFrame) -> Table:
        article_codes, articles = codes(part["article_id"])
        term_codes, terms = codes(part["term"])
        last = np.zeros(len(articles), dtype=np.int64)
        last[article_codes] = np.arange(len(article_codes))
        heads = part.iloc[last]
        values = part["count"].to_numpy(dtype=np.float64)
        matrix = sparse.csr_matrix((values, (article_codes, term_codes)), shape=(len(articles), len(terms)))
        return cls(texts(heads["outlet"]), texts(heads["event_id"]), terms, matrix)

    def large_events(self) -> list[str]:
        """Events with articles enough for two sides."""
        events, sizes = np.unique(self.events.astype(str), return_counts=True)
        return [str(e) for e in events[sizes >= 2 * MIN_ARTICLES]]

    def inside(self, event: str) -> Table:
        """The articles of one event; of all events where it is empty."""
        return self if not event else self._rows(self.events == event)

    def _rows(self, keep: NDArray[np.bool_]) -> Table:
        return Table(self.outlets[keep], self.events[keep], self.terms, self.counts[keep])

    def against(self, outlet: str, reference: str) -> Side:
        """The outlet's articles and the reference's (empty: all others') in the events that both are in."""
        own = self.outlets == outlet
        rest = self.outlets == reference if reference else ~own
        shared = set(self.events[own].tolist()) & set(self.events[rest].tolist())
        there = np.array([event in shared for event in self.events.tolist()], dtype=bool)
        part = self._rows(there & (own | rest))
        event_codes, events = pd.factorize(part.events, sort=True)
        lengths = np.asarray(part.counts.sum(axis=1)).ravel()
        own = part.outlets == outlet
        return Side(own, event_codes.astype(np.int64), len(events), part.terms, part.counts, lengths)


@dataclass(frozen=True, slots=True)
class Counted:
    """How often articles have some words (words × articles), and the words' pseudo-counts.

    ``places`` are those of the words among all terms; ``total`` is the sum of all terms' pseudo-counts.
    """

    places: Ints
    counts: sparse.csr_matrix
    prior: Floats
    total: float

    def taken(self, chosen: Ints) -> Counted:
        """Some of the words."""
        return Counted(self.places[chosen], self.counts[chosen], self.prior[chosen], self.total)


@dataclass(frozen=True, slots=True)
class Family:
    """The words of one outlet, voice and event, tested together.

    ``columns`` have a number for each word. ``bins`` counts, over all words and shuffles, the values of
    the statistic (see :func:`as_bin`).
    """

    words: Counted
    columns: dict[str, Floats]
    bins: Floats
    n_shuffles: int


def as_bin(statistic: Floats) -> Ints:
    """The number of the bin that each value falls in."""
    return _whole(statistic / BIN)


def _whole(bins: Floats) -> Ints:
    """The bins' numbers out of values in units of :data:`BIN`, whose place is taken."""
    return np.minimum(bins, N_BINS - 1, out=bins).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Side:
    """One outlet (``own``) and the others, in the events that they share; ``lengths`` in words."""

    own: NDArray[np.bool_]
    events: Ints
    n_events: int
    terms: list[str]
    counts: sparse.csr_matrix
    lengths: Floats

    def too_few(self, outlet: str, reference: str) -> str:
        """Why the outlet's words are not compared; empty where they are."""
        n_own, n_others = int(self.own.sum()), int((~self.own).sum())
        if min(n_own, n_others) < MIN_ARTICLES:
            return (
                f"{n_own} articles from {outlet} and {n_others} from {reference or 'others'} on the same"
                f" events; distinctive words need at least {MIN_ARTICLES} of each"
            )
        return ""

    def tested(self, n_shuffles: int, prior_words: float, seed: int) -> Family:
        """One row a word that is frequent enough: counts, log-odds, z, p-values."""
        total = np.asarray(self.counts.sum(axis=0)).ravel()
        prior = prior_words * total / max(total.sum(), 1)
        n_articles = np.bincount(self.counts.indices, minlength=len(self.terms))
        eligible = np.flatnonzero((total >= MIN_COUNT) & (n_articles >= MIN_ARTICLES_WITH_TERM))
        used = np.flatnonzero(total > 0)
        count = np.asarray(self.counts[self.own].sum(axis=0)).ravel()
        others = self._weights(np.ones((1, len(self.own))))[0] @ self.counts
        delta, z = np.zeros(len(total)), np.zeros(len(total))
        delta[used], z[used] = log_odds(count[used], others[used], prior[used])
        columns = {
            "count": count[eligible],
            "count_others": (total - count)[eligible],
            "log_odds": delta[eligible],
            "z": z[eligible],
        }
        counts = self.counts[:, eligible].T.tocsr()
        return self._shuffle(
            Counted(eligible, counts, prior[eligible], prior.sum()), columns, n_shuffles, seed
        )

    def _shuffle(self, words: Counted, columns: dict[str, Floats], n_shuffles: int, seed: int) -> Family:
        """p-values, and how often shuffles reach each value of the statistic.

        The statistic is the log-odds minus their mean over shuffles, in units of their spread
        over shuffles: so words that come in bursts and words that do not can be held to one
        threshold.
        """
        rng = np.random.default_rng([seed, len(self.own), int(self.own.sum())])
        n = len(words.places)
        if not n:
            none = dict.fromkeys(("statistic", "p_value", "p_family"), np.empty(0))
            return Family(words, columns | none, np.zeros(N_BINS), 1)
        n_shuffles = min(n_shuffles, max(_LEAST_SHUFFLES, int(_WORK // max(1, words.counts.nnz))))
        mean, spread = _mean_and_spread(np.concatenate(list(self._deltas(rng, _SCALING, words)), axis=1))
        observed = np.abs((columns["log_odds"][:, None] - mean) / spread)
        reached = (observed - _TIE) / BIN
        spread *= BIN
        extreme, bins = np.zeros(n), np.zeros(N_BINS)
        largest: list[Floats] = []
        for shuffled in self._deltas(rng, n_shuffles, words):
            shuffled -= mean
            shuffled /= spread
            np.abs(shuffled, out=shuffled)
            extreme += np.count_nonzero(shuffled >= reached, axis=1)
            largest.append(shuffled.max(axis=0))
            bins += np.bincount(_whole(shuffled).ravel(), minlength=N_BINS)
        maxima = np.sort(np.concatenate(largest))
        above = n_shuffles - np.searchsorted(maxima, reached.ravel())
        columns |= {
            "statistic": observed.ravel(),
            "p_value": (1 + extreme) / (1 + n_shuffles),
            "p_family": (1 + above) / (1 + n_shuffles),
        }
        return Family(words, columns, bins, n_shuffles)

    def interval(self, words: Counted, n_resamples: int, seed: int) -> tuple[Floats, Floats]:
        """Ends of the 95 % intervals of the words' log-odds, from resampling whole events.

        With fewer than :data:`MIN_EVENTS` events the articles of each side are resampled in them.
        """
        rng = np.random.default_rng([seed, len(self.own), 5])
        drawn = self._resampled(rng, n_resamples)
        own, weights = drawn[:, self.own], self._weights(drawn)
        n_own, n_others = own @ self.lengths[self.own], weights @ self.lengths
        delta = _log_odds(words.counts[:, self.own] @ own.T, words.prior, n_own + words.total)
        delta -= _log_odds(words.counts @ weights.T, words.prior, n_others + words.total)
        low, high = np.quantile(delta, [0.025, 0.975], axis=1)
        return low, high

    def _resampled(self, rng: np.random.Generator, size: int) -> Floats:
        """How often each article is drawn: resamples × articles."""
        if self.n_events >= MIN_EVENTS:
            drawn = rng.multinomial(self.n_events, np.full(self.n_events, 1 / self.n_events), size=size)
            events: Floats = drawn[:, self.events].astype(np.float64)
            return events
        weights = np.zeros((size, len(self.own)))
        for stratum in np.unique(2 * self.events + self.own):
            members = np.flatnonzero(2 * self.events + self.own == stratum)
            n = len(members)
            weights[:, members] = rng.multinomial(n, np.full(n, 1 / n), size=size)
        return weights

    def _weights(self, drawn: Floats) -> Floats:
        """Weights of the others' articles (0 for own): each event as large a share as in own.

        ``drawn`` says how often each article counts: resamples × articles. The weighted words add up
        to the others' words.
        """
        order = np.argsort(self.events, kind="stable")
        starts = np.searchsorted(self.events[order], np.arange(self.n_events))
        words = (drawn * self.lengths)[:, order]
        # Whole numbers, so that the order of the sums does not matter.
        own_words = np.add.reduceat(np.where(self.own[order], words, 0.0), starts, axis=1)
        ratio = _ratio(own_words, np.add.reduceat(words, starts, axis=1) - own_words)
        weights = np.zeros(drawn.shape)
        return np.multiply(drawn, ratio[:, self.events], out=weights, where=~self.own)

    def _deltas(self, rng: np.random.Generator, n_shuffles: int, words: Counted) -> Iterator[Floats]:
        """Log-odds in shuffles of the articles, some shuffles at a time: words × shuffles."""
        counts, prior = _quickest(words.counts), words.prior[:, None]
        n_words = np.bincount(self.events, weights=self.lengths).astype(np.float64)
        starts = np.searchsorted(np.sort(self.events[self.own]), np.arange(self.n_events))
        block = max(1, min(200, 4_000_000 // max(1, len(words.places), len(self.own))))
        for start in range(0, n_shuffles, block):
            places = self._shuffled(rng, min(block, n_shuffles - start))
            own_words = np.add.reduceat(self.lengths[places], starts, axis=1)
            ratio = _ratio(own_words, n_words - own_words)
            weights = ratio.take(self.events, axis=1)
            own = np.zeros_like(weights)
            shuffle = np.arange(len(places))[:, None]
            own[shuffle, places], weights[shuffle, places] = 1.0, 0.0
            delta, others = counts @ own.T, counts @ weights.T
            delta += prior
            others += prior
            n_own = own_words.sum(axis=1) + words.total
            n_others = (ratio * (n_words - own_words)).sum(axis=1) + words.total
            # One logarithm: of the ratio of the odds.
            delta /= n_own - delta
            delta *= n_others - others
            delta /= others
            yield np.log(delta, out=delta)

    def _shuffled(self, rng: np.random.Generator, size: int) -> Ints:
        """Shuffles × own articles: ``own`` shuffled among the articles of each event, ``size`` times.

        Articles are ordered by event and a random key; the flags, ordered by event, are
        dealt out in that order.
        """
        keys = self.events + rng.random((size, len(self.events)))
        flags = self.own[np.argsort(self.events, kind="stable")]
        return np.argsort(keys, axis=1)[:, flags]


def _quickest(counts: sparse.csr_matrix) -> sparse.csr_matrix | Floats:
    """The counts as what multiplies faster."""
    dense = math.prod(counts.shape) <= min(_CELLS, _SPARSE * counts.nnz)
    return counts.toarray() if dense else counts


def _ratio(own_words: Floats, other_words: Floats) -> Floats:
    """What makes the others' words in each event (the columns) as large a share of theirs as of own."""
    ratio = np.divide(own_words, other_words, out=np.zeros_like(own_words), where=other_words > 0)
    reached = np.where(other_words > 0, own_words, 0).sum(axis=1, keepdims=True)
    ratio *= other_words.sum(axis=1, keepdims=True) / np.maximum(reached, 1)
    return ratio


def _log_odds(count: Floats, prior: Floats, n: Floats) -> Floats:
    """Logarithm of the odds of words (rows) counted ``count`` times and as ``prior`` says, of ``n`` in all.

    It takes the place of ``count``.
    """
    count += prior[:, None]
    np.divide(count, n - count, out=count)
    return np.log(count, out=count)


def _mean_and_spread(deltas: Floats) -> tuple[Floats, Floats]:
    """Those of each row as a column; infinite where there is no spread."""
    spread = deltas.std(axis=1, keepdims=True)
    return deltas.mean(axis=1, keepdims=True), np.where(spread > _TIE, spread, np.inf)
