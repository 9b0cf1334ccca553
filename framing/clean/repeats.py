"""Lines that stand in many articles of one outlet: furniture that no single page gives away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import nlargest

from framing.clean.lines import line_key
from framing.clean.raw import RawArticle

MIN_DOCUMENTS = 3  # two articles of a series share a line by chance; three pages of a site do not
_N_LONGEST = 5  # a site's notices take a few of these places, never nearly all
_MIN_NEW = 2
MAX_LINE_CHARS = 250  # longer lines are prose, repeated only where an article is


class RepeatedLines:
    """Counts, outlet by outlet, in how many articles a line stands. Grows as articles come in.

    An article whose longest lines were nearly all met before is another version of the
    same article and counts no second time: updates do not make their text furniture.
    """

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._texts: set[int] = set()

    def add(self, raw: RawArticle) -> None:
        """Count the lines of ``raw``."""
        lines = {line.strip() for line in raw.source.splitlines()}
        longest = nlargest(_N_LONGEST, lines, key=len)
        hashes = {hash((raw.outlet, text)) for text in longest}
        if len(hashes - self._texts) < _MIN_NEW:
            return
        self._texts |= hashes
        counts = self._counts[raw.outlet]
        for key in {line_key(line) for line in lines if len(line) <= MAX_LINE_CHARS}:
            if key:
                counts[key] += 1

    def of(self, outlet: str) -> frozenset[str]:
        """Keys of the lines that stand in at least :data:`MIN_DOCUMENTS` articles of ``outlet``."""
        counts = self._counts.get(outlet, {})
        return frozenset(key for key, n in counts.items() if n >= MIN_DOCUMENTS)


def repeated_lines(raws: Iterable[RawArticle]) -> dict[str, frozenset[str]]:
    """Outlet -> keys of the lines that stand in three or more of its articles.

    >>> pages = [RawArticle(f"Title {n}\\nOur best offers\\nBody number {n}.", outlet="Post") for n in "abc"]
    >>> repeated_lines(pages)
    {'Post': frozenset({'our best offers'})}
    """
    counted = RepeatedLines()
    outlets = []
    for raw in raws:
        counted.add(raw)
        outlets.append(raw.outlet)
    return {outlet: counted.of(outlet) for outlet in dict.fromkeys(outlets)}
