"""The omissions page and its rows: who and what is found in which outlet's texts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import framing_dashboard
from framing.presence import presence
from framing.study import Study
from framing_dashboard.serving import STUDY_VARIABLE
from framing_dashboard.view import Known, parse_view
from framing_dashboard.views import omissions
from tests.dashboard_studies import HOSTILE, PAIR, Sample, make, named, passage

POST, AIDE = PAIR[0], replace(PAIR[1], outlet="The Times")
GLOBE = Sample("a4", "The Globe", "Cuts", 'The regime may fall. "We will cut," said Ada Lovelace.', "e1")
THREE = (POST, AIDE, GLOBE)


def found_rows(samples: tuple[Sample, ...], *, reprints: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """The tables of passages, labels and presence of the samples, as a run would write them."""
    carried = [
        *(passage("p1", s, "The regime may fall." if "regime" in s.body else "") for s in samples),
        *(passage("p2", s, s.body[:20]) for s in samples),
    ]
    labels = [
        named(s, "Ada Lovelace", "Ada Lovelace", kind="name", referent_kind="person")
        for s in samples
        if "Ada" in s.body
    ]
    study_articles = [_with_speakers(s) for s in samples]
    rows = presence("e1", study_articles, carried, labels, reprints)
    return {"passages": carried, "labels": labels, "presence": rows}


def _with_speakers(sample: Sample) -> Any:
    from framing.annotation import AnnotatedArticle, Quotation
    from framing.article import Article, Span

    text = sample.text
    quotations = tuple(
        Quotation(
            f"{sample.id}-q{n}",
            Span(text.index(q.text), text.index(q.text) + len(q.text)),
            "direct",
            speaker=q.speaker,
        )
        for n, q in enumerate(sample.quotes)
        if q.speaker
    )
    article = Article(sample.id, text, text, (), ((0, 0, len(text)),), sample.outlet)
    return AnnotatedArticle(article, (), (), (), quotations, ())


@pytest.fixture(autouse=True)
def unchanged_environment() -> Iterator[None]:
    before = os.environ.get(STUDY_VARIABLE)
    yield
    os.environ.pop(STUDY_VARIABLE, None)
    if before is not None:
        os.environ[STUDY_VARIABLE] = before


def opened(study: Path) -> AppTest:
    os.environ[STUDY_VARIABLE] = str(study)
    app = Path(framing_dashboard.__file__).with_name("app.py")
    test = AppTest.from_file(str(app), default_timeout=120).run()
    test.switch_page("app_pages/omissions.py")
    return test.run()


def markup(test: AppTest) -> str:
    return "\n".join(str(block.value) for block in test.get("html"))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("three") / "study", THREE, tables=found_rows(THREE))


def test_what_most_have_but_not_all_comes_first(three: Path) -> None:
    own = omissions.of_event(Study.open(three).table("presence"), "e1", without_reprints=False)
    names = omissions.outlets(own)
    assert names == ["The Globe", "The Post", "The Times"]
    rows = omissions.matrix(own, "passage", names)
    assert [(r["name"], r["in"]) for r in rows] == [("p1", "2 of 3"), ("p2", "3 of 3")]
    assert rows[0]["outlet:The Times"] is None
    (ada,) = omissions.matrix(own, "speaker", names)
    assert ada["in"] == "1 of 3"
    assert omissions.place(ada["outlet:The Post"]).startswith("2 from ")


def test_each_outlet_is_counted_for_what_it_alone_has_and_lacks(three: Path) -> None:
    own = omissions.of_event(Study.open(three).table("presence"), "e1", without_reprints=False)
    post, times = (
        next(r for r in omissions.summary(own) if r["name"] == n) for n in ("The Post", "The Times")
    )
    assert (post["speaker only_outlet"], post["passage only_without"]) == (1, 0)
    assert (times["passage only_without"], times["entity only_without"]) == (1, 1)


def test_every_cell_leads_to_a_place_that_the_reading_page_knows(three: Path) -> None:
    study = Study.open(three)
    own = omissions.of_event(study.table("presence"), "e1", without_reprints=False)
    known = Known({"e1"}, {s.id: "e1" for s in THREE})
    for kind in ("passage", "speaker", "entity"):
        for item in omissions.matrix(own, kind, omissions.outlets(own)):
            for row in (v for k, v in item.items() if k.startswith("outlet:") and v):
                others = [s.id for s in THREE if s.id != row["article_id"]]
                view = omissions.view_of(item | {"without": others}, row, kind, "e1", {})
                again, warnings = parse_view(view.to_params(), known)
                assert (again, warnings) == (view, [])
                assert row["article_id"] in view.mark


def test_the_page_shows_outlets_and_opens_the_sentences(three: Path) -> None:
    test = opened(three)
    assert not test.exception
    html = markup(test)
    assert html.count("<table>") == 4
    assert "The Times" in html
    assert "omitted" not in html.lower()
    (box,) = [b for b in test.selectbox if b.label == "How each text words it"]
    test = box.set_value("p1").run()
    assert not test.exception
    assert "The regime may fall." in markup(test).split("<table>")[3]


def test_one_outlet_says_why_and_shows_the_reports(tmp_path: Path) -> None:
    both = (POST, replace(GLOBE, outlet="The Post"))
    test = opened(make(tmp_path / "study", both, tables=found_rows(both)))
    assert not test.exception
    assert any("one outlet; to be present or absent" in str(i.value) for i in test.info)
    assert "The regime may fall." in markup(test)


def test_a_study_without_the_table_still_draws(tmp_path: Path) -> None:
    test = opened(make(tmp_path / "study", THREE))
    assert not test.exception
    assert any("this study was made without it" in str(i.value) for i in test.info)


def test_reprints_are_left_out_where_the_reader_asks(tmp_path: Path) -> None:
    study = make(tmp_path / "study", THREE, tables=found_rows(THREE, reprints=("a4",)))
    opened_study = Study.open(study)
    opened_study.assign(
        [{"article_id": s.id, "event_id": "e1", "reprint_of": "a1" if s.id == "a4" else None} for s in THREE]
    )
    test = opened(study)
    assert "The Globe" in markup(test)
    (toggle,) = test.toggle
    test = toggle.set_value(True).run()
    assert not test.exception
    assert "The Globe" not in markup(test)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    samples = tuple(replace(s, outlet=HOSTILE[n]) for n, s in enumerate(THREE))
    test = opened(make(tmp_path / "study", samples, tables=found_rows(samples)))
    assert not test.exception
    html = markup(test)
    for name in HOSTILE[:3]:
        assert name not in html
