"""What the pages show, against figures counted by hand on small studies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from framing import tables
from framing.study import Study
from framing_dashboard.data import Data, stamp_of
from framing_dashboard.view import View
from framing_dashboard.views import marks, omissions, outlets, overview, reading, voices, words
from tests.dashboard_studies import PAIR, Quote, Sample, make


def opened(folder: Path, samples: Sequence[Sample] = PAIR) -> Study:
    return Study.open(make(folder / "study", samples))


def read(study: Study, *ids: str) -> list[reading.Reading]:
    names = ("articles", "paragraphs", "quotes", "terms", "evidence")
    return reading.readings(View("e1", ids), {n: study.table(n) for n in names}, study.texts())


def test_events_that_most_outlets_report_come_first(tmp_path: Path) -> None:
    samples = [Sample(f"x{i}", "One", f"T{i}", event="many") for i in range(3)]
    study = opened(tmp_path, [*samples, *PAIR])
    rows = overview.event_rows(study.table("events"), study.table("articles"))
    assert [(r["event_id"], r["articles"], r["outlets"]) for r in rows] == [
        ("e1", 2, 2),
        ("many", 3, 1),
        ("e2", 1, 1),
    ]


def test_outlets_without_a_name_are_counted_apart(tmp_path: Path) -> None:
    study = opened(tmp_path, [Sample("u1", event="e"), Sample("u2", body="Other.", event="e")])
    (row,) = overview.event_rows(study.table("events"), study.table("articles"))
    assert row["outlets"] == 2


def test_headlines_stand_in_order_of_publication_undated_last(tmp_path: Path) -> None:
    early = replace(PAIR[0], id="a0", published="2024-05-01")
    study = opened(tmp_path, [*PAIR, early])
    rows = overview.headline_rows("e1", study.table("articles"), study.table("quotes"))
    assert [(r["article_id"], r["quotations"], r["speakers"]) for r in rows] == [
        ("a0", 2, 1),
        ("a1", 2, 1),
        ("a2", 1, 0),
    ]
    assert list(overview.timeline(rows)["published"]) == ["2024-05-01", "2024-05-09"]
    assert len(overview.timeline(rows[1:])) == 0


def test_coverage_needs_two_named_outlets(tmp_path: Path) -> None:
    study = opened(tmp_path / "a")
    assert overview.coverage(study.table("articles"), study.table("events")) == ([], [])
    study = opened(tmp_path / "b", [*PAIR, Sample("b1", "Courier", "Rain too", event="e2")])
    names, rows = overview.coverage(study.table("articles"), study.table("events"))
    assert names == ["The Post", "Courier"]
    cells = {r["event_id"]: [r[f"outlet:{n}"] for n in names] for r in rows}
    assert cells == {"e1": [1, None], "e2": [1, 1]}


def test_import_problems_come_rejected_first(tmp_path: Path) -> None:
    odd = replace(PAIR[0], warnings="two dates; no byline")
    study = Study.open(make(tmp_path / "study", [odd], rejected=["b.html"]))
    rows = overview.import_problems(study.table("import_report"), study.table("articles"))
    assert [(r["status"], r["reason"]) for r in rows] == [
        ("rejected", "no text was found"),
        ("warning", "no byline"),
        ("warning", "two dates"),
    ]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (View("e1"), ("a1", "a2")),
        (View("e1", ("a2",)), ("a2",)),
        (View("e1", ("a2", "gone")), ("a2",)),
        (View("e1", ("a2",), mark="a1.quote-1-2"), ("a1", "a2")),
        (View("e1", mark="gone.quote-1-2"), ("a1", "a2")),
    ],
)
def test_articles_are_those_asked_for_or_the_first_two(asked: View, given: tuple[str, ...]) -> None:
    settled = reading.settle(asked, [{"article_id": "a1"}, {"article_id": "a2"}])
    assert settled.articles == given
    assert settled.mark in ("", asked.mark)
    assert not settled.mark or settled.mark.split(".")[0] in given


def test_at_most_four_articles_stand_side_by_side() -> None:
    rows: list[dict[str, Any]] = [{"article_id": f"a{i}"} for i in range(6)]
    view = reading.settle(View("e", tuple(f"a{i}" for i in range(5))), rows)
    assert view.articles == ("a0", "a1", "a2", "a3")


def test_rev_changes_with_the_texts_and_not_with_the_choice(tmp_path: Path) -> None:
    study = opened(tmp_path)
    found = read(study, "a1", "a2")
    first = reading.payload(found, View("e1"))
    assert (
        first["rev"]
        == reading.payload(found, View("e1", hidden=("cue",), plain=True, mark="a1.x-1-2"))["rev"]
    )
    assert first["rev"] != reading.payload(found[:1], View("e1"))["rev"]


def test_findings_are_the_marks_in_order(tmp_path: Path) -> None:
    found = read(opened(tmp_path), "a1", "a2")
    frame = marks.mark_rows(found)
    assert list(frame["text"]) == [
        "regime",
        "may",
        "We will cut,",
        "said",
        "claimed",
        "it was late",
        "disaster",
        "disaster",
    ]
    loaded = marks.mark_rows(found, "loaded")
    assert list(zip(loaded["text"], loaded["voice"], strict=True)) == [
        ("regime", "outlet's own words"),
        ("disaster", "quoted words"),
    ]
    mark = frame["mark"].iloc[0]
    assert marks.describe(found, mark).startswith("The Post: Loaded term “regime”.")
    assert marks.describe(found, "a1.loaded-0-1") == ""


def test_counts_keep_the_reason_where_there_is_no_value(tmp_path: Path) -> None:
    study = opened(tmp_path)
    rows = marks.count_rows(read(study, "a1", "a2"), study.table("measures"), "all")
    by_name = {r["measure"]: r for r in rows}
    assert (by_name["length"]["a1"], by_name["length"]["a2"]) == (18.0, 14.0)
    assert by_name["loaded_terms"]["a1"] is None
    why = by_name["loaded_terms"]["why"]
    assert why == "18 words; at least 50 are needed"
    assert marks.not_measured(rows, ["a1", "a2"]) == {why: ["loaded_terms"]}


def passages(*cells: tuple[str, str, bool]) -> Any:
    return tables.get("passages").frame(
        {
            "event_id": "e1",
            "passage_id": p,
            "article_id": a,
            "covered": covered,
            "text": f"Text {p}",
            "similarity": 0.9 if covered else 0.2,
            "start": 0 if covered else None,
            "end": 4 if covered else None,
        }
        for p, a, covered in cells
    )


def test_what_only_one_of_the_texts_has(tmp_path: Path) -> None:
    found = read(opened(tmp_path), "a1", "a2")
    frame = passages(("p1", "a1", True), ("p1", "a2", True), ("p2", "a1", False), ("p2", "a2", True))
    rows = marks.only_in_one(found, frame)
    assert [(r["text"], r["outlet"], r["nearest"]) for r in rows] == [
        ("Text p2", "Outlet not stated (a2)", 0.2)
    ]
    assert marks.only_in_one(found[:1], frame) == []


def test_passages_in_most_reports_but_not_in_all_come_first(tmp_path: Path) -> None:
    study = opened(tmp_path)
    names = omissions.columns(study.table("articles"), "e1")
    assert names == {"a1": "The Post", "a2": "Outlet not stated (a2)"}
    frame = passages(("p1", "a1", True), ("p1", "a2", True), ("p2", "a1", False), ("p2", "a2", True))
    rows = omissions.passage_rows(frame, "e1", names)
    assert [(r["text"], r["in"], r["a1"], r["a2"]) for r in rows] == [
        ("Text p2", "1 of 2", "–", "●"),
        ("Text p1", "2 of 2", "●", "●"),
    ]
    (speaker,) = omissions.speaker_rows(study.table("quotes"), "e1", names)
    assert (speaker["speaker"], speaker["in"], speaker["a1"], speaker.get("a2")) == (
        "Ada Lovelace",
        "1 of 2",
        6,
        None,
    )


def test_reports_of_one_outlet_are_told_apart(tmp_path: Path) -> None:
    study = opened(tmp_path, [PAIR[0], replace(PAIR[0], id="b2", body="Later.", quotes=(), terms=())])
    assert omissions.columns(study.table("articles"), "e1") == {"a1": "The Post (a1)", "b2": "The Post (b2)"}


def test_speakers_have_their_words_and_unnamed_sources_come_last(tmp_path: Path) -> None:
    study = opened(tmp_path)
    own = voices.shares(voices.spoken(study.table("quotes")))
    rows = voices.speaker_rows(own)
    assert [(r["who"], r["quotations"], r["words"], r["outlets"], r["share"]) for r in rows] == [
        ("Ada Lovelace", 2, 6, 1, "86%"),
        ("Unnamed sources", 1, 1, 1, "14%"),
    ]
    names, matrix = voices.matrix(own)
    assert names == ["Outlet not stated (a2)", "The Post"]
    assert [[r[f"outlet:{n}"] for n in names] for r in matrix] == [[None, 6], [1, None]]
    assert [(r["name"], r["unnamed"], r["not_found"]) for r in voices.unnamed_rows(own)] == [
        ("Outlet not stated (a2)", "1 (100%)", "0 (0%)"),
        ("The Post", "0 (0%)", "0 (0%)"),
    ]
    outlets, roles = voices.role_rows(own)
    assert outlets == names
    assert [(r["role"], r["words"], r["share"]) for r in roles] == [("No role found", 7, "100%")]
    assert [(r["name"], r["cues"], r["doubting"], r["emotive"]) for r in voices.stance_rows(own)] == [
        ("Outlet not stated (a2)", 0, None, None),
        ("The Post", 2, "1 (50%)", None),
    ]
    assert [r["only"] for r in rows] == ["The Post", "Outlet not stated (a2)"]


def test_a_source_without_a_name_is_listed_under_what_it_is_called(tmp_path: Path) -> None:
    quote = Quote("yes", "an official", anonymous=True)
    study = opened(
        tmp_path, [Sample("s1", "Post", "T", 'An official said "yes" here.', "e1", quotes=[quote])]
    )
    own = voices.shares(voices.spoken(study.table("quotes")))
    (row,) = voices.speaker_rows(own)
    assert (row["who"], row["role"]) == ("an official", "name withheld")
    assert [r["unnamed"] for r in voices.unnamed_rows(own)] == ["1 (100%)"]
    (mark,) = read(study, "s1")[0].marks
    assert mark.title == "Quotation of an official"
    assert "name withheld: no reason given" in mark.notes


def test_every_quotation_of_a_speaker_leads_to_its_mark(tmp_path: Path) -> None:
    study = opened(tmp_path)
    rows = voices.quotation_rows(voices.spoken(study.table("quotes")), "Ada Lovelace")
    marks = {m.id for m in read(study, "a1")[0].marks}
    assert len(rows) == 2
    assert {r["mark"].removeprefix("a1.") for r in rows} <= marks


def test_many_outlets_share_a_last_column(tmp_path: Path) -> None:
    samples = [
        Sample(
            f"m{i:02d}",
            f"Outlet {i:02d}",
            "T",
            'Somebody said "yes" here.',
            "e1",
            quotes=[Quote("yes", "Ada")],
        )
        for i in range(11)
    ]
    names, rows = voices.matrix(voices.shares(voices.spoken(opened(tmp_path, samples).table("quotes"))))
    assert names[-1] == "3 other outlets"
    assert rows[0]["outlet:3 other outlets"] == 3


def comparison(**values: Any) -> dict[str, Any]:
    return {
        "measure": "hedges",
        "voice": "all",
        "outlet": "A",
        "reference": "others",
        "reprints": "included",
    } | values


def test_estimates_and_abstentions_are_kept_apart() -> None:
    frame = tables.get("comparisons").frame(
        [
            comparison(estimate=0.5, low=0.1, high=0.9),
            comparison(outlet="B", estimate=-2.0, low=-3.0, high=-1.0),
            comparison(outlet="C", why_none="2 events; at least 5 are needed"),
            comparison(outlet="D", why_none="2 events; at least 5 are needed"),
            comparison(measure="other", estimate=9.0, low=8.0, high=10.0),
        ]
    )
    assert [(r["outlet"], r["interval"]) for r in outlets.compared(frame, "hedges", "all")] == [
        ("B", "-3 to -1"),
        ("A", "0.1 to 0.9"),
    ]
    assert outlets.abstentions(frame, "hedges", "all") == [
        {"reason": "2 events; at least 5 are needed", "n": 2}
    ]


def test_names_for_one_thing_are_counted_by_outlet_and_voice() -> None:
    used = [
        ("War", "A", "outlet"),
        ("war", "A", "outlet"),
        ("war", "B", "quoted"),
        ("operation", "B", "outlet"),
    ]
    frame = tables.get("labels").frame(
        {
            "event_id": "e",
            "referent": "war",
            "article_id": f"a{n}",
            "outlet": o,
            "text": t,
            "voice": v,
            "start": n,
            "end": n + 1,
        }
        for n, (t, o, v) in enumerate(used)
    )
    assert words.referents(frame, "e") == ["war"]
    names, rows = words.label_rows(frame, "e", "war", "all")
    assert [(r["label"].lower(), r["outlet:A"], r["outlet:B"], r["all"]) for r in rows] == [
        ("war", 2, 1, 3),
        ("operation", None, 1, 1),
    ]
    assert names == ["A", "B"]
    assert [r["all"] for r in words.label_rows(frame, "e", "war", "quoted")[1]] == [1]
    assert words.label_rows(frame, "other", "war", "all") == ([], [])


def test_a_word_in_context_is_whole_and_any_case(tmp_path: Path) -> None:
    body = "The regime’s end. Regimes fall. REGIME! anti-regime"
    study = opened(tmp_path, [Sample("k", "Post", "T", body, "e1")])
    rows = words.in_context(study.table("articles"), study.texts(), "regime")
    assert [(r["word"], r["right"][:2]) for r in rows] == [("regime", "’s"), ("REGIME", "! "), ("regime", "")]
    (found,) = words.in_context(study.table("articles"), study.texts(), "regime's END")
    assert found["word"] == "regime’s end"
    assert words.in_context(study.table("articles"), study.texts(), "  ") == []


def test_distinctive_words_of_an_event_or_of_all() -> None:
    frame = tables.get("distinctive").frame(
        {"event_id": e, "outlet": "A", "reference": "others", "voice": "all", "term": t, "count": 3, "z": z}
        for e, t, z in (("", "everywhere", 1.0), ("e", "weak", 1.0), ("e", "strong", 3.0))
    )
    assert [r["term"] for r in words.distinctive_rows(frame, "e", "all")] == ["strong", "weak"]
    assert [r["term"] for r in words.distinctive_rows(frame, "", "all")] == ["everywhere"]


def test_rows_are_counted_without_reading_a_table(seeds_study: Path) -> None:
    study = Study.open(seeds_study)
    counted = Data(study, stamp_of(seeds_study))
    for table in tables.TABLES:
        assert counted.n_rows(table.name) == len(study.table(table.name)), table.name
