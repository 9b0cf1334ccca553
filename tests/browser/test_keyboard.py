"""By keyboard alone: on every page Tab comes to everything that can be used, and is held nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Browser, Server

pytestmark = pytest.mark.browser

PAGES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("pages.json").read_text(encoding="utf-8"))[
    "pages"
]

# What a pointer could use: seen, switched on, in the order of Tab, and of radio buttons the chosen one.
USABLE = """() => {
  const walk = (root) => [...root.querySelectorAll('*')].flatMap((n) =>
    [n, ...(n.shadowRoot ? walk(n.shadowRoot) : [])]);
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  window.usable = walk(document).filter((n) => {
    const box = n.getBoundingClientRect();
    return n.matches(kinds) && !n.disabled && n.tabIndex >= 0 && box.width > 1 && box.height > 1
      && !n.closest('canvas, [hidden], [aria-hidden="true"], [inert]')
      && !(n.type === 'radio' && !n.checked) && n.checkVisibility({ visibilityProperty: true });
  });
  return window.usable.length;
}"""
FOCUSED = """() => {
  let node = document.activeElement;
  while (node && node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
  window.reached = (window.reached || new Set()).add(node);
}"""
MISSED = """() => window.usable.filter((n) => n.isConnected && !window.reached.has(n))
  .map((n) => `${n.tagName} ${(n.getAttribute('aria-label') || n.textContent).trim().slice(0, 60)}`)"""


@pytest.fixture(scope="module")
def browser(chromium: Path, seeds_study: Path) -> Iterator[Browser]:
    with Server(seeds_study) as server, Browser(chromium, server.base) as running:
        yield running


def missed(page: Page) -> list[str]:
    """What Tab has not come to when it has gone round the page."""
    n = page.evaluate(USABLE)
    for _ in range(2 * n + 20):  # boxes and grids hold stops of their own
        page.keyboard.press("Tab")
        page.evaluate(FOCUSED)
    found: list[str] = page.evaluate(MISSED)
    return found


def test_tab_comes_to_everything_on_every_page(browser: Browser) -> None:
    found = {}
    for spec in PAGES:
        page = browser.open(spec["path"], wait_text=spec["wait_text"])
        found[spec["name"]] = missed(page)
        page.close()
    assert found == {spec["name"]: [] for spec in PAGES}
