"""Names and texts on their way to a page: shown as they are, never read as markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing_dashboard.safe import Cell, Column, facts_html, href, md, table_html, visible
from tests.dashboard_studies import HOSTILE


class Parsed(HTMLParser):
    """Elements, attributes and the text of each table cell."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.cells: list[str] = []
        self.links: list[str | None] = []
        self.open = False
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]
        if tag == "td":
            self.cells.append("")
            self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.open:
            self.cells[-1] += data


ELEMENTS = {"div", "table", "caption", "span", "thead", "tbody", "tr", "th", "td", "a"}
ATTRIBUTES = {"class", "role", "aria-label", "tabindex", "scope", "dir", "href", "target"}


@given(st.lists(st.one_of(st.text(min_size=1), st.sampled_from(HOSTILE)), min_size=1, max_size=4))
def test_a_table_holds_its_strings_and_only_its_own_elements(values: list[str]) -> None:
    columns = [Column(str(i), value) for i, value in enumerate(values)]
    rows = [
        {str(i): value for i, value in enumerate(values)},
        {"0": Cell(values[0], href("event", {"a": values[0]}))},
    ]
    found = Parsed(table_html(rows, columns, caption=values[0]))
    assert found.cells[: len(values)] == [visible(v) for v in values]
    assert found.cells[len(values)] == visible(values[0])
    assert found.tags <= ELEMENTS
    assert found.attributes <= ATTRIBUTES
    assert all(link and link.startswith("/event?") for link in found.links)


def test_links_carry_the_study_on_and_marked_rows_are_set_off() -> None:
    rows = [{"a": Cell("x", "/event"), "marked": True}, {"a": Cell("y", "/event?a=1")}]
    html = table_html(rows, [Column("a", "A")], caption="", keep={"study": 'm"y'})
    assert Parsed(html).links == ["/event?study=m%22y", "/event?a=1&study=m%22y"]
    assert html.count('<tr class="marked">') == 1


def test_a_missing_value_is_a_dash_and_zero_is_zero() -> None:
    rows = [{"a": None, "b": 0, "c": 0.0, "d": float("nan"), "e": ""}]
    columns = [Column(c, c, number=True) for c in "abcde"]
    assert Parsed(table_html(rows, columns, caption="")).cells == ["–", "0", "0", "–", "–"]


@given(st.text())
def test_every_mark_of_markdown_is_escaped(text: str) -> None:
    escaped = md(text)
    assert "\n" not in escaped
    assert escaped.replace("\\\\", "").count("\\") + 2 * escaped.count("\\\\") >= sum(
        c in r"!\"#$%&'()*+,-./:;<=>?@[\]^_`{|}~" for c in visible(text)
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_lose_their_meaning_in_markdown(text: str) -> None:
    for mark in ("<", "![", "$", ":red[", "`", "](", "https://"):
        assert mark not in md(text).replace("\\" + mark[0], "")


def test_marks_that_reorder_a_line_are_shown() -> None:
    assert visible("a\u202eb") == "a[U+202E]b"
    assert "U+2066" in facts_html([("name", "\u2066x")])
