"""Policy frames and moral foundations paragraph by paragraph: the shares whose mean the measures report."""

from __future__ import annotations

from typing import Any

from framing.annotation import AnnotatedArticle
from framing.measure import CannotMeasure
from framing.measures import frames, moral
from framing.measures._judged import paragraphs

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
    told: dict[str, tuple[float, ...]] = {}
    for name, (shares, label) in _SHARES.items():
        try:
            told[name] = shares.of(annotated, "all")[1][label]
        except CannotMeasure:
            continue
    if not told:
        return []
    places = [
        {"start": span.start, "end": span.end, "n_sentences": len(sentences)}
        for span, sentences in paragraphs(annotated, "all").items()
    ]
    each = zip(*told.values(), strict=True)
    return [place | dict(zip(told, row, strict=True)) for place, row in zip(places, each, strict=True)]
