"""The reading pane by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Browser, Server
from tests.dashboard_studies import PAIR, make

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  let node = document.activeElement;
  while (node && node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
  return node && node !== document.body ? (node.textContent || '').trim() : '';
}"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Server(make(tmp_path_factory.mktemp("pair") / "study", PAIR)) as running:
        yield running.base


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    opened = browser.open(f"{base}/compare?event=e1", wait_text="Every mark as a row")
    yield opened
    assert browser.problems(opened) == []


def focus_first(page: Page) -> None:
    page.locator("article").first.locator("[role=button][tabindex='0']").focus()


def test_first_tab_stop_leads_past_the_navigation(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to main content"


def test_each_article_is_one_tab_stop_and_arrows_walk_its_marks(page: Page) -> None:
    for article in page.locator("article").all():
        assert article.locator("[role=button][tabindex='0']").count() == 1
    focus_first(page)
    walked = [page.evaluate(FOCUSED)]
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        walked.append(page.evaluate(FOCUSED))
    assert walked == ["regime", "may", "We will cut,", "said", "claimed"]
    page.keyboard.press("End")
    assert page.evaluate(FOCUSED) == "it was late"
    page.keyboard.press("Home")
    assert page.evaluate(FOCUSED) == "regime"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "disaster"


def test_enter_chooses_the_mark_and_focus_stays_on_it(browser: Browser, page: Page) -> None:
    focus_first(page)
    browser.after(page, lambda: page.keyboard.press("Enter"))
    assert page.get_by_text("Chosen mark.").count() == 1
    assert "mark=a1.loaded" in page.url
    assert page.evaluate(FOCUSED) == "regime"
    assert page.locator("article .selected").all_text_contents() == ["regime"]


def test_a_note_comes_with_focus_and_goes_with_escape(page: Page) -> None:
    note = page.locator("[role=tooltip]")
    assert note.is_hidden()
    focus_first(page)
    assert "Loaded term “regime”" in note.inner_text()
    assert "in the outlet's own voice" in note.inner_text()
    described = page.locator("article [aria-describedby=note]")
    assert described.text_content() == "regime"
    page.keyboard.press("Escape")
    assert note.is_hidden()
    assert page.evaluate(FOCUSED) == "regime"


def test_a_note_stays_while_it_is_pointed_at(page: Page) -> None:
    page.locator("article").first.get_by_text("We will cut,").hover()
    note = page.locator("[role=tooltip]")
    assert "Quotation of Ada Lovelace" in note.inner_text()
    note.hover()
    page.wait_for_timeout(600)
    assert note.is_visible()
    page.get_by_role("heading", level=1).hover()
    page.wait_for_timeout(600)
    assert note.is_hidden()


def test_a_layer_is_switched_off_at_once_and_in_the_link(browser: Browser, page: Page) -> None:
    button = page.get_by_role("button", name="Cue")
    assert button.get_attribute("aria-pressed") == "true"
    browser.after(page, button.click)
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator("article [role=button]").all_text_contents() == [
        "regime",
        "may",
        "We will cut,",
        "it was late",
        "disaster",
    ]
    assert "hide=cue" in page.url
    other = browser.open(page.url, wait_text="Every mark as a row")
    assert other.get_by_role("button", name="Cue").get_attribute("aria-pressed") == "false"


def test_plain_text_has_no_marks_and_the_whole_text(browser: Browser, page: Page) -> None:
    browser.after(page, page.get_by_role("button", name="Plain text").click)
    assert page.locator("article [role=button]").count() == 0
    texts = page.locator("article .text").evaluate_all("nodes => nodes.map(n => n.textContent)")
    assert texts == [PAIR[0].text, PAIR[1].text]


def test_a_row_of_the_table_shows_its_mark(browser: Browser, page: Page) -> None:
    canvas = page.locator("[data-testid=stDataFrame] canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    # The first column holds the box that chooses a row; the second row is the first mark but one.
    browser.after(page, lambda: page.mouse.click(box["x"] + 15, box["y"] + 35 * 2 + 17))
    assert page.locator("article .selected").all_text_contents() == ["may"]
    assert "mark=a1.hedge" in page.url


def test_layers_are_told_apart_in_high_contrast(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    styles = page.locator("article").first.evaluate(
        """node => ['quote', 'reported', 'cue', 'loaded', 'hedge'].map((layer) => {
          const css = getComputedStyle(node.querySelector(`.f-${layer}`));
          return [css.borderBottomStyle, css.borderTopWidth !== '0px'].join(' ');
        })"""
    )
    assert len(set(styles)) == 5


def test_printing_holds_every_word(page: Page) -> None:
    page.emulate_media(media="print")
    for sample in PAIR[:2]:
        for paragraph in sample.text.split("\n\n"):
            assert page.locator("article .p", has_text=paragraph[:30]).is_visible()


def test_back_returns_to_the_view_before(browser: Browser, page: Page) -> None:
    before = page.url
    browser.after(page, lambda: page.get_by_role("link", name="Length", exact=True).click())
    browser.settle(page)
    assert "/outlets" in page.url
    page.go_back()
    page.get_by_text("Every mark as a row").first.wait_for()
    browser.settle(page)
    assert page.url == before
    assert page.locator("article").count() == 2


def test_back_switches_a_layer_on_again(browser: Browser, page: Page) -> None:
    button = page.get_by_role("button", name="Cue")
    browser.after(page, button.click)
    assert "hide=cue" in page.url
    browser.after(page, page.go_back)
    assert "hide=cue" not in page.url
    assert button.get_attribute("aria-pressed") == "true"


def test_back_is_never_thrown_forward(browser: Browser, page: Page) -> None:
    browser.after(page, lambda: page.get_by_role("link", name="Outlets", exact=True).click())
    page.get_by_text("Article by article").first.wait_for()
    for _ in range(4):
        if "/compare" in page.url:
            break
        page.go_back()
        browser.settle(page)
    assert "/compare" in page.url
    page.get_by_text("Every mark as a row").first.wait_for()
