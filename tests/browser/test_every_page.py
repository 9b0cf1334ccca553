"""Every page of pages.json, light and dark, wide and narrow; and every page of hostile strings.

Pictures go to ``browser-out/``, to be looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Browser, Server
from tests.dashboard_studies import HOSTILE, hostile_samples, make

pytestmark = pytest.mark.browser

SPEC: dict[str, Any] = json.loads(Path(__file__).with_name("pages.json").read_text(encoding="utf-8"))
PAGES: list[dict[str, Any]] = SPEC["pages"]
PICTURES = Path(__file__).resolve().parents[2] / "browser-out"


@pytest.fixture(scope="module")
def seeds(seeds_study: Path) -> Iterator[Server]:
    with Server(seeds_study) as server:
        yield server


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile") / "study"
    with Server(make(folder, hostile_samples(), rejected=HOSTILE, label=HOSTILE[8])) as server:
        yield server


def test_page_list_is_complete() -> None:
    import framing_dashboard

    scripts = Path(framing_dashboard.__file__).with_name("app_pages").glob("[a-z]*.py")
    assert {p["name"] for p in PAGES} == {p.stem for p in scripts}


@pytest.mark.parametrize("viewport", SPEC["viewports"], ids=lambda v: f"{v[0]}px")
@pytest.mark.parametrize("scheme", SPEC["schemes"])
def test_pages_of_the_seeds(chromium: Path, seeds: Server, scheme: str, viewport: list[int]) -> None:
    found: dict[str, list[str]] = {}
    with Browser(chromium, seeds.base, scheme=scheme, viewport=viewport) as browser:
        for spec in PAGES:
            page = browser.open(spec["path"], wait_text=spec["wait_text"])
            browser.shot(page, PICTURES / f"{spec['name']}-{scheme}-{viewport[0]}.png")
            found[spec["name"]] = browser.axe(page, SPEC["axe_tags"]) + browser.problems(page)
            page.close()
    assert found == {spec["name"]: [] for spec in PAGES}
    assert "Traceback" not in seeds.output()


def test_hostile_strings_are_inert_and_shown_on_every_page(chromium: Path, hostile: Server) -> None:
    found: dict[str, list[str]] = {}
    with Browser(chromium, hostile.base) as browser:
        for spec in PAGES:
            page = browser.open(spec["path"])
            found[spec["name"]] = browser.problems(page)
            for planted in ("img[src=x]", "form[action]", "input[name=password]", "a[href^='javascript:']"):
                if page.locator(planted).count():
                    found[spec["name"]].append(f"element from text: {planted}")
            page.close()
        page = browser.open("/compare", wait_text="Every mark as a row")
        shown = page.locator("article .text").first.evaluate("node => node.textContent")
        first = page.locator("article").first.get_attribute("data-article")
    assert found == {spec["name"]: [] for spec in PAGES}
    assert shown == {s.id: s.text for s in hostile_samples()}[str(first)]
