"""Files and folders: what is read, what is left alone, what is refused and in which words."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from framing.article import FramingError
from framing.read import Item, read
from framing.read.decode import decode

BODY = (
    "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge.\n\n"
    "“It is slow, and that is the point,” said Tom Addy, who has run the boat for 22 years.\n"
)
TEXT = f"Council votes to keep ferry\n\n{BODY}"


def write(path: Path, text: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def items(*inputs: Path, **options: object) -> list[Item]:
    return list(read(inputs, **options))  # type: ignore[arg-type]


def only(*inputs: Path, **options: object) -> Item:
    (item,) = items(*inputs, **options)
    return item


def below(item: Item) -> str:
    """The file's name without the input folder's, which stands before it."""
    return item.report.source_file.partition("/")[2]


def test_a_folder_is_read_in_order_with_portable_names(tmp_path: Path) -> None:
    for n, name in enumerate(("b/two.txt", "a/one.txt", "zero.txt")):
        write(tmp_path / name, f"Title of article {n}\n\n{BODY}{n} more people said so.\n")
    found = items(tmp_path)
    assert [i.report.source_file for i in found] == [
        f"{tmp_path.name}/{name}" for name in ("zero.txt", "a/one.txt", "b/two.txt")
    ]
    assert all(i.report.status == "parsed" and i.article and i.article.source_format == "text" for i in found)


def test_notes_and_sidecars_are_no_articles_unless_named(tmp_path: Path) -> None:
    write(tmp_path / "article.txt")
    for name in ("README.md", "LICENSE", "seeds.toml", ".hidden.txt", "metadata.csv", "notes.yaml"):
        write(tmp_path / name, "file,outlet\narticle.txt,Post\n")
    assert [below(i) for i in items(tmp_path)] == ["article.txt"]
    named = write(tmp_path / "README.txt")
    assert only(named).report.status == "parsed"


def test_the_sidecar_wins_and_its_own_columns_go_along(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "one.txt", f"Ferry stays\nBy Jane Doe\n9 May 2024\n\n{BODY}")
    write(tmp_path / "two.txt", TEXT)
    write(
        tmp_path / "metadata.csv",
        "file,outlet,date,owner\nsub/one.txt,The Post,2024-05-08,family\ngone.txt,X,,\n",
    )
    found = {below(i): i for i in items(tmp_path)}
    one = found["sub/one.txt"].article
    assert one is not None
    assert (one.outlet, one.published, one.byline) == ("The Post", "2024-05-08", "Jane Doe")
    assert one.extra == (("owner", "family"),)
    assert one.inferred == ("language",)
    assert found["gone.txt"].report.status == "rejected"
    assert "metadata.csv" in found["gone.txt"].report.reason


def test_a_sidecar_without_file_names_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "metadata.tsv", "outlet\tdate\nPost\t2024-05-08\n")
    with pytest.raises(FramingError, match="no column `file`"):
        items(tmp_path)


@pytest.mark.parametrize(
    ("name", "how", "outlet", "published"),
    [
        ("Example Post/2024/kim.txt", "folder", "Example Post", ""),
        ("post_2024-05-09_kim.txt", "filename", "post", "2024-05-09"),
        ("post_kim.txt", "filename", "post", ""),
        ("kim.txt", "filename", "", ""),
    ],
)
def test_outlet_from_the_path_is_marked_as_inferred(
    tmp_path: Path, name: str, how: str, outlet: str, published: str
) -> None:
    write(tmp_path / name)
    article = only(tmp_path, outlet_from=how).article
    assert article is not None
    assert (article.outlet, article.published) == (outlet, published)
    assert ("outlet" in article.inferred) == bool(outlet)
    assert ("published" in article.inferred) == bool(published)


def test_the_folder_itself_names_the_outlet_of_files_in_it(tmp_path: Path) -> None:
    write(tmp_path / "The Post" / "kim.txt")
    for given in (tmp_path / "The Post", tmp_path / "The Post" / "kim.txt"):
        article = only(given, outlet_from="folder").article
        assert article is not None
        assert article.outlet == "The Post"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"outlet_from": "path"}, "folder, filename"),
        ({"mapping": {"headline": "x"}}, "title"),
    ],
)
def test_unknown_options_are_named(tmp_path: Path, options: dict[str, object], words: str) -> None:
    with pytest.raises(FramingError, match=words):
        items(tmp_path, **options)


def test_two_inputs_with_the_same_names_are_told_apart(tmp_path: Path) -> None:
    for folder in ("x/articles", "y/articles"):
        write(tmp_path / folder / "1.txt", f"Ferry stays in {folder[0]}\n\n{BODY}")
    both = items(tmp_path / "x" / "articles", tmp_path / "y" / "articles")
    assert [i.report.source_file for i in both] == ["x/articles/1.txt", "y/articles/1.txt"]
    alone = items(tmp_path / "x" / "articles", tmp_path / "y" / "articles" / "1.txt")
    assert [i.report.source_file for i in alone] == ["articles/1.txt", "1.txt"]


def test_a_missing_input_is_named(tmp_path: Path) -> None:
    with pytest.raises(FramingError, match=r"nowhere\.txt"):
        items(tmp_path / "nowhere.txt")


def test_the_same_text_twice_is_a_duplicate_of_the_first(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    first, second = items(tmp_path)
    assert (first.report.status, second.report.status) == ("parsed", "duplicate")
    assert "a.txt" in second.report.reason
    assert first.article is not None
    assert second.article is not None
    assert first.article.id == second.article.id


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\xc2\xa0\n\xe2\x80\x8b\n", "no text"),
        (b"Home > News\nLog in to comment\nRelated Article\nALSO READ | x\nPREV a\n", "no article text"),
        (bytes(range(256)) * 400, "not text"),
        (
            b"%PDF-1.7\n1 0 obj",
            "PDF is not read: download the articles from the archive as Word (.docx), RTF",
        ),
        (b"{\\rtf1 text}", "no article text"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"PK\x03\x04" + b"\0" * 40, "archive is damaged"),
        (b"PAR1" + b"\0" * 50 + b"PAR1", "Parquet file cannot be read"),
        (b'[{"a": ' + b"[" * 100_000, "nested too deep"),
        (b'[{"title": "t", "text": "x"', "not valid JSON"),
        (b"<html><body></body></html>", "no article was found"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\xff", "compressed file is damaged"),
    ],
)
def test_what_is_no_article_is_refused_in_one_clear_line(tmp_path: Path, content: bytes, reason: str) -> None:
    write(tmp_path / "bad.txt", content)
    write(tmp_path / "good.txt")
    bad, good = items(tmp_path)
    assert bad.article is None
    assert bad.report.status == "rejected"
    assert reason in bad.report.reason
    assert "\n" not in bad.report.reason
    assert good.report.status == "parsed"


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are POSIX")
def test_links_and_special_files_are_named_and_not_opened(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside.txt", "A secret that must stay outside.\n")
    corpus = tmp_path / "corpus"
    write(corpus / "good.txt")
    (corpus / "link.txt").symlink_to(outside)
    (corpus / "loop.txt").symlink_to("loop.txt")
    (corpus / "up").symlink_to("..")
    os.mkfifo(corpus / "pipe.txt")
    found = {below(i): i.report for i in items(corpus)}
    assert found["good.txt"].status == "parsed"
    assert {n for n, r in found.items() if r.status == "rejected"} == {
        "link.txt",
        "loop.txt",
        "up",
        "pipe.txt",
    }
    assert "symbolic link" in found["link.txt"].reason


def test_names_are_shown_without_controls(tmp_path: Path) -> None:
    try:
        write(tmp_path / "a\n\x1b[31mb\u202e.txt")
    except OSError:
        pytest.skip("this file system refuses the name")
    assert below(only(tmp_path)) == "a\ufffd\ufffd[31mb\ufffd.txt"


def test_gzip_is_unpacked_once_and_only_so_far(tmp_path: Path) -> None:
    write(tmp_path / "a.txt.gz", gzip.compress(TEXT.encode()))
    write(tmp_path / "bomb.txt.gz", gzip.compress(b"\0" * 50_000_000))
    good, bomb = items(tmp_path)
    assert good.report.status == "parsed"
    assert "unpacks to far more" in bomb.report.reason


def test_a_stub_is_truncated(tmp_path: Path) -> None:
    write(
        tmp_path / "a.txt", "A title here\n\nThe council voted on Tuesday.\n\nSubscribe to continue reading\n"
    )
    report = only(tmp_path).report
    assert (report.status, report.expected) == ("truncated", "the whole text")


def test_lines_that_stand_in_many_pages_of_an_outlet_go(tmp_path: Path) -> None:
    for n in range(4):
        write(
            tmp_path / "Post" / f"{n}.txt",
            f"Title of article {n}\n\nOur harvest offers this week\n\nThe town of {n} voted to keep it,"
            f" and {n} cheered.\n\nThe mayor of town {n} said that she was glad of it and would sign soon.\n",
        )
    found = items(tmp_path, outlet_from="folder")
    assert all(i.article and "harvest" not in i.article.text and "mayor" in i.article.text for i in found)


GERMAN = (
    "Müller sagte am Dienstag: „Wir prüfen das größere Übel – naïve Fragen kommen später, ganz gewiss.“\n"
)
RUSSIAN = "Президент России заявил во вторник, что переговоры будут продолжены в ближайшее время. " * 4
POLISH = "Rząd ogłosił we wtorek, że most będzie gotowy później, niż się spodziewano. " * 4
JAPANESE = "政府は火曜日、新しい橋の計画について説明した。住民は反対の意見を述べた。" * 6


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"), (GERMAN, "utf-8-sig"), (GERMAN, "utf-16"), (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"), (GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"),
        (JAPANESE, "euc_jp"), (JAPANESE, "shift_jis"), (JAPANESE, "iso2022_jp"), (POLISH, "cp1250"),
        ("박 의원은 화요일 회의에서 새로운 법안을 설명했다. " * 8, "euc_kr"),
    ],
)  # fmt: skip
def test_encodings_are_found_by_trying(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_a_few_lines_in_another_encoding_do_not_spoil_the_rest() -> None:
    data = ("“Grüße” und Küsse\n" * 8).encode() + "Café – naïve\n".encode("cp1252")
    found = decode(data)
    assert found.text.endswith("Café – naïve\n")
    assert found.text.startswith("“Grüße”")
    assert found.warnings


def test_bytes_that_are_no_text_are_counted() -> None:
    found = decode("“Grüße”\n".encode() * 3 + b"caf\xe9 \xff\xfe\x80 \xf0\x9f\x98 \xc3\xa9 end\n")
    assert found.text.endswith("end\n")
    assert "could not be read" in " ".join(found.warnings)


def test_letters_are_composed_and_said_so() -> None:
    found = decode("Cafe\u0301".encode())
    assert found.text == "Café"
    assert found.warnings == ("letters were composed (Unicode NFC)",)
    stacked = "a" + "\u0301\u0316" * 60_000
    assert decode(stacked.encode()).text == stacked
