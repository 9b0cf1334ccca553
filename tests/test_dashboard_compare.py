"""Side by side and words: names of a chosen thing, passages of one text only, shares of voice, disputes."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from framing import highlight, tables
from framing.article import FramingError, Span
from framing.export import export
from framing.study import Study
from framing_dashboard.data import Data
from framing_dashboard.drawing import disputes
from framing_dashboard.serving import EDITABLE_VARIABLE
from framing_dashboard.view import View
from framing_dashboard.views import reading, words
from tests.dashboard_studies import HOSTILE, PAIR, Sample, make, named, passage
from tests.test_dashboard_pages import markup, opened, payload, unchanged_environment

__all__ = ["unchanged_environment"]

MINE = Sample("w1", "The Post", "The war goes on", "The brutal war killed many. It was long.", "e1")
OTHER = Sample("w2", "Courier", "Operation goes on", "The special operation killed some. Snow fell.", "e1")
LABELS = [
    named(MINE, "brutal war", contested="armed conflict", modifiers="brutal", only_outlet=True),
    named(MINE, "It", kind="pronoun", label="It"),
    named(OTHER, "special operation", contested="armed conflict", modifiers="special", voice="quoted"),
    named(OTHER, "Snow", "snow"),
]
PASSAGES = [
    passage("p1", MINE, "The brutal war killed many."),
    passage("p1", OTHER, "The special operation killed some."),
    passage("p2", MINE, similarity=0.31),
    passage("p2", OTHER, "Snow fell."),
]
ROWS = {"labels": LABELS, "passages": PASSAGES}


@pytest.fixture
def editable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EDITABLE_VARIABLE, "1")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return make(tmp_path / "study", [MINE, OTHER], tables=ROWS)


def read(study: Path, view: View, against: dict[str, str] | None = None) -> list[reading.Reading]:
    opened = Study.open(study)
    names = ("articles", "paragraphs", "quotes", "terms", "evidence", "labels", "passages")
    return reading.readings(view, {n: opened.table(n) for n in names}, opened.texts(), against)


def test_the_names_of_the_chosen_thing_are_marked_and_no_others(study: Path) -> None:
    found = read(study, View("e1", ("w1", "w2"), referent="war"))
    texts = [[m.span.of(r.text) for m in r.marks if m.layer == "name"] for r in found]
    assert texts == [["brutal war", "It"], ["special operation"]]
    (note,) = (m.notes for m in found[0].marks if m.span.of(found[0].text) == "brutal war")
    assert note[:2] == (
        "only this outlet uses it",
        "one of several words for it in this event: armed conflict",
    )


def test_a_passage_is_marked_only_where_the_other_text_lacks_it(study: Path) -> None:
    found = read(study, View("e1", ("w1", "w2")))
    texts = [[m.span.of(r.text) for m in r.marks if m.layer == "passage"] for r in found]
    assert texts == [[], ["Snow fell."]]
    (mark,) = (m for m in found[1].marks if m.layer == "passage")
    assert "similarity 0.31" in mark.notes[0]
    assert not [m for m in read(study, View("e1", ("w2",)))[0].marks if m.layer == "passage"]


def test_shares_of_voice_add_up_to_the_text() -> None:
    evidence = pd.DataFrame(
        {"article_id": "a1", "measure": "length", "voice": ["quoted"], "start": [40], "end": [52]}
    )
    made = reading.Reading(
        {"outlet": "Post", "article_id": "a1", "n_words": 8}, PAIR[0].text, (), (),
        reading._voices(evidence, PAIR[0].text),
    )  # fmt: skip
    shares = {s["voice"]: s["share"] for s in reading._shares(made)}
    assert shares["quoted"] == pytest.approx(3 / 19)
    assert sum(shares.values()) == pytest.approx(1)
    assert reading._shares(reading.Reading({}, "Only the outlet speaks.", (), (), ())) == []


def test_only_here_is_off_until_a_reader_asks(study: Path) -> None:
    data = payload(opened(study, "compare", event="e1"))
    assert data["hidden"] == ["model", "passage", "copied"]
    assert {la["id"] for la in data["layers"]} == {"name", "passage"}
    assert payload(opened(study, "compare", event="e1", show="passage"))["hidden"] == ["model", "copied"]


def test_a_link_names_the_thing(study: Path) -> None:
    test = opened(study, "compare", event="e1", referent="snow")
    assert test.selectbox(key="referent e1").value == "snow"
    assert not test.warning
    test = opened(study, "compare", event="e1", referent="peace")
    assert test.selectbox(key="referent e1").value == "war"
    assert len(test.warning) == 1


def test_names_are_counted_by_outlet_with_their_sets(study: Path) -> None:
    labels = Study.open(study).table("labels")
    outlets, rows = words.label_rows(labels, "e1", "war", "all")
    assert outlets == ["Courier", "The Post"]
    assert [
        (r["label"], r["outlet:Courier"], r["outlet:The Post"], r["contested"], r["only"]) for r in rows
    ] == [
        ("brutal war", None, 1, "armed conflict", "The Post"),
        ("special operation", 1, None, "armed conflict", "Courier"),
    ]
    assert [r["label"] for r in words.label_rows(labels, "e1", "war", "quoted")[1]] == ["special operation"]
    assert words.most_contested(labels, "e1") == "war"
    assert words.most_contested(labels, "none") == ""


def test_sentences_behind_a_name_link_to_their_place(study: Path) -> None:
    own = words.named(Study.open(study).table("labels"), "e1", "war", "all")
    (row,) = words.sentences(own, "Brutal War")
    assert row["sentence"] == MINE.body
    start = MINE.text.index("brutal")
    assert row["mark"] == f"w1.name-{start}-{start + 10}"
    assert words.modifier_rows(words.modified(own)) == (
        ["Courier", "The Post"],
        [
            {"trait": "brutal", "all": 1, "outlet:Courier": None, "outlet:The Post": 1},
            {"trait": "special", "all": 1, "outlet:Courier": 1, "outlet:The Post": None},
        ],
    )


def test_the_words_page_opens_the_sentences_of_a_link(study: Path) -> None:
    test = opened(study, "words", event="e1", referent="war", name="brutal war")
    assert not test.exception
    drawn = markup(test)
    assert '<tr class="marked">' in drawn
    assert "The brutal war killed many." in drawn
    assert "name=brutal+war" in drawn


def test_the_number_of_a_word_before_a_name_opens_its_sentences(study: Path) -> None:
    test = opened(study, "words", event="e1", referent="war", trait="special", outlet="Courier")
    assert not test.exception
    drawn = markup(test)
    assert "“special”: 1 sentence;" in drawn
    assert "trait=brutal&amp;outlet=The+Post" in drawn


def test_a_number_of_names_opens_the_sentences_of_its_outlet(study: Path) -> None:
    page = markup(opened(study, "words", event="e1", referent="war"))
    links = re.findall(r'href="(/words\?[^"]*outlet=[^"]*)" target="_self">\d', page)
    assert links
    for link in links:
        asked = {k: v[0] for k, v in parse_qs(urlsplit(unescape(link)).query).items()}
        drawn = markup(opened(study, "words", **asked))
        sentences = drawn.partition("an outlet opens the place in its article")[2].partition("</table>")[0]
        assert sentences.count("<tr>") > 1
        assert sentences.count("<tr>") - 1 == sentences.count(f">{asked['outlet']}</a>")


def test_a_referent_is_corrected_only_with_all_that_the_correction_needs(study: Path, editable: None) -> None:
    test = opened(study, "words", event="e1", referent="war")
    assert test.button(key="correct referents").disabled
    test.text_input(key="name e1 war rename").set_value("the war").run()
    assert not test.button(key="correct referents").disabled
    test.radio(key="referent action").set_value("split").run()
    assert test.button(key="correct referents").disabled
    test.multiselect(key="split e1 war").set_value(["brutal war"])
    test.text_input(key="name e1 war split").set_value("another war").run()
    assert not test.button(key="correct referents").disabled
    said = "\n".join(m.value for m in test.markdown).replace("\\", "")
    assert "1 name out into a thing of their own, called another war." in said
    test.radio(key="referent action").set_value("merge").run()
    assert test.multiselect(key="merge e1 war").options == ["snow"]
    assert test.button(key="correct referents").disabled


def test_words_that_set_apart_are_those_against_the_others(tmp_path: Path) -> None:
    row = {"outlet": "A", "voice": "all", "term": "war", "count": 5, "count_others": 1, "log_odds": 1.0}
    row |= {"reference": "others", "low": 0.5, "high": 1.5, "z": 4.0, "q_value": 0.01}
    rows = [
        row,
        row | {"reference": "B", "term": "peace"},
        row | {"term": "truce", "low": None, "high": None},
    ]
    found = words.distinctive_rows(tables.get("distinctive").frame(rows), "", "all")
    assert [(r["term"], r["interval"]) for r in found] == [("truce", ""), ("war", "0.50 to 1.50")]
    test = opened(make(tmp_path / "study", [MINE, OTHER], tables={"distinctive": rows}), "words", voice="all")
    assert not test.exception
    assert "0.50 to 1.50" in markup(test)
    assert "find=war" in markup(test)
    found_in = markup(opened(tmp_path / "study", "words", event="e1", voice="all", find="war"))
    assert "places in this event" in found_in
    (chart,) = test.get("vega_lite_chart")
    assert "intervals of 1 words" in chart.proto.alt


def test_a_dispute_is_kept_shown_exported_and_taken_back(study: Path, tmp_path: Path, editable: None) -> None:
    mark = "w1.name-21-31"
    test = opened(study, "compare", event="e1", mark=mark, referent="war")
    test.selectbox(key="reason").set_value("other")
    test.text_input(key="dispute note").set_value("<b>no</b>")
    test.button(key="dispute").click().run()
    assert not test.exception
    (kept,) = json.loads((study / "corrections.json").read_text(encoding="utf-8"))["disputes"]
    assert kept == {
        "article_id": "w1", "layer": "name", "start": 21, "end": 31, "reason": "other", "note": "<b>no</b>",
    }  # fmt: skip
    data = payload(test)
    (shown,) = (m for a in data["articles"] if a["id"] == "w1" for m in a["marks"] if m["id"] == "name-21-31")
    assert shown["letter"] == "N!"
    assert shown["notes"][-1] == "disputed: something else: <b>no</b>"
    assert "&lt;b&gt;no&lt;/b&gt;" in markup(test)
    export(Study.open(study), tmp_path / "out")
    assert "w1,21,31,name,other,<b>no</b>" in (tmp_path / "out" / "disputes.csv").read_text(encoding="utf-8")
    test.button(key="undispute").click().run()
    assert Study.open(study).corrections["disputes"] == []
    assert payload(test)["rev"] != data["rev"]


def test_only_a_mark_can_be_disputed(study: Path) -> None:
    with pytest.raises(FramingError, match="is no mark"):
        disputes.change(Data(Study.open(study), ()), HOSTILE[0], "other")


def test_nobody_disputes_on_a_server_that_only_shows(study: Path) -> None:
    test = opened(study, "compare", event="e1", mark="w1.name-21-31", referent="war")
    assert [b.key for b in test.button] == []


def test_a_disputed_mark_says_so_in_static_html() -> None:
    mark = highlight.Mark("loaded-0-3", Span(0, 3), "loaded", "Loaded", disputed="not here")
    assert 'data-letter="L!"' in highlight.static_html("war", [mark])


def test_names_of_hostile_text_stay_text(tmp_path: Path) -> None:
    sample = Sample("h1", HOSTILE[0], HOSTILE[1], "\n".join(HOSTILE), "e1")
    rows: list[dict[str, Any]] = [named(sample, text, HOSTILE[2], contested=HOSTILE[0]) for text in HOSTILE]
    study = make(tmp_path / "study", [sample, MINE], tables={"labels": rows})
    for page in ("words", "compare"):
        test = opened(study, page, event="e1", name=HOSTILE[0], referent=HOSTILE[2])
        assert not test.exception
        for opening in ("<script", "<img", "<svg", "<iframe", "<form"):
            assert opening not in markup(test)


def test_the_share_of_a_copy_opens_onto_the_words_that_both_print(tmp_path: Path) -> None:
    whole = "The council closed the old library on Monday after a long and heated debate of three hours."
    samples = (
        Sample("a1", "Agency", body=f"{whole} Nobody was there.", event="e1"),
        Sample("a2", "Courier", body=f"It rained. {whole}", event="e1"),
    )
    study = Study.open(make(tmp_path / "study", samples))
    origin = {"a2": {"reprint_of": "a1", "reprint_share": 0.87}}
    study.assign([{"article_id": s.id, "event_id": "e1"} | origin.get(s.id, {}) for s in samples])
    drawn = markup(opened(study.path, "event", event="e1"))
    assert "87% with Agency" in drawn
    assert "a=a1&amp;b=a2&amp;show=copied" in drawn
    tables = {name: study.table(name) for name in ("articles", "paragraphs", "quotes", "terms", "evidence")}
    first, second = reading.readings(View("e1", ("a1", "a2")), tables, study.texts())
    assert [m.span.of(first.text) for m in first.marks if m.layer == "copied"] == []
    assert [m.span.of(second.text) for m in second.marks if m.layer == "copied"] == [whole.rstrip(".")]
