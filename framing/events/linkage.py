"""Average linkage on a sparse graph: clusters merge while the mean link between them is high enough.

Pairs without an edge count as links of 0, so that one bridge cannot chain two events
together. Time and memory grow with the edges (E log E), never with n².
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events.neighbours import Links


def average_linkage(
    n: int,
    edges: Iterable[tuple[int, int, float]],
    threshold: float,
    *,
    together: Sequence[Sequence[int]] = (),
    apart: Sequence[tuple[Sequence[int], Sequence[int]]] = (),
    known: Mapping[int, Hashable] | None = None,
    closed: Collection[Hashable] = (),
) -> NDArray[np.int64]:
    """The cluster of each of ``n`` items, named by its smallest member.

    ``edges`` are (i, j, weight), each pair once. Items of one set in ``together`` start
    merged; clusters that hold items of both sides of a pair in ``apart`` never merge, and
    where the two contradict each other, ``apart`` gives way. ``known`` says which group an
    item belonged to before; a cluster with items of a ``closed`` group takes new items, but
    none of another group. Equal links merge in the order of their smallest members, so that
    the order of the edges is no input.

    >>> average_linkage(4, [(0, 1, 0.9), (1, 2, 0.6), (2, 3, 0.9)], 0.5).tolist()
    [0, 0, 2, 2]
    """
    clusters = _Clusters(n, known or {}, frozenset(closed))
    for group in together:
        for item in group[1:]:
            clusters.start_merged(group[0], item)
    for i, j, weight in edges:
        clusters.link(i, j, weight)
    for one, other in apart:
        for i in one:
            for j in other:
                clusters.link(i, j, -np.inf)
    clusters.merge_all(threshold)
    return clusters.labels()


def may_matter(
    n: int, found: Links, threshold: float, together: Sequence[Sequence[int]] = ()
) -> NDArray[np.bool_]:
    """Which links can change what :func:`average_linkage` finds.

    Clusters merge where their mean link is at the threshold, so that one link is at least. What no chain
    of such links (or sets of ``together``) connects never meets, and the many weak links there add nothing.
    """
    strong = found.weight >= threshold
    i = np.concatenate([found.i[strong], *(np.full(len(g) - 1, g[0]) for g in together if len(g) > 1)])
    j = np.concatenate([found.j[strong], *(np.array(g[1:]) for g in together if len(g) > 1)])
    graph = sparse.csr_matrix((np.ones(len(i), dtype=bool), (i, j)), shape=(n, n))
    _, part = sparse.csgraph.connected_components(graph, directed=False)
    inside: NDArray[np.bool_] = part[found.i] == part[found.j]
    return inside


class _Clusters:
    """Sums of link weights between clusters; a root is its cluster's smallest member."""

    def __init__(self, n: int, known: Mapping[int, Hashable], closed: frozenset[Hashable]) -> None:
        self._parent = list(range(n))
        self._size = [1] * n
        self._links: list[dict[int, float]] = [{} for _ in range(n)]
        self._groups = {item: frozenset([group]) for item, group in known.items()} if closed else {}
        self._closed = closed

    def root(self, item: int) -> int:
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def start_merged(self, i: int, j: int) -> None:
        """One cluster from the start; call before any :meth:`link`."""
        i, j = sorted((self.root(i), self.root(j)))
        if i != j:
            self._join(i, j)

    def link(self, i: int, j: int, weight: float) -> None:
        i, j = self.root(i), self.root(j)
        if i != j:
            for a, b in ((i, j), (j, i)):
                self._links[a][b] = self._links[a].get(b, 0.0) + weight

    def merge_all(self, threshold: float) -> None:
        size, links = self._size, self._links
        heap = [
            (-total / (size[i] * size[j]), i, j)
            for i in range(len(size))
            for j, total in links[i].items()
            if i < j and total / (size[i] * size[j]) >= threshold
        ]
        heapq.heapify(heap)
        while heap:
            mean, i, j = heapq.heappop(heap)
            total = links[i].get(j)
            # Entries of clusters that have merged since are stale.
            if total is None or -total / (size[i] * size[j]) != mean:
                continue
            if self._refused(i, j):
                del links[i][j], links[j][i]
                continue
            self._merge(i, j)
            for k, total in links[i].items():
                mean = total / (size[i] * size[k])
                if mean >= threshold:
                    heapq.heappush(heap, (-mean, min(i, k), max(i, k)))

    def _refused(self, i: int, j: int) -> bool:
        """Whether a closed group and another one would meet."""
        one, other = self._groups.get(i, frozenset()), self._groups.get(j, frozenset())
        return bool(one and other and one != other and (one | other) & self._closed)

    def _join(self, i: int, j: int) -> None:
        self._parent[j] = i
        self._size[i] += self._size[j]
        if j in self._groups:
            self._groups[i] = self._groups.get(i, frozenset()) | self._groups.pop(j)

    def _merge(self, i: int, j: int) -> None:
        """Cluster ``j`` into ``i``, which is the smaller name."""
        links = self._links
        self._join(i, j)
        del links[i][j]
        for k, total in links[j].items():
            if k != i:
                both = links[i].get(k, 0.0) + total
                links[i][k] = links[k][i] = both
                del links[k][j]
        links[j] = {}

    def labels(self) -> NDArray[np.int64]:
        return np.array([self.root(i) for i in range(len(self._parent))], dtype=np.int64)
