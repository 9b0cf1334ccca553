"""What several measures ask of one article is worked out once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from framing.annotation import AnnotatedArticle

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class OncePerArticle(Generic[K, T]):
    """A function of an article and a key that remembers its answers on the last article.

    Articles are measured one after another, each by every measure in every voice.
    The article is told by identity: hashing one would read all its tokens.
    """

    def __init__(self, compute: Callable[[AnnotatedArticle, K], T]) -> None:
        functools.update_wrapper(self, compute)
        self._compute = compute
        self._last: tuple[AnnotatedArticle | None, dict[K, T]] = (None, {})

    def __call__(self, annotated: AnnotatedArticle, key: K) -> T:
        article, answers = self._last
        if article is not annotated:
            answers = {}
            self._last = (annotated, answers)
        if key not in answers:
            answers[key] = self._compute(annotated, key)
        return answers[key]
