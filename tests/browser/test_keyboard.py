"""By keyboard alone: on every page Tab comes to everything that can be used, and is held nowhere."""

from __future__ import annotations

import json
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
# A move within a shadow is not told outside of it, so each shadow is listened to.
REACHED = """() => {
  const roots = (root) => [root, ...[...root.querySelectorAll('*')].flatMap((n) =>
    n.shadowRoot ? roots(n.shadowRoot) : [])];
  window.reached = new Set();
  for (const root of roots(document))
    root.addEventListener('focusin', (event) => window.reached.add(event.composedPath()[0]));
}"""
MISSED = """() => window.usable.filter((n) => n.isConnected && !window.reached.has(n))
  .map((n) => `${n.tagName} ${(n.getAttribute('aria-label') || n.textContent).trim().slice(0, 60)}`)"""
STRIDE = 25  # presses between two looks at what is still to be reached


def missed(page: Page) -> list[str]:
    """What Tab has not come to when it has gone round the page."""
    n = page.evaluate(USABLE)
    page.evaluate(REACHED)
    found: list[str] = []
    for _ in range(0, 2 * n + 20, STRIDE):  # boxes and grids hold stops of their own
        for _ in range(STRIDE):
            page.keyboard.press("Tab")
        found = page.evaluate(MISSED)
        if not found:
            break
    return found


def test_tab_comes_to_everything_on_every_page(browser: Browser, seeds: Server) -> None:
    found = {}
    for spec in PAGES:
        page = browser.open(seeds.base + spec["path"], wait_text=spec["wait_text"])
        found[spec["name"]] = missed(page)
        browser.close(page)
    assert found == {spec["name"]: [] for spec in PAGES}
