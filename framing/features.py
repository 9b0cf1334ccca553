"""Framing measures as features for scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from framing.article import FramingError

if TYPE_CHECKING:
    from sklearn.utils import Tags


class FramingFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to one column for each measure and voice; NaN where a text does not allow the measure.

    Nothing is learned from the texts: ``fit`` settles which columns there are. The parser
    is loaded at the first ``transform``. Feed the columns to estimators that take NaN, or
    put an imputer after it.

    Parameters
    ----------
    measures : names of measures (`framing measures` lists them); None = all.
    voices : any of all, outlet, quoted, attributed; None = all that a measure is reported in.
    model : an installed spaCy pipeline; None = the default.

    Attributes
    ----------
    features_ : the (measure, voice) of each column.

    >>> FramingFeatures(measures=["quoted_share"]).get_params()
    {'measures': ['quoted_share'], 'model': None, 'voices': None}
    """

    def __init__(
        self,
        measures: Sequence[str] | None = None,
        voices: Sequence[str] | None = None,
        model: str | None = None,
    ) -> None:
        self.measures = measures
        self.voices = voices
        self.model = model

    def fit(self, X: Iterable[str], y: Any = None) -> FramingFeatures:  # noqa: N803 - as scikit-learn calls it
        """Settle the columns. ``X`` is only looked at to see that it holds texts; ``y`` is ignored.

        Raises FramingError for unknown measures or voices, or where ``X`` holds no texts.
        """
        _texts(X)
        self.features_ = self._features()
        return self

    def _features(self) -> list[tuple[str, str]]:
        from framing.measure import BY_VOICE
        from framing.measures import MEASURES, get

        unknown = [v for v in self.voices or () if v not in BY_VOICE]
        if unknown:
            raise FramingError(f"no voice {', '.join(unknown)}; choose of {', '.join(BY_VOICE)}")
        try:
            chosen = MEASURES if self.measures is None else [get(name) for name in self.measures]
        except LookupError as error:
            raise FramingError(str(error)) from error
        found: list[tuple[str, str]] = [
            (m.name, v) for m in chosen for v in m.voices if self.voices is None or v in self.voices
        ]
        if not found:
            raise FramingError(
                f"no measure of {', '.join(m.name for m in chosen)} is reported in"
                f" {', '.join(self.voices or ())}"
            )
        return found

    def transform(self, X: Iterable[str]) -> NDArray[np.float64]:  # noqa: N803
        """One row a text, one column a measure and voice; NaN = not measured."""
        check_is_fitted(self, "features_")
        from framing.annotate import annotate
        from framing.clean import RawArticle, clean
        from framing.measures import get

        texts = _texts(X)
        found = np.full((len(texts), len(self.features_)), np.nan)
        measures = [(get(name), voice) for name, voice in self.features_]
        articles = [clean(RawArticle(source=text)) for text in texts]
        at = [row for row, article in enumerate(articles) if article.text]
        annotated = annotate((articles[row] for row in at), model=self.model)
        for row, one in zip(at, annotated, strict=True):
            for column, (measure, voice) in enumerate(measures):
                value = measure(one, voice).value  # type: ignore[arg-type]
                if value is not None:
                    found[row, column] = value
        return found

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """``measure__voice`` for each column."""
        check_is_fitted(self, "features_")
        return np.array([f"{measure}__{voice}" for measure, voice in self.features_], dtype=object)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.input_tags.allow_nan = False
        tags.target_tags.required = False
        return tags


def _texts(given: Iterable[str]) -> list[str]:
    """Texts of a list, an array or a column; one text alone would be read letter by letter."""
    if isinstance(given, str) or getattr(given, "ndim", 1) != 1:
        raise FramingError("expected several texts: a list, a one-dimensional array or one column")
    texts = list(given)
    wrong = next((text for text in texts if not isinstance(text, str)), None)
    if wrong is not None:
        raise FramingError(f"expected texts, found {type(wrong).__name__}; leave out rows without a text")
    return texts
