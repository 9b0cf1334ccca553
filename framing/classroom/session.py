"""A class in memory: which step it is at, what groups sent, and what may be seen yet.

Nothing is written to disk. A group's answers are locked once they are sent; nobody else's are
given out before the step that shows the class, nor the names before the step that shows them.
All methods may be called from several threads.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from framing.article import FramingError
from framing.classroom.activities import Shown, Step
from framing.classroom.lesson import Lesson
from framing.classroom.texts import ClassText

MAX_GROUPS = 40  # a class has 30; beyond this somebody plays with the code
MAX_ANSWERS = 80  # of one group at one step: 6 texts with 12 stakeholders are 72
MAX_ANSWER = 300  # characters of a written answer
MAX_AGE = 6 * 3600  # seconds after which a class is forgotten, whatever happens
CODE_LETTERS = "BCDFGHJKMNPQRTVWXY34679"  # none that is read as another


class NotYet(FramingError):
    """Something was asked for that this step does not show."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a group. ``item`` says what it is about: a text's key, a stakeholder, a verb.

    ``start`` and ``end`` point into the text as the class sees it.
    """

    question: str
    answer: str
    item: str = ""
    number: float | None = None
    text: str = ""
    layer: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Group:
    """A group of students: a number, no name."""

    number: int
    drafts: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    sent: dict[str, tuple[Answer, ...]] = field(default_factory=dict)


class ClassSession:
    """One lesson as it is taught. ``now`` is in seconds of any clock that does not go back."""

    def __init__(self, lesson: Lesson, code: str, now: float) -> None:
        self.lesson, self.code, self.started = lesson, code, now
        self._at = self._furthest = 0
        self._groups: dict[str, Group] = {}
        self._stakeholders: tuple[str, ...] | None = None
        self._corrections: dict[tuple[str, str], str] = {}
        self._lock = threading.RLock()

    # Steps.

    @property
    def step(self) -> Step:
        """Where the class is."""
        return self.lesson.settings.walk[self._at]

    @property
    def position(self) -> tuple[int, int]:
        """The number of the step, counted from 1, and how many there are."""
        return self._at + 1, len(self.lesson.settings.walk)

    def forward(self) -> None:
        """To the next step. What a group has drafted, but not sent, is sent as it stands."""
        with self._lock:
            if self.step.collects:
                for group in self._groups.values():
                    draft = group.drafts.get(self.step.id)
                    if draft and self.step.id not in group.sent:
                        group.sent[self.step.id] = draft
            self._at = min(self._at + 1, len(self.lesson.settings.walk) - 1)
            self._furthest = max(self._furthest, self._at)

    def back(self) -> None:
        """To the step before. What was closed stays closed."""
        with self._lock:
            self._at = max(self._at - 1, 0)

    def shows(self, what: Shown) -> bool:
        """Whether the present step shows the class's answers, the tool's marks, the names."""
        return what in self.step.shows

    def is_open(self, step: str) -> bool:
        """Whether a group may still send this step: the class is at it and has not been further."""
        return self.step.id == step and self.step.collects and self._furthest == self._at

    def old(self, now: float) -> bool:
        """Whether the class is to be forgotten."""
        return now - self.started > MAX_AGE

    # Groups.

    def join(self) -> str:
        """A new group: its secret token, which is given to that group alone.

        Raises FramingError where the class is full.
        """
        with self._lock:
            if len(self._groups) >= MAX_GROUPS:
                raise FramingError(f"this class has {MAX_GROUPS} groups already; share a device")
            token = secrets.token_hex(9)  # hex: Streamlit refuses "__" in the key of a component
            self._groups[token] = Group(len(self._groups) + 1)
            return token

    def number(self, token: str) -> int | None:
        """The number of a group, None where the token is nobody's."""
        group = self._groups.get(token)
        return None if group is None else group.number

    def signature(self) -> tuple[int, int, int]:
        """Changes whenever students' screens must be drawn anew."""
        return self._at, self._furthest, hash(self._stakeholders)

    def tokens(self) -> tuple[str, ...]:
        """The tokens of all groups in order; for the teacher's own machine, to enter sheets of paper."""
        return tuple(self._groups)

    @property
    def n_groups(self) -> int:
        """How many groups have joined."""
        return len(self._groups)

    def n_sent(self, step: str) -> int:
        """How many groups have sent a step."""
        return sum(step in group.sent for group in list(self._groups.values()))

    # Answers.

    def draft(self, token: str, step: str, answers: Sequence[Answer]) -> None:
        """Keep what a group has so far, for this group alone. Raises FramingError as :meth:`send` does."""
        with self._lock:
            self._group(token, step, answers).drafts[step] = tuple(answers)

    def send(self, token: str, step: str, answers: Sequence[Answer]) -> None:
        """Lock a group's answers to a step.

        Raises FramingError where the step is closed or was sent before, or the answers are too many
        or too long.
        """
        with self._lock:
            self._group(token, step, answers).sent[step] = tuple(answers)

    def _group(self, token: str, step: str, answers: Sequence[Answer]) -> Group:
        group = self._groups.get(token)
        if group is None:
            raise FramingError("this group is not known here; join the class again")
        if step in group.sent:
            raise FramingError("this was sent before and is locked")
        if not self.is_open(step):
            raise FramingError("this step is closed; the class is at another")
        if len(answers) > MAX_ANSWERS:
            raise FramingError(f"{len(answers)} answers; at most {MAX_ANSWERS} can be sent")
        if any(len(a.answer) > MAX_ANSWER or len(a.item) > MAX_ANSWER for a in answers):
            raise FramingError(f"an answer is longer than {MAX_ANSWER} characters; shorten it")
        return group

    def own(self, token: str, step: str) -> tuple[Answer, ...]:
        """What this group sent or drafted."""
        group = self._groups.get(token)
        return () if group is None else group.sent.get(step) or group.drafts.get(step, ())

    def is_sent(self, token: str, step: str) -> bool:
        """Whether this group's answers are locked."""
        group = self._groups.get(token)
        return group is not None and step in group.sent

    def pooled(self, step: str) -> dict[int, tuple[Answer, ...]]:
        """What the groups sent, by their number. Raises NotYet before the class is shown."""
        if not self.shows("class"):
            raise NotYet("the answers of the class are not shown at this step")
        return self._pool(step)

    def _pool(self, step: str) -> dict[int, tuple[Answer, ...]]:
        with self._lock:
            groups = sorted(self._groups.values(), key=lambda g: g.number)
            return {g.number: g.sent[step] for g in groups if step in g.sent}

    def names(self) -> Mapping[str, ClassText]:
        """The texts with their names, by key. Raises NotYet before the names are shown."""
        if not self.shows("names"):
            raise NotYet("the names are not shown at this step")
        return dict(zip((t.key for t in self.lesson.shown), self.lesson.originals, strict=True))

    def results(self) -> dict[str, dict[int, tuple[Answer, ...]]]:
        """Everything that was sent, by step and group, for the file that the teacher keeps.

        Raises NotYet before the class is shown.
        """
        if not self.shows("class"):
            raise NotYet("results can be kept once the class has been shown")
        return {step.id: self._pool(step.id) for step in self.lesson.settings.walk if step.collects}

    # What the class agrees on before it ticks, and the teacher's corrections of the tool.

    def proposals(self) -> list[str]:
        """Whom the groups would hear, each once, most often named first; without who said so."""
        counts: dict[str, tuple[str, int]] = {}
        for answers in self._pool("list").values():
            for answer in answers:
                shown, n = counts.get(answer.answer.casefold(), (answer.answer, 0))
                counts[answer.answer.casefold()] = (shown, n + 1)
        return [shown for shown, _ in sorted(counts.values(), key=lambda c: (-c[1], c[0]))]

    @property
    def stakeholders(self) -> tuple[str, ...]:
        """Who is ticked: the teacher's choice, else those of the lesson."""
        chosen = self._stakeholders
        return tuple(s.name for s in self.lesson.stakeholders) if chosen is None else chosen

    def choose_stakeholders(self, names: Sequence[str]) -> None:
        """Set who is ticked. Raises FramingError once a group has ticked."""
        with self._lock:
            if self.n_sent("tick") and tuple(names) != self.stakeholders:
                raise FramingError("a group has ticked already; the list is fixed now")
            self._stakeholders = tuple(dict.fromkeys(name[:60] for name in names))[:12]

    @property
    def corrections(self) -> Mapping[tuple[str, str], str]:
        """The teacher's corrections of the tool's matrix: (stakeholder, text key) -> code."""
        return dict(self._corrections)

    def correct(self, who: str, text: str, code: str) -> None:
        """Correct a cell of the tool's matrix; an empty code takes the correction back."""
        with self._lock:
            if code:
                self._corrections[who, text] = code
            else:
                self._corrections.pop((who, text), None)


def new_code() -> str:
    """A code for a class: five letters, none of which is read as another."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(5))
