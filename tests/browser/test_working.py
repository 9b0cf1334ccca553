"""What a reader does to a study in the browser: adds texts, disputes a mark; scrolls two texts together."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from framing.study import Study
from tests.browser.chromium import Browser, Server
from tests.dashboard_studies import HOSTILE, PAIR, Sample, make

pytestmark = pytest.mark.browser

AXE = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
STORY = 'The council closed the library. "We had no choice," said Mayor Ada Lovelace on Tuesday. '
LONG = tuple(
    Sample(f"l{n}", f"Outlet {n}", "Long", "\n\n".join(f"Paragraph {i} of many." for i in range(90)), "e1")
    for n in range(2)
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of studies that tests change."""
    folder = tmp_path_factory.mktemp("worked")
    make(folder / "long", LONG)
    with Server(make(folder / "pair", PAIR)) as running:
        yield running


def test_a_table_of_ones_own_becomes_a_study(browser: Browser, server: Server, tmp_path: Path) -> None:
    table = tmp_path / "<b>table<b>.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("Publisher", "Wording", "<img src=x>"))
        rows.writerows([("Post", STORY, "1"), (HOSTILE[1], STORY + "Rain fell.", "2"), ("Post", "", "3")])
    page = browser.open(server.base + "/add", wait_text="Files with articles")
    page.locator("input[type=file]").set_input_files([str(table)])
    page.get_by_text("Which column is what?").wait_for(timeout=120_000)
    browser.settle(page)
    assert page.get_by_text("no column holds the text").count()
    page.get_by_label("Text", exact=True).first.click()
    browser.after(page, page.get_by_role("option", name="Wording").click)
    page.get_by_text("an empty cell").first.wait_for(timeout=120_000)
    browser.settle(page)
    assert browser.axe(page, AXE) == []
    page.get_by_label("Name of the new study").fill("library")
    page.keyboard.press("Tab")
    browser.settle(page)
    page.get_by_role("button", name="Analyse 2 articles").click()
    page.get_by_role("button", name="Stop and leave the study as it was").wait_for(timeout=60_000)
    page.get_by_text("2 new articles").wait_for(timeout=300_000)
    browser.settle(page)
    assert page.locator("tbody tr").first.inner_text().split("\t")[1:4] == ["3", "rejected", "no text"]
    assert browser.problems(page) == []
    browser.after(page, page.get_by_role("link", name="Look at library").click)
    assert "study=library" in page.url
    assert len(Study.open(server.study.parent / "library").table("articles")) == 2


def test_the_other_text_scrolls_along_and_both_are_reached_by_keyboard(
    browser: Browser, server: Server
) -> None:
    page = browser.open(server.base + "/compare?study=long", wait_text="Every mark as a row")
    button = page.get_by_role("button", name="Scroll together")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    texts = page.locator("article")
    assert [a.get_attribute("tabindex") for a in texts.all()] == ["0", "0"]
    texts.first.focus()
    page.keyboard.press("End")
    page.wait_for_function(
        """() => {
          const walk = (root) => [...root.querySelectorAll('*')].flatMap((n) =>
            [n, ...(n.shadowRoot ? walk(n.shadowRoot) : [])]);
          const tops = walk(document).filter((n) => n.matches('article')).map((n) => n.scrollTop);
          return tops.length === 2 && tops[0] > 100 && Math.abs(tops[0] - tops[1]) < 40;
        }""",
        timeout=10_000,
    )
    assert browser.axe(page, AXE) == []
    page.keyboard.press("Shift+Tab")
    button.focus()
    page.keyboard.press("Enter")
    assert [a.get_attribute("tabindex") for a in texts.all()] == [None, None]
    assert browser.problems(page) == []


def test_a_dispute_by_keyboard_shows_at_the_mark(browser: Browser, server: Server) -> None:
    page = browser.open(server.base + "/compare?event=e1", wait_text="Every mark as a row")
    page.locator("article").first.locator("[role=button][tabindex='0']").focus()
    browser.after(page, lambda: page.keyboard.press("Enter"))
    page.locator("summary", has_text="Dispute this mark").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Dispute", exact=True)
    button.wait_for()
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Disputed:").wait_for()
    browser.settle(page)
    assert page.locator("article [data-letter='L!']").count() == 1
    assert len(Study.open(server.study.parent / "pair").table("disputes")) == 1
    assert browser.axe(page, AXE) == []
    assert browser.problems(page) == []
