"""The public contract, tried as a user tries it: commands in, files out."""

import csv
import hashlib
import io
import json
import re
import shutil

import pandas as pd
import pytest

from framing import tables
from tests.conftest import SEEDS

CONTRACT_FILES = [f"{t}.csv" for t in (
    "articles", "paragraphs", "events", "quotes", "terms", "labels", "portrayals", "passages", "measures",
    "comparisons", "distinctive", "import_report",
)]  # fmt: skip


@pytest.fixture(scope="module")
def exported(framing, seeds_study, tmp_path_factory):
    out = tmp_path_factory.mktemp("export")
    done = framing("export", seeds_study, "--out", out, cwd=out)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return out


def read(path):
    return pd.read_csv(path, keep_default_na=False, dtype=str)


def digests(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", CONTRACT_FILES)
def test_every_table_is_there_with_its_header_and_rows(exported, name):
    frame = read(exported / name)
    assert list(frame.columns) == tables.get(name.removesuffix(".csv")).names
    # In no event of the seeds do two articles state their outlet, so no word can set one apart.
    assert len(frame) or name == "distinctive.csv"


def test_files_are_rfc_4180_in_utf_8(exported):
    for path in exported.glob("*.csv"):
        data = path.read_bytes().decode("utf-8")
        rows = list(csv.reader(io.StringIO(data, newline=""), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert data.endswith("\r\n")


def test_every_column_is_in_the_codebook(exported):
    book = read(exported / "codebook.csv")
    assert list(book.columns) == ["table", "column", "type", "unit", "description", "source"]
    for path in exported.glob("*.csv"):
        if path.stem != "codebook":
            described = book.loc[book["table"] == path.stem, "column"].tolist()
            assert list(read(path).columns) == described


def test_frictionless_validates_the_package(exported):
    from frictionless import Package

    report = Package(str(exported / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_offsets_reproduce_the_text(exported, seeds_study):
    from framing.study import Study

    texts = Study.open(seeds_study).texts()
    for name in ("quotes", "terms", "labels", "portrayals"):
        for row in read(exported / f"{name}.csv").itertuples():
            cell = texts[row.article_id][int(row.start) : int(row.end)]
            assert row.text.removeprefix("'") == cell.removeprefix("'")


def test_every_value_has_evidence_or_is_zero_or_says_why_not(exported):
    measures = read(exported / "measures.csv")
    assert ((measures["value"] == "") == (measures["why_none"] != "")).all()
    evidence = set(map(tuple, read(exported / "evidence.csv")[["article_id", "measure"]].to_numpy()))
    for row in measures.itertuples():
        if row.voice == "all" and row.value and float(row.value) != 0:
            assert (row.article_id, row.measure) in evidence


def test_two_runs_on_the_same_input_give_the_same_bytes(framing, exported, tmp_path):
    again = framing("analyze", SEEDS, "--study", "other-study", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    framing("export", "other-study", "--out", "e", cwd=tmp_path)
    assert digests(tmp_path / "e") == digests(exported)


def test_reading_the_same_files_again_adds_nothing(framing, seeds_study, exported, tmp_path):
    shutil.copytree(seeds_study, tmp_path / "study")
    done = framing("analyze", SEEDS, "--study", "study", cwd=tmp_path)
    assert "0 new articles, 5 in study" in done.stderr
    framing("export", "study", "--out", "e", cwd=tmp_path)
    assert digests(tmp_path / "e") == digests(exported)


def test_without_text_no_phrase_of_an_article_is_left(framing, seeds_study, tmp_path):
    framing("export", seeds_study, "--out", "e", "--no-text", cwd=tmp_path)
    data = "".join(p.read_text(encoding="utf-8") for p in sorted((tmp_path / "e").iterdir()))
    for phrase in ("firm support", "fiery friendship", "Lavish ceremony", "brave Russian army", "Log in to"):
        assert phrase not in data
    assert len(read(tmp_path / "e" / "quotes.csv")) > 20


@pytest.mark.parametrize("format", ["parquet", "xlsx"])
def test_other_formats_hold_the_same_values(framing, exported, seeds_study, tmp_path, format):
    done = framing("export", seeds_study, "--out", "e", "--format", format, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    reader = pd.read_parquet if format == "parquet" else pd.read_excel
    for name in ("articles", "measures", "quotes"):
        frame = reader(tmp_path / "e" / f"{name}.{format}")
        assert list(frame.columns) == tables.get(name).names
        assert len(frame) == len(read(exported / f"{name}.csv"))
    first = digests(tmp_path / "e")
    framing("export", seeds_study, "--out", "e", "--format", format, cwd=tmp_path)
    assert digests(tmp_path / "e") == first


def test_a_cell_that_would_run_as_a_formula_is_neutralised(framing, tmp_path):
    body = "The minister said on Monday that the budget would be cut. " * 5
    pd.DataFrame(
        {"outlet": ["=HYPERLINK(1)", "Daily"], "title": ["+1 for all", "Budget cut"], "text": [body] * 2}
    ).to_csv(tmp_path / "articles.csv", index=False)
    done = framing("analyze", "articles.csv", "--study", "s", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    framing("export", "s", "--out", "guarded", cwd=tmp_path)
    framing("export", "s", "--out", "verbatim", "--verbatim", cwd=tmp_path)
    assert "'=HYPERLINK(1)" in read(tmp_path / "guarded" / "articles.csv")["outlet"].tolist()
    assert "=HYPERLINK(1)" in read(tmp_path / "verbatim" / "articles.csv")["outlet"].tolist()


def test_provenance_names_versions_lexicons_settings_and_inputs(exported):
    about = json.loads((exported / "provenance.json").read_text(encoding="utf-8"))
    assert about["inputs"]["n_articles"] == 5
    assert re.fullmatch(r"[0-9a-f]{64}", about["inputs"]["sha256"])
    assert about["lexicons"]["hedges"]["sha256"]
    assert about["libraries"]["spacy"]
    assert "model" in about["analysed_with"]


def test_the_methods_paragraph_states_what_was_done(exported):
    text = (exported / "methods.md").read_text(encoding="utf-8")
    assert text.startswith("# Methods\n\n5 articles of 3 named outlets (2 articles without a stated outlet)")
    assert "{" not in text
