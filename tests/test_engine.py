"""Engines: the same results everywhere; a worker that dies takes nothing with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from distributed import LocalCluster

from framing.article import Article, FramingError
from framing.engine import Dask, Engine, Here, Processes, Task, engine


def article(name: str) -> Article:
    return Article(name, f"Text {name}.", f"Text {name}.", (), ((0, 0, 7),))


TASKS: list[Task] = [tuple(article(f"{n}{c}") for c in "abcd") for n in range(5)]

ENGINES: dict[str, Callable[[], Engine]] = {
    "here": Here,
    "processes": partial(Processes, 2),
    "dask": Dask,
}
WITH_WORKERS = ["processes", "dask"]


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


@pytest.mark.parametrize("name", WITH_WORKERS)
def test_a_killed_worker_loses_nothing(name: str, tmp_path: Path) -> None:
    flag = tmp_path / "died"
    found = {o.task: o.result for o in ENGINES[name]().run(partial(die_once, flag), iter(TASKS))}
    assert flag.exists()
    done = [i for result in found.values() for i in result or []]
    assert sorted(done) == sorted(i for task in TASKS for i in ids(task))


def worker(task: Task) -> int:
    return os.getpid()


@pytest.mark.parametrize("name", WITH_WORKERS)
def test_kept_workers_stay_from_one_run_to_the_next_and_end_with_the_block(name: str) -> None:
    on = ENGINES[name]()
    with on.kept():
        first, second = ({o.result for o in on.run(worker, iter(TASKS * 4))} for _ in range(2))
        assert len(first | second) <= 2
        assert os.getpid() not in first
    _until(lambda: not any(map(_runs, first | second)))
    assert {o.result for o in on.run(worker, iter(TASKS))}.isdisjoint(first | second)


@pytest.mark.parametrize("name", WITH_WORKERS)
def test_a_run_goes_on_where_a_kept_worker_died_before_it(name: str) -> None:
    on = ENGINES[name]()
    with on.kept():
        for pid in {o.result for o in on.run(worker, iter(TASKS))}:
            os.kill(pid, signal.SIGKILL)
        found = {o.task: o.result for o in on.run(ids, iter(TASKS))}
    assert found == {task: ids(task) for task in TASKS}


@pytest.mark.parametrize("name", WITH_WORKERS)
def test_the_article_that_ends_every_worker_is_given_back_alone(name: str) -> None:
    found = list(ENGINES[name]().run(die_of_one, iter(TASKS[:3])))
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
    clustered = engine("dask:tcp://10.0.0.1:8786")
    assert isinstance(clustered, Dask)
    assert clustered.address == "tcp://10.0.0.1:8786"


@pytest.mark.parametrize("name", ["spark", "processes:0", "processes:many", "here:2"])
def test_an_unknown_engine_is_refused(name: str) -> None:
    with pytest.raises(FramingError, match=name):
        engine(name)


def test_without_the_extra_dask_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(FramingError, match=r"pip install 'framing\[cluster\]'"):
        engine("dask")


@pytest.mark.parametrize("address", ["10.0.0.1", "ftp://10.0.0.1:8786"])
def test_an_address_without_a_scheduler_is_refused(address: str) -> None:
    with pytest.raises(FramingError, match=f"no Dask scheduler answers at '{address}'"):
        list(Dask(address).run(ids, iter(TASKS)))


def test_a_cluster_that_is_there_is_used_and_left_running(tmp_path: Path) -> None:
    here = {"host": "127.0.0.1", "protocol": "tcp", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, **here) as cluster:
        file = tmp_path / "scheduler.json"
        file.write_text(f'{{"address": "{cluster.scheduler_address}"}}')
        for address in (cluster.scheduler_address, str(file)):
            found = {o.task: o.result for o in Dask(address).run(ids, iter(TASKS))}
            assert found == {task: ids(task) for task in TASKS}


def say_and_sleep(file: Path, task: Task) -> None:
    file.with_suffix(".new").write_text(str(os.getpid()))
    file.with_suffix(".new").rename(file)
    time.sleep(600)


def test_workers_end_with_a_main_process_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "worker"
    code = (
        "from functools import partial; from pathlib import Path; from tests import test_engine as t;"
        f" list(t.Processes(1).run(partial(t.say_and_sleep, Path({str(file)!r})), iter(t.TASKS)))"
    )
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen([sys.executable, "-c", code], cwd=root) as main:
        _until(file.exists)
        main.kill()
    _until(lambda: not _runs(int(file.read_text())))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended waits there for whoever takes over the processes of the dead.
    status = Path(f"/proc/{pid}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())


def _until(happened: Callable[[], bool]) -> None:
    for _ in range(600):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen within a minute")
