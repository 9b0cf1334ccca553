"""Texts that would take the parser minutes: cut with a reason, nothing lost, one bad article ends no run."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing import analysis, annotate
from framing.article import Article, Span
from framing.clean import RawArticle, clean, limits
from framing.read import read
from framing.study import Study

BODY = "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge.\n\n"
SENTENCE = "The boat went out at dawn and came back at noon with {} boxes of herring on its deck. "


def long_text(n_sentences: int) -> str:
    return "".join(SENTENCE.format(n * n) for n in range(n_sentences))


def test_a_line_that_repeats_itself_is_cut_and_all_of_it_is_listed() -> None:
    line = "word word " * 4_000
    article = clean(RawArticle(f"Ferry stays\n\n{BODY}{line}\n\n{BODY.replace('ferry', 'boat')}"))
    assert article.truncated
    assert any("repeats itself" in warning for warning in article.warnings)
    assert limits.KEPT_CHARS < len(article.text) < limits.KEPT_CHARS + 400
    dropped = [p for p in article.paragraphs if p.span is None and "repeats itself" in p.reason]
    assert sum(len(p.source) for p in dropped) >= len(line.strip()) - limits.KEPT_CHARS
    assert "keep the boat" in article.text


@pytest.mark.parametrize("line", ["(" * 9_000, "x" * 9_000, "<a>" * 4_000])
def test_a_line_that_is_no_prose_is_left_out(line: str) -> None:
    article = clean(RawArticle(f"Ferry stays\n\n{BODY}{line}\n\nFarmers were told to wait for rain."))
    assert line[:100] not in article.text
    assert "Farmers" in article.text
    assert any(
        p.role == "furniture" and p.source.of(article.source)[:100] == line[:100] for p in article.paragraphs
    )


def test_prose_without_line_ends_is_whole() -> None:
    text = long_text(400)
    assert len(text) > limits.LONG_LINE_CHARS
    article = clean(RawArticle(f"Ferry stays\n\n{text}"))
    assert not article.truncated
    assert article.text.endswith(text.strip())


def test_a_text_without_end_is_cut_after_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ferry stays\n\n" + "\n\n".join(long_text(500) for _ in range(10)))
    (item,) = read([tmp_path / "a.txt"])
    assert item.article is not None
    assert len(item.article.text) <= limits.MAX_TEXT_CHARS + 100
    assert item.article.text.endswith("deck.")
    assert item.report.status == "truncated"
    assert "150,000 characters" in item.report.reason


def test_a_long_paragraph_is_parsed_in_parts_that_cover_it() -> None:
    text = long_text(300)
    parts = annotate.paragraphs(Article("a", text, text, (), ((0, 0, len(text)),)))
    assert len(parts) > 3
    assert all(len(part) <= annotate.MAX_PARAGRAPH_CHARS for part in parts)
    assert "".join(part.of(text) for part in parts) == text
    assert all(part.of(text).rstrip().endswith(".") for part in parts)


def test_a_paragraph_without_any_break_is_cut_all_the_same() -> None:
    text = "x" * 20_000
    parts = annotate.paragraphs(Article("a", text, text, (), ((0, 0, len(text)),)))
    assert parts[0] == Span(0, annotate.MAX_PARAGRAPH_CHARS)
    assert "".join(part.of(text) for part in parts) == text


def test_an_article_that_breaks_the_analysis_is_rejected_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("ferry", "boat", "poison"):
        (folder / f"{name}.txt").write_text(f"The {name} stays\n\n{BODY * 3}".replace("ferry", name))
    assembled = annotate.assemble

    def breaks(article: Article, trees: object) -> object:
        if "poison" in article.text:
            raise KeyError("subject")
        return assembled(article, trees)  # type: ignore[arg-type]

    monkeypatch.setattr(annotate, "assemble", breaks)
    summary = analysis.analyze([folder], tmp_path / "study")
    assert (summary.n_new, summary.n_rejected) == (2, 1)
    report = Study.open(tmp_path / "study").table("import_report")
    (row,) = report[report["status"] == "rejected"].to_dict("records")
    assert row["source_file"].endswith("poison.txt")
    assert "KeyError" in row["found"]
