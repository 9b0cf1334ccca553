"""One Chromium for all browser tests, and one server of each study that several of them look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Browser, Server
from tests.dashboard_studies import make


@pytest.fixture(scope="package")
def chrome(chromium: Path) -> Iterator[Browser]:
    """The browser that all tests share; its tabs are closed after each test."""
    with Browser(chromium) as running:
        yield running


@pytest.fixture
def browser(chrome: Browser) -> Iterator[Browser]:
    """The shared browser, without tabs of another test."""
    yield chrome
    chrome.close()


@pytest.fixture(scope="package")
def seeds(seeds_study: Path) -> Iterator[Server]:
    """A server of the bundled articles. Nothing may be changed in it."""
    with Server(seeds_study) as server:
        yield server


@pytest.fixture(scope="package")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is open to a class, with the invented events."""
    with Server(make(tmp_path_factory.mktemp("class") / "study", []), "--classroom") as server:
        yield server
