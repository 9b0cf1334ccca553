"""Handouts: what is printed for students, what for the teacher, and what opens a class to a network."""

from __future__ import annotations

import asyncio
import html.parser
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from framing.article import FramingError
from framing.classroom import handouts, lesson, settings, sources
from framing.classroom.activities import ACTIVITY_IDS
from framing.study import Study
from framing_dashboard.classroom import opening
from tests.dashboard_studies import HOSTILE, hostile_samples, make
from tests.test_classroom import a_lesson

NAMES = ("Ellery Courier", "Coastline Daily", "Tarn Valley", "Edmund Sorley", "Petra Vance", "Hanne Brook")


class Parsed(html.parser.HTMLParser):
    """The words and the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.links = "", set[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [str(v) for name, v in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("activity", ACTIVITY_IDS)
def test_the_sheet_has_no_name_and_the_key_has_all(activity: str) -> None:
    made = a_lesson(activity)
    sheet, key = handouts.sheet(made), handouts.key(made)
    assert [name for name in NAMES if name.lower() in sheet.lower()] == []
    for text in made.originals:
        assert text.outlet in key
        assert text.byline in key
    assert "Not for the class" in key
    assert all(step.title in key for step in made.settings.walk)


@pytest.mark.parametrize("activity", ["blind_pair", "who_is_missing"])
def test_the_sheet_has_the_texts_whole(activity: str) -> None:
    made = a_lesson(activity)
    seen = re.sub(r"\s+", " ", Parsed(handouts.sheet(made)).words)
    for text in made.shown:
        for _, span in text.paragraphs:
            assert re.sub(r"\s+", " ", span.of(text.text)) in seen


def test_the_sheet_of_verbs_has_gaps_and_the_key_their_verbs() -> None:
    made = a_lesson("swap_the_verb")
    gaps = handouts._gaps(made)
    assert 5 <= len(gaps) <= handouts.MAX_GAPS
    assert len({gap.blank for gap in gaps}) == len(gaps)
    key = Parsed(handouts.key(made)).words
    for gap in gaps:
        assert gap.printed in key
    assert Parsed(handouts.sheet(made)).words.count("______________") >= len(gaps)


def test_other_wording_and_scale_are_printed() -> None:
    made = a_lesson(
        "blind_pair",
        subject="the mayor",
        scale=settings.Scale(0, 3, "never", "always"),
        names="Text",
    )
    words = Parsed(handouts.sheet(made)).words
    assert "friendlier to the mayor" in words
    assert "Text 2" in words
    assert "never" in words
    assert "very sure" not in words


@pytest.mark.parametrize("activity", ACTIVITY_IDS)
def test_hostile_texts_are_printed_as_they_are(activity: str, tmp_path: Path) -> None:
    study = Study.open(make(tmp_path / "s", hostile_samples()[:5], label=HOSTILE[0]))
    found = sources.event("e1", study.table, study.texts)
    chosen = settings.parse(f'activity = "{activity}"\nevent = "e1"\ntexts = []\nsentence = "A ____ b"\n')
    made = lesson.arrange(chosen, found)
    for page in (handouts.sheet(made), handouts.key(made)):
        parsed = Parsed(page)
        assert parsed.tags.isdisjoint({"script", "img", "svg", "iframe", "form", "link", "object"})
        assert parsed.links == []
        assert "default-src 'none'" in page


def test_a_page_fits_any_paper() -> None:
    page = handouts.sheet(a_lesson("who_is_missing"))
    (rule,) = re.findall(r"@page \{[^}]*\}", page)
    assert "size" not in rule


def test_the_command_writes_sheet_key_and_settings(
    framing: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    study = make(tmp_path / "study", [])
    done = framing("handout", study, "--lesson", "rank_headlines", "--out", "paper", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (tmp_path / "paper").iterdir()) == sorted(
        [handouts.SHEET, handouts.KEY, "settings.toml"]
    )
    again = framing("handout", study, "--lesson", "paper/settings.toml", "--out", "again", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    for name in (handouts.SHEET, handouts.KEY, "settings.toml"):
        assert (tmp_path / "paper" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    wrong = framing("handout", study, "--lesson", "quiz", "--out", "x", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "quiz cannot be read" in wrong.stderr


# A class network


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (opening.KEY_VARIABLE, opening.SETTINGS_VARIABLE, opening.ADDRESS_VARIABLE):
        monkeypatch.setenv(name, "")


def test_opening_to_a_network_is_warned_of_and_gives_a_new_key(unset: None) -> None:
    opening.begin("http://192.168.1.5:8501", None)
    first = os.environ[opening.KEY_VARIABLE]
    lines = list(opening.messages("http://192.168.1.5:8501", "192.168.1.5", False))
    assert "Students open http://192.168.1.5:8501 " in lines[0]
    assert f"/?teacher={first}" in lines[1]
    assert "Warning" in lines[2]
    assert "no log-in and nothing is encrypted" in lines[2]
    opening.begin("http://192.168.1.5:8501", None)
    assert os.environ[opening.KEY_VARIABLE] != first
    assert len(first) >= 16
    opening.leave()
    assert opening.KEY_VARIABLE not in os.environ


def test_a_class_on_this_machine_is_said_to_be_alone(unset: None) -> None:
    opening.begin("http://127.0.0.1:8501", None)
    lines = list(opening.messages("http://127.0.0.1:8501", "127.0.0.1", True))
    assert not any("Warning" in line for line in lines)
    every = list(opening.messages("http://127.0.0.1:8501", "0.0.0.0", False))
    assert "<this machine's address>" in every[0]


def test_a_crowd_is_turned_away_and_places_are_given_back() -> None:
    inside: list[asyncio.Event] = []
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        leave = asyncio.Event()
        inside.append(leave)
        await leave.wait()

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def crowd() -> None:
        door = opening.Door(app)
        visits = [
            asyncio.create_task(door({"type": "websocket"}, receive, send))
            for _ in range(opening.MAX_VISITORS)
        ]
        await asyncio.sleep(0)
        await door({"type": "websocket"}, receive, send)
        assert sent == [{"type": "websocket.close", "code": 1013}]
        inside[0].set()
        await asyncio.sleep(0.01)
        visits.append(asyncio.create_task(door({"type": "websocket"}, receive, send)))
        await asyncio.sleep(0.01)
        assert len(sent) == 1
        for leave in inside:
            leave.set()
        await asyncio.gather(*visits)
        assert door.inside == 0

    asyncio.run(crowd())


def test_settings_are_read_before_the_server_starts(
    framing: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    study = make(tmp_path / "study", [])
    (tmp_path / "bad.toml").write_text('activity = "quiz"\n', "utf-8")
    done = framing("dashboard", study, "--classroom", "--settings", "bad.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert "expected one of blind_pair" in done.stderr
    with pytest.raises(FramingError, match="cannot be read"):
        settings.load(tmp_path / "none.toml")
