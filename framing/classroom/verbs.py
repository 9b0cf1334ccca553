"""The verbs that introduce speech: a sentence with a gap, and who is introduced by which verb where."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from framing.article import Span
from framing.classroom.settings import BLANK
from framing.classroom.stakeholders import around
from framing.classroom.texts import Kind, Shown
from framing.highlight import Mark

# A verb that fits into another's gap: one word of the past tense ("told" needs a person after it).
_FITS = re.compile(r"[a-z]+ed|said|found")
# A sentence that a class reads at a glance.
_MAX_SENTENCE = 260
_MIN_QUOTATION = 15  # characters; a shorter one leaves nothing to believe or doubt


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with a gap in place of its verb. ``printed`` is empty in a teacher's own."""

    before: str
    after: str
    printed: str
    text: str = ""  # key of the text that it stands in

    @property
    def blank(self) -> str:
        """The sentence with the gap."""
        return f"{self.before}{BLANK}{self.after}"

    def filled(self, verb: str) -> str:
        """The sentence with a verb."""
        return f"{self.before}{verb}{self.after}"


def own(sentence: str) -> Gap:
    """The gap of a sentence that the settings hold."""
    before, _, after = sentence.partition(BLANK)
    return Gap(before, after, "")


def gaps(texts: Sequence[Shown], kind: Kind, verbs: Sequence[str]) -> list[Gap]:
    """Sentences of the texts with a quotation whose verb another can replace, the best first.

    A verb of the list that is more than "said", and a direct quotation, come first: then there
    is something to predict, and the words stay the same whatever the verb.
    """
    found: list[tuple[tuple[bool, bool, bool, int], Gap]] = []
    for text in texts:
        marks = text.marks(kind)
        for mark in marks:
            verb = mark.span.of(text.text)
            if mark.layer != "cue" or not _FITS.fullmatch(verb):
                continue
            sentence = around(text.text, mark.span)
            spoken = [m for m in marks if m.layer in ("quote", "reported") and sentence.overlaps(m.span)]
            fits = sentence.contains(mark.span) and len(sentence) <= _MAX_SENTENCE
            if not fits or max(map(_size, spoken), default=0) < _MIN_QUOTATION:
                continue
            direct = any(m.layer == "quote" for m in spoken)
            before = text.text[sentence.start : mark.span.start]
            after = text.text[mark.span.end : sentence.end]
            rank = (verb not in verbs, mark.stance in ("", "neutral"), not direct, -max(map(_size, spoken)))
            found.append((rank, Gap(before, after, verb, text.key)))
    return [gap for _, gap in sorted(found, key=lambda item: item[0])]


def _size(mark: Mark) -> int:
    return len(mark.span)


def bank(verbs: Sequence[str], gap: Gap) -> tuple[str, ...]:
    """The verbs to choose from; the printed one is among them."""
    return tuple(dict.fromkeys([*verbs, *([gap.printed] if gap.printed else [])]))


def deal(verbs: Sequence[str], group: int, seed: int) -> str:
    """The verb that a group rates: every verb comes once before any comes twice.

    >>> sorted(deal(["said", "claimed"], n, seed=1) for n in (1, 2))
    ['claimed', 'said']
    """
    turn, place = divmod(group - 1, len(verbs))
    order = list(verbs)
    random.Random(f"{seed}.{turn}").shuffle(order)
    return order[place]


def pattern(texts: Sequence[Shown], kind: Kind) -> list[tuple[str, dict[str, list[tuple[str, str, Span]]]]]:
    """For each speaker the verbs of each text (verb, stance, place), speakers of most texts first."""
    speakers: dict[str, dict[str, list[tuple[str, str, Span]]]] = {}
    for text in texts:
        for mark in text.marks(kind):
            if mark.layer == "cue" and mark.speaker:
                verb = (mark.span.of(text.text), mark.stance, mark.span)
                speakers.setdefault(mark.speaker, {}).setdefault(text.key, []).append(verb)

    def size(of: dict[str, list[tuple[str, str, Span]]]) -> tuple[int, int]:
        return -len(of), -sum(map(len, of.values()))

    return sorted(speakers.items(), key=lambda item: (size(item[1]), item[0]))
