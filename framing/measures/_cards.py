"""The accuracy of a measure that asks a model: what the model's card says, with the command that gives it."""

from __future__ import annotations

from framing.article import FramingError
from framing.measure import Accuracy
from framing.wording import files


def accuracy(model: str, of: str = "") -> tuple[Accuracy, ...]:
    """The figures on the card of ``model``; with ``of`` only those for "sentences" or "words".

    Empty where the model is not installed: its measures then abstain, each with the reason.
    """
    try:
        card = files.card(model)
    except FramingError:
        return ()
    return tuple(
        Accuracy(figure.figure, figure.data, figure.command or card.trained_by)
        for figure in card.accuracy
        if figure.of in ("", of)
    )
