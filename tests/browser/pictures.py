"""The pictures of the README, made anew: ``python -m tests.browser.pictures STUDY``.

Writes ``docs/images/start.png`` and ``docs/images/reading.png`` from a study (that of
the seeds, as ``framing demo --no-dashboard`` makes it).
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chromium import Browser, Server
from tests.conftest import NO_CHROMIUM, find_chromium

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def main(study: Path) -> None:
    """Take both pictures; stops where there is no Chromium."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(NO_CHROMIUM)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with Server(study) as server, Browser(chromium) as browser:
        browser.open(server.base, wait_text="Events").screenshot(path=IMAGES / "start.png")
        reading = browser.open(server.base + "/compare", wait_text="Every mark as a row")
        _choose_loaded_word(browser, reading)
        reading.screenshot(path=IMAGES / "reading.png")


def _choose_loaded_word(browser: Browser, page: Page) -> None:
    """Put the texts at the top of the picture, with the note of a mark inside a quotation."""
    page.locator(".reader .legend").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.locator("[data-testid=stMain]").evaluate("node => node.scrollBy(0, -70)")
    inside = page.locator("article .f-ground-quoted:has(.f-loaded)")
    words = inside if inside.count() else page.locator("article .piece:has(.f-loaded)")
    words.first.hover()
    browser.settle(page)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.browser.pictures STUDY")
    main(Path(sys.argv[1]))
