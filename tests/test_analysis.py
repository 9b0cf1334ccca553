"""A study that is taken up again: with other word lists, after a stop, by another version."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from framing import analysis
from framing.analysis import analyze
from framing.annotation import AnnotatedArticle
from framing.article import FramingError
from framing.rows import MEASURED, Row, measured_with
from framing.study import Study

TEXT = (
    "Harbour board votes to close the pier\n\n"
    "The board voted on Tuesday to close the old pier, a brutal blow to the fishing crews of the town. "
    '"It is a disgrace," said Ada Marsh, who has sold ice there for thirty years. The chairman claimed that '
    "the timber might not last another winter, and that a survey would perhaps follow in the spring.\n"
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def measured_with_other_lists(study: Study) -> dict[str, pd.DataFrame]:
    """Leave ``study`` as other lists that find nothing would have; returns what its own found."""
    before = {name: study.table(name) for name in MEASURED}
    assert all(len(frame) for frame in before.values())
    study.rewrite_findings(study.parts[0], {name: [] for name in MEASURED})
    study.measured_with = {**measured_with(), "lexicons": {}}
    return before


def test_with_other_lists_all_is_measured_anew_and_nothing_parsed(
    tmp_path: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = analyze([text], tmp_path / "study").study
    before = measured_with_other_lists(study)
    monkeypatch.setattr(analysis.annotate, "annotate", lambda *_, **__: pytest.fail("parsed again"))
    again = analyze([text], tmp_path / "study").study
    for name in MEASURED:
        pd.testing.assert_frame_equal(again.table(name), before[name])
    assert again.measured_with == measured_with()


def test_a_stop_in_the_middle_of_it_leaves_a_study_that_is_refused_and_taken_up(
    tmp_path: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = analyze([text], tmp_path / "study").study
    before = measured_with_other_lists(study)

    def stopped(annotated: AnnotatedArticle) -> dict[str, list[Row]]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(analysis, "measured_rows", stopped)
        with pytest.raises(KeyboardInterrupt):
            analyze([text], tmp_path / "study")
    with pytest.raises(FramingError, match="was stopped before it was done"):
        Study.open(tmp_path / "study")
    analyze([text], tmp_path / "study")
    pd.testing.assert_frame_equal(Study.open(tmp_path / "study").table("terms"), before["terms"])


def test_another_version_adds_nothing(tmp_path: Path, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    analyze([text], tmp_path / "study")
    monkeypatch.setattr(analysis, "measured_with", lambda: {**measured_with(), "framing": "9.9"})
    with pytest.raises(FramingError, match=r"analysed with framing '.*', now it is '9.9'; choose another"):
        analyze([text], tmp_path / "study")
    assert len(Study.open(tmp_path / "study").table("articles")) == 1


def test_an_article_in_no_event_says_why(tmp_path: Path, text: Path) -> None:
    brief = tmp_path / "b.txt"
    brief.write_text("It is on.\n", encoding="utf-8")
    articles = analyze([text, brief], tmp_path / "study").study.table("articles").set_index("n_words")
    whole, short = articles.loc[articles.index.max()], articles.loc[articles.index.min()]
    assert whole["event_id"]
    assert pd.isna(whole["unassigned_why"])
    assert pd.isna(short["event_id"])
    assert short["unassigned_why"] == "no text to compare"
