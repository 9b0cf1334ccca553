"""Tests in a browser run where a Chromium is found; else one line says why not, or the run fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLANTED = """
import pytest

@pytest.mark.browser
@pytest.mark.parametrize("n", [1, 2])
def test_page(chromium, n):
    assert chromium.exists()

def test_other():
    pass
"""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    path = tmp_path / "test_planted.py"
    path.write_text(PLANTED, encoding="utf-8")
    return path


def run(planted: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FRAMING_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", ROOT / "pyproject.toml", planted],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_chromium_one_line_says_why(planted: Path) -> None:
    done = run(planted, FRAMING_CHROMIUM=str(planted.parent / "none"))
    assert done.returncode == 0, done.stdout
    assert "1 passed, 2 skipped" in done.stdout
    assert len(re.findall("^browser tests not run: 2; no Chromium found", done.stdout, re.MULTILINE)) == 1


def test_without_a_chromium_the_run_fails_where_it_is_required(planted: Path) -> None:
    done = run(planted, FRAMING_CHROMIUM=str(planted.parent / "none"), FRAMING_REQUIRE_BROWSER="1")
    assert done.returncode != 0
    assert "no Chromium found" in done.stdout + done.stderr


def test_with_a_chromium_they_run(planted: Path) -> None:
    stand_in = planted.parent / "chromium"
    stand_in.write_text("#!/bin/sh\n", encoding="utf-8")
    stand_in.chmod(0o755)
    done = run(planted, FRAMING_CHROMIUM=str(stand_in), FRAMING_REQUIRE_BROWSER="1")
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout
