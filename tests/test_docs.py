"""The pages that are rendered from the code are those of the code as it is."""

from __future__ import annotations

import pytest

from docs.render import HERE, PAGES
from framing.tables import CLASS_RESULTS, COMPARISON_EVIDENCE, TABLES


@pytest.mark.parametrize("page", PAGES)
def test_page_is_up_to_date(page: str) -> None:
    path = HERE / page
    assert path.is_file(), f"docs/{page} is missing; run `make docs`"
    assert path.read_text(encoding="utf-8") == PAGES[page](), f"docs/{page} is out of date; run `make docs`"


def test_the_page_of_tables_holds_every_column() -> None:
    sections = dict(section.split("\n", 1) for section in PAGES["tables.md"]().split("\n## ")[1:])
    every = (*TABLES, COMPARISON_EVIDENCE, CLASS_RESULTS)
    assert list(sections) == [table.name for table in every]
    for table in every:
        assert sections[table.name].count("\n| `") == len(table.columns)
