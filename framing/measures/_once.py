"""What several measures ask of one article is worked out once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

from framing.annotation import AnnotatedArticle

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_together: Sequence[AnnotatedArticle] = ()
_ids: frozenset[int] = frozenset()  # of those objects


@contextmanager
def together(articles: Sequence[AnnotatedArticle]) -> Iterator[None]:
    """Within the block the models are asked about all ``articles`` at one time, which is much faster.

    What they answer is the same: each sentence is told as if it stood alone.
    """
    global _together, _ids
    before = _together, _ids
    _together, _ids = articles, frozenset(map(id, articles))
    try:
        yield
    finally:
        _together, _ids = before


def beside(annotated: AnnotatedArticle) -> Sequence[AnnotatedArticle]:
    """The articles that are measured together with one, itself among them."""
    return _together if id(annotated) in _ids else (annotated,)


class OncePerArticle(Generic[K, T]):
    """A function of an article and a key that remembers its answers on the last article, or group of them.

    Articles are measured one after another, each by every measure in every voice.
    The article is told by identity: hashing one would read all its tokens.
    """

    def __init__(self, compute: Callable[[AnnotatedArticle, K], T]) -> None:
        functools.update_wrapper(self, compute)
        self._compute = compute
        self._group: Sequence[AnnotatedArticle] = ()
        self._held: dict[int, tuple[AnnotatedArticle, dict[K, T]]] = {}
        self._last: tuple[AnnotatedArticle | None, dict[K, T]] = (None, {})

    def __call__(self, annotated: AnnotatedArticle, key: K) -> T:
        last, answers = self._last
        if last is not annotated:
            answers = self._answers(annotated)
            self._last = annotated, answers
        if key not in answers:
            answers[key] = self._compute(annotated, key)
        return answers[key]

    def remember(self, annotated: AnnotatedArticle, key: K, answer: T) -> None:
        """An answer that was worked out with that on another article."""
        self._answers(annotated)[key] = answer

    def _answers(self, annotated: AnnotatedArticle) -> dict[K, T]:
        held = self._held.get(id(annotated))
        if held is None or held[0] is not annotated:
            group = beside(annotated)
            if group is not self._group:
                self._group, self._held = group, {}
            self._held[id(annotated)] = held = (annotated, {})
        return held[1]
