"""Labelling a blind sample on the page: what is shown, what is kept, what two coders' labels give."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from framing.article import FramingError
from framing.sample import judged
from framing.sample.draw import Sample, draw
from framing.sample.kept import keep, label, labels, samples
from framing.study import Study
from framing_dashboard.serving import EDITABLE_VARIABLE
from tests.test_dashboard_pages import markup, opened, unchanged_environment

__all__ = ["unchanged_environment"]

N = 16


@pytest.fixture
def study(seeds_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv(EDITABLE_VARIABLE, "1")
    shutil.copytree(seeds_study, tmp_path / "study")
    return Study.open(tmp_path / "study")


@pytest.fixture
def drawn(study: Study) -> tuple[str, Sample]:
    sample = draw(study, measure="quotations", n=N)
    return keep(study, sample, N), sample


def page(study: Study, name: str, coder: str) -> AppTest:
    test = opened(study.path, "check")
    test.selectbox(key="sample").set_value(name).run()
    return test.text_input(key="coder").set_value(coder).run()


def label_all(study: Study, drawn: tuple[str, Sample], coder: str, says: Callable[[int, bool], bool]) -> None:
    name, sample = drawn
    given = {item.item: float(says(n, item.found)) for n, item in enumerate(sample.items)}
    label(study, name, coder, given)


def test_a_sample_is_drawn_on_the_page_and_kept(study: Study) -> None:
    test = opened(study.path, "check")
    test.selectbox[1].set_value("hedges")
    test.number_input[0].set_value(20)
    test.button[0].click().run()
    assert not test.exception
    ((name, sample),) = samples(study).items()
    assert (sample.measure, sample.voice, len(sample.items)) == ("hedges", "all", 20)
    assert test.selectbox(key="sample").value == name


def test_a_coder_sees_a_sentence_and_neither_the_answer_nor_the_outlet(
    study: Study, drawn: tuple[str, Sample]
) -> None:
    name, sample = drawn
    test = page(study, name, "anna")
    first = sample.items[0]
    whole = study.texts()
    sentence = " ".join(whole[first.article_id][first.start : first.end].split())
    said = markup(test).replace("&#x27;", "'").replace("&quot;", '"')
    assert f"<strong>{sentence}</strong>" in said
    outlets = set(study.table("articles")["outlet"].dropna())
    assert not [o for o in outlets if o in said and o not in whole[first.article_id]]
    test.button(key="label Yes").click().run()
    test.button(key="label Cannot tell").click().run()
    kept = labels(study, name)["anna"]
    assert kept == {sample.items[0].item: 1.0, sample.items[1].item: None}
    test.button[0].click().run()
    assert labels(study, name)["anna"] == {sample.items[0].item: 1.0}
    assert "What the labels say" not in [h.value for h in test.header]


def test_what_two_coders_say_is_shown_once_one_is_done(study: Study, drawn: tuple[str, Sample]) -> None:
    label_all(study, drawn, "anna", lambda _, found: found)
    label_all(study, drawn, "ben", lambda n, found: found if n else not found)
    name, sample = drawn
    test = page(study, name, "ben")
    assert not test.exception
    shown = markup(test)
    figures = judged(study, sample, list(labels(study, name).values())).figures
    precision = float(figures.set_index("figure").loc["precision", "value"])
    assert precision == 1.0  # where both agree, the measure is right
    assert "1 sentence on which the coders differ" in shown
    assert "alpha (nominal)" in shown
    assert "Take the last label back" not in [b.label for b in test.button]


def test_the_last_label_brings_what_they_say_into_the_tables(study: Study, drawn: tuple[str, Sample]) -> None:
    name, sample = drawn
    given = {item.item: float(item.found) for item in sample.items[:-1]}
    label(study, name, "anna", given)
    test = page(study, name, "anna")
    assert study.table("sample_figures").empty
    test.button(key="label Yes").click().run()
    assert not test.exception
    kept = study.table("sample_figures").set_index("figure")
    expected = judged(study, sample, list(labels(study, name).values())).figures.set_index("figure")
    assert kept.loc["precision", "value"] == expected.loc["precision", "value"]
    assert set(kept["measure"]) == {"quotations"}
    assert len(study.table("sample_rates"))


def test_nobody_labels_on_a_server_that_only_shows(
    study: Study, drawn: tuple[str, Sample], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EDITABLE_VARIABLE, "")
    test = opened(study.path, "check")
    assert "only shows" in test.info[0].value
    assert not test.selectbox


@pytest.mark.parametrize("coder", ["", "../x", "a/b", ".", "x" * 31])
def test_a_coder_has_a_name_that_can_be_that_of_a_file(
    study: Study, drawn: tuple[str, Sample], coder: str
) -> None:
    with pytest.raises(FramingError, match="expected 1 to 30 letters"):
        label(study, drawn[0], coder, {})
    with pytest.raises(FramingError, match="no item of the sample"):
        label(study, drawn[0], "anna", {"i0": 1.0})
