"""Every block of code in the documents for users runs, and prints what the document says.

Blocks run in the order of their document, in a folder that looks like a checkout, where a study of the
invented example lies. ``sh``: each ``framing`` command; what would serve is only parsed. ``python``: run, one
namespace a document. ``r``: run where R is installed, else looked through for columns that do not exist.
``text``: its lines stand, in this order, in what the block before it printed. ``bat``: verbs and files exist.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from framing.cli import app
from framing.study import Study
from framing.tables import TABLES, records
from tests.made_articles import made
from tests.test_measures import check_finding

ROOT = Path(__file__).resolve().parent.parent
DOCS = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/tutorial-researcher.md",
    "docs/tutorial-teacher.md",
    "docs/tutorial-engineer.md",
    "docs/notebook.ipynb",
    "docs/classroom/README.md",
)
ANALYZE = "framing analyze docs/examples --map outlet=Paper --map published=Day --study study"
# They would serve until they are stopped; their words are parsed, and other tests open what they show.
SERVING = ("demo", "dashboard")
NO_R = "R is not installed here"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document: its language, its text and the line that it begins on."""

    language: str
    text: str
    line: int


def blocks(name: str) -> list[Block]:
    """The blocks of a document in order; of a notebook its cells of code, each with what it printed."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if name.endswith(".ipynb"):
        return list(cells(json.loads(text)))
    return [Block(m[1], m[2], text.count("\n", 0, m.start()) + 1) for m in _BLOCK.finditer(text)]


def cells(notebook: dict[str, Any]) -> Iterator[Block]:
    for n, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code":
            yield Block("python", "".join(cell["source"]), n)
            for output in cell["outputs"]:
                yield Block("text", "".join(output["text"]), n)


def commands(text: str) -> list[list[str]]:
    """The commands of a block as lists of words, comments left out, continued lines joined."""
    lines = text.replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with what the documents speak of, and what their first command printed there."""

    folder: Path
    analyzed: str


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The example, analysed once by the command that README and tutorials begin with."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
    with contextlib.chdir(folder):
        analyzed = run_framing(commands(ANALYZE)[0][1:])
    shutil.copytree(folder / "study", folder / "framing-demo")
    return Checkout(folder, analyzed)


