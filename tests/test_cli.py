"""The verbs: help with examples, exit codes, errors in one line that say what to do."""

import csv
import io
import re
import shutil
import subprocess
import sys

import pytest

VERBS = ("demo", "analyze", "compare", "export", "report", "dashboard", "events", "measures", "lexicons")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(framing, tmp_path, verb):
    words = [verb, "x", "merge"] if verb == "events" else [verb]
    done = framing(*words, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Example:" in done.stdout
    assert f"framing {verb}" in done.stdout


def _imported(*modules, code):
    """Which of ``modules`` a new Python has imported after ``code``."""
    asked = f"{code}\nimport sys; print(*sorted({set(modules)!r} & set(sys.modules)))"
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['framing', '--help']\n"
        "from framing.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print()"
    )
    heavy = ("spacy", "pandas", "sklearn", "numpy", "pyarrow", "streamlit")
    assert _imported(*heavy, code=code).splitlines()[-1] == ""


def test_an_analysis_in_other_processes_imports_and_loads_nothing_that_they_need():
    code = "from framing import analysis, language; language.model_info()"
    assert _imported("spacy", "sklearn", "scipy.stats", "scipy.spatial", code=code) == "\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["analyze", "nowhere", "--study", "s"], "there is no nowhere"),
        (["analyze", ".", "--study", "s", "--map", "outlet"], "expected FIELD=COLUMN"),
        (["analyze", ".", "--study", "s", "--outlet-from", "title"], "title"),
        (["export", "nowhere", "--out", "e"], "nowhere is not a study"),
        (["compare", "nowhere"], "nowhere is not a study"),
        (["report", "nowhere", "--out", "r.html"], "nowhere is not a study"),
        (["dashboard", "nowhere"], "nowhere is not a study"),
        (["measures", "bias"], "no measure named 'bias'; known: loaded_terms"),
        (["lexicons", "burn"], "lexicons 'burn'; expected"),
    ],
)
def test_a_mistake_is_one_line_on_stderr_and_exit_code_2(framing, tmp_path, arguments, message):
    done = framing(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_empty_folder_is_unreadable_input(framing, tmp_path):
    (tmp_path / "articles").mkdir()
    done = framing("analyze", "articles", "--study", "s", cwd=tmp_path)
    assert done.returncode == 2
    assert "no article was found" in done.stderr


BODY = "The council voted on Tuesday to close the library. “We had no choice,” the mayor, Ann Lee, said. " * 4


def test_rejected_articles_give_exit_code_1_and_a_row_with_the_reason(framing, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(f"Library closes\n\n{BODY}\n", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    done = framing("analyze", "articles", "--study", "s", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "1 new articles" in done.stderr
    framing("export", "s", "--out", "e", cwd=tmp_path)
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "e" / "import_report.csv").read_text(encoding="utf-8")))
    )
    statuses = {row["source_file"].rsplit("/")[-1]: (row["status"], bool(row["reason"])) for row in rows}
    assert statuses == {"good.txt": ("parsed", False), "empty.txt": ("rejected", True)}


def test_a_second_input_adds_and_an_exact_copy_is_a_duplicate(framing, tmp_path):
    for name, headline in (("a", "Library closes"), ("b", "Library to close for good")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(f"{headline}\n\n{BODY}\n", encoding="utf-8")
    shutil.copy(tmp_path / "a" / "1.txt", tmp_path / "b" / "2.txt")
    assert framing("analyze", "a", "--study", "s", cwd=tmp_path).returncode == 0
    done = framing("analyze", "b", "--study", "s", cwd=tmp_path)
    assert "1 new articles, 2 in s" in done.stderr
    assert "1 duplicates" in done.stderr
    framing("export", "s", "--out", "e", cwd=tmp_path)
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "e" / "import_report.csv").read_text(encoding="utf-8")))
    )
    assert sorted((row["source_file"], row["status"]) for row in rows) == [
        ("a/1.txt", "parsed"),
        ("b/1.txt", "parsed"),
        ("b/2.txt", "duplicate"),
    ]


def test_the_comparison_is_a_csv_on_stdout(framing, seeds_study, tmp_path):
    done = framing("compare", seeds_study, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows
    assert all(row["estimate"] or row["why_none"] for row in rows)


def test_the_comparison_of_unknown_outlets_names_the_known_ones(framing, seeds_study, tmp_path):
    done = framing("compare", seeds_study, "--outlets", "The Times,The Post", cwd=tmp_path)
    assert done.returncode == 2
    assert "The Manila Times" in done.stderr


def test_the_seeds_are_three_events_without_being_told(seeds_study):
    from framing.study import Study

    articles = Study.open(seeds_study).table("articles")
    groups = articles.groupby("event_id")["source_file"].apply(
        lambda files: sorted(name.rsplit("/")[-1][:3] for name in files)
    )
    assert sorted(groups) == [["000", "001"], ["002"], ["003", "004"]]


def test_event_corrections_are_kept_over_the_next_run(framing, seeds_study, tmp_path):
    from framing.study import Study

    shutil.copytree(seeds_study, tmp_path / "s")
    before = Study.open(tmp_path / "s").event_ids()
    merged = sorted(set(before.values()))[:2]
    done = framing("events", "s", "merge", *merged, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(Study.open(tmp_path / "s").table("events")) == 2
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "1.txt").write_text(f"Library closes\n\n{BODY}\n", encoding="utf-8")
    framing("analyze", "more", "--study", "s", cwd=tmp_path)
    after = Study.open(tmp_path / "s").event_ids()
    together = {after[article] for article, event in before.items() if event in merged}
    assert len(together) == 1
    assert {after[article] for article in after.keys() - before.keys()} != together


def test_an_unknown_event_is_refused_with_the_known_ones(framing, seeds_study, tmp_path):
    shutil.copytree(seeds_study, tmp_path / "s")
    done = framing("events", "s", "lock", "e-nothing", cwd=tmp_path)
    assert done.returncode == 2
    assert "e-nothing" in done.stderr


def test_the_report_is_one_page_without_an_address_of_another_host(framing, seeds_study, tmp_path):
    done = framing("report", seeds_study, "--out", "report.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "fiery friendship" in re.sub(r"<[^>]*>", "", page)
    assert "<script" not in page
    assert "src=" not in page
    assert "<link" not in page


def test_measures_print_unit_direction_source_and_accuracy(framing, tmp_path):
    done = framing("measures", "loaded_terms", cwd=tmp_path)
    for word in ("unit", "higher", "limits", "source", "accuracy"):
        assert f"\n  {word}" in done.stdout


def test_lexicons_check_passes(framing, tmp_path):
    done = framing("lexicons", "check", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "0 problems" in done.stdout


def test_the_version_is_printed(framing, tmp_path):
    assert framing("--version", cwd=tmp_path).stdout.startswith("framing 0.")
