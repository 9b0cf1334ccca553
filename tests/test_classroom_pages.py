"""The four activities walked through, screen by screen, by a teacher and two groups."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import framing_dashboard
from framing.classroom.session import ClassSession
from framing_dashboard.classroom import opening
from framing_dashboard.classroom.hub import hub
from framing_dashboard.serving import STUDY_VARIABLE
from tests.classroom_studies import OUTLETS, fifty
from tests.dashboard_studies import HOSTILE, hostile_samples, make

APP = Path(framing_dashboard.__file__).with_name("app.py")
NAMES = ("Ellery Courier", "Coastline Daily", "Tarn Valley", "Edmund Sorley", "Petra Vance", "Hanne Brook")
FILLED_IN = ("radio", "multiselect", "text_input", "text_area", "selectbox", "number_input")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (opening.KEY_VARIABLE, opening.SETTINGS_VARIABLE, opening.ADDRESS_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(STUDY_VARIABLE, os.environ.get(STUDY_VARIABLE, ""))
    yield
    for session in hub().running():
        hub().end(session.code)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("empty") / "study", [])


def opened(study: Path, **params: str) -> AppTest:
    os.environ[STUDY_VARIABLE] = str(study)
    test = AppTest.from_file(str(APP), default_timeout=60).run()
    if opening.KEY_VARIABLE not in os.environ:
        test.switch_page("app_pages/classroom.py")
    for name, value in params.items():
        test.query_params[name] = value
    return checked(test.run())


def checked(test: AppTest) -> AppTest:
    assert not test.exception
    return test


def button(test: AppTest, label: str) -> Any:
    return next(b for b in test.button if b.label == label)


def press(test: AppTest, label: str) -> AppTest:
    button(test, label).click()
    return checked(test.run())


def everything(test: AppTest) -> str:
    """All that the page was given, as the browser gets it."""
    return "\n".join(repr(element.proto) for element in test.main)


def begin(study: Path, activity: str, event: str = "") -> tuple[AppTest, ClassSession]:
    test = opened(study)
    test.radio(key="activity").set_value(activity)
    checked(test.run())
    if event:
        test.selectbox(key="lesson event").set_value(event)
        checked(test.run())
    press(test, "Begin the lesson")
    return test, hub().running()[0]


def group(study: Path, session: ClassSession) -> AppTest:
    return opened(study, **{"class": session.code})


def step(test: AppTest) -> str:
    return str(test.title[0].value)


def follow(*tests: AppTest) -> None:
    for test in tests:
        checked(test.run())


def token_of(test: AppTest) -> str:
    value = test.query_params["group"]
    return str(value if isinstance(value, str) else value[0])


def mark(test: AppTest, text: str, words: str, kind: str = "loaded") -> None:
    token = token_of(test)
    test.radio(key=f"{token} layer").set_value(kind)
    test.selectbox(key=f"{token} typed text").set_value(text)
    test.text_input(key=f"{token} typed words").set_value(words)
    press(test, "Mark these words")


def pick(test: AppTest, **values: Any) -> None:
    token = token_of(test)
    for name, value in values.items():
        key = f"{token} {name.replace('_', ' ')}"
        widgets = (w for kind in FILLED_IN for w in test.get(kind))
        found = next(w for w in widgets if w.key == key)
        found.set_value(value)


def unnamed(*tests: AppTest) -> None:
    for test in tests:
        seen = everything(test)
        assert [name for name in NAMES if name in seen] == []


def test_blind_pair(empty: Path) -> None:
    teacher, session = begin(empty, "blind_pair")
    one, two = group(empty, session), group(empty, session)
    assert step(teacher) == step(one) == "Read and mark"
    texts = {t.title.split()[0]: t for t in session.lesson.shown}
    axes = texts["Council"].key
    mark(one, axes, "axes")
    mark(one, axes, "nowhere in it")
    assert "does not stand in" in one.error[0].value
    mark(two, axes, "axes")
    mark(two, axes, "claimed", "cue")
    for _ in range(5):
        mark(one, axes, "stranded")
    assert [a.answer for a in session.own(session.tokens()[0], "read")] == ["axes", "stranded"]
    follow(two)
    assert "stranded** – Loaded" not in "\n".join(m.value for m in two.markdown)
    press(one, "Send our marks")
    assert "locked" in one.success[0].value
    unnamed(teacher, one, two)
    press(teacher, "Next step")
    follow(one, two)
    assert step(two) == "Commit"
    press(one, "Send and lock")
    assert "Answer every question" in one.error[0].value
    pick(one, outlet="different outlets", friendly=axes, sure=4, evidence=["0"])
    press(one, "Send and lock")
    pick(two, outlet="the same outlet", friendly="neither", sure=2, evidence=["0"])
    press(two, "Send and lock")
    follow(teacher, one)
    assert "●" not in everything(teacher) + everything(one)
    unnamed(teacher, one, two)
    for name, seen in (
        ("The class", "2 of 2 groups"),
        ("The marks", "harder word"),
        ("The names", ""),
    ):
        press(teacher, "Next step")
        follow(one, two)
        assert step(one) == step(teacher) == name
        for test in (teacher, one):
            assert seen in everything(test)
        if name != "The names":
            unnamed(teacher, one, two)
    assert "Coastline Daily" in everything(one)
    press(teacher, "Next step")
    assert "alpha" in everything(teacher)


def test_swap_the_verb(empty: Path) -> None:
    teacher, session = begin(empty, "swap_the_verb", "demonstration:phones")
    one, two = group(empty, session), group(empty, session)
    pick(one, verb="claimed")
    press(one, "Send and lock")
    press(teacher, "Next step")
    follow(one, two)
    shown = [next(h.value for h in t.get("html") if "class-sentence" in h.value) for t in (one, two)]
    assert shown[0] != shown[1]
    assert "____" not in shown[0]
    pick(one, rating=6)
    press(one, "Send and lock")
    assert one.selectbox[0].label == "Try the other verbs"
    press(teacher, "Next step")
    assert "Printed was: **explained**" in "\n".join(m.value for m in teacher.markdown)
    press(teacher, "Next step")
    follow(two)
    assert "claimed (doubting)" in everything(two)
    unnamed(teacher, one, two)
    press(teacher, "Next step")
    press(teacher, "Next step")
    follow(one, two)
    pick(one, headline="School slammed for phones")
    press(one, "Send and lock")
    assert "slammed" in everything(one)
    follow(two, teacher)
    assert "School slammed" not in everything(two)
    assert "School slammed" in everything(teacher)


def test_rank_the_headlines(empty: Path) -> None:
    teacher, session = begin(empty, "rank_headlines")
    one, two = group(empty, session), group(empty, session)
    token = session.tokens()[0]
    next(b for b in one.button if b.key == f"{token} down t1").click()
    checked(one.run())
    assert [a.item for a in session.own(token, "rank")] == ["t2", "t1", "t3"]
    press(one, "Send and lock")
    press(two, "Send and lock")
    unnamed(teacher, one, two)
    press(teacher, "Next step")
    follow(one)
    assert "alpha is" in everything(one)
    press(teacher, "Next step")
    follow(one)
    assert "axes, strands" in everything(one)
    unnamed(teacher, one, two)
    press(teacher, "Next step")
    follow(one)
    assert "Coastline Daily" in everything(one)


def test_who_is_missing(empty: Path) -> None:
    teacher, session = begin(empty, "who_is_missing")
    one, two = group(empty, session), group(empty, session)
    pick(one, proposals="fishers\nnight nurse")
    press(one, "Send and lock")
    press(teacher, "Next step")
    teacher.multiselect(key="stakeholders ticked").set_value(["council leader", "night nurse"])
    follow(teacher)
    assert session.stakeholders == ("council leader", "night nurse")
    follow(one, two)
    for test in (one, two):
        press(test, "Send and lock")
        assert "for everybody" in test.error[0].value
        for who in session.stakeholders:
            pick(test, **{f"code {who}": "quoted", f"first {who}": 3})
        press(test, "Send and lock")
    unnamed(teacher, one, two)
    press(teacher, "Next step")
    follow(one)
    seen = everything(one)
    assert "≠ class: quoted (1 of 1); marks: not found" in seen
    assert "quoted (1 of 1)" in seen
    first = session.lesson.shown[0]
    teacher.selectbox(key="corrected who").set_value("night nurse")
    teacher.selectbox(key="corrected code").set_value("mentioned")
    press(teacher, "Correct")
    assert "(corrected)" in everything(teacher)
    teacher.selectbox(key="cell opened").set_value(f"council leader – {first.name}")
    follow(teacher)
    assert "Lindqvist" in everything(teacher)
    unnamed(teacher, one, two)
    press(teacher, "Next step")
    press(teacher, "Next step")
    follow(one)
    pick(one, fact=session.lesson.facts[0].text, sentence="It is so.", why="It matters.")
    press(one, "Send and lock")
    assert "It is so." in everything(one)
    press(teacher, "Next step")
    assert "no agency credited" in everything(teacher)


def test_a_teacher_enters_sheets_of_paper(empty: Path) -> None:
    teacher, session = begin(empty, "swap_the_verb")
    for n in (1, 2):
        press(teacher, "Add a group")
        teacher.selectbox(key="sheet of").set_value(f"Group {n}")
        checked(teacher.run())
        teacher.radio(key=f"{session.tokens()[n - 1]} verb").set_value("said")
        press(teacher, "Send and lock")
    assert session.n_sent("predict") == 2


def test_ending_a_lesson_forgets_it(empty: Path) -> None:
    teacher, session = begin(empty, "blind_pair")
    student = group(empty, session)
    teacher.checkbox(key="sure to end").check()
    checked(teacher.run())
    press(teacher, "End the lesson")
    assert hub().get(session.code) is None
    assert step(teacher) == "Which exercise fits my lesson?"
    follow(student)
    assert "has ended" in student.warning[0].value


def test_a_class_that_is_open_to_a_network_shows_students_one_page(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(opening.KEY_VARIABLE, "secret")
    monkeypatch.setenv(opening.ADDRESS_VARIABLE, "http://127.0.0.1:1")
    for wrong in ({}, {"teacher": "guess"}, {"teacher": ""}):
        student = opened(empty, **wrong)
        assert step(student) == "Join your class"
    teacher = opened(empty, teacher="secret")
    assert step(teacher) == "Which exercise fits my lesson?"
    assert "teacher" not in teacher.query_params
    press(teacher, "Begin the lesson")
    (session,) = hub().running()
    student.text_input(key="code typed").set_value("XXXXX")
    press(student, "Join")
    assert "no class with this code" in student.error[0].value
    student.text_input(key="code typed").set_value(session.code.lower())
    press(student, "Join")
    assert step(student) == "Read and mark"
    assert session.n_groups == 1


def test_settings_of_an_earlier_lesson_are_used(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'activity = "rank_headlines"\nnames = "Blatt"\n[wording]\nrank = "Order them."\n', "utf-8"
    )
    monkeypatch.setenv(opening.SETTINGS_VARIABLE, str(file))
    teacher = press(opened(empty), "Begin the lesson")
    seen = everything(teacher)
    assert "Blatt 1" in seen
    assert "Order them" in seen
    file.write_text("activity = 1", "utf-8")
    assert "expected one of" in opened(empty).error[0].value.replace("\\", "")


@pytest.mark.parametrize("activity", ["blind_pair", "swap_the_verb", "rank_headlines", "who_is_missing"])
def test_fifty_articles_keep_their_names_to_themselves(activity: str, tmp_path_factory: Any) -> None:
    study = tmp_path_factory.getbasetemp() / "fifty pages"
    if not study.exists():
        make(study, fifty(), label=f"{OUTLETS[0]} on the dam")
    teacher, session = begin(study, activity, "e3")
    student = group(study, session)
    while not session.shows("names"):
        seen = everything(teacher) + everything(student)
        assert [name for name in OUTLETS if name.lower() in seen.lower()] == []
        press(teacher, "Next step")
        follow(student)
    assert any(name in everything(student) for name in OUTLETS)


def test_hostile_texts_are_taught_as_they_are(tmp_path: Path) -> None:
    study = make(tmp_path / "s", hostile_samples()[:6], label=HOSTILE[0])
    teacher, session = begin(study, "blind_pair", "e1")
    student = group(study, session)
    for _ in range(5):
        press(teacher, "Next step")
        follow(student)
        drawn = "\n".join(str(block.value) for test in (teacher, student) for block in test.get("html"))
        assert not re.search(r"<(script|img|svg|iframe|form)\b", drawn)
