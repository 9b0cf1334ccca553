"""A lesson: settings and texts, ready to be taught without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from framing.article import FramingError, Span
from framing.classroom import sources, stakeholders, verbs
from framing.classroom.settings import Settings
from framing.classroom.sources import EventTexts, Table, Texts
from framing.classroom.stakeholders import Stakeholder
from framing.classroom.texts import ClassText, Kind, Shown, blind, shuffled
from framing.classroom.verbs import Gap


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact without names, and its place in each text (by key)."""

    text: str
    places: dict[str, Span]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is taught. ``originals`` hold the names: only :mod:`session` decides when they are shown."""

    settings: Settings
    label: str
    card: str
    shown: tuple[Shown, ...]
    originals: tuple[ClassText, ...]
    stakeholders: tuple[Stakeholder, ...]
    codes: dict[str, dict[str, str]]  # by hand: stakeholder -> text key -> code
    facts: tuple[ShownFact, ...]
    gap: Gap | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Whose marks every text has, those made by hand first."""
        return tuple(k for k in ("hand", "tool") if all(k in text.kinds for text in self.shown))

    def text(self, key: str) -> Shown:
        """The text of that key. LookupError where there is none."""
        for text in self.shown:
            if text.key == key:
                return text
        raise LookupError(f"no text {key!r} in this lesson")

    def for_group(self, number: int) -> Shown:
        """The text that a group reads where each reads one: dealt in turn."""
        return self.shown[(number - 1) % len(self.shown)]


def build(settings: Settings, table: Table, texts: Texts) -> Lesson:
    """The lesson of ``settings`` with texts of a study (``table``, ``texts``) or of the demonstration set.

    Raises FramingError where event or texts are missing, or too few for the activity.
    """
    return arrange(settings, sources.event(settings.event, table, texts))


def arrange(settings: Settings, found: EventTexts) -> Lesson:
    """The lesson of ``settings`` with the texts of an event."""
    chosen = shuffled(_choose(settings, found), settings.seed)
    shown, make = blind(chosen, settings.names, found.outlets, found.bylines)
    keys = {text.id: s for text, s in zip(chosen, shown, strict=True)}
    facts = [
        ShownFact(
            make.string(fact.text),
            {keys[i].key: keys[i].cut.to_blind(span) for i, span in fact.places.items() if i in keys},
        )
        for fact in found.facts
    ]
    entries = settings.stakeholders or tuple(make.string(entry) for entry in found.stakeholders)
    codes = {
        who: {keys[i].key: code for i, code in row.items() if i in keys} for who, row in found.codes.items()
    }
    lesson = Lesson(
        settings,
        make.string(found.label),
        make.string(found.card),
        tuple(shown),
        tuple(chosen),
        tuple(stakeholders.parse(entry) for entry in entries),
        codes,
        tuple(facts),
    )
    return replace(lesson, gap=_gap(lesson)) if settings.activity == "swap_the_verb" else lesson


def _choose(settings: Settings, found: EventTexts) -> Sequence[ClassText]:
    """The texts that settings name; where they name none, as many of the event as the activity takes."""
    activity = settings.of
    known = {text.id: text for text in found.texts}
    if missing := [name for name in settings.texts if name not in known]:
        raise FramingError(
            f"{found.event} has no text {', '.join(missing)}; its texts are {', '.join(known) or 'none'}"
        )
    chosen = [known[name] for name in settings.texts] or list(known.values())
    if not settings.texts:
        if activity.id == "rank_headlines":
            chosen = [text for text in chosen if text.title]
        chosen = _spread(chosen, activity.max_texts)
    if not activity.min_texts <= len(chosen) <= activity.max_texts:
        bounds = f"{activity.min_texts} to {activity.max_texts}"
        bounds = str(activity.min_texts) if activity.min_texts == activity.max_texts else bounds
        raise FramingError(
            f"{activity.title} needs {bounds} texts of one event; {found.event} gives {len(chosen)}."
            " Choose another event or name texts"
        )
    return chosen


def _spread(texts: Sequence[ClassText], most: int) -> list[ClassText]:
    """At most ``most`` texts, one of each outlet before a second of any."""
    seen: dict[str, int] = {}
    ranked = []
    for n, text in enumerate(texts):
        name = text.outlet or text.id
        seen[name] = seen.get(name, 0) + 1
        ranked.append((seen[name], n, text))
    return [text for _, _, text in sorted(ranked, key=lambda r: r[:2])[:most]]


def _gap(lesson: Lesson) -> Gap:
    settings = lesson.settings
    if settings.sentence:
        return verbs.own(settings.sentence)
    for kind in lesson.kinds:
        if found := verbs.gaps(lesson.shown, kind, settings.verbs):
            return found[0]
    raise FramingError(
        "no sentence of these texts has a quotation whose verb can be swapped;"
        " write one into the settings: sentence = 'The mayor ____ that …'"
    )
