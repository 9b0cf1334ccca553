"""A study's working copy, its way into the study's place, and the one step back.

Files of a study are replaced and never written into (:mod:`framing.disk`), so hard
links make a copy that costs nothing and changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from framing.article import FramingError
from framing.disk import write_text

_WORKING = ".framing-working-"  # beside a study that is to be made lie other things of the user
_BEFORE = ".before"  # the tables and corrections that the last correction replaced
_LEFT_OVER = 24 * 3600  # seconds; a copy that old belongs to a run that was killed
# Parts come before the tables that speak of them, documents last: a part exists when they do.
_ORDER = {"findings": 0, "tables": 1, "documents": 2}
# Kept by readers while a run is under way, so never taken from its copy.
DISPUTES = "disputes"

_locks: dict[Path, threading.RLock] = {}


def changing(study: Path) -> threading.RLock:
    """The lock that every change to the files of ``study`` holds in this process."""
    return _locks.setdefault(study.resolve(), threading.RLock())


@contextlib.contextmanager
def working_copy(study: Path) -> Iterator[Path]:
    """A copy of ``study`` to work in, removed at the end; for a study that is to be made, an empty place."""
    made = (study / "study.json").is_file()
    beside = study if made else study.parent
    _sweep(beside)
    folder = Path(tempfile.mkdtemp(prefix=_WORKING, dir=beside))
    try:
        work = folder / study.name
        if made:
            for file in _files(study):
                _link(file, work / file.relative_to(study))
        yield work
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(work: Path, study: Path, state: object, *, step_back: bool) -> None:
    """Put the files of ``work`` in the place of those of ``study``.

    ``state``: what :func:`state_of` said when the copy was made. ``step_back`` keeps what is
    replaced for :func:`undo`; else nothing can be undone afterwards.

    Raises FramingError where the study was changed since, or a folder took the new one's name.
    """
    with changing(study):
        if state_of(study) != state:
            raise FramingError(
                f"{study.name} was changed by another run meanwhile; nothing was written: try again"
            )
        if state is None:
            work.rename(study)
            return
        shutil.rmtree(study / _BEFORE, ignore_errors=True)
        if step_back:
            _keep(study)
        _keep_disputes(work, study)
        for file in sorted(_files(work), key=lambda f: (_ORDER.get(f.parent.name, 3), f.name)):
            target = study / file.relative_to(work)
            if not (target.exists() and target.samefile(file)):
                target.parent.mkdir(exist_ok=True)
                file.replace(target)


def state_of(study: Path) -> object:
    """What changes when a run has changed ``study``; None where there is no study."""
    if not study.exists():
        return None
    files = [f for f in _files(study) if f.name != "corrections.json"]
    return frozenset((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)


def can_undo(study: Path) -> bool:
    """Whether the last change to ``study`` was a correction that :func:`undo` takes back."""
    return (study / _BEFORE).is_dir()


def undo(study: Path) -> None:
    """Put back the tables and corrections from before the last correction.

    Raises FramingError where there is no such step.
    """
    before = study / _BEFORE
    with changing(study):
        if not before.is_dir():
            raise FramingError(f"there is no correction of {study.name} to take back")
        _keep_disputes(before, study)
        for file in (study / "tables").glob("*.parquet"):
            if not (before / "tables" / file.name).exists():
                file.unlink()
        for file in _files(before):
            file.replace(study / file.relative_to(before))
        shutil.rmtree(before)


def _keep(study: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix=_WORKING, dir=study))
    for file in [*(study / "tables").glob("*.parquet"), study / "corrections.json"]:
        if file.exists():
            _link(file, folder / file.relative_to(study))
    folder.rename(study / _BEFORE)


def _keep_disputes(source: Path, study: Path) -> None:
    """Give ``source`` the disputes that readers of ``study`` have raised by now."""
    new, current = _corrections(source), _corrections(study)
    if new or current:
        new.pop(DISPUTES, None)
        if current.get(DISPUTES):
            new[DISPUTES] = current[DISPUTES]
        text = json.dumps(new, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_text(source / "corrections.json", text)


def _corrections(folder: Path) -> dict[str, object]:
    file = folder / "corrections.json"
    found: dict[str, object] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def _files(folder: Path) -> list[Path]:
    """The files of a study: its own and those one folder down, none that is hidden."""
    found = [*folder.glob("*"), *folder.glob("[!.]*/*")]
    return [f for f in found if f.is_file() and not f.name.startswith(".")]


def _link(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, target)
    except OSError:  # a file system without hard links
        shutil.copy2(file, target)


def _sweep(folder: Path) -> None:
    for old in folder.glob(f"{_WORKING}*"):
        if time.time() - old.stat().st_mtime > _LEFT_OVER:
            shutil.rmtree(old, ignore_errors=True)
