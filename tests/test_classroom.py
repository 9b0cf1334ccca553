"""The logic of a lesson: settings, the demonstration set, steps and locks."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import tables
from framing.article import FramingError
from framing.classroom import (
    activities,
    demonstration,
    lesson,
    settings,
    stakeholders,
)
from framing.classroom.session import (
    MAX_ANSWER,
    MAX_ANSWERS,
    MAX_GROUPS,
    Answer,
    ClassSession,
    NotYet,
    new_code,
)


def no_study(name: str, article_ids: Sequence[str] | None = None, /) -> pd.DataFrame:
    return tables.get(name).frame([])


def no_texts() -> dict[str, str]:
    return {}


def a_lesson(activity: str, **changes: Any) -> lesson.Lesson:
    return lesson.build(replace(settings.default(activity), **changes), no_study, no_texts)


@pytest.fixture
def session() -> ClassSession:
    return ClassSession(a_lesson("blind_pair"), "BCDFG", now=0.0)


# Settings


@pytest.mark.parametrize("activity", activities.ACTIVITY_IDS)
def test_settings_come_back_as_they_were_written(activity: str) -> None:
    before = settings.default(activity)
    assert settings.parse(settings.dump(before)) == before
    assert [step.id for step in before.walk] == list(before.steps)


@given(subject=st.text(max_size=100), sentence=st.text(max_size=100), seed=st.integers(0, 1000))
def test_any_wording_comes_back(subject: str, sentence: str, seed: int) -> None:
    sentence = sentence.replace("____", "") + "____"
    before = replace(settings.default("swap_the_verb"), subject=subject, sentence=sentence, seed=seed)
    encodable = dump_or_none(before)
    if encodable is not None:
        assert settings.parse(encodable) == before


def dump_or_none(what: settings.Settings) -> str | None:
    text = settings.dump(what)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair is no text
        return None
    return text


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('steps = ["class", "read"]', "in this order"),
        ("steps = []", "in this order"),
        ('layers = ["lies"]', "expected some of"),
        ("seed = -1", "whole number 0 to"),
        ("seed = true", "whole number"),
        ("colour = 1", "unknown field colour"),
        ('texts = ["a", "a"]', "none twice"),
        ('names = " "', "must not be empty"),
        ("subject = 3", "must be a text"),
        ("[wording]\nrea = 'x'", "unknown rea"),
        ("[scale]\nlow = 9", "whole number 0 to 1"),
        ("x = [", "is no TOML"),
        ("wording = 1", "must be a table"),
    ],
)
def test_a_mistake_in_the_settings_is_named(line: str, complaint: str) -> None:
    with pytest.raises(FramingError, match=complaint):
        settings.parse(f'activity = "blind_pair"\n{line}\n', "mine.toml")


def test_settings_of_no_activity_and_of_any_length_are_refused() -> None:
    with pytest.raises(FramingError, match="expected one of blind_pair"):
        settings.parse('activity = "quiz"')
    with pytest.raises(FramingError, match="at most"):
        settings.parse('activity = "blind_pair"\n#' + "x" * 70_000)


def test_what_a_file_leaves_out_is_as_it_is_shipped() -> None:
    found = settings.parse('activity = "blind_pair"\nseed = 7\n[wording]\ntalk = "Why?"')
    shipped = settings.default("blind_pair")
    assert found == replace(shipped, seed=7, wording={**shipped.wording, "talk": "Why?"})
    assert found.digest != shipped.digest


@pytest.mark.parametrize("activity", activities.ACTIVITIES, ids=lambda a: a.id)
def test_every_judgement_is_collected_before_anything_is_shown(activity: activities.Activity) -> None:
    shown = [bool(step.shows) for step in activity.steps]
    first = shown.index(True)
    judgements = [step.id for step in activity.steps if step.collects and not step.shows]
    assert judgements == [step.id for step in activity.steps[:first]]
    order = ["class", "tool", "names"]
    levels = [max((order.index(s) for s in step.shows), default=-1) for step in activity.steps]
    assert levels == sorted(levels), "what was shown once must not be hidden at a later step"


# The demonstration set


@pytest.mark.parametrize("name", ["ferry", "phones"])
def test_demonstration_is_three_texts_of_three_outlets_marked_by_hand(name: str) -> None:
    event = demonstration.get(name)
    texts = [demonstration.text(t) for t in event.texts]
    assert len({t.outlet for t in texts}) == 3
    for text in texts:
        assert text.hand
        assert all(m.span.of(text.text).strip() for m in text.hand)
        assert all(m.notes[-1] == "marked by hand" and m.notes[0] for m in text.hand)
        assert {m.layer for m in text.hand} >= {"quote", "reported", "cue", "hedge"}
        assert len({m.id for m in text.hand}) == len(text.hand)
    for who in event.stakeholders:
        codes = event.codes[stakeholders.parse(who).name]
        assert len(codes) == 3
        assert set(codes) <= set(stakeholders.CODES)
    for fact, words in event.facts:
        assert any(words), fact
        for text, carried in zip(texts, words, strict=True):
            if carried:
                demonstration.place(text.text, carried)


def test_every_hand_mark_belongs_to_a_text() -> None:
    texts = {t for e in demonstration.events().values() for t in e.texts}
    assert {row["text"] for row in demonstration._rows()} == texts


def test_demonstration_texts_are_what_the_reader_makes_of_the_files() -> None:
    from framing.read import read
    from framing.resources import folder

    found = {i.article.id: i.article for i in read([folder("classroom") / "texts"]) if i.article}
    for event in demonstration.events().values():
        for name in event.texts:
            text = demonstration.text(name)
            article = found[text.article_id]
            assert (text.text, text.title, text.byline) == (article.text, article.title, article.byline)
            assert (text.outlet, text.published) == (article.outlet, article.published)


def test_unknown_events_and_texts_are_named() -> None:
    with pytest.raises(FramingError, match="known: ferry, phones"):
        a_lesson("blind_pair", event="demonstration:boat")
    with pytest.raises(FramingError, match="has no event 'e9'"):
        a_lesson("blind_pair", event="e9")
    with pytest.raises(FramingError, match="has no text nobody"):
        a_lesson("blind_pair", texts=("nobody",))
    with pytest.raises(FramingError, match="needs 2 texts"):
        a_lesson("blind_pair", texts=("ferry_courier",))


# Steps and locks

MARK = Answer("mark", "axes", "t1", None, "t1", "loaded", 0, 4)


def go(session: ClassSession, step: str) -> ClassSession:
    while session.step.id != step:
        session.forward()
    return session


def test_answers_are_locked_once_they_are_sent(session: ClassSession) -> None:
    one = session.join()
    session.draft(one, "read", [MARK])
    session.draft(one, "read", [])
    session.send(one, "read", [MARK])
    for again in (session.send, session.draft):
        with pytest.raises(FramingError, match="locked"):
            again(one, "read", [])
    assert session.own(one, "read") == (MARK,)
    assert session.n_sent("read") == 1


def test_a_draft_is_sent_as_it_stands_when_the_teacher_goes_on(session: ClassSession) -> None:
    one, two = session.join(), session.join()
    session.draft(one, "read", [MARK])
    session.forward()
    assert session.is_sent(one, "read")
    assert not session.is_sent(two, "read")


def test_no_answer_is_given_out_before_the_class_is_shown(session: ClassSession) -> None:
    one, two = session.join(), session.join()
    session.send(one, "read", [MARK])
    assert session.own(two, "read") == ()
    for step in ("read", "commit"):
        go(session, step)
        for asked in (session.names, session.results, lambda: session.pooled("read")):
            with pytest.raises(NotYet):
                asked()
    go(session, "class")
    assert session.pooled("read") == {1: (MARK,)}
    with pytest.raises(NotYet):
        session.names()
    go(session, "marks")
    with pytest.raises(NotYet):
        session.names()
    assert {t.outlet for t in go(session, "names").names().values()} == {"Ellery Courier", "Coastline Daily"}


def test_what_was_closed_stays_closed_when_the_teacher_goes_back(session: ClassSession) -> None:
    one = session.join()
    go(session, "class")
    session.back()
    assert session.step.id == "commit"
    with pytest.raises(FramingError, match="closed"):
        session.send(one, "commit", [Answer("outlet", "the same outlet")])
    with pytest.raises(NotYet):
        session.pooled("commit")


def test_steps_end_where_they_end(session: ClassSession) -> None:
    session.back()
    assert session.position == (1, 6)
    for _ in range(20):
        session.forward()
    assert session.position == (6, 6)


@pytest.mark.parametrize(
    ("step", "answers", "complaint"),
    [
        ("commit", [MARK], "closed"),
        ("nowhere", [MARK], "closed"),
        ("read", [MARK] * (MAX_ANSWERS + 1), "at most"),
        ("read", [Answer("mark", "x" * (MAX_ANSWER + 1))], "longer"),
        ("read", [Answer("mark", "x", item="x" * (MAX_ANSWER + 1))], "longer"),
    ],
)
def test_what_cannot_be_sent_is_refused(
    session: ClassSession, step: str, answers: list[Answer], complaint: str
) -> None:
    token = session.join()
    with pytest.raises(FramingError, match=complaint):
        session.send(token, step, answers)
    assert session.n_sent(step) == 0


def test_strangers_and_a_crowd_are_refused(session: ClassSession) -> None:
    with pytest.raises(FramingError, match="not known"):
        session.send("guess", "read", [MARK])
    assert session.own("guess", "read") == ()
    tokens = [session.join() for _ in range(MAX_GROUPS)]
    assert len(set(tokens)) == MAX_GROUPS
    assert all(token.isalnum() for token in tokens)  # they stand in the keys of components
    assert [session.number(t) for t in tokens] == list(range(1, MAX_GROUPS + 1))
    with pytest.raises(FramingError, match="share a device"):
        session.join()


def test_many_threads_lose_no_answer(session: ClassSession) -> None:
    def group() -> None:
        token = session.join()
        session.send(token, "read", [MARK])

    threads = [threading.Thread(target=group) for _ in range(MAX_GROUPS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.n_groups == session.n_sent("read") == MAX_GROUPS
    assert sorted(go(session, "class").pooled("read")) == list(range(1, MAX_GROUPS + 1))


def test_a_class_is_forgotten_after_its_day_and_codes_do_not_repeat(session: ClassSession) -> None:
    assert not session.old(3600)
    assert session.old(7 * 3600)
    assert len({new_code() for _ in range(200)}) > 190


def test_the_list_of_stakeholders_is_fixed_once_a_group_has_ticked() -> None:
    session = ClassSession(a_lesson("who_is_missing"), "BCDFG", 0.0)
    one, two = session.join(), session.join()
    session.send(one, "list", [Answer("list", "Nurses", "Nurses"), Answer("list", "Boats", "Boats")])
    session.send(two, "list", [Answer("list", "nurses", "nurses")])
    assert session.proposals() == ["Nurses", "Boats"]
    session.forward()
    session.choose_stakeholders(["Nurses", "Nurses", "x" * 90])
    assert session.stakeholders == ("Nurses", "x" * 60)
    session.send(one, "tick", [Answer("tick", "quoted", "Nurses", 2.0, "t1")])
    with pytest.raises(FramingError, match="fixed"):
        session.choose_stakeholders(["Boats"])
