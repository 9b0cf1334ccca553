"""A study made on a cluster that loses a worker is the study made in one process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from framing import analysis
from framing.engine import Dask, Here, Outcome, Task
from framing.engine.task import R, T
from framing.export import export
from framing.study import Study


def do_and_die_once(flag: Path, work: Callable[[Task[T]], R], task: Task[T]) -> R:
    """Ends the first worker that has written a part, before it can say so."""
    result = work(task)
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return result


class Dying(Dask):
    """Two workers of this machine, one of which is killed in the midst of each job."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.flags: list[Path] = []
        self.folder = folder

    def run(self, work: Callable[[Task[T]], R], tasks: Iterable[Task[T]]) -> Iterator[Outcome[T, R]]:
        self.flags.append(self.folder / f"died-{len(self.flags)}")
        return super().run(partial(do_and_die_once, self.flags[-1], work), tasks)


def test_the_exported_bytes_do_not_depend_on_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "PART_SIZES", (2,))
    folder = tmp_path / "articles"
    folder.mkdir()
    for n, outlet in enumerate(["Post", "Times", "Herald", "Mail", "Post"]):
        said = f"“We will not wait {n} more years,” Anna Berg said. The {outlet} had asked for a comment."
        text = f"Council votes\n\nThe city council voted on Monday to close the old harbour.\n\n{said}\n"
        (folder / f"{outlet}_2024-05-0{n + 1}_vote.txt").write_text(text, encoding="utf-8")
    exported = []
    dying = Dying(tmp_path)
    for name, on in (("here", Here()), ("dask", dying)):
        study = tmp_path / name
        analysis.analyze([folder], study, outlet_from="filename", on=on)
        export(Study.open(study), tmp_path / f"{name}-out")
        exported.append({f.name: f.read_bytes() for f in (tmp_path / f"{name}-out").iterdir()})
    assert [flag.exists() for flag in dying.flags] == [True] * 5, "articles, words, runs, events, tables"
    assert exported[0] == exported[1]
