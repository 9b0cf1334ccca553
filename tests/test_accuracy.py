"""Figures on the marked texts stay above their floors; floors are looked at anew when the texts change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accuracy import FLOORS, GOLD, TASKS, Task, below, floors, raised, with_value
from tests.marked_quotes import passages

TEXT = FLOORS.read_text(encoding="utf-8")
LEAST = floors(TEXT)


def test_every_task_has_floors_and_every_floor_a_task() -> None:
    assert sorted(LEAST) == sorted(TASKS)


def test_every_marked_text_belongs_to_one_task() -> None:
    marked = [path for task in TASKS.values() for path in task.texts]
    assert len(marked) == len({*marked}) + 1, "the marks of the two demonstration events share a file"
    assert set(GOLD.rglob("*.txt")) <= {*marked}


def test_at_least_thirty_british_passages_are_marked() -> None:
    texts = [p.article.text for p in passages(GOLD / "quotes" / "british.txt")]
    assert len(texts) >= 30
    assert all("'" in text or "’" in text for text in texts)


@pytest.mark.parametrize("name", TASKS)
def test_floors_were_looked_at_since_the_marked_texts_changed(name: str) -> None:
    assert LEAST[name].get("texts") == TASKS[name].digest(), (
        f"the marked texts of {name} have changed; look at what is reached and at the floors, then run"
        f" `python -m tests.accuracy --looked-at {name}`"
    )


@pytest.mark.parametrize("name", TASKS)
def test_no_figure_is_below_its_floor(name: str) -> None:
    reached = TASKS[name].score()
    assert below(reached.figures, LEAST[name]) == [], "\n".join(reached.wrong)


def test_a_fallen_figure_and_a_missing_one_are_found() -> None:
    least = {"texts": "ab", "recall": 0.9, "cue": 0.5}
    assert below({"recall": 0.9, "cue": 0.5}, least) == []
    assert below({"recall": 0.89, "kind": 1.0}, least) == [
        "cue has a floor, and is not scored",
        "kind has no floor; it is 1.0",
        "recall is 0.89, the floor 0.9",
    ]


def test_a_changed_mark_changes_the_digest_and_a_line_end_does_not(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tests.accuracy.ROOT", tmp_path)
    path = tmp_path / "a.txt"
    digests = []
    for content in (b"one [[two]]\n", b"one [[two]]\r\n", b"one two\n"):
        path.write_bytes(content)
        digests.append(Task((path,), TASKS["pages"].score).digest())
    assert digests[0] == digests[1] != digests[2]


def test_raising_keeps_comments_and_lowers_nothing() -> None:
    text = '# why\n[a]\nrecall = 0.9  \n"x y" = 0.5\n\n# b\n[b.c]\nrecall = 0.1\n'
    new = raised(text, "a", {"recall": 0.8, "x y": 0.678, "cue": 1.0})
    assert new == '# why\n[a]\nrecall = 0.9  \n"x y" = 0.67\ncue = 1.0\n\n# b\n[b.c]\nrecall = 0.1\n'
    assert floors(raised(new, "d", {"f": 0.5}))["d"] == {"f": 0.5}
    assert floors(with_value(text, "b.c", "texts", '"ff"'))["b.c"] == {"recall": 0.1, "texts": "ff"}