@pytest.fixture
def place(checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the checkout as the working folder; what a document changes ends with it."""
    shutil.copytree(checkout.folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_framing(words: list[str]) -> str:
    """Run a command of framing in this process; what it printed. Any exit code but 0 fails."""
    if words[0] in SERVING:
        words = [*words, "--help"]  # wrong options are refused before help is printed
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        command = typer.main.get_command(app)
        code = command.main(words, prog_name="framing", standalone_mode=False)
    assert not code, f"framing {' '.join(words)} ended with {code}\n{out.getvalue()}"
    return out.getvalue()


def run_shell(text: str, analyzed: str = "") -> str:
    """Run the commands of a block; what they printed. ``analyzed``: what the command printed that was run."""
    printed = ""
    for program, *words in commands(text):
        if [program, *words] == commands(ANALYZE)[0]:
            printed += analyzed
        elif program == "framing" or program.endswith("/framing"):
            printed += run_framing(words)
        elif program == "make":
            target = next(word for word in words if "=" not in word)
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        elif program == "python":
            assert known_python(words), words
        else:
            raise AssertionError(f"{program}: the tests know no way to run this")
    return printed


def known_python(words: list[str]) -> bool:
    """Whether ``python WORDS`` runs a file or a module of the checkout."""
    if words[0] == "-m":
        return (ROOT / words[1].replace(".", "/")).with_suffix(".py").is_file()
    return (ROOT / words[0]).is_file()


def run_python(text: str, namespace: dict[str, Any], file: str) -> str:
    """Run a block; what it printed."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(text, file, "exec"), namespace)
    return out.getvalue()


def run_r(text: str) -> str:
    """What a block prints in R; where R is not installed, its columns must be in the codebook."""
    if shutil.which("Rscript") or os.environ.get("FRAMING_REQUIRE_R"):
        done = subprocess.run(["Rscript", "-e", text], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout
    look_at_r(text)
    return NO_R


def look_at_r(text: str) -> None:
    """The columns that a block names are in the codebook."""
    read = re.findall(r'read\.csv\("tables/(\w+)\.csv"', text)
    assert read
    known = {c.name for t in TABLES if t.name in read for c in t.columns}
    assert r_columns(text) - known == set()


def r_columns(text: str) -> set[str]:
    """The columns that R code names: ``frame$x``, ``x ==``, ``is.na(x)`` and the texts of ``frame[c("x")]``.

    >>> sorted(r_columns('subset(a, is.na(b) & d == "e"); a[c("f", "g")]; t(a$h)'))
    ['b', 'd', 'f', 'g', 'h']
    """
    found = re.findall(r"\$(\w+)|(\w+) ==|is\.na\((\w+)\)", text)
    chosen = " ".join(re.findall(r"\[c\(([^)]*)\)\]", text))
    return {name for names in found for name in names if name} | set(re.findall(r'"(\w+)"', chosen))


def look_at_windows(text: str) -> None:
    """The commands for Windows name verbs, modules and files that exist."""
    for line in text.splitlines():
        words = line.split()
        if words[0].endswith("framing"):
            assert words[1] in typer.main.get_command(app).commands  # type: ignore[attr-defined]
        for word in words[1:]:
            assert not word.endswith((".lock", ".txt", ".py")) or (ROOT / word).is_file(), word


def assert_printed(expected: str, printed: str, where: str) -> None:
    """The lines of ``expected`` stand in ``printed``, in this order; blanks between words count as one."""
    rest = " ".join(printed.split())
    for line in expected.splitlines():
        wanted = " ".join(line.split())
        assert wanted in rest, (
            f"{where}: {wanted!r} was not printed in this order; the block printed\n{printed}"
        )
        rest = rest.partition(wanted)[2]


@pytest.mark.parametrize("name", DOCS)
@pytest.mark.usefixtures("place")
def test_document_runs(name: str, checkout: Checkout) -> None:
    namespace: dict[str, Any] = {"__name__": "document"}
    printed = ""
    for block in blocks(name):
        where = f"{name}:{block.line}"
        match block.language:
            case "sh":
                printed = run_shell(block.text, checkout.analyzed)
            case "python":
                printed = run_python(block.text, namespace, where)
            case "text" if printed == NO_R:
                pass
            case "text":
                assert_printed(block.text, printed, where)
            case "r":
                printed = run_r(block.text)
            case "bat":
                look_at_windows(block.text)
            case _:
                raise AssertionError(f"{where}: say what language this block is in")


def test_the_example_is_analysed_as_the_tutorial_says(checkout: Checkout) -> None:
    assert ANALYZE in (ROOT / "docs" / "tutorial-researcher.md").read_text(encoding="utf-8")
    articles = Study.open(checkout.folder / "study").table("articles")
    assert articles.groupby("event_id")["outlet"].nunique().to_list() == [3] * 7


def test_corrections_are_carried_over_as_the_readme_says(place: Path) -> None:
    """A study made anew takes the corrections of the old one, by the ids of the articles."""
    shutil.copytree(place / "study", place / "new")
    first, second = sorted(set(Study.open("study").event_ids().values()))[:2]
    run_framing(["events", "study", "merge", first, second])
    shutil.copy(place / "study" / "corrections.json", place / "new")
    run_framing(["analyze", *commands(ANALYZE)[0][2:-1], "new"])
    events = Study.open("new").event_ids()
    assert events == Study.open("study").event_ids()
    assert len(set(events.values())) == 6


def test_the_measure_of_the_tutorial_is_short_and_keeps_the_contract() -> None:
    (source,) = (b.text for b in blocks("docs/tutorial-engineer.md") if "Measure(" in b.text)
    assert source.count("\n") <= 40
    namespace: dict[str, Any] = {"__name__": "questions"}
    run_python(source, namespace, "questions.py")
    asked = "Who pays? " + "Nobody said on Tuesday who would do it in the end. " * 8
    annotated, _ = made(f"# Fares\n\n{asked}\n\n«Ana Ruiz|{asked}»")
    for finding in namespace["QUESTIONS"].findings(annotated):
        check_finding(namespace["QUESTIONS"], finding, annotated)
        assert finding.value is None or len(finding.evidence) == (2 if finding.voice == "all" else 1)


def test_the_result_of_the_readme_is_that_of_the_seeds(seeds_study: Path) -> None:
    """The table of the README: rates, words of the outlet's own and the terms by voice."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [
        line.split("|")[1:-1] for line in readme.splitlines() if line.startswith(("| Korea", "| an article"))
    ]
    assert len(rows) == 2
    study = Study.open(seeds_study)
    articles = study.table("articles")
    event = articles.loc[articles["outlet"] == "Korea JoongAng Daily", "event_id"].item()
    own = records(articles[articles["event_id"] == event])
    for article, (_, rate, in_own_voice, words) in zip(own, rows, strict=True):
        values = {r["voice"]: r for r in records(study.table("measures", [article["article_id"]]))
                  if r["measure"] == "loaded_terms"}  # fmt: skip
        assert rate.strip() == f"{values['all']['value']:.1f}"
        assert in_own_voice.strip() == f"{values['outlet']['value']:.1f} of {values['outlet']['n']} words"
        terms = [
            r["text"]
            for r in records(study.table("terms", [article["article_id"]]))
            if r["lexicon"] == "loaded"
        ]
        assert sorted(re.findall(r"\*([^*]+)\*", words)) == sorted(terms)


def test_figures_of_the_limits_stand_in_the_benchmarks() -> None:
    """A figure is given once with its command; a page that repeats it must not say another."""
    sources = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    sources += (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| [^|]+ \| [^|]+ \| ([^|]+) \|[^|]*\|$",
        (ROOT / "docs" / "limits.md").read_text("utf-8"),
        re.MULTILINE,
    )
    figures = [figure for row in rows for figure in re.findall(r"\d*\.\d+|\b\d{2}\b", row)]
    assert len(figures) > 10
    assert [f for f in figures if not re.search(rf"(?<![\d.]){re.escape(f)}(?!\d)", sources)] == []


def test_what_an_export_without_text_leaves_is_named() -> None:
    page = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
    section = page[page.index("**Not empty are**") : page.index("Look at them before you publish")]
    kept = {c.name for t in TABLES for c in t.columns if not c.text}
    assert set(re.findall(r"`(\w+)`", section)) <= kept | {t.name for t in TABLES}


@pytest.mark.parametrize("threat", ["article", "archive", "fetched", "classmate", "network"])
def test_every_threat_names_tests_that_exist(threat: str) -> None:
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    (section,) = (s for s in security.split("\n### ")[1:] if threat in s.partition("\n")[0])
    named = re.findall(r"^- `(tests/[\w/]+\.py)::(\w+)`$", section, re.MULTILINE)
    assert len(named) >= 4
    for path, test in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert test in {
            n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        }


def test_every_test_that_the_threat_model_names_exists_and_links_lead_somewhere() -> None:
    pages = [
        ROOT / "SECURITY.md",
        *sorted((ROOT / "docs").rglob("*.md")),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
    ]
    broken = []
    for page in pages:
        for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
            file, _, _anchor = link.partition("#")
            if file and not (page.parent / file).exists():
                broken.append(f"{page.name}: {link}")
    assert broken == []


def test_a_wrong_line_and_a_failing_command_are_found() -> None:
    with pytest.raises(AssertionError, match="was not printed"):
        assert_printed("a\nc\nb", "a b\nc", "here")
    with pytest.raises(AssertionError, match="no way to run"):
        run_shell("curl example")
    with pytest.raises(Exception, match="No such option"):
        run_shell("framing dashboard study --colour")
    with pytest.raises(AssertionError):
        look_at_r('a <- read.csv("tables/articles.csv"); a$nothing')
