"""Policy frames and moral foundations paragraph by paragraph: the shares whose mean the measures report."""

from __future__ import annotations

from typing import Any

from framing.annotation import AnnotatedArticle
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
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for name, (shares, label) in _SHARES.items():
        try:
            found = shares.of(annotated, "all", label)
        except CannotMeasure:
            continue
        for one in found:
            place = (one.paragraph.start, one.paragraph.end)
            row = rows.setdefault(
                place, {"start": place[0], "end": place[1], "n_sentences": len(one.sentences)}
            )
            row[name] = one.share
    return [rows[place] for place in sorted(rows)]
