"""Events are aligned as tasks: taken up where a run stopped, and one that breaks down ends no run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from framing import aligning, passages
from framing.aligning import Members
from framing.analysis import analyze
from framing.annotation import AnnotatedArticle
from framing.engine import Here, Outcome, Task
from framing.engine.task import R, T
from framing.relate import relate
from framing.study import Study

STORIES = {
    "harbour": "The city council voted on Monday to close the old harbour and its fish market.",
    "eclipse": "Astronomers in Chile photographed a total eclipse above the desert observatory.",
    "strike": "Railway drivers began a strike over wages and stopped every train to the coast.",
}
TABLES = ("speakers", "voices", "passages", "labels", "portrayals", "presence", "distinctive", "comparisons")


@pytest.fixture(scope="module")
def related(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aligning")
    (folder / "articles").mkdir()
    for subject, opening in STORIES.items():
        for outlet in ("Post", "Times"):
            said = f"“We did not expect the {subject} so early,” Anna Berg told the {outlet}."
            text = f"{subject.title()} makes news\n\n{opening} {opening.lower()}\n\n{said}\n"
            (folder / "articles" / f"{outlet}_2024-05-09_{subject}.txt").write_text(text, encoding="utf-8")
    study = analyze([folder / "articles"], folder / "study", outlet_from="filename").study
    assert len(study.table("events")) == len(STORIES)
    return study.path


@pytest.fixture
def study(related: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setattr(aligning, "MOST_ARTICLES", 2)
    shutil.copytree(related, tmp_path / "study")
    return Study.open(tmp_path / "study")


def tables_of(study: Study) -> dict[str, pd.DataFrame]:
    return {name: study.table(name) for name in TABLES}


class Stopping(Here):
    """Stops the run after its first events; ``tasks`` are those with events that it was given."""

    def __init__(self) -> None:
        self.tasks: list[tuple[object, ...]] = []

    def run(self, work: Callable[[Task[T]], R], tasks: Iterable[Task[T]]) -> Iterator[Outcome[T, R]]:
        for task in tasks:
            if isinstance(task[0], Members):
                self.tasks.append(task)
            if len(self.tasks) == 2:
                raise KeyboardInterrupt
            yield Outcome(task, work(task))


class Losing(Here):
    """Loses one event, as if it ended every process that took it."""

    def run(self, work: Callable[[Task[T]], R], tasks: Iterable[Task[T]]) -> Iterator[Outcome[T, R]]:
        first, *others = tasks
        yield Outcome(first, None)
        yield from super().run(work, others)


def test_a_stopped_run_is_taken_up_and_nothing_aligned_twice(study: Study) -> None:
    before = tables_of(study)
    with pytest.raises(KeyboardInterrupt):
        relate(study, on=Stopping())
    again = Stopping()
    with pytest.raises(KeyboardInterrupt):
        relate(study, on=again)
    assert len(again.tasks) == 2, "of three events one was done"
    relate(study, on=Here())
    assert not (study.path / "aligned").exists()
    for name, frame in before.items():
        pd.testing.assert_frame_equal(study.table(name), frame)


def test_pieces_of_other_decisions_are_not_taken_up(study: Study) -> None:
    speaker = study.table("speakers")["speaker"].dropna().iloc[0]
    with pytest.raises(KeyboardInterrupt):
        relate(study, on=Stopping())
    study.write_corrections({"speakers": [{"speaker": speaker, "name": "Somebody Else"}]})
    relate(study)
    assert set(study.table("quotes")["speaker"].dropna()) == {"Somebody Else"}
    assert "Somebody Else" in set(study.table("voices")["speaker"])


def test_an_event_that_ends_every_process_is_told_and_the_others_are_aligned(study: Study) -> None:
    before = study.table("passages")
    told = relate(study, on=Losing())
    assert len(told) == 1
    assert "it ended every process that took it" in told[0]
    presence = study.table("presence").set_index("event_id")
    (lost,) = set(presence.index[presence["why_none"].str.contains("broke down", na=False)])
    assert lost in told[0]
    pd.testing.assert_frame_equal(
        study.table("passages"), before[before["event_id"] != lost].reset_index(drop=True)
    )
    assert relate(Study.open(study.path)) == []
    pd.testing.assert_frame_equal(study.table("passages"), before)


def test_an_event_on_which_the_code_breaks_down_says_how(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = study.table("events")["event_id"].iloc[1]
    usual = passages.passages

    def broken(members: list[AnnotatedArticle], event_id: str) -> passages.Passages:
        if event_id == lost:
            raise ValueError("no such sentence")
        return usual(members, event_id)

    monkeypatch.setattr(passages, "passages", broken)
    (told,) = relate(study)
    assert told.startswith(f"event {lost} has no passages")
    assert "ValueError: no such sentence" in told
    why = study.table("presence").set_index("event_id").loc[lost, "why_none"]
    assert set(why) == {"the analysis broke down: ValueError: no such sentence"}
    assert lost not in set(study.table("passages")["event_id"])
    assert study.table("passages")["event_id"].nunique() == len(STORIES) - 1


def test_a_large_event_is_a_task_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligning, "MOST_ARTICLES", 3)
    events = [Members(f"e{n}", tuple("abcdefgh"[:n]), (), (), ()) for n in (1, 2, 8, 1)]
    sizes = [[len(event.article_ids) for event in batch] for batch in aligning._batches(events)]
    assert sizes == [[1, 2], [8], [1]]
