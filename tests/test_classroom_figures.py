"""The class in figures: agreement, the class beside the tool, what the teacher keeps."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import tables
from framing.article import Span
from framing.classroom import (
    demonstration,
    headlines,
    marking,
    results,
    settings,
    stakeholders,
    verbs,
)
from framing.classroom.agreement import among, by_item, explain
from framing.classroom.marking import Labelled
from framing.classroom.session import (
    Answer,
    ClassSession,
    NotYet,
)
from framing.sample.alpha import Level
from tests.test_classroom import MARK, a_lesson, go


@pytest.fixture
def session() -> ClassSession:
    return ClassSession(a_lesson("blind_pair"), "BCDFG", now=0.0)


# Agreement


def test_alpha_of_a_published_example() -> None:
    """Krippendorff (2011), example C: four observers, twelve units, missing values."""
    rows = ("123321412   ", "1233224125 3", " 3332342251 ", "12332441251 ")
    groups = {
        str(n): {unit: float(value) for unit, value in enumerate(row) if value != " "}
        for n, row in enumerate(rows)
    }
    levels: tuple[Level, ...] = ("nominal", "ordinal", "interval")
    found = [among(by_item(groups), level) for level in levels]
    assert found == pytest.approx([0.743, 0.815, 0.849], abs=0.0005)


def test_alpha_says_nothing_where_there_is_nothing_to_say() -> None:
    assert among([]) is None
    assert among([[]]) is None
    assert among([[1.0], [1.0]]) is None
    assert "cannot be computed" in explain(None)
    assert "tentative" in explain(0.7)
    assert "chance" in explain(-0.2)
    assert by_item({"a": {"x": 1.0, "y": 2.0}, "b": {"y": 3.0}}) == [[1.0, 2.0], [None, 3.0]]


# The class beside the tool


def labelled(text: Any, *words: str, layer: str = "loaded") -> list[Labelled]:
    return [Labelled(text.key, demonstration.place(text.text, w), layer) for w in words]


def test_the_class_and_the_marks_are_counted_phrase_by_phrase() -> None:
    made = a_lesson("blind_pair")
    (text,) = [t for t in made.shown if "axes" in t.title]
    marked = {
        "1": labelled(text, "axes", "the pause"),
        "2": labelled(text, "Council axes night"),
        "3": [],
    }
    found = marking.compare(marked, made.shown, "hand", ("loaded",))
    of = {r.words: (r.groups, r.side) for r in found if r.text == text.key}
    assert of["Council axes night"] == (2, "both")
    assert of["the pause"] == (1, "class only")
    assert of["stranded"] == (0, "tool only")
    reasons = {r.words: r.reason for r in found}
    assert "harder word" in reasons["Council axes night"]
    assert reasons["the pause"] == marking.PASSED_OVER_BY_HAND
    (row,) = marking.agreement(marked, made.shown, "hand", ("loaded",))
    n_marks = sum(m.layer == "loaded" for t in made.shown for m in t.marks("hand"))
    assert (row.n_class, row.n_tool) == (2, n_marks)
    assert row.class_found_by_tool == 1 / 2
    assert row.tool_found_by_class == pytest.approx(1 / n_marks)
    assert row.alpha_groups is not None
    assert row.alpha_groups < 0.5


def test_an_empty_class_agrees_on_nothing() -> None:
    made = a_lesson("blind_pair")
    (row,) = marking.agreement({}, made.shown, "hand", ("hedge",))
    assert (row.n_class, row.class_found_by_tool, row.alpha_groups) == (0, None, None)
    assert row.tool_found_by_class == 0


def test_a_gap_stands_where_a_verb_can_be_swapped() -> None:
    made = a_lesson("swap_the_verb")
    gap = made.gap
    assert gap is not None
    assert gap.filled(gap.printed) in made.text(gap.text).text
    assert gap.blank.count("____") == 1
    assert gap.printed in verbs.bank(("said",), gap)
    own = a_lesson("swap_the_verb", sentence="The mayor ____ that it rains.")
    assert own.gap == verbs.Gap("The mayor ", " that it rains.", "")


@given(seed=st.integers(0, 50), n=st.integers(1, 9))
def test_verbs_are_dealt_evenly(seed: int, n: int) -> None:
    bank = [f"v{i}" for i in range(n)]
    for turn in range(3):
        dealt = [verbs.deal(bank, turn * n + g, seed) for g in range(1, n + 1)]
        assert sorted(dealt) == sorted(bank)


def test_one_speaker_is_claimed_here_and_explained_there() -> None:
    made = a_lesson("swap_the_verb")
    of = dict(verbs.pattern(made.shown, "hand"))["Mara Lindqvist"]
    stances = {made.text(key).title[:7]: {s for _, s, _ in cues} for key, cues in of.items()}
    assert "doubting" in stances["Council"]
    assert "endorsing" in stances["Town sa"]
    assert stances["Night f"] == {"neutral"}


def test_headlines_are_described_not_judged() -> None:
    made = a_lesson("rank_headlines")
    found = {t.title: dict(headlines.features(t, "hand")) for t in made.shown}
    axes = found["Council axes night ferry and strands 800 islanders"]
    assert axes == {
        "first words": "Council axes",
        "words": "7",
        "numbers": "800",
        "loaded terms": "axes, strands",
    }
    assert "loaded terms" not in found["Night ferry to Tarn Island stops for six months"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Council axes half-empty night ferry", []),
        ("Ministers were not told of cuts", ["were not told (by whom is not said)"]),
        ("Three held; bridge closed by police in the north", ["closed by police in the"]),
        ("Bill is quickly passed by Senate", ["is quickly passed by Senate"]),
        ("He wanted, needed and used the boat", []),
    ],
)
def test_a_headline_in_the_passive_names_who_did_it_or_nobody(title: str, found: list[str]) -> None:
    assert headlines.passive_forms(title) == found


def test_means_have_an_interval_from_three_groups_on() -> None:
    assert headlines.mean_interval([1.0, 3.0]) == (2.0, None, None)
    mean, low, high = headlines.mean_interval([1.0, 2.0, 3.0])
    # Student's t with 2 degrees of freedom: 4.30 / sqrt(3)
    assert (mean, low, high) == (
        2.0,
        pytest.approx(2 - 2.4826, abs=0.001),
        pytest.approx(2 + 2.4826, abs=0.001),
    )


def test_the_matrix_by_the_marks_is_the_one_coded_by_hand() -> None:
    for event in ("ferry", "phones"):
        made = a_lesson("who_is_missing", event=f"demonstration:{event}")
        for who in made.stakeholders:
            for text in made.shown:
                found = stakeholders.found(who, text, "hand")
                assert found.code == made.codes[who.name][text.key], (who.name, text.name)
                assert all(place.of(text.text).strip() for place in found.places)


def test_a_majority_needs_to_lead() -> None:
    assert stakeholders.majority([]) == ("", 0, 0)
    assert stakeholders.majority(["quoted", "absent"]) == ("", 1, 2)
    assert stakeholders.majority(["quoted", "absent", "quoted"]) == ("quoted", 2, 3)


def test_each_group_reads_one_text_in_turn() -> None:
    made = a_lesson("who_is_missing")
    assert [made.for_group(n).key for n in range(1, 5)] == ["t1", "t2", "t3", "t1"]


# What is kept


def unzipped(session: ClassSession) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(results.archive(session))) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


def test_results_hold_every_answer_and_no_name_before_the_reveal(session: ClassSession) -> None:
    one, two = session.join(), session.join()
    session.send(one, "read", [MARK])
    session.send(two, "read", [replace(MARK, answer="=1+1")])
    session.forward()
    session.send(one, "commit", [Answer("friendly", "t2"), Answer("sure", "4", number=4.0)])
    with pytest.raises(NotYet):
        results.archive(session)
    session.forward()
    files = unzipped(session)
    rows = list(csv.DictReader(io.StringIO(files["class_results.csv"])))
    assert [(r["step"], r["group"], r["question"], r["answer"]) for r in rows] == [
        ("commit", "1", "friendly", "Paper 2"),
        ("commit", "1", "sure", "4"),
        ("read", "1", "mark", "axes"),
        ("read", "2", "mark", "'=1+1"),
    ]
    assert {r["outlet"] + r["article_id"] for r in rows} == {""}
    go(session, "names")
    rows = list(csv.DictReader(io.StringIO(unzipped(session)["class_results.csv"])))
    assert {r["outlet"] for r in rows if r["question"] == "mark"} == {session.lesson.originals[0].outlet}
    assert {r["value"] for r in rows if r["question"] == "sure"} == {"4.0"}


def test_the_codebook_describes_every_column_and_the_settings_repeat_the_lesson(
    session: ClassSession,
) -> None:
    files = unzipped(go(session, "class"))
    book = list(csv.DictReader(io.StringIO(files["codebook.csv"])))
    header = files["class_results.csv"].splitlines()[0].split(",")
    assert [row["column"] for row in book] == header == tables.CLASS_RESULTS.names
    assert all(row["description"] for row in book)
    assert settings.parse(files["settings.toml"]) == session.lesson.settings
    assert tomllib.loads(files["settings.toml"])["activity"] == "blind_pair"
    assert results.archive(session) == results.archive(session)


def test_nobody_is_asked_for_a_name() -> None:
    assert not [c for c in tables.CLASS_RESULTS.names if c in ("name", "student", "time", "sent_at", "token")]


@pytest.mark.parametrize("draw", [lambda s: s.lesson, lambda s: s.pooled], ids=["lesson", "pooled"])
def test_tokens_stay_out_of_what_is_drawn(session: ClassSession, draw: Callable[[ClassSession], Any]) -> None:
    token = session.join()
    go(session, "class")
    assert token not in repr(draw(session))
    assert token not in unzipped(session)["class_results.csv"]


def test_a_span_inside_a_placeholder_is_no_loss() -> None:
    made = a_lesson("blind_pair")
    (text,) = [t for t in made.shown if "axes" in t.title]
    place = demonstration.place(text.text, text.name)
    back = text.cut.to_original(Span(place.start + 1, place.start + 2))
    (original,) = [t for t in made.originals if "axes" in t.title]
    assert back.of(original.text) == "Coastline Daily"
