"""Every page on every kind of study: it draws, shows the right figures, and takes no text for code."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import framing_dashboard
from framing_dashboard.serving import STUDY_VARIABLE
from tests.dashboard_studies import HOSTILE, PAIR, Sample, hostile_samples, make, named, passage

APP = Path(framing_dashboard.__file__).with_name("app.py")
PAGES = sorted(p.stem for p in APP.with_name("app_pages").glob("[a-z]*.py"))


@pytest.fixture(autouse=True)
def unchanged_environment() -> Iterator[None]:
    before = os.environ.get(STUDY_VARIABLE)
    yield
    os.environ.pop(STUDY_VARIABLE, None)
    if before is not None:
        os.environ[STUDY_VARIABLE] = before


def opened(study: Path, /, page: str = "start", **params: str) -> AppTest:
    """The page as a reader gets it who opens the link ``/page?params``."""
    os.environ[STUDY_VARIABLE] = str(study)
    test = AppTest.from_file(str(APP), default_timeout=60).run()
    if page != "start":
        test.switch_page(f"app_pages/{page}.py")
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def payload(test: AppTest) -> dict[str, Any]:
    """What the reading pane was given."""
    (component,) = test.get("bidi_component")
    found: dict[str, Any] = json.loads(component.proto.json)
    return found


def markup(test: AppTest) -> str:
    return "\n".join(str(block.value) for block in test.get("html"))


def text_of(article: dict[str, Any]) -> str:
    """The text that the reading pane draws, put together again."""
    blocks = article["blocks"]
    return "".join(b if isinstance(b, str) else "".join(p["t"] for p in b["pieces"]) for b in blocks)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("pair") / "study", PAIR, rejected=["broken.html"])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(
        tmp_path_factory.mktemp("hostile") / "study", hostile_samples(), rejected=HOSTILE, label=HOSTILE[8]
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["pair", "empty", "one", "no event", "hostile"])
def test_every_page_draws_every_study(
    page: str, kind: str, pair: Path, hostile: Path, tmp_path: Path
) -> None:
    samples = {"empty": [], "one": PAIR[:1], "no event": [Sample("a9", "Post", "Alone")]}
    study = {"pair": pair, "hostile": hostile}.get(kind) or make(tmp_path / "s", samples[kind])
    test = opened(study, page)
    assert not test.exception
    assert not test.error
    assert len(test.title) == 1


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,000 articles in 100 events, each with a quotation, a loaded word, names and passages."""
    samples = [
        replace(PAIR[0], id=f"t{n:04d}", outlet=f"Outlet {n % 10}", event=f"e{n // 10:03d}")
        for n in range(1000)
    ]
    tables = {
        "labels": [named(s, "regime", contested="rule") for s in samples],
        "passages": [passage(f"{s.event}p", s, "The regime may fall.") for s in samples],
    }
    return make(tmp_path_factory.mktemp("thousand") / "study", samples, tables=tables)


@pytest.mark.parametrize("page", PAGES)
def test_a_thousand_articles_are_drawn_in_less_than_a_megabyte(page: str, thousand: Path) -> None:
    test = opened(thousand, page)
    assert not test.exception
    assert not test.error
    assert sum(element.proto.ByteSize() for element in test.main if hasattr(element.proto, "ByteSize")) < 1e6


def test_a_folder_that_is_no_study_is_said_so(tmp_path: Path) -> None:
    test = opened(tmp_path)
    assert "is not a study" in test.error[0].value.replace("\\", "")


def test_start_counts_what_the_study_holds(pair: Path) -> None:
    drawn = markup(opened(pair))
    dates = "2024-05-09 to 2024-06-01, 1 article without a date"
    for fact in ("<dd>3</dd>", "<dd>1 named, 1 article without</dd>", "<dd>2</dd>", f"<dd>{dates}</dd>"):
        assert fact in drawn
    assert "broken.html" in drawn
    assert "no text was found" in drawn


def test_event_lists_headlines_and_never_merges_unnamed_outlets(pair: Path) -> None:
    test = opened(pair, "event")
    drawn = markup(test)
    assert test.selectbox(key="event").value == "e1"
    assert 'href="/compare?event=e1&amp;a=a1&amp;b=a2"' in drawn
    assert "Outlet not stated (a2)" in drawn


def test_side_by_side_draws_both_texts_whole_with_their_marks(pair: Path) -> None:
    data = payload(opened(pair, "compare"))
    assert [a["id"] for a in data["articles"]] == ["a1", "a2"]
    assert [text_of(a) for a in data["articles"]] == [PAIR[0].text, PAIR[1].text]
    layers = {layer["id"]: layer["n"] for layer in data["layers"]}
    assert layers == {"quote": 2, "reported": 1, "cue": 2, "loaded": 2, "hedge": 1}
    assert [(s["n"], s["name"]) for s in data["speakers"]] == [(1, "Ada Lovelace")]
    grounds = [
        p["t"]
        for b in data["articles"][0]["blocks"]
        if not isinstance(b, str)
        for p in b["pieces"]
        if p["g"] == "quoted"
    ]
    assert "".join(grounds) == "We will cut,"


