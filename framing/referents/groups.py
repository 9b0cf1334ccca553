"""Which mention names what: keys that mentions of one referent share, and the evidence that joins keys."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

Kind = Literal["person", "name", "country", "thing", "action", "alone"]
Key = tuple[Kind, Hashable]


class Groups:
    """Disjoint sets of keys. Deterministic: the first key that was met stands for its set."""

    def __init__(self) -> None:
        self._up: dict[Key, Key] = {}

    def find(self, key: Key) -> Key:
        """The key that stands for the set of ``key``."""
        if key not in self._up:
            return key
        root = key
        while (up := self._up.get(root, root)) != root:
            root = up
        while (up := self._up.get(key, key)) != root:
            self._up[key] = root
            key = up
        return root

    def join(self, first: Key, other: Key) -> None:
        """Make one set of two; the first one's key stands for it."""
        a, b = self.find(first), self.find(other)
        if a != b:
            self._up[b] = a
