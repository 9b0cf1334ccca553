"""What a user is told of an import: columns taken, what was met, every line that was dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.article import FramingError
from framing.cli.importing import confirm_columns
from framing.read import Columns, read

TEXT = "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge over the bay."


def table(folder: Path) -> Path:
    path = folder / "export.csv"
    path.write_text(f'Kopf,Quelle,Datum,Inhalt,Ressort\n"Ferry stays",Post,05.03.2024,"{TEXT}",Local\n')
    return path


def test_which_column_was_taken_for_which_field_is_told_before_the_articles(tmp_path: Path) -> None:
    told: list[tuple[str, Columns]] = []
    items = read(
        [table(tmp_path)],
        mapping={"title": "Kopf"},
        columns_found=lambda file, found: told.append((file, found)),
    )
    (item,) = items
    assert item.article is not None
    assert (item.article.title, item.article.outlet, item.article.published) == (
        "Ferry stays",
        "Post",
        "2024-03-05",
    )
    ((file, found),) = told
    assert file == "export.csv"
    assert dict(found.taken) == {"title": "Kopf", "text": "Inhalt", "outlet": "Quelle", "published": "Datum"}
    assert found.others == ("Ressort",)
    assert set(found.guessed) == {"text", "outlet", "published"}


def test_a_user_who_says_no_stops_before_anything_is_read(tmp_path: Path) -> None:
    def refuse(file: str, found: Columns) -> None:
        raise FramingError("no")

    with pytest.raises(FramingError):
        list(read([table(tmp_path)], columns_found=refuse))


def test_columns_are_shown_once_and_nobody_is_asked_without_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = confirm_columns(ask=True)
    found = Columns((("text", "Inhalt"), ("title", "Kopf")), ("Ressort",), ("text", "title"))
    told("a.csv", found)
    told("b.csv", found)
    assert capsys.readouterr().err == "a.csv: text=Inhalt, title=Kopf; kept as your own columns: Ressort\n"


def test_the_import_is_summed_up_and_can_be_looked_at(tmp_path: Path, framing) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        f"Ferry stays\n\nRead more: Boats\n\n{TEXT} {TEXT.replace('ferry', 'boat')}\n"
    )
    (folder / "b.txt").write_text((folder / "a.txt").read_text())
    (folder / "c.txt").write_bytes(bytes(range(256)) * 40)
    done = framing("analyze", "in", "--study", "study", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        "met 3: 1 whole, 0 of which only the beginning, 1 duplicates, 1 rejected; 1 without a date"
        in done.stderr
    )
    assert (
        "1 rejected: not text (expected a text file, found control characters), e.g. in/c.txt" in done.stderr
    )
    rejected = framing("imports", "study", "--status", "rejected", cwd=tmp_path)
    assert rejected.stdout.count("\n") == 2
    assert "in/c.txt" in rejected.stdout
    dropped = framing("imports", "study", "--dropped", cwd=tmp_path).stdout
    assert "Read more: Boats" in dropped
    assert "link to another article" in dropped
    assert "voted" not in dropped
    missing = framing("imports", "study", "--lines", "a0", cwd=tmp_path)
    assert missing.returncode == 2
    assert "no article 'a0'" in missing.stderr


def test_a_list_of_addresses_beside_pages_joins_them(tmp_path: Path) -> None:
    for name in ("one", "two"):
        paragraphs = "".join(f"<p>{TEXT} That was item {n} of page {name}.</p>" for n in range(6))
        (tmp_path / f"{name}.html").write_text(
            f"<html><head><link rel='canonical' href='https://www.post.example/{name}/'></head>"
            f"<body><article><h1>Ferry {name} stays where it is</h1>{paragraphs}</article></body></html>"
        )
    (tmp_path / "metadata.csv").write_text(
        "url,media_name,publish_date,title\nhttp://post.example/one,Post,2024-03-05,Ferry one\n"
        "http://post.example/three,Post,2024-03-05,Ferry three\n"
    )
    found = list(read([tmp_path]))
    by_title = {item.article.title: item.article for item in found if item.article}
    assert by_title["Ferry one stays where it is"].outlet == "Post"
    assert by_title["Ferry one stays where it is"].published == "2024-03-05"
    assert by_title["Ferry two stays where it is"].published == ""
    (missing,) = [item.report for item in found if item.article is None]
    assert missing.reason == "named in metadata.csv, but there is no page with that address"


def test_a_list_of_addresses_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("# March\nhttps://post.example/one\nhttps://post.example/two\n")
    (item,) = read([tmp_path / "urls.txt"])
    assert item.report.status == "rejected"
    assert "framing fetch" in item.report.reason


def test_an_article_of_nothing_but_repeated_lines_is_kept(tmp_path: Path) -> None:
    for n in range(6):
        longer = (
            ""
            if n == 5
            else f"\n\nThe mayor said on day {n} that {n * n} boats had been counted.\n\nNumber {n * 7}."
        )
        (tmp_path / f"{n}.txt").write_text(f"Report number {n * n}{longer}\n\n{TEXT}\n")
    items = list(read([tmp_path]))
    assert all(item.article is not None for item in items)
    assert [TEXT in item.article.text for item in items if item.article] == [False] * 5 + [True]
