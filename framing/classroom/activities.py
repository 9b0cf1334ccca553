"""The four activities: their steps, what each step collects, and what it lets be seen.

Commit, compare, reveal: every judgement is collected before a step that shows the class, the
tool or the names; after it students only write something new.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

ActivityId = Literal["blind_pair", "swap_the_verb", "rank_headlines", "who_is_missing"]
ACTIVITY_IDS: tuple[ActivityId, ...] = get_args(ActivityId)

Shown = Literal["class", "tool", "names"]


@dataclass(frozen=True, slots=True)
class Step:
    """One screen. ``collects``: each group sends once, then it is locked. ``shows``: from here on."""

    id: str
    title: str
    teacher: str
    collects: bool = False
    shows: frozenset[Shown] = frozenset()


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity as it is offered; ``min_texts`` to ``max_texts`` reports of one event."""

    id: ActivityId
    title: str
    goal: str
    guard: str
    ages: str
    min_texts: int
    max_texts: int
    steps: tuple[Step, ...] = field(default=())

    def step(self, name: str) -> Step:
        """The step of that id; LookupError names the known ones."""
        for step in self.steps:
            if step.id == name:
                return step
        raise LookupError(f"{self.id} has no step {name!r}; known: {', '.join(s.id for s in self.steps)}")


_CLASS: frozenset[Shown] = frozenset({"class"})
_TOOL: frozenset[Shown] = frozenset({"class", "tool"})
_ALL: frozenset[Shown] = frozenset({"class", "tool", "names"})
_TALK = Step("talk", "Talk", "Let groups that disagree explain to each other first.", shows=_ALL)

ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        "blind_pair",
        "Blind pair",
        "See how much a text alone gives away, and on how few words a guess rests.",
        "No score and no right answer: who published a text is a fact, how friendly it is, is not.",
        "14 and up",
        2,
        2,
        (
            Step("read", "Read and mark", "Nobody speaks yet. Marks are a group's own.", collects=True),
            Step("commit", "Commit", "Every group sends before anything is shown.", collects=True),
            Step("class", "The class", "Ask one group of each side for its evidence.", shows=_CLASS),
            Step("marks", "The marks", "Marks are words and voices, not verdicts.", shows=_TOOL),
            Step("names", "The names", "Who is surprised, and by which words?", shows=_ALL),
            _TALK,
        ),
    ),
    Activity(
        "swap_the_verb",
        "Swap the verb",
        "“Said”, “claimed”, “admitted”, “revealed” change trust while the quotation stays the same.",
        "“Claimed” can be the right verb: look for the evidence that the text gives.",
        "12 and up",
        2,
        6,
        (
            Step(
                "predict",
                "Predict the verb",
                "Read it aloud, with a hum for the gap.",
                collects=True,
            ),
            Step("rate", "Rate the speaker", "Each group has one verb; do not compare yet.", collects=True),
            Step("means", "The class", "Small classes differ by chance: look at n first.", shows=_CLASS),
            Step("pattern", "The real texts", "One speaker, several texts: which verbs?", shows=_TOOL),
            Step("names", "The names", "Does the pattern hold for other speakers too?", shows=_ALL),
            Step("rewrite", "Rewrite", "Every group writes its own headline.", collects=True, shows=_ALL),
            _TALK,
        ),
    ),
    Activity(
        "rank_headlines",
        "Rank the headlines",
        "Measure connotation, and learn that careful readers disagree.",
        "The tool has no order of its own: there is no solution to look up.",
        "12 and up",
        3,
        6,
        (
            Step("rank", "Rank", "Groups do not talk to each other yet.", collects=True),
            Step("agreement", "The class", "Disagreement is a result, not a mistake.", shows=_CLASS),
            Step("words", "The words", "Look at first words, actors, numbers.", shows=_TOOL),
            Step("names", "Names and texts", "Does the text back its headline?", shows=_ALL),
            _TALK,
        ),
    ),
    Activity(
        "who_is_missing",
        "Who is missing?",
        "See whom a report lets speak, whom it mentions, and whom it leaves out.",
        "“Not found in this text” is all that can be said. The tool errs; you can correct it.",
        "14 and up",
        2,
        6,
        (
            Step("list", "Who should be heard?", "Choose whom the class ticks.", collects=True),
            Step("tick", "Tick", "Each group reads one text.", collects=True),
            Step("matrix", "Class and tool", "Open the sentences where the two differ.", shows=_TOOL),
            Step("names", "The names", "Length and time first, then reasons.", shows=_ALL),
            Step("facts", "The missing fact", "One sentence a group.", collects=True, shows=_ALL),
            Step("caveats", "Other reasons", "Reasons other than taking sides.", shows=_ALL),
            _TALK,
        ),
    ),
)


def get(name: str) -> Activity:
    """The activity of that id; LookupError names the known ones."""
    for activity in ACTIVITIES:
        if activity.id == name:
            return activity
    raise LookupError(f"no activity named {name!r}; known: {', '.join(ACTIVITY_IDS)}")
