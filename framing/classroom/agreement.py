"""How far groups agree: Krippendorff's alpha over their answers, and what it means, in a sentence."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from framing.sample.alpha import Level, alpha

# What the field reads from alpha (Krippendorff 2004, Human Communication Research 30): a
# convention for data that decisions rest on, far above what a lesson needs.
FIRM, TENTATIVE = 0.8, 0.667


def among(labels: Sequence[Sequence[float | None]], level: Level = "nominal") -> float | None:
    """Alpha of ``labels``, one row a group and one column an item; None without groups or items."""
    return alpha(labels, level) if labels and labels[0] else None


def explain(value: float | None) -> str:
    """What the figure means, in a sentence for a class.

    >>> explain(None)
    'Agreement cannot be computed yet: it needs two groups and answers that differ.'
    """
    if value is None:
        return "Agreement cannot be computed yet: it needs two groups and answers that differ."
    if value >= FIRM:
        reading = "researchers would build on it"
    elif value >= TENTATIVE:
        reading = "researchers would draw tentative conclusions only"
    elif value > 0.1:
        reading = "more agreement than chance, but researchers would not build on it"
    else:
        reading = "about what chance, or less, would give"
    return f"Krippendorff's alpha is {value:.2f} (1 = all agree, 0 = as by chance): {reading}."


def by_item(answers: Mapping[Hashable, Mapping[Hashable, float]]) -> list[list[float | None]]:
    """Answers by group and item as rows of equal length, None where a group did not answer."""
    items = list(dict.fromkeys(item for own in answers.values() for item in own))
    return [[own.get(item) for item in items] for own in answers.values()]
