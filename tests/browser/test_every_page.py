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
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile") / "study"
    with Server(make(folder, hostile_samples(), rejected=HOSTILE, label=HOSTILE[8])) as server:
        yield server


def test_page_list_is_complete() -> None:
    import framing_dashboard

    scripts = Path(framing_dashboard.__file__).with_name("app_pages").glob("[a-z]*.py")
    assert {p["name"] for p in PAGES} == {p.stem for p in scripts}


@pytest.mark.parametrize("scheme", SPEC["schemes"])
def test_pages_of_the_seeds(browser: Browser, seeds: Server, scheme: str) -> None:
    """Each page wide, then as narrow as a telephone: the same page, drawn anew in the window's width."""
    found: dict[str, list[str]] = {}
    for spec in PAGES:
        page = browser.open(seeds.base + spec["path"], wait_text=spec["wait_text"], scheme=scheme)
        for width, height in SPEC["viewports"]:
            page.set_viewport_size({"width": width, "height": height})
            browser.settle(page)
            browser.shot(page, PICTURES / f"{spec['name']}-{scheme}-{width}.png")
            problems = browser.axe(page, SPEC["axe_tags"]) + browser.problems(page)
            if problems:
                found[f"{spec['name']} at {width} px"] = problems
        browser.close(page)
    assert found == {}
    assert "Traceback" not in seeds.output()


def test_hostile_strings_are_inert_and_shown_on_every_page(browser: Browser, hostile: Server) -> None:
    found: dict[str, list[str]] = {}
    for spec in PAGES:
        page = browser.open(hostile.base + spec["path"])
        found[spec["name"]] = browser.problems(page)
        for planted in ("img[src=x]", "form[action]", "input[name=password]", "a[href^='javascript:']"):
            if page.locator(planted).count():
                found[spec["name"]].append(f"element from text: {planted}")
        browser.close(page)
    page = browser.open(hostile.base + "/compare", wait_text="Every mark as a row")
    shown = page.locator("article .text").first.evaluate("node => node.textContent")
    first = page.locator("article").first.get_attribute("data-article")
    assert found == {spec["name"]: [] for spec in PAGES}
    assert shown == {s.id: s.text for s in hostile_samples()}[str(first)]
