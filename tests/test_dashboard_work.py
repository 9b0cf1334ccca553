"""Texts that a reader adds and groups that a reader corrects: on a copy, all or nothing, one step back."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from framing.article import FramingError
from framing.jobs import Run, can_undo, undo
from framing.jobs.copies import DISPUTES, publish, state_of, working_copy
from framing.study import Study
from framing_dashboard import uploads, work
from framing_dashboard.serving import EDITABLE_VARIABLE
from framing_dashboard.uploads import Upload
from tests.dashboard_studies import HOSTILE, PAIR, make
from tests.test_dashboard_pages import markup, opened, unchanged_environment

__all__ = ["unchanged_environment"]

STORY = (
    "The council voted on Tuesday to close the Elm Street library. "
    '"We had no choice," said Mayor Ada Lovelace. She claimed that the money was gone.'
)
HEADER = ("Publisher", "Head line", "Full story", "When")
MAPPING = {"text": "Full story", "title": "Head line", "outlet": "Publisher", "published": "When"}


@dataclass(frozen=True)
class Given:
    """A file as a browser sends it."""

    name: str
    content: bytes = b"text"
    stated: int = -1

    @property
    def size(self) -> int:
        return len(self.content) if self.stated < 0 else self.stated

    def getvalue(self) -> bytes:
        return self.content


def digests(study: Path) -> dict[str, str]:
    files = (f for f in sorted(study.rglob("*")) if f.is_file())
    return {str(f.relative_to(study)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A table with columns of the user's own, a row without a text, and a text with hostile names in it."""
    folder = tmp_path_factory.mktemp("given")
    with (folder / "table.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        rows.writerow(("The Post", "Library closes", STORY, "2024-05-09"))
        rows.writerow((HOSTILE[0], "Library to close", STORY + " Readers will travel.", "2024-05-09"))
        rows.writerow(("The Post", "Nothing", "", "2024-05-09"))
    (folder / "rain.txt").write_text(
        "Rain\n\nIt rained on Sunday in the hills, said nobody.", encoding="utf-8"
    )
    return [str(folder / "table.csv"), str(folder / "rain.txt")]


@pytest.fixture(scope="module")
def analysed(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    study = tmp_path_factory.mktemp("home") / "library"
    return Run("analyze", study, inputs=inputs, mapping=MAPPING).start().wait(300), study


@pytest.fixture
def study(analysed: tuple[Run, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(analysed[1], tmp_path / "study"))


def test_files_are_looked_into_before_anything_is_analysed(inputs: list[str]) -> None:
    run = Run("look", inputs=inputs, mapping={}).start().wait(120)
    assert (run.status, run.error) == ("done", "")
    table, text = run.result["files"]
    assert table["columns"] == list(HEADER)
    assert table["fields"] == {"outlet": "Publisher"}
    assert table["articles"] == 0
    assert "no column holds the text" in table["rejected"][0]
    assert (text["articles"], text["columns"]) == (1, [])
    run = Run("look", inputs=inputs, mapping=MAPPING).start().wait(120)
    assert (run.status, run.error) == ("done", "")
    table = run.result["files"][0]
    assert (table["articles"], table["fields"]) == (2, MAPPING)
    assert table["first"][0]["outlet"] == "The Post"
    assert table["rejected"] == ["no text · text in Full story · an empty cell"]


def test_files_become_a_study_of_their_own(analysed: tuple[Run, Path]) -> None:
    run, study = analysed
    assert (run.status, run.error) == ("done", "")
    assert (run.result["new"], run.result["articles"]) == (3, 3)
    (problem,) = run.result["problems"]
    assert (problem["source_file"], problem["article_index"], problem["reason"]) == (
        "table.csv",
        2,
        "no text",
    )
    assert len(Study.open(study).table("articles")) == 3
    assert [p.name for p in study.parent.iterdir()] == ["library"]


def test_a_correction_is_taken_back_byte_for_byte(study: Path) -> None:
    before = digests(study)
    first, second = Study.open(study).table("events")["event_id"]
    run = Run("events", study, action="merge", ids=[first, second]).start().wait(300)
    assert (run.status, run.error) == ("done", "")
    assert len(Study.open(study).table("events")) == 1
    assert can_undo(study)
    undo(study)
    assert not can_undo(study)
    after = digests(study)
    assert after.pop("corrections.json", "")  # an empty object now, nothing before
    assert Study.open(study).corrections == {}
    assert after == before
    with pytest.raises(FramingError, match="no correction of study to take back"):
        undo(study)


def test_a_correction_of_nothing_fails_and_changes_nothing(study: Path) -> None:
    before = digests(study)
    run = Run("events", study, action="merge", ids=["gone", "none"]).start().wait(300)
    assert run.status == "failed"
    assert "no event gone, none" in run.error
    assert digests(study) == before


def test_a_run_that_is_stopped_leaves_no_trace(inputs: list[str], tmp_path: Path) -> None:
    run = Run("analyze", tmp_path / "stopped", inputs=inputs, mapping=MAPPING).start()
    while run.status == "waiting":
        time.sleep(0.05)
    run.stop()
    assert run.wait(60).status == "stopped"
    assert list(tmp_path.iterdir()) == []


def test_files_without_an_article_fail_with_their_reasons(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    run = Run("analyze", tmp_path / "new", inputs=[str(tmp_path / "empty.txt")], mapping={}).start().wait(300)
    assert run.status == "failed"
    assert run.result["problems"][0]["reason"] == "empty"
    assert not (tmp_path / "new").exists()


def test_a_study_that_another_run_changed_is_not_overwritten(tmp_path: Path) -> None:
    study = make(tmp_path / "study", PAIR)
    state = state_of(study)
    with working_copy(study) as copy:
        Study.open(study).write_table("events", [])
        changed = digests(study)
        with pytest.raises(FramingError, match="was changed by another run"):
            publish(copy, study, state, step_back=True)
        assert {k: v for k, v in digests(study).items() if "working-" not in k} == {
            k: v for k, v in changed.items() if "working-" not in k
        }


def test_disputes_raised_meanwhile_outlive_a_correction_and_its_undoing(tmp_path: Path) -> None:
    study = make(tmp_path / "study", PAIR)
    dispute = {"article_id": "a1", "layer": "cue", "start": 1, "end": 2, "reason": "other", "note": ""}
    state = state_of(study)
    with working_copy(study) as copy:
        Study.open(copy).write_corrections({"events": {"locked": []}})
        Study.open(study).write_corrections({DISPUTES: [dispute]})
        publish(copy, study, state, step_back=True)
    assert Study.open(study).corrections == {"events": {"locked": []}, DISPUTES: [dispute]}
    undo(study)
    assert Study.open(study).corrections == {DISPUTES: [dispute]}
    assert len(Study.open(study).table("disputes")) == 1


def test_one_run_a_study(tmp_path: Path, inputs: list[str]) -> None:
    run = work.start(tmp_path / "busy", "analyze", inputs=inputs, mapping={})
    with pytest.raises(FramingError, match="is being changed already"):
        work.start(tmp_path / "busy", "events", action="lock", ids=[])
    assert run in work.under_way()
    run.stop()
    assert run.wait(60).status == "stopped"
    assert work.last(tmp_path / "busy") is run


def test_a_run_that_is_stopped_before_its_turn_has_not_failed(
    tmp_path: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kill = subprocess.Popen.kill

    def dead_before_it_is_spoken_to(process: subprocess.Popen[bytes]) -> None:
        kill(process)
        process.wait()

    monkeypatch.setattr(subprocess.Popen, "kill", dead_before_it_is_spoken_to)
    run = Run("analyze", tmp_path / "never", inputs=inputs, mapping={})
    run.stop()
    assert run.start().wait(60).status == "stopped"
    assert not run.error
    assert not (tmp_path / "never").exists()


def test_names_of_files_are_made_harmless_and_told_apart() -> None:
    names = uploads.unique([*HOSTILE, "../../etc/passwd", "..", "a/b\\c.txt", "C.TXT", "\0"])
    assert len({n.casefold() for n in names}) == len(names)
    assert not [n for n in names if "/" in n or "\\" in n or n.startswith(".") or len(n) > 130]


@pytest.mark.parametrize(
    "given",
    [
        [Given("a.txt")] * (uploads.MAX_FILES + 1),
        [Given("a.txt", stated=uploads.MAX_FILE_MB * 2**20 + 1)],
        [Given("a.txt", stated=uploads.MAX_FILE_MB * 2**20)] * 5,
    ],
    ids=["many", "large", "large together"],
)
def test_too_much_is_refused_with_the_way_out(given: list[Given]) -> None:
    with pytest.raises(FramingError, match="framing analyze FOLDER"):
        uploads.check(given)


def test_an_upload_goes_with_its_holder_and_a_table_beside_it_is_no_article() -> None:
    upload = Upload([Given("a.txt"), Given("metadata.csv", b"file,outlet\na.txt,Post\n")])
    folder = upload.folder
    assert [Path(p).name for p in upload.inputs] == ["a.txt"]
    assert upload.has_metadata
    del upload
    assert not folder.exists()


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "a/b", "é", "x" * 61, "CON:", "taken"])
def test_names_that_are_no_folder_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(FramingError):
        uploads.new_study(tmp_path, name)


def test_a_server_that_only_shows_takes_no_files_and_knows_one_study(tmp_path: Path) -> None:
    make(tmp_path / "other", PAIR)
    study = make(tmp_path / "study", PAIR)
    test = opened(study, "add")
    assert "only shows its study" in test.info[0].value
    assert not test.get("file_uploader")
    assert not opened(study, "event").expander
    test = opened(study, "start", study="other")
    assert "a study that is not here" in test.warning[0].value


def test_studies_lie_beside_each_other_and_links_stay_in_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EDITABLE_VARIABLE, "1")
    make(tmp_path / "other", PAIR[2:])
    study = make(tmp_path / "study", PAIR)
    test = opened(study)
    assert "study=" not in markup(test)
    test.selectbox(key="study looked at").set_value("other").run()
    assert "<dd>1</dd>" in markup(test)
    assert 'href="/event?event=e2&amp;study=other"' in markup(test)
    assert test.query_params["study"] == "other"


def test_the_event_page_says_what_follows_from_a_correction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EDITABLE_VARIABLE, "1")
    test = opened(make(tmp_path / "study", PAIR), "event", event="e1")
    said = "\n".join(m.value for m in test.markdown).replace("\\", "")
    assert "Nothing yet: choose what is meant." in said
    assert test.button(key="correct events").disabled
    test.multiselect(key="merge e1").set_value(["e2"]).run()
    said = "\n".join(m.value for m in test.markdown).replace("\\", "")
    assert "2 events become one of 3 articles" in said
    assert not test.button(key="correct events").disabled
    test.radio(key="event action").set_value("split").run()
    assert test.button(key="correct events").disabled
