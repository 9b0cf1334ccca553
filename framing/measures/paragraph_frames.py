"""Policy frames and moral foundations paragraph by paragraph: the shares whose mean the measures report."""

from __future__ import annotations

from typing import Any

from framing.annotation import AnnotatedArticle
from framing.article import Span
from framing.measure import CannotMeasure
from framing.measures import frames, moral

# The name of a measure -> what has its shares, the label there.
_SHARES = {
    measure.name: (shares, measure.name.removeprefix(prefix))
    for measures, shares, prefix in (
        (frames.POLICY_FRAMES, frames.SHARES, "frame_"),
        (moral.MORAL_FOUNDATIONS, moral.SHARES, "moral_"),
    )
    for measure in measures
}
NAMES = tuple(_SHARES)


def paragraph_frames(annotated: AnnotatedArticle) -> list[dict[str, Any]]:
    """One row for each paragraph of the body with a sentence long enough to be judged, in text order.

    ``start`` and ``end`` are its place, ``n_sentences`` how many were judged, and under the name of each
    measure stands the calibrated share, 0 to 1, whoever speaks; None where its model is not installed.
    Nothing for a text in another language than the models'.
    """
    if annotated.article.language not in ("", *frames.POLICY_FRAMES[0].languages):
        return []
    rows: dict[Span, dict[str, Any]] = {}
    for name, (shares, label) in _SHARES.items():
        try:
            found, by_label = shares.of(annotated, "all")
        except CannotMeasure:
            continue
        for (span, sentences), share in zip(found, by_label[label], strict=True):
            if span not in rows:
                rows[span] = {"start": span.start, "end": span.end, "n_sentences": len(sentences)}
            rows[span][name] = share
    return [rows[span] for span in sorted(rows)]
