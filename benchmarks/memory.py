"""Memory and time of a study as it grows: its articles related in a process of their own, stage by stage.

    benchmarks/memory.py 1000 5000

``--parsed`` articles are analysed once; the others are copies of those parts of the study with other ids,
dates and words (in every copy the letters of the long words are exchanged), so that a large study takes
minutes, not hours, and its articles are as many events as they would be. What is measured is the second step
of an analysis, which sees all articles together; the first holds a part at a time. Prints, after each stage,
seconds of processor time and the highest resident memory of the main process so far. Copies are made in as
many processes as there are processors; with ``--engine processes`` events are aligned in as many.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from invented_news import reports

LONG = 5  # letters: shorter words are mostly grammar and stay what they are
LETTERS = "bcdfghklmnprstvwz"


def main() -> None:
    """Make a study of each size and relate it in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="+", metavar="ARTICLES")
    parser.add_argument("--parsed", type=int, default=500)
    parser.add_argument("--words", type=int, default=520, help="of an article at most")
    parser.add_argument(
        "--keep", type=Path, help="folder for the parsed articles, so that a second run has them"
    )
    parser.add_argument("--engine", default="here", help="where events are aligned; one process by default")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--stage", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.stage:
        print(json.dumps(related(Path(chosen.stage), chosen.engine)))
        return
    with tempfile.TemporaryDirectory() as folder:
        base = parsed(chosen.keep or Path(folder) / "parsed", chosen.parsed, chosen.words)
        for size in chosen.sizes:
            made = grown(base, Path(folder) / f"study-{size}", size)
            done = subprocess.run(
                [sys.executable, __file__, str(size), "--stage", str(made), "--engine", chosen.engine],
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr.decode()
            found = {"articles": size, **json.loads(done.stdout)}
            print(json.dumps(found) if chosen.json else told(found), flush=True)


def parsed(folder: Path, n: int, n_words: int) -> Path:
    """A study of ``n`` invented articles, made by the command."""
    if not (folder / "study" / "study.json").exists():
        (folder / "articles").mkdir(parents=True)
        for at, report in enumerate(reports(n)):
            text = "\n\n".join(shortened(report.text.split("\n\n"), n_words))
            name = f"{report.outlet}_{report.published}_{at}.txt"
            (folder / "articles" / name).write_text(f"{report.title}\n\n{text}\n", encoding="utf-8")
        command = ["analyze", str(folder / "articles"), "--study", str(folder / "study")]
        options = ["--outlet-from", "filename", "--engine", "processes"]
        subprocess.run([sys.executable, "-m", "framing", *command, *options], check=True)
    return folder / "study"


def shortened(paragraphs: list[str], n_words: int) -> list[str]:
    """The first paragraphs, up to so many words."""
    kept, n = [], 0
    for paragraph in paragraphs:
        n += len(paragraph.split())
        kept.append(paragraph)
        if n >= n_words:
            break
    return kept


def grown(base: Path, folder: Path, size: int) -> Path:
    """A study of ``size`` articles out of the parts of ``base``, not related yet."""
    from framing.study import Study
    from framing.tables import records

    source = Study.open(base)
    study = Study.create(folder, source.manifest["settings"])
    study.measured_with = source.measured_with
    row_of = {row["article_id"]: row for row in records(source.table("import_report"))}
    work, rows, made, copy = [], [], 0, 0
    while made < size:
        for part in source.parts:
            ids = sorted(source.ids_of(part))[: size - made]
            work.append((part, folder, copy, ids))
            rows += [
                {
                    **row_of[old],
                    "source_file": f"{copy}/{renamed(old, copy)}.txt",
                    "article_id": renamed(old, copy),
                }
                for old in ids
            ]
            made += len(ids)
        copy += 1
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        list(pool.map(copied, *zip(*work, strict=True), chunksize=4))
    study.write_table("import_report", rows)
    return folder


def copied(part: Path, folder: Path, copy: int, ids: list[str]) -> None:
    """Copy articles of a part into the study at ``folder``, with their findings."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from framing import store
    from framing.study import PER_ARTICLE, Study
    from framing.table_files import GROUP_ROWS

    if not ids:
        return
    name = f"{copy:04x}{part.stem}"
    (folder / "findings").mkdir(exist_ok=True)
    for table in PER_ARTICLE:
        found = pq.read_table(part.parent.parent / "findings" / f"{part.stem}.{table}.parquet")
        found = found.filter(
            pc.is_in(found["article_id"], pa.array(ids, found.schema.field("article_id").type))
        )
        own = {"article_id": [renamed(old, copy) for old in found["article_id"].to_pylist()]}
        if "published" in found.column_names:
            own["published"] = [moved(day, copy) for day in found["published"].to_pylist()]
        for column, values in own.items():
            at = found.column_names.index(column)
            found = found.set_column(at, found.field(at), pa.array(values, found.field(at).type))
        path = folder / "findings" / f"{name}.{table}.parquet"
        pq.write_table(found, path, compression="zstd", row_group_size=GROUP_ROWS)
    rng = random.Random(copy)
    letters = str.maketrans(LETTERS, "".join(rng.sample(LETTERS, len(LETTERS))))
    documents = [changed(a, letters, copy) for a in store.read(part, ids)]
    store.write(Study.create(folder, {}).document(name), documents)


def renamed(article_id: str, copy: int) -> str:
    """The id of an article in a copy."""
    return f"{copy:04x}{article_id[4:]}"


def changed(annotated: Any, letters: dict[int, str], copy: int) -> Any:
    """An annotated article with other words of the same length, another id and another date."""
    article = annotated.article
    text = exchanged(article.text, letters)
    tokens = tuple(
        replace(t, text=text[t.start : t.end], lemma=exchanged(t.lemma, letters)) for t in annotated.tokens
    )
    new = replace(article, id=renamed(article.id, copy), text=text, published=moved(article.published, copy))
    return replace(annotated, article=new, tokens=tokens)


def exchanged(text: str, letters: dict[int, str]) -> str:
    """``text`` with the letters of its long words exchanged."""
    return " ".join(word.translate(letters) if len(word) > LONG else word for word in text.split(" "))


def moved(day: str, copy: int) -> str:
    """Some days later for each copy: the copies are other weeks of the same archive."""
    return (date.fromisoformat(day) + timedelta(days=3 * copy)).isoformat()


def related(folder: Path, engine: str) -> dict[str, object]:
    """Seconds and peak of each stage of relating, as the program calls them."""
    from framing.engine import engine as engine_of
    from framing.relate import relate
    from framing.study import Study

    study = Study.create(folder, {})
    study.begin()
    stages: dict[str, dict[str, float]] = {}
    began = time.process_time()

    def progress(stage: str, done: int, total: int | None) -> None:
        stages[stage] = {"seconds": round(time.process_time() - began, 1), "peak_mb": peak_mb()}

    relate(study, on=engine_of(engine), progress=progress)
    return {"stages": stages, "seconds": round(time.process_time() - began, 1), "peak_mb": peak_mb()}


def peak_mb() -> int:
    """Highest resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def told(found: dict[str, Any]) -> str:
    """Some lines for people."""
    lines = [f"{found['articles']} articles, peak {found['peak_mb']} MB, {found['seconds']} s"]
    lines += [f"  {name}: {s['peak_mb']} MB, {s['seconds']} s" for name, s in found["stages"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
