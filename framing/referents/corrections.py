"""What a user has decided about referents: merge, split, rename; kept as data, applied on every run.

A step names referents as they were called when it was taken. Where a later run calls
one differently (more articles, another most frequent name), the referent that holds the
name among its labels is meant. A step whose referent is gone is reported, not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from framing.article import FramingError

Action = Literal["merge", "split", "rename"]
_ACTIONS: tuple[Action, ...] = get_args(Action)
_FIELDS = {"event_id", "action", "referent", "others", "name"}


@dataclass(frozen=True, slots=True)
class Step:
    """One decision about a referent of one event.

    merge: ``others`` become part of ``referent``. split: the labels ``others`` leave
    ``referent`` and make a referent called ``name``. rename: ``referent`` is called ``name``.
    """

    event_id: str
    action: Action
    referent: str
    others: tuple[str, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        if self.action not in _ACTIONS:
            raise FramingError(f"{self.action!r} is no correction of referents; known: {', '.join(_ACTIONS)}")
        if not self.event_id or not self.referent:
            raise FramingError(f"a {self.action} needs the event and the referent; name both")
        if self.action == "merge" and not self.others:
            raise FramingError(
                f"merge of {self.referent!r} with nothing; name the referents to merge into it"
            )
        if self.action == "merge" and self.referent in self.others:
            raise FramingError(f"{self.referent!r} cannot be merged into itself; leave it out of the others")
        if self.action == "split" and not self.others:
            raise FramingError(f"split of {self.referent!r} without labels; name the labels that leave it")
        if self.action != "merge" and not self.name.strip():
            raise FramingError(f"a {self.action} of {self.referent!r} needs the new name; give one")


@dataclass(frozen=True, slots=True)
class Corrections:
    """All decisions, in the order in which they were taken."""

    steps: tuple[Step, ...] = ()

    def of_event(self, event_id: str) -> tuple[Step, ...]:
        """The decisions about one event."""
        return tuple(s for s in self.steps if s.event_id == event_id)

    def to_json(self) -> list[dict[str, Any]]:
        """As plain data that :meth:`from_json` reads."""
        return [
            {
                "event_id": s.event_id,
                "action": s.action,
                "referent": s.referent,
                "others": list(s.others),
                "name": s.name,
            }
            for s in self.steps
        ]

    @staticmethod
    def from_json(data: Any) -> Corrections:
        """From plain data. Raises FramingError naming the step that is not as expected."""
        if not isinstance(data, Sequence) or isinstance(data, str):
            raise FramingError(
                f"corrections of referents are {type(data).__name__}; expected a list of steps"
            )
        return Corrections(tuple(_step(n, row) for n, row in enumerate(data, start=1)))


def _step(n: int, row: Any) -> Step:
    if not isinstance(row, Mapping) or not set(row) <= _FIELDS:
        raise FramingError(f"step {n} is {row!r}; expected an object with {', '.join(sorted(_FIELDS))}")
    others = row.get("others", [])
    if not isinstance(others, Sequence) or isinstance(others, str):
        raise FramingError(f"step {n}: others is {others!r}; expected a list of names")
    try:
        return Step(
            str(row.get("event_id", "")),
            row.get("action", ""),
            str(row.get("referent", "")),
            tuple(str(o) for o in others),
            str(row.get("name", "")),
        )
    except FramingError as error:
        raise FramingError(f"step {n}: {error}") from error
