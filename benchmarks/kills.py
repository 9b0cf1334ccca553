"""Kills a run again and again, then compares what it exports with the export of a run left alone.

At random moments SIGKILL ends the main process or one of its workers, as often as ``--kills`` says. After the
main process was killed the same command is given again. Whenever a run comes to its end, every exported file
must be the same, byte for byte, as that of the undisturbed run; kills that are left go on with a new study.
Linux only: it looks for the workers in /proc. Ends with exit code 1 where a file differs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from invented_news import reports

ENDED = (0, 1)  # 1: an invented article was too short to be one, which is the same in every run
WORKER = b"multiprocessing.spawn"  # in the command line of a worker, of processes and of Dask alike


def main() -> None:
    """Run the kills and print what became of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--words", type=int, default=80, help="of an article at most; short ones are quick")
    parser.add_argument("--engine", default="processes:2")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = disturbed(Path(folder), chosen)
    print(json.dumps(result) if chosen.json else "\n".join(f"{k}: {v}" for k, v in result.items()))
    sys.exit(1 if result["files_that_differ"] else 0)


def disturbed(folder: Path, chosen: argparse.Namespace) -> dict[str, object]:
    """What the kills did, over as many studies as they took."""
    write_articles(folder / "articles", chosen.articles, chosen.words)
    began = time.monotonic()
    run = start(folder / "articles", folder / "alone", chosen.engine)
    assert run.wait() in ENDED, f"the undisturbed run ended with {run.returncode}"
    usual = time.monotonic() - began
    expected = exported(folder / "alone", folder / "expected")
    rng = random.Random(chosen.seed)
    killed: Counter[str] = Counter()
    differ: set[str] = set()
    n_studies = n_starts = 0
    while killed.total() < chosen.kills:
        study = folder / "disturbed"
        shutil.rmtree(study, ignore_errors=True)
        n_studies += 1
        while True:
            n_starts += 1
            run = start(folder / "articles", study, chosen.engine)
            while killed.total() < chosen.kills and wait(run, rng.uniform(0, usual / 2)):
                if victim := kill(run, rng):
                    killed[victim] += 1
            if run.wait() != -signal.SIGKILL:
                break
        assert run.returncode in ENDED, f"the resumed run ended with {run.returncode}"
        found = exported(study, folder / "found")
        differ |= {name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)}
    return {
        "articles": chosen.articles,
        "engine": chosen.engine,
        "kills": dict(sorted(killed.items())),
        "studies": n_studies,
        "starts": n_starts,
        "undisturbed_seconds": round(usual, 1),
        "all_seconds": round(time.monotonic() - began, 1),
        "files_compared": len(expected),
        "files_that_differ": sorted(differ),
    }


def write_articles(folder: Path, n: int, n_words: int) -> None:
    """``n`` invented articles as files, cut after ``n_words`` words."""
    folder.mkdir()
    for at, report in enumerate(reports(n)):
        text = " ".join(report.text.split()[:n_words])
        name = f"{report.outlet}_{report.published}_{at}.txt"
        (folder / name).write_text(f"{report.title}\n\n{text}\n", encoding="utf-8")


def start(articles: Path, study: Path, engine: str) -> subprocess.Popen[bytes]:
    """The command as a user gives it."""
    options = ["--outlet-from", "filename", "--engine", engine]
    return subprocess.Popen(
        [sys.executable, "-m", "framing", "analyze", str(articles), "--study", str(study), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait(run: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the run is still at work after ``seconds``."""
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def kill(run: subprocess.Popen[bytes], rng: random.Random) -> str:
    """End the main process or one of its workers; which of the two, empty where it had ended."""
    workers = [pid for pid in children(run.pid) if WORKER in command(pid)]
    victim = rng.choice([run.pid, *workers])
    try:
        os.kill(victim, signal.SIGKILL)
    except ProcessLookupError:
        return ""
    if victim == run.pid:
        run.wait()
        return "main"
    return "worker"


def children(pid: int) -> list[int]:
    """The processes below ``pid``."""
    try:
        own = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [*own, *(below for child in own for below in children(child))]


def command(pid: int) -> bytes:
    """The command line of a process; empty where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def exported(study: Path, out: Path) -> dict[str, bytes]:
    """The exported files of a study by name."""
    shutil.rmtree(out, ignore_errors=True)
    verb = [sys.executable, "-m", "framing", "export", str(study), "--out", str(out)]
    done = subprocess.run(verb, check=False, capture_output=True)
    assert done.returncode == 0, f"{study} could not be exported"
    return {file.name: file.read_bytes() for file in out.iterdir()}


if __name__ == "__main__":
    main()
