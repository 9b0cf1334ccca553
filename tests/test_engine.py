"""Engines: the same results everywhere; a worker that dies takes nothing with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from framing.article import Article, FramingError
from framing.engine import Engine, Here, Processes, Task, engine


def article(name: str) -> Article:
    return Article(name, f"Text {name}.", f"Text {name}.", (), ((0, 0, 7),))


TASKS: list[Task] = [tuple(article(f"{n}{c}") for c in "abcd") for n in range(5)]

ENGINES: dict[str, Callable[[], Engine]] = {
    "here": Here,
    "processes": partial(Processes, 2),
}


def ids(task: Task) -> list[str]:
    return [a.id for a in task]


def die_once(flag: Path, task: Task) -> list[str]:
    """Ends its process the first time that any worker takes the third task."""
    if task[0].id == "2a" and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return ids(task)


def die_of_one(task: Task) -> list[str]:
    if "1c" in ids(task):
        os.kill(os.getpid(), signal.SIGKILL)
    return ids(task)


def break_down(task: Task) -> list[str]:
    raise ValueError("broken by its own code")


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_finishes_every_task(name: str) -> None:
    found = {o.task: o.result for o in ENGINES[name]().run(ids, iter(TASKS))}
    assert found == {task: ids(task) for task in TASKS}


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    flag = tmp_path / "died"
    found = {o.task: o.result for o in Processes(2).run(partial(die_once, flag), iter(TASKS))}
    assert flag.exists()
    done = [i for result in found.values() for i in result or []]
    assert sorted(done) == sorted(i for task in TASKS for i in ids(task))


def test_the_article_that_ends_every_worker_is_given_back_alone() -> None:
    found = list(Processes(2).run(die_of_one, iter(TASKS[:3])))
    (lost,) = [o.task for o in found if o.result is None]
    assert ids(lost) == ["1c"]
    done = [i for o in found for i in o.result or []]
    assert sorted([*done, "1c"]) == sorted(i for t in TASKS[:3] for i in ids(t))


@pytest.mark.parametrize("name", ENGINES)
def test_an_error_of_the_work_is_raised(name: str) -> None:
    with pytest.raises(ValueError, match="broken by its own code"):
        list(ENGINES[name]().run(break_down, iter(TASKS[:1])))


def test_engines_by_name() -> None:
    assert isinstance(engine(), Here)
    chosen = engine("processes:3")
    assert isinstance(chosen, Processes)
    assert chosen.n == 3
    assert isinstance(engine("processes"), Processes)


@pytest.mark.parametrize("name", ["spark", "processes:0", "processes:many", "here:2"])
def test_an_unknown_engine_is_refused(name: str) -> None:
    with pytest.raises(FramingError, match=name):
        engine(name)
