"""The bundled pages: as the card says, and cleaned without losing a paragraph or keeping a line too many."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from framing import seeds
from framing.article import Article, FramingError


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return seeds.articles()


def test_the_card_describes_the_files() -> None:
    assert seeds.check() == []
    card = seeds.card()
    assert set(card) >= {"title", "source", "rights", "retrieved", "limits", "sha256"}
    assert len([name for name in card["sha256"] if name.endswith(".txt")]) == 5


def test_a_changed_a_missing_and_a_new_file_are_named(tmp_path: Path) -> None:
    copy = tmp_path / "seeds"
    shutil.copytree(seeds.folder(), copy)
    (copy / "000_617556583d53f4c4.txt").write_bytes(b"changed")
    (copy / "001_4324e4a033d7cda2.txt").unlink()
    (copy / "new.txt").write_text("new")
    with pytest.raises(FramingError) as error:
        seeds.articles(copy)
    message = str(error.value)
    assert all(
        name in message for name in ("000_617556583d53f4c4.txt", "001_4324e4a033d7cda2.txt", "new.txt")
    )
    assert "002_" not in message


def test_metadata_is_what_is_printed(articles: list[Article]) -> None:
    rows = [(a.outlet, a.published, a.byline, a.dateline, a.wire_agency, a.language) for a in articles]
    assert rows == [
        ("", "", "", "Pyongyang", "Reuters", "en"),
        ("Korea JoongAng Daily", "", "Michael Lee", "", "", "en"),
        ("EntornoInteligente", "2023-06-23", "", "", "", "en"),
        ("", "", "", "", "", "en"),
        ("The Manila Times", "", "", "SEOUL", "", "en"),
    ]
    assert all(a.inferred == ("language",) for a in articles)


def test_titles(articles: list[Article]) -> None:
    assert [a.title for a in articles] == [
        "North Korea's Kim Jong Un expresses 'firm support and solidarity' with Putin on Victory Day",
        "North's Kim congratulates Putin on 79th WWII anniversary",
        "Kim Jong-un fully supports Putin in Russia’s invasion of Ukraine",
        "Putin thanks North Korea for ‘strong support’ for Russia in Ukraine",
        "Kim vows ‘full support’ for Russia on Ukraine",
    ]
    assert all(a.title_span and a.title_span.of(a.text) == a.title for a in articles)


def test_no_paragraph_is_lost(articles: list[Article]) -> None:
    roles = Counter(p.role for a in articles for p in a.paragraphs)
    body = [p.span.of(a.text) for a in articles for p in a.paragraphs if p.role == "body" and p.span]
    assert (roles["body"], roles["subhead"], roles["standfirst"]) == (76, 6, 1)
    assert (roles["dateline"], roles["byline"], roles["credit"], roles["caption"]) == (2, 1, 1, 4)
    assert sum(len(text.split()) for text in body) == 2_928


@pytest.mark.parametrize(
    "words",
    ["ALSO READ", "Home >", "print dictionary", "[AP/YONHAP]", "Related Article", "MICHAEL LEE", "Log in",
     "lock icon", "See also", "EntornoInteligente", "Read also", "PREV ", "NEXT ", "SPUTNIK",
     "The Manila Times", "Newspapers in"],
)  # fmt: skip
def test_no_line_leaks(articles: list[Article], words: str) -> None:
    assert all(words not in a.text for a in articles)
    assert any(words in a.source for a in articles)


def test_the_same_pages_cleaned_without_the_sidecar_say_the_same() -> None:
    from framing.clean import RawArticle, clean

    for article in seeds.articles():
        again = clean(RawArticle(article.source))
        assert (again.text, again.outlet, again.published) == (
            article.text,
            article.outlet,
            article.published,
        )
