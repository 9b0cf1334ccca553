"""Coverage-guided fuzzing of the readers and the cleaner.

    pip install atheris    # once; it is no part of the lock
    python benchmarks/fuzz_reading.py --seconds 3600 --out DIR [--seeds DIR ...]

Every input goes the way of a file: recognised, read, cleaned. What counts as a fault: an
exception that no reader foresees, an article whose offsets do not point at what they say,
more than ``SLOW_SECONDS`` of processor time, a crash of the process. Each distinct fault is
kept once under ``DIR/faults`` with its input and traceback; the run goes on. ``DIR/corpus``
grows from run to run. The exit status is 1 where any fault was found.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import atheris  # type: ignore[import-not-found]
from fuzz_samples import SKELETONS, WORDS, packed

with atheris.instrument_imports(include=["framing.read", "framing.clean"]):
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
    end = 0
    for start, at, length in article.pieces:
        if start < end or article.text[start : start + length].replace(" ", "") != _plain(
            raw.source[at : at + length]
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


def _corpus(out: Path, seed_folders: Sequence[Path]) -> Path:
    folder = out / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    found = [bytes([kind]) + text.encode() for kind, text in SKELETONS]
    paths = [p for root in (seeds.folder(), *seed_folders) for p in root.rglob("*") if p.is_file()]
    found += [b"\0" + p.read_bytes() for p in paths if p.stat().st_size < MAX_BYTES]
    for data in found:
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    lines = ('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS)
    (out / "words.dict").write_text("".join(lines), encoding="ascii")
    return folder


def _keeper(out: Path) -> Callable[[bytes], None]:
    """What libFuzzer calls: runs an input, keeps a new fault and goes on."""
    folder = out / "faults"
    folder.mkdir(exist_ok=True)

    def one(data: bytes) -> None:
        try:
            run(data)
        except Exception as error:
            trace = traceback.extract_tb(error.__traceback__)
            place = "|".join(f"{f.filename}:{f.lineno}" for f in trace[-3:]) + str(error)[:60]
            name = hashlib.sha256(place.encode()).hexdigest()[:12]
            if not (folder / name).exists():
                (folder / name).write_bytes(data)
                account = traceback.format_exc()
                (folder / f"{name}.txt").write_text(account, encoding="utf-8", errors="replace")
                print(f"FAULT {name}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)

    return one


def main() -> int:
    """Fuzz for a time; run again what breaks the process itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, nargs="*", default=())
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--again", type=Path, help="run one kept input and show what happens")
    options = parser.parse_args()
    if options.again:
        run(options.again.read_bytes())
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    if options.child:
        flags = [f"-max_total_time={options.seconds}", f"-timeout={STUCK_SECONDS}", f"-max_len={MAX_BYTES}"]
        flags += [f"-rss_limit_mb={MEMORY_MB}", f"-dict={options.out / 'words.dict'}", "-print_final_stats=1"]
        flags += [f"-artifact_prefix={options.out / 'faults'}/process-", str(options.out / "corpus")]
        atheris.Setup([sys.argv[0], *flags], _keeper(options.out))
        atheris.Fuzz()
    _corpus(options.out, options.seeds)
    until = time.monotonic() + options.seconds
    while (left := int(until - time.monotonic())) > 1:
        subprocess.run(
            [sys.executable, __file__, "--child", "--seconds", str(left), "--out", str(options.out)],
            check=False,
        )
    faults = sorted(p.name for p in (options.out / "faults").glob("*") if p.suffix != ".txt")
    print(f"{options.seconds} s, {len(faults)} distinct faults: {', '.join(faults) or 'none'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
