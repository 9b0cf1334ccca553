"""Teasers of other articles inside the text's block: left out; links within sentences and lists stay."""

from __future__ import annotations

from pathlib import Path

from framing.read import read

_TEXT = [
    f"The council said on Friday that talks about ferry number {n} would resume on Monday morning."
    for n in range(2, 8)
]
_TEASER = "FIVE-YEAR WINDOW? The head of the harbour said the new pier was still being drawn."
_SENTENCE = (
    "The mayor pointed to a report of the harbour board that lists every repair made since the spring flood."
)


def _read(tmp_path: Path, extra: str) -> str:
    path = tmp_path / "a.html"
    paragraphs = "".join(f"<p>{text}</p>" for text in _TEXT)
    path.write_text(
        f"<html><body><article><h1>Ferry talks resume</h1>{paragraphs}{extra}</article></body></html>"
    )
    (item,) = read([path])
    assert item.article is not None
    assert all(text in item.article.text for text in _TEXT)
    return item.article.text


def test_a_paragraph_inside_a_link_is_a_teaser(tmp_path: Path) -> None:
    assert _TEASER not in _read(
        tmp_path, f'<a href="/other"><h3>Pier</h3><p>{_TEASER}</p></a><p>{_SENTENCE}</p>'
    )


def test_a_sentence_with_a_link_in_it_stays(tmp_path: Path) -> None:
    linked = _SENTENCE.replace(
        "a report of the harbour board", '<a href="/report">a report of the harbour board</a>'
    )
    assert _SENTENCE in _read(tmp_path, f"<p>{linked}</p>")
