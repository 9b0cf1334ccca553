"""What several test files share: the command line, a study of the seeds, a Chromium.

Tests that need a browser are marked ``browser`` and take ``chromium``. Where none is
found they are skipped and one line of the summary says so; with
``FRAMING_REQUIRE_BROWSER=1`` a missing Chromium is an error instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NO_CHROMIUM = (
    "no Chromium found (looked for $FRAMING_CHROMIUM and, on the PATH, for "
    + ", ".join(CHROMIUM_NAMES)
    + "); install it, e.g. `apt-get install chromium`"
)


def find_chromium() -> Path | None:
    """The browser named by ``FRAMING_CHROMIUM``, else the first one on the PATH."""
    named = os.environ.get("FRAMING_CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else CHROMIUM_NAMES))
    return next((Path(path) for path in found if path), None)


def _browser_tests(items: list[pytest.Item]) -> list[pytest.Item]:
    return [item for item in items if item.get_closest_marker("browser")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if find_chromium():
        return
    if os.environ.get("FRAMING_REQUIRE_BROWSER") == "1":
        raise pytest.UsageError(f"FRAMING_REQUIRE_BROWSER is set, but {NO_CHROMIUM}")
    for item in _browser_tests(items):
        item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = _browser_tests_skipped(terminalreporter)
    if skipped:
        terminalreporter.write_line(f"browser tests not run: {skipped}; {NO_CHROMIUM}")


def _browser_tests_skipped(terminalreporter: pytest.TerminalReporter) -> int:
    return sum("browser" in report.keywords for report in terminalreporter.stats.get("skipped", []))


def run_framing(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does: its own process, an arbitrary folder."""
    return subprocess.run(
        [sys.executable, "-m", "framing", *map(str, args)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def framing() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command line: ``framing("export", study, "--out", out, cwd=folder)``."""
    return run_framing


@pytest.fixture(scope="session")
def seeds_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of the bundled seeds, made once by the command itself. Read it, do not change it."""
    folder = tmp_path_factory.mktemp("seeds")
    done = run_framing("analyze", SEEDS, "--study", "study", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "study"


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The Chromium to drive; only for tests marked ``browser``."""
    found = find_chromium()
    assert found, NO_CHROMIUM
    return found
