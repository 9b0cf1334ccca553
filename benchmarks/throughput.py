"""`framing analyze` against the bare parse: articles a second on one core, stage by stage, and beside peers.

    python benchmarks/throughput.py [--articles N] [--corpus DIR] [--json] [--no-peers]

The bare parse is the same model as spaCy loads it, every component, over the texts that framing
analyses. Seconds are of CPU, child processes included, one thread for the matrices; loading (Python,
libraries, the model) is left out for both. The parse is timed before and after the analysis, so that a
machine that grows slower favours neither. Without ``--corpus`` (files that framing reads) the articles
are invented: see ``invented_news.py``.

Two processes are compared with one by the clock, start-up included, on three times as many invented
articles (start-up is some 3 seconds, whatever the size): the whole analysis, and without the grouping,
whose joining is the main process's alone.

Peers: textacy's quotations where it is installed, textstat's formulas and VADER as their manuals call
them, on whole articles.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from invented_news import Report, reports

# In milliseconds of CPU an article.
Stages = dict[str, float]

LONGER = 3  # times the articles where processes are compared by the clock

_PEER_FORMULAS = ("flesch_reading_ease", "flesch_kincaid_grade", "automated_readability_index")


def cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of ``work``."""
    start = cpu()
    work()
    return cpu() - start


def analysed(corpus: str) -> dict[str, float]:
    """One analysis in this process, with the bare parse of the same texts before and after it."""
    import scipy.cluster.hierarchy  # noqa: F401  # the bundled articles have no map
    import spacy

    from framing import language
    from framing.analysis import analyze
    from framing.read import read
    from framing.resources import folder as bundled

    start = cpu()
    nlp = language.load()
    load = cpu() - start
    bare = spacy.load(nlp.path)
    texts = [item.article.text for item in read([corpus]) if item.article]
    with tempfile.TemporaryDirectory() as folder:
        analyze([bundled("seeds")], Path(folder) / "warm")  # the lists and the models of wording are loaded
        before = timed(lambda: list(bare.pipe(texts)))
        whole = timed(lambda: analyze([corpus], Path(folder) / "study"))
        after = timed(lambda: list(bare.pipe(texts)))
    n, parse = len(texts), (before + after) / 2
    return {
        "articles": n,
        "words": sum(len(text.split()) for text in texts),
        "bare_articles_per_s": n / parse,
        "analyze_articles_per_s": n / whole,
        "ratio_to_bare_parse": parse / whole,
        "load_s": load,
    }


def stages(corpus: str) -> Stages:
    """Where the time of an analysis goes."""
    from framing import annotate, language
    from framing.analysis import analyze
    from framing.language import load
    from framing.measures import MEASURES
    from framing.read import read
    from framing.relate import relate
    from framing.resources import folder as bundled
    from framing.rows import article_rows
    from framing.study import Study

    nlp = load()
    articles = [item.article for item in read([corpus]) if item.article]
    n = len(articles)
    out: Stages = {}

    def took(stage: str, work: Callable[[], Any]) -> Any:
        start = cpu()
        made = work()
        out[stage] = out.get(stage, 0.0) + 1000 * (cpu() - start) / n
        return made

    with tempfile.TemporaryDirectory() as folder:
        analyze([bundled("seeds")], Path(folder) / "warm")
        took("read and clean", lambda: list(read([corpus])))
        units = [[unit.text for unit in annotate.article_units(article)] for article in articles]
        docs = took("parse", lambda: list(nlp.pipe([text for texts in units for text in texts])))
        del docs
        annotated = took("parse, quotations, tokens", lambda: list(annotate.annotate(articles)))
        study = Study.create(Path(folder) / "study", {"model": language.model_info()})
        for one in annotated:
            for measure in MEASURES:
                kind = measure.compute.__module__.rsplit(".", 1)[-1]
                took(f"measure: {kind}", lambda one=one, measure=measure: measure.findings(one))
        rows = took("measures and rows", lambda: article_rows(annotated))
        took("write", lambda: study.write_part(annotated, rows))
        began = cpu()
        reached: dict[str, float] = {}
        relate(study, progress=lambda stage, done, total: reached.setdefault(stage, cpu()))
        ends = [*list(reached.values())[1:], cpu()]
        for stage, start, end in zip(reached, [began, *ends], ends, strict=False):
            out[stage] = 1000 * (end - start) / n
    return out


def peers(corpus: str) -> Stages:
    """Other libraries on the same texts, each as its manual calls it."""
    import warnings

    import spacy
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    from framing import language
    from framing.read import read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat

    texts = [item.article.text for item in read([corpus]) if item.article]
    bare = spacy.load(language.load().path)
    vader = SentimentIntensityAnalyzer()
    list(bare.pipe(texts[:2]))
    docs: list[Any] = []
    work: dict[str, Callable[[], object]] = {
        "spaCy alone": lambda: docs.extend(bare.pipe(texts)),
        "textstat, three formulas": lambda: [getattr(textstat, f)(t) for t in texts for f in _PEER_FORMULAS],
        "VADER on whole articles": lambda: [vader.polarity_scores(t) for t in texts],
    }
    if find_spec("textacy"):
        from textacy.extract import direct_quotations

        work["textacy's quotations, after spaCy"] = lambda: [list(direct_quotations(doc)) for doc in docs]
    return {name: 1000 * timed(call) / len(texts) for name, call in work.items()}


def clocked(corpus: str, engine: str) -> dict[str, float]:
    """Seconds by the clock of an analysis with ``engine``: all, and what is shared out."""
    from framing.analysis import analyze
    from framing.engine import engine as engine_of

    start = time.perf_counter()
    reached: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        done = analyze(
            [corpus],
            Path(folder) / "study",
            on=engine_of(engine),
            progress=lambda stage, done, total: reached.setdefault(stage, time.perf_counter() - start),
        )
    whole = time.perf_counter() - start
    grouping, aligning = (reached[stage] for stage in ("grouping into events", "aligning passages"))
    return {
        "articles": done.n_articles,
        "whole": whole,
        "shared": whole - (aligning - grouping),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


PARTS: dict[str, Callable[..., Any]] = {
    "analysed": analysed,
    "stages": stages,
    "peers": peers,
    "clocked": clocked,
}


def apart(part: str, *given: str) -> Any:
    """A part of the benchmark in a process of its own, so that none finds what another left in memory."""
    command = [sys.executable, __file__, "--part", part, *given]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def write(path: Path, articles: Iterable[Report]) -> None:
    """The invented articles as one table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["outlet", "published", "title", "text"])
        table.writeheader()
        table.writerows(asdict(article) for article in articles)


def speedups(corpus: str) -> dict[str, float]:
    """How many times as fast two processes are, and the main process's memory."""
    one, two = (apart("clocked", corpus, engine) for engine in ("here", "processes:2"))
    return {
        "two_process_speedup": one["whole"] / two["whole"],
        "two_process_speedup_shared_work": one["shared"] / two["shared"],
        "timed_articles": one["articles"],
        "peak_mb": one["peak_mb"],
        "one_process_s": one["whole"],
        "two_processes_s": two["whole"],
    }


def measured(corpus: str, longer: str, with_peers: bool) -> dict[str, Any]:
    """Everything, as ``--json`` prints it; processes are compared on the corpus ``longer``."""
    found: dict[str, Any] = {**apart("analysed", corpus), **speedups(longer)}
    found["stages_ms"] = apart("stages", corpus)
    found["peers_ms"] = apart("peers", corpus) if with_peers else {}
    return found


def show(found: dict[str, Any]) -> None:
    """The figures for a reader."""
    print(
        f"{found['articles']} articles of {found['words'] / found['articles']:.0f} words on one core: "
        f"framing analyze {found['analyze_articles_per_s']:.1f} articles a second, the bare parse "
        f"{found['bare_articles_per_s']:.1f}; ratio {found['ratio_to_bare_parse']:.2f}. "
        f"{found['timed_articles']} articles with start-up "
        f"{found['one_process_s']:.1f} s, with two processes {found['two_processes_s']:.1f} s, "
        f"{found['two_process_speedup']:.2f} times as fast, without the grouping "
        f"{found['two_process_speedup_shared_work']:.2f} times. {found['peak_mb']:.0f} MB at most"
    )
    groups: dict[str, Stages] = defaultdict(dict)
    for title in ("stages_ms", "peers_ms"):
        groups[title] |= found[title]
    for title, times in groups.items():
        print("\nmilliseconds of CPU an article:" if title == "stages_ms" else "\npeers:")
        for name, value in times.items():
            print(f"{value:9.2f}  {name}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=300, help="how many to invent")
    parser.add_argument("--corpus", help="a folder or file with articles, in place of invented ones")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--part", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.part:
        name, *of = given.part
        print(json.dumps(PARTS[name](*of)))
        return
    with tempfile.TemporaryDirectory() as folder:
        corpus, longer = given.corpus or f"{folder}/articles.csv", given.corpus or f"{folder}/longer.csv"
        if not given.corpus:
            write(Path(corpus), reports(given.articles))
            write(Path(longer), reports(LONGER * given.articles))
        found = measured(corpus, longer, not given.no_peers)
    if given.json:
        print(json.dumps(found))
    else:
        show(found)


if __name__ == "__main__":
    main()
