"""Invented noisy pages of many layouts, marked line by line: every line gets the role a reader would give it.

A mark ``[[role]]`` stands before the text it speaks for; ``@field: value`` lines at the
top say what the page prints about itself (empty: nothing).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from framing.article import ROLES, Article
from framing.clean import RawArticle, clean

PAGES = sorted((Path(__file__).parent / "gold" / "clean").glob("*.txt"))
_MARK = re.compile(r"\[\[(\w+)\]\]")
_FIELD = re.compile(r"@(\w+): ?(.*)$")


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    source: str
    fields: dict[str, str]
    marks: list[tuple[str, int, int]]  # role, start, end in the source


def load(path: Path) -> Page:
    lines = path.read_text("utf-8").split("\n")
    fields: dict[str, str] = {}
    while lines and (match := _FIELD.match(lines[0])):
        fields[match.group(1)] = match.group(2).strip()
        lines.pop(0)
    first, *rest = _MARK.split("\n".join(lines))
    source, marks = first, []
    for role, text in zip(rest[::2], rest[1::2], strict=True):
        assert role in ROLES, f"{path.name}: no role {role!r}"
        marks.append((role, len(source), len(source) + len(text)))
        source += text
    return Page(path.stem, source, fields, marks)


def role_at(article: Article) -> dict[int, str]:
    return {i: p.role for p in article.paragraphs for i in range(p.source.start, p.source.end)}


def test_there_are_pages_of_many_layouts() -> None:
    assert len(PAGES) >= 12


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_every_line_gets_its_role(path: Path) -> None:
    page = load(path)
    got = role_at(clean(RawArticle(page.source)))
    wrong = []
    for role, start, end in page.marks:
        found = {got.get(i) for i in range(start, end) if not page.source[i].isspace()}
        if found != {role}:
            wrong.append(f"{page.source[start:end].strip()[:80]!r}: {role} expected, {found} found")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_metadata_is_what_the_page_prints(path: Path) -> None:
    page = load(path)
    article = clean(RawArticle(page.source))
    for name, expected in page.fields.items():
        value = getattr(article, name)
        if name == "truncated":
            assert value is (expected == "true")
        elif name == "published":
            assert value.startswith(expected), value
            assert bool(value) == bool(expected)
        else:
            assert value == expected, name


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_line_that_stands_in_many_articles_of_the_outlet_is_furniture(path: Path) -> None:
    page = load(path)
    line = "Our harvest offers this week"
    source = page.source.rstrip("\n") + f"\n\n{line}\n"
    article = clean(RawArticle(source, furniture=frozenset({"our harvest offers this week"})))
    assert line not in article.text
    assert article.paragraphs[-1].role == "furniture"
