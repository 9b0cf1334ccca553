"""Coverage-guided fuzzing of the readers and the cleaner, in several processes.

    python benchmarks/fuzz_reading.py --seconds 300 --processes 4 --out DIR [--seeds DIR ...]

Needs nothing that framing does not need; from Python 3.12 on it is many times as fast.
Every input goes the way of a file: recognised, read, cleaned. What counts as a fault: an
exception that no reader foresees, an article whose offsets do not point at what they say,
more than ``SLOW_SECONDS`` of processor time, ``STUCK_SECONDS`` by the clock, more memory than
``MEMORY_MB``, the end of the process. Each distinct fault is kept once under ``DIR/faults``
with its input and account; the run goes on. ``DIR/corpus`` grows from run to run. The exit
status is 1 where any fault was found.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import logging
import os
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fuzz_guide import Coverage, Mutator
from fuzz_samples import SKELETONS, WORDS, packed

from framing import clean as clean_package
from framing import read as read_package
from framing import seeds
from framing.article import Article
from framing.clean import RawArticle, clean
from framing.read import files, parsing
from framing.read.records import Rejected

MAX_BYTES = 60_000  # larger inputs tell nothing new and are slow to change
SLOW_SECONDS = 3.0  # an input of this size takes some hundredths
STUCK_SECONDS = 120  # by the clock; then the process is ended and another one goes on
MEMORY_MB = 2_500
_UNFORESEEN = "the reader broke down on it"
_LOOK_SECONDS = 1.0  # how often the processes are looked after
_SHARE_EVERY = 500  # inputs after which a process takes up what the others found
_RECENT = 50  # inputs that reached new lines last; half of all changes begin with one of them


class Fault(Exception):
    """Something that must not happen."""


def run(data: bytes) -> None:
    """Read and clean one input. Raises where that ends as it must not."""
    file = packed(data)
    started = time.process_time()
    for raw in _raws(data[1:]) if file is None else _read(files.member("input", "folder", file)):
        check(raw, clean(raw))
    if (taken := time.process_time() - started) > SLOW_SECONDS:
        raise Fault(f"takes {taken:.1f} s")


def _raws(data: bytes) -> Iterator[RawArticle]:
    text = data.decode("utf-8", "replace").replace("\ufffd\ufffd", "\ud800")  # a half pair now and then
    title = text.partition("\n")[0].replace("\ud800", "")  # readers give titles that can be written
    yield RawArticle(text)
    yield RawArticle(text, title=title, outlet="Post", extracted=True, furniture=frozenset({"related"}))


def _read(file: files.InputFile) -> Iterator[RawArticle]:
    for one in parsing.parse(file, {}):
        if not isinstance(one, parsing.Parsed):
            continue
        found = one.found
        if isinstance(found, Rejected):
            if found.reason == _UNFORESEEN:
                raise Fault(f"{one.source_format}: {found.found}")
        elif isinstance(found, RawArticle):
            yield found


def check(raw: RawArticle, article: Article) -> None:
    """Raise Fault where the cleaned text and the source do not belong together."""
    if any("\ud800" <= c <= "\udfff" for c in article.text + article.title + article.outlet):
        raise Fault("half a surrogate pair in what is shown")
    if len(article.source) != len(raw.source):  # half a pair is replaced, nothing moves
        raise Fault("the source is not what was read")
    end = 0
    for start, at, length in article.pieces:
        if start < end or article.text[start : start + length].replace(" ", "") != _plain(
            article.source[at : at + length]
        ):
            raise Fault("a piece of the text is not what stands in the source")
        end = start + length
    for paragraph in article.paragraphs:
        if paragraph.source.end > len(raw.source) or not paragraph.source.of(raw.source).strip():
            raise Fault("a paragraph points outside the source, or at nothing")
        if paragraph.span and paragraph.span.end > len(article.text):
            raise Fault("a paragraph points outside the text")


def _plain(text: str) -> str:
    return "".join(c for c in text if not c.isspace())


def _corpus(out: Path, seed_folders: Sequence[Path]) -> None:
    folder = out / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    found = [bytes([kind]) + text.encode() for kind, text in SKELETONS]
    paths = [p for root in (seeds.folder(), *seed_folders) for p in root.rglob("*") if p.is_file()]
    found += [b"\0" + p.read_bytes() for p in paths if p.stat().st_size < MAX_BYTES]
    for data in found:
        _keep(folder, data)


def _keep(folder: Path, data: bytes) -> None:
    (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


class Fuzzer:
    """One process: changes inputs of the corpus, keeps those that reach new lines, and the faults."""

    def __init__(self, out: Path, number: int) -> None:
        self.out, self.number = out, number
        packages = (read_package.__file__, clean_package.__file__)
        self.coverage = Coverage([str(Path(file).parent) for file in packages if file])
        self.mutator = Mutator(WORDS, MAX_BYTES, seed=int(time.time()) * 1_000 + number)
        self.running = out / "running" / str(number)
        self.corpus: list[bytes] = []
        self.names: set[str] = set()
        self.n_run = 0

    def fuzz(self, seconds: float) -> None:
        """Run inputs until the time is over."""
        until = time.monotonic() + seconds
        self._take_up()
        while time.monotonic() < until:
            pool = self.corpus[-_RECENT:] if self.mutator.random.random() < 0.5 else self.corpus
            data = self.mutator.changed(
                self.mutator.random.choice(pool), self.mutator.random.choice(self.corpus)
            )
            before = self.coverage.n_lines
            self._one(data)
            if self.coverage.n_lines > before:
                _keep(self.out / "corpus", data)
                self.corpus.append(data)
            if self.n_run % _SHARE_EVERY == 0:
                self._take_up()
        _note(self.out, self.number, self.n_run, self.coverage.n_lines)
        self.running.unlink(missing_ok=True)

    def _take_up(self) -> None:
        """Run what lies in the corpus and is not known yet, which tells the lines that it reaches."""
        for path in sorted((self.out / "corpus").iterdir()):
            if path.name not in self.names:
                self.names.add(path.name)
                data = path.read_bytes()
                self._one(data)
                self.corpus.append(data)
        _note(self.out, self.number, self.n_run, self.coverage.n_lines)

    def _one(self, data: bytes) -> None:
        """Run an input; keep it where that is a new fault."""
        self.n_run += 1
        self.running.write_bytes(data)
        try:
            run(data)
        except Exception as error:
            place = "|".join(
                f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)[-3:]
            )
            account = traceback.format_exc()
            self._fault(data, place + str(error)[:40], account)

    def _fault(self, data: bytes, place: str, account: str) -> None:
        path = self.out / "faults" / hashlib.sha256(place.encode("utf-8", "replace")).hexdigest()[:12]
        if not path.exists():
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(account, encoding="utf-8", errors="replace")
            print(f"FAULT {path.name}: {account.splitlines()[-1]}", file=sys.stderr, flush=True)


def _note(out: Path, number: int, n_run: int, n_lines: int) -> None:
    (out / "counts" / f"{os.getpid()}-{number}").write_text(f"{n_run} {n_lines}", encoding="ascii")


@dataclass
class Child:
    """A fuzzing process as its parent sees it."""

    number: int
    process: subprocess.Popen[bytes]


def _started(options: argparse.Namespace, number: int, seconds: float) -> Child:
    command = [sys.executable, __file__, "--out", str(options.out), "--child", str(number)]
    return Child(number, subprocess.Popen([*command, "--seconds", str(int(seconds))]))


def _look_after(options: argparse.Namespace) -> None:
    """Keep the processes going; what ends or stops one is a fault."""
    until = time.monotonic() + options.seconds
    children = [_started(options, number, options.seconds) for number in range(options.processes)]
    while children:
        time.sleep(_LOOK_SECONDS)
        for child in list(children):
            running = options.out / "running" / str(child.number)
            status = child.process.poll()
            if status is None:
                if not running.exists() or time.time() - running.stat().st_mtime < STUCK_SECONDS:
                    continue
                child.process.kill()
                child.process.wait()
            children.remove(child)
            if status == 0:
                continue
            if running.exists():
                what = "stuck" if status is None else f"status-{status}"
                name = hashlib.sha256(running.read_bytes()).hexdigest()[:12]
                running.rename(options.out / "faults" / f"{what}-{name}")
            if (left := until - time.monotonic()) > _LOOK_SECONDS:
                children.append(_started(options, child.number, left))


def _summary(out: Path, seconds: int) -> int:
    """Print what was run and found; the number of faults."""
    counts = [path.read_text("ascii").split() for path in (out / "counts").iterdir()]
    n_run, n_lines = sum(int(n) for n, _ in counts), max((int(n) for _, n in counts), default=0)
    faults = sorted(p.name for p in (out / "faults").iterdir() if p.suffix != ".txt")
    print(
        f"{seconds} s, {len(counts)} processes, {n_run:,} inputs run, {n_lines:,} lines reached,"
        f" {len(list((out / 'corpus').iterdir())):,} inputs in the corpus;"
        f" {len(faults)} distinct faults: {', '.join(faults) or 'none'}"
    )
    return len(faults)


def main() -> int:
    """Fuzz for a time; run again what breaks the process itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, nargs="*", default=())
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--again", type=Path, help="run one kept input and show what happens")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # the extractor's own words on broken pages
    if options.again:
        run(options.again.read_bytes())
        return 0
    if options.child is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))
        gc.freeze()
        Fuzzer(options.out, options.child).fuzz(options.seconds)
        return 0
    for name in ("faults", "running", "counts"):
        (options.out / name).mkdir(parents=True, exist_ok=True)
    for path in (*(options.out / "counts").iterdir(), *(options.out / "running").iterdir()):
        path.unlink()
    _corpus(options.out, options.seeds)
    _look_after(options)
    return 1 if _summary(options.out, options.seconds) else 0


if __name__ == "__main__":
    sys.exit(main())
