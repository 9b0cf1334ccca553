"""The process that does the work: a job comes in as one line of JSON, progress and result go out as lines."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from framing.article import FramingError
from framing.relate import Progress

Result = dict[str, Any]
# What a page can show of an import; all of it stands in the study's import report.
MAX_PROBLEMS = 500


def look(progress: Progress, inputs: Sequence[str], mapping: Mapping[str, str]) -> Result:
    """What the files hold, before anything is analysed."""
    from framing.jobs.looking import look_into

    return {"files": look_into([Path(path) for path in inputs], mapping)}


def analyze(
    progress: Progress,
    study: str,
    inputs: Sequence[str],
    mapping: Mapping[str, str],
    outlet_from: str | None = None,
) -> Result:
    """Read the files into the study."""
    from framing.analysis import analyze

    try:
        summary = analyze(inputs, study, mapping=mapping, outlet_from=outlet_from, progress=progress)
    except FramingError as error:
        return {"error": str(error), "problems": _problems(study, inputs)}
    return {
        "new": summary.n_new,
        "articles": summary.n_articles,
        "events": summary.n_events,
        "unapplied": list(summary.unapplied),
        "problems": _problems(study, inputs),
    }


def _problems(study: str, inputs: Sequence[str]) -> list[Result]:
    """The rows of the import report that speak of these files and say that something was not taken."""
    from framing import tables
    from framing.study import Study

    if not (Path(study) / "study.json").exists():
        return []
    names = {Path(path).name for path in inputs}
    report = tables.records(Study.create(study, {}).table("import_report"))
    return [
        row
        for row in report
        if row["status"] != "parsed" and str(row["source_file"]).partition("/")[0] in names
    ][:MAX_PROBLEMS]


def events(progress: Progress, study: str, action: str, ids: Sequence[str]) -> Result:
    """Correct event groups."""
    from framing import relate
    from framing.study import Study

    opened = Study.open(study)
    relate.correct_events(opened, action, ids, progress=progress)
    return {"events": len(opened.table("events"))}


def referents(progress: Progress, study: str, step: Mapping[str, Any]) -> Result:
    """Correct a referent of an event."""
    from framing import relate
    from framing.referents import Corrections
    from framing.study import Study

    (one,) = Corrections.from_json([step]).steps
    relate.correct_referents(Study.open(study), one, progress=progress)
    return {}


KINDS: Mapping[str, Callable[..., Result]] = {
    "look": look, "analyze": analyze, "events": events, "referents": referents,
}  # fmt: skip


def main() -> None:
    """Do the job that comes in; end at once where the parent has gone."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no message of ours
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)  # pages are drawn first (Windows has no such call)

    def tell(**message: Any) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    def progress(stage: str, done: int, total: int | None) -> None:
        tell(stage=stage, done=done, total=total)

    try:
        result = KINDS[job.pop("kind")](progress, **job)
    except FramingError as error:
        result = {"error": str(error)}
    tell(result=result, error=result.get("error", ""))


def _end_with_parent() -> None:
    while os.read(0, 4096):  # not through sys.stdin: its lock, held here, would break the end of the process
        pass
    os._exit(1)
