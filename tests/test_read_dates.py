"""Dates that pages state for programs or behind a label, where neither JSON-LD nor the usual marks do."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.read import read

_PARAGRAPHS = "".join(
    f"<p>The council said on Friday that talks about ferry number {n} would resume on Monday, and that nobody"
    f" had been hurt when it ran aground on 3 April 2019 for the {n}th time.</p>"
    for n in range(2, 8)
)
_PAGE = (
    '<html><head><title>Ferry talks resume</title><meta name="first-seen" content="2019-02-05"></head>'
    "<body><article><h1>Ferry talks resume</h1>{beside}{paragraphs}</article>{after}</body></html>"
)


@pytest.mark.parametrize(
    "beside",
    [
        '<time itemprop="datePublished" datetime="2024-06-19T16:45+0100">Wednesday</time>',
        '<span itemprop="datePublished" content="2024-06-19"></span>',
        "<ul><li><strong>Datum</strong> 19.06.2024</li><li><strong>Autor</strong> Jo Bell</li></ul>",
        "<dl><dt>Published:</dt><dd>19 June 2024</dd></dl>",
    ],
)
def test_a_stated_date_goes_before_what_a_search_finds(tmp_path: Path, beside: str) -> None:
    path = tmp_path / "a.html"
    links = '<time datetime="2021-01-02">2 January 2021</time>'
    path.write_text(_PAGE.format(beside=beside, paragraphs=_PARAGRAPHS, after=links), "utf-8")
    (item,) = read([path])
    assert item.article is not None
    assert item.article.published[:10] == "2024-06-19"
    assert "published" not in item.article.inferred


def test_a_label_without_a_whole_date_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    beside = "<ul><li><strong>Date</strong> 19 June</li><li><strong>Data</strong> 2024 in figures</li></ul>"
    page = _PAGE.replace('<meta name="first-seen" content="2019-02-05">', "")
    path.write_text(page.format(beside=beside, paragraphs=_PARAGRAPHS, after=""), "utf-8")
    (item,) = read([path])
    assert item.article is not None
    assert not item.article.published.startswith("2024")
