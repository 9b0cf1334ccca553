"""The user's word on events: merge, split, lock, unlock; kept in the study, applied on every run.

Corrections speak of articles, not of event ids, so that they still hold when a later
run groups the rest anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from framing.article import FramingError
from framing.events.records import Event

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the user has decided.

    ``together``: sets of articles that are one event. ``apart``: pairs of sets, no article
    of the one being in an event with one of the other. ``locked``: events whose members
    are fixed, by id. An event that was merged or split is the user's: later runs add new
    articles to it, but join it with no other event and part it no further.
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    locked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def articles(self) -> frozenset[str]:
        """The articles of merged and split events."""
        parted = [side for pair in self.apart for side in pair]
        return frozenset(article for group in (*self.together, *parted) for article in group)

    def to_json(self) -> dict[str, Any]:
        """A dict that ``json.dump`` takes and :meth:`from_json` reads."""
        return {
            "version": _VERSION,
            "together": [list(group) for group in self.together],
            "apart": [[list(a), list(b)] for a, b in self.apart],
            "locked": {event: list(articles) for event, articles in sorted(self.locked.items())},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Corrections:
        """Raises FramingError where ``data`` is of another version or shape."""
        if data.get("version") != _VERSION:
            raise FramingError(
                f"corrections of version {data.get('version')!r}; this framing reads version {_VERSION}"
            )
        try:
            return cls(
                tuple(_ids(group) for group in data["together"]),
                tuple((_ids(a), _ids(b)) for a, b in data["apart"]),
                {str(event): _ids(articles) for event, articles in data["locked"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FramingError(
                f"corrections are not readable ({error!r}); expected together, apart and locked as"
                " `framing events` writes them"
            ) from error


def merge(corrections: Corrections, events: Sequence[Event], event_ids: Sequence[str]) -> Corrections:
    """Make two events or more one. Raises FramingError on unknown, locked or too few events."""
    chosen = _known(events, event_ids)
    if len(chosen) < 2:
        raise FramingError(f"merge needs two events or more; got {', '.join(event_ids) or 'none'}")
    _refuse_locked(chosen)
    members = _ids(article for event in chosen for article in event.article_ids)
    inside = set(members)
    # A split that parted what is now merged is taken back; other splits stay.
    apart = tuple((a, b) for a, b in corrections.apart if not (inside & set(a) and inside & set(b)))
    return replace(corrections, together=(*corrections.together, members), apart=apart)


def split(
    corrections: Corrections, events: Sequence[Event], event_id: str, article_ids: Sequence[str]
) -> Corrections:
    """Take articles out of an event; they become one of their own, and the others stay one.

    Raises FramingError on an unknown or locked event, on articles that are not in it, and
    where nothing or everything would be taken out.
    """
    (event,) = _known(events, [event_id])
    _refuse_locked([event])
    out = _ids(article_ids)
    strangers = sorted(set(out) - set(event.article_ids))
    if strangers:
        raise FramingError(
            f"{', '.join(strangers)} not in event {event_id}, which holds {', '.join(event.article_ids)}"
        )
    rest = _ids(set(event.article_ids) - set(out))
    if not out or not rest:
        raise FramingError(
            f"a split of {event_id} needs articles to take out and articles to leave;"
            f" got {len(out)} of {len(event.article_ids)}"
        )
    # Earlier merges across the cut are taken back.
    inside = {*out, *rest}
    together = [_ids(set(group) - inside) for group in corrections.together]
    together = [group for group in (*together, out, rest) if len(group) > 1]
    return replace(corrections, together=tuple(together), apart=(*corrections.apart, (out, rest)))


def lock(corrections: Corrections, events: Sequence[Event], event_id: str) -> Corrections:
    """Fix an event's members and id. Raises FramingError where the id is not known."""
    (event,) = _known(events, [event_id])
    return replace(corrections, locked={**corrections.locked, event.id: event.article_ids})


def unlock(corrections: Corrections, event_id: str) -> Corrections:
    """Let an event be grouped again. Raises FramingError where it is not locked."""
    if event_id not in corrections.locked:
        known = ", ".join(sorted(corrections.locked)) or "none"
        raise FramingError(f"event {event_id!r} is not locked; locked: {known}")
    return replace(corrections, locked={e: a for e, a in corrections.locked.items() if e != event_id})


def _known(events: Sequence[Event], event_ids: Sequence[str]) -> list[Event]:
    by_id = {event.id: event for event in events}
    unknown = [e for e in dict.fromkeys(event_ids) if e not in by_id]
    if unknown:
        some = ", ".join(list(by_id)[:5]) + (", …" if len(by_id) > 5 else "")
        raise FramingError(
            f"no event {', '.join(unknown)}; events.csv lists them: {some or 'there are none'}"
        )
    return [by_id[e] for e in dict.fromkeys(event_ids)]


def _refuse_locked(chosen: Sequence[Event]) -> None:
    locked = [event.id for event in chosen if event.locked]
    if locked:
        raise FramingError(f"event {', '.join(locked)} is locked; unlock it first")


def _ids(articles: Any) -> tuple[str, ...]:
    return tuple(sorted({str(article) for article in articles}))
