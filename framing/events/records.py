"""What goes into the grouping and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class EventInput:
    """One article as the grouping sees it.

    ``entities`` are names found in it: they name the event; what they say for the grouping,
    the text says already. ``published`` is an ISO 8601 date or date-time, '' = not known.
    """

    article_id: str
    text: str
    title: str = ""
    entities: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Articles that report the same happening.

    ``keywords`` say what holds the articles together, the strongest first. ``confidence``
    is the mean estimated probability that two of its articles report the same event, 0 to 1;
    None where there is one article or where the user set the members.
    """

    id: str
    label: str
    keywords: tuple[str, ...]
    article_ids: tuple[str, ...]  # sorted
    confidence: float | None
    locked: bool = False
    first_published: str = ""
    last_published: str = ""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Events, and the articles that were left unassigned with the reason for each."""

    events: tuple[Event, ...]
    unassigned: Mapping[str, str] = field(default_factory=dict)

    def event_of(self) -> dict[str, str]:
        """The event id of every assigned article."""
        return {article: event.id for event in self.events for article in event.article_ids}
