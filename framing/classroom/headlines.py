"""What the words of a headline do: who comes first, which number, which loaded word; and mean ranks."""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence

from framing.classroom.texts import Kind, Shown
from framing.text import words

_NUMBER = re.compile(
    r"\d[\d.,]*(?:\s(?:million|billion|per cent|percent|%))?"
    r"|(?<![\w-])(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|half)(?![\w-])",
    re.IGNORECASE,
)
# Participles that do not end in -ed, of verbs that headlines put into the passive.
_IRREGULAR = (
    "beaten|begun|bitten|blown|born|bought|bound|broken|brought|built|burnt|caught|chosen|cut|dealt|done|drawn"
    "|driven|eaten|fed|felt|forbidden|forced|fought|found|frozen|given|grown|heard|held|hidden|hit|hurt|kept|laid"
    "|led|left|lost|made|met|paid|put|read|run|said|seen|sent|set|shot|shown|shut|sold|spent|split|spread|stolen"
    "|struck|sunk|swept|taken|taught|thrown|told|torn|understood|won|worn|written"
)
_PASSIVE = re.compile(
    rf"(?<![\w-])(?:(?:is|are|was|were|be|been|being|gets?|got)\s(?:not\s|\w+ly\s)?(?:\w+ed|{_IRREGULAR})"
    rf"(?P<by>\sby\s)?|(?:\w+ed|{_IRREGULAR})(?P<short>\sby\s))",
    re.IGNORECASE,
)
_ACTOR_WORDS = 3  # of the one named after "by"; a headline's name is seldom longer
# Student's t for a 95 % interval by degrees of freedom; beyond 30 the normal's 1.96 is near.
_T = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13,
      2.12, 2.11, 2.10, 2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04)  # fmt: skip


def features(text: Shown, kind: Kind) -> list[tuple[str, str]]:
    """What can be seen in a headline, named; only what is there."""
    title = text.title
    first = " ".join(w.of(title) for w in words(title)[:2])
    found = [("first words", first), ("words", str(len(words(title))))]
    if numbers := [m.group().rstrip(".,") for m in _NUMBER.finditer(title)]:
        found.append(("numbers", ", ".join(numbers)))
    if passives := passive_forms(title):
        found.append(("passive", "; ".join(passives)))
    names = {
        "loaded": "loaded terms",
        "hedge": "hedges",
        "quote": "quoted words",
        "scare": "marks, no speaker",
    }
    place = text.title_span
    for layer, name in names.items():
        inside = [
            mark.span.of(text.text)
            for mark in text.marks(kind)
            if mark.layer == layer and place is not None and place.contains(mark.span)
        ]
        if inside:
            found.append((name, ", ".join(inside)))
    if title.rstrip().endswith(("?", "!")):
        found.append(("ends in", title.rstrip()[-1]))
    return found


def passive_forms(title: str) -> list[str]:
    """The passives of a headline with who did it, or that nobody is named.

    By the words alone, so what a headline leaves out ("Ferry axed") is not found.

    >>> passive_forms("Night ferry is axed, 40 jobs cut by the council")
    ['is axed (by whom is not said)', 'cut by the council']
    """
    found = []
    for match in _PASSIVE.finditer(title):
        if match["by"] or match["short"]:
            actor = [w.of(title[match.end() :]) for w in words(title[match.end() :])[:_ACTOR_WORDS]]
            found.append(f"{match.group()}{' '.join(actor)}")
        else:
            found.append(f"{match.group()} (by whom is not said)")
    return found


def mean_interval(values: Sequence[float]) -> tuple[float, float | None, float | None]:
    """The mean with its 95 % interval (Student's t); no interval below three values.

    >>> mean_interval([2.0, 2.0, 2.0])
    (2.0, 2.0, 2.0)
    """
    mean = statistics.fmean(values)
    if len(values) < 3:
        return mean, None, None
    t = _T[min(len(values) - 2, len(_T) - 1)]
    half = t * statistics.stdev(values) / len(values) ** 0.5
    return mean, mean - half, mean + half


def ranks(answers: Mapping[str, Mapping[str, float]], keys: Sequence[str]) -> dict[str, list[float]]:
    """The ranks that the groups gave each headline, 1 the most favourable."""
    return {key: [own[key] for own in answers.values() if key in own] for key in keys}
