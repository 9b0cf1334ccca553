"""Articles made out of the bundled ones, as many as wanted, with other names, numbers and words.

A benchmark that repeats the bundled articles would measure what is remembered of them. So an event takes
one bundled article as its story, with invented names for the capitalised words; each of its reports
keeps most of the sentences, changes numbers and some words for others of the same ending, and goes on
with sentences of other articles. The texts make no sense; their words, sentences, quotations and
paragraphs are as long and as frequent as in the articles that they were made of.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from framing.read import read
from framing.resources import folder

WORDS = 520  # of an article at least: the mean of ten outlets of political news
OUTLETS = 8
MOST_REPORTS = 6  # of one event
_KEPT = 0.8  # of the story's sentences in one report
_CHANGED = 0.15  # of the words that have others of their ending

_SENTENCE = re.compile(r"(?<=[.!?])(?:[\"”’']?)\s+(?=[\"“‘A-Z])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?")
_NUMBER = re.compile(r"\d+")
_COMMON = re.compile(r"\b[a-z]{5,}\b")
_ENDING = 3
_SYLLABLES = ("bar", "den", "for", "gal", "hol", "kes", "lan", "mor", "nev", "ral", "sten", "tor", "vik")
# Capitalised words that stay what they are: the dates and what tells a person from a body.
_KEPT_NAMES = re.compile(
    r"January|February|March|April|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|"
    r"Thurs|Fri|Satur|Sun)day|President|Prime|Minister|Secretary|General|Court|Senate|House|Party|Department"
)

Paragraphs = list[list[str]]  # the sentences of each


@dataclass(frozen=True, slots=True)
class Report:
    """An invented article. ``published`` is an ISO date."""

    outlet: str
    published: str
    title: str
    text: str


def reports(n: int, seed: int = 1) -> Iterator[Report]:
    """``n`` reports on events of one to :data:`MOST_REPORTS` each; the same ones for the same ``seed``."""
    rng = random.Random(seed)
    stories = _stories()
    endings = _endings(stories)
    made = event = 0
    while made < n:
        names: dict[str, str] = {}
        story = stories[event % len(stories)]
        first = date(2024, 1, 1) + timedelta(days=event // 3)
        outlets = rng.sample(range(OUTLETS), rng.randint(1, MOST_REPORTS))
        for outlet in outlets[: n - made]:
            paragraphs = [[s for s in sentences if rng.random() < _KEPT] for sentences in story]
            while sum(len(s.split()) for sentences in paragraphs for s in sentences) < WORDS:
                paragraphs.append(list(rng.choice(rng.choice(stories))))
            told = [" ".join(_retold(s, names, endings, rng) for s in p) for p in paragraphs if p]
            title, *body = told
            day = (first + timedelta(days=rng.randint(0, 2))).isoformat()
            yield Report(f"Outlet {outlet + 1}", day, title[:100], "\n\n".join(body))
            made += 1
        event += 1


def _stories() -> list[Paragraphs]:
    found = [item.article for item in read([folder("seeds"), folder("classroom") / "texts"]) if item.article]
    return [
        [_SENTENCE.split(line) for line in article.text.split("\n") if line.strip()]
        for article in sorted(found, key=lambda article: article.id)
    ]


def _endings(stories: list[Paragraphs]) -> dict[str, list[str]]:
    """The common words by their last letters."""
    words = {w for story in stories for p in story for s in p for w in _COMMON.findall(s)}
    held: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        held[word[-_ENDING:]].append(word)
    return held


def _retold(sentence: str, names: dict[str, str], endings: dict[str, list[str]], rng: random.Random) -> str:
    """``sentence`` with other names (the same one for the same one within an event), numbers and words."""

    def name(found: re.Match[str]) -> str:
        own = found.group()
        if not _KEPT_NAMES.fullmatch(own) and own not in names:
            names[own] = "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).capitalize()
        return names.get(own, own)

    def number(found: re.Match[str]) -> str:
        return str(rng.randint(1, 10 ** min(6, len(found.group()))))

    def word(found: re.Match[str]) -> str:
        own = found.group()
        return rng.choice(endings[own[-_ENDING:]]) if rng.random() < _CHANGED else own

    return _COMMON.sub(word, _NUMBER.sub(number, _NAME.sub(name, sentence)))