def test_a_link_opens_its_view(pair: Path) -> None:
    test = opened(pair, "compare", event="e1", a="a2", hide="cue.hedge", plain="1", mark="a2.quote-54-62")
    data = payload(test)
    assert [a["id"] for a in data["articles"]] == ["a2"]
    assert data["hidden"] == ["cue", "hedge", "model", "passage", "copied"]
    assert (data["plain"], data["selected"]) == (True, "a2.quote-54-62")
    assert not test.warning


def test_a_link_to_what_is_gone_is_said_and_the_page_still_draws(pair: Path) -> None:
    test = opened(pair, "compare", event="<script>", a="nobody")
    assert len(test.warning) == 2
    assert not test.exception
    assert len(payload(test)["articles"]) == 2


def test_choosing_articles_changes_texts_and_address(pair: Path) -> None:
    test = opened(pair, "compare")
    test.multiselect[0].set_value(["a2"]).run()
    assert [a["id"] for a in payload(test)["articles"]] == ["a2"]
    assert test.query_params["a"] == "a2"
    assert "b" not in test.query_params


def chosen_rows(test: AppTest) -> dict[str, Any]:
    """The table's state by its key; only the table that is drawn has one that is new."""
    (key,) = (k for k in test.session_state if str(k).startswith("findings ") and test.dataframe[0].key == k)
    return {key: test.session_state[key]["selection"]["rows"]}


def test_a_row_stays_chosen_only_as_long_as_the_rows_are_the_same(pair: Path) -> None:
    test = opened(pair, "compare")
    frame = test.dataframe[0].value
    assert len(frame) == 8
    (key,) = chosen_rows(test)
    test.session_state[key] = {"selection": {"rows": [3], "columns": [], "cells": []}}
    test.run()
    assert chosen_rows(test) == {key: [3]}
    test.selectbox(key="kind").set_value("hedge").run()
    assert list(test.dataframe[0].value["text"]) == ["may"]
    (after,) = chosen_rows(test).items()
    assert after[0] != key
    assert after[1] == []


def test_counts_show_values_and_reasons(pair: Path) -> None:
    drawn = markup(opened(pair, "compare"))
    assert "18 words; at least 50 are needed" in drawn
    assert ">14</td>" in drawn


def test_voices_count_words_by_speaker_and_open_the_quotations(pair: Path) -> None:
    test = opened(pair, "voices")
    drawn = markup(test)
    assert "Ada Lovelace" in drawn
    assert "Unnamed sources" in drawn
    test.selectbox(key="speaker").set_value("Ada Lovelace").run()
    assert "We will cut," in markup(test)
    assert test.query_params["speaker"] == "Ada Lovelace"


def test_a_number_of_voices_opens_the_quotations_of_its_outlet(pair: Path) -> None:
    link = "/voices?event=e1&amp;speaker=Ada+Lovelace&amp;outlet=The+Post"
    assert f'href="{link}" target="_self">6<' in markup(opened(pair, "voices", event="e1"))
    drawn = markup(opened(pair, "voices", event="e1", outlet="Outlet not stated (a2)"))
    listed = drawn.partition("In the order of the articles")[2].partition("</table>")[0]
    assert "disaster" in listed
    assert "We will cut," not in listed


def test_outlets_without_a_comparison_say_so_and_keep_the_articles(pair: Path) -> None:
    test = opened(pair, "outlets", measure="loaded_terms")
    assert "No comparison between outlets" in test.info[0].value
    assert "18 words; at least 50 are needed" in markup(test)


def test_export_leaves_out_text_unless_asked(pair: Path) -> None:
    test = opened(pair, "export")
    test.selectbox(key="preview").set_value("quotes").run()
    assert test.dataframe[0].value["text"].isna().all()
    test.toggle[0].set_value(True).run()
    assert "We will cut," in list(test.dataframe[0].value["text"])


@pytest.mark.parametrize("page", PAGES)
def test_no_hostile_string_becomes_an_element(page: str, hostile: Path) -> None:
    test = opened(hostile, page)
    ours = markup(test)
    for opening in ("<script", "<img", "<svg", "<iframe", "<form", "<input", "<b>", 'onerror="', 'onload="'):
        assert opening not in ours
    assert ours.count("<style>") == 1
    for element in (*test.markdown, *test.caption, *test.header, *test.info, *test.warning, *test.title):
        for opening in ("<", "![", ":red[", "$\\"):
            assert opening not in element.value.replace("\\" + opening[0], "").replace("\\", "\\"), (
                element.value
            )


def test_hostile_text_reaches_the_pane_letter_for_letter(hostile: Path) -> None:
    data = payload(opened(hostile, "compare"))
    texts = {s.id: s.text for s in hostile_samples()}
    assert {a["id"]: text_of(a) for a in data["articles"]} == {
        a["id"]: texts[a["id"]] for a in data["articles"]
    }
