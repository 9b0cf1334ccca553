"""Layouts beside the common ones: Factiva as rich text, ARC, sparse sheets; what extractors lose."""

from __future__ import annotations

import gzip
import time
import zipfile
from pathlib import Path

import pytest
from trafilatura import load_html

from framing.article import Article
from framing.clean import bylines
from framing.read import completion, page_body, read

ONE = "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge over the bay."
TWO = "“It is slow, and that is the point,” said Tom Addy, who has run the boat for 22 years."


def articles(path: Path) -> list[Article]:
    return [item.article for item in read([path]) if item.article is not None]


BARE = [
    "World", "Ferry stays, council says", "By Jane Doe", "33 words", "5 March 2024", "10:15", "The Post",
    "POST", "English", "(c) 2024 The Post Limited. All rights reserved.", ONE, TWO, "The Post Limited",
    "Document POST000020240305ek350001x",
]  # fmt: skip
CODED = [
    "HD", "Regen kommt früh", "BY", "Von Paul Brandt", "WC", "20 Wörter", "PD", "6. März 2024", "SN",
    "Nordblatt", "LA", "German", "LP", "Der Regen kommt in diesem Jahr früher als sonst in den Norden.", "TD",
    "Bauern sollen warten, sagte das Wetteramt am Mittwoch.", "NS", "gweat", "AN",
    "Document NORDB00020240306ek360002y",
]  # fmt: skip


def rich_text(lines: list[str]) -> str:
    escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in "\\par ".join(lines))
    return "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}" + escaped + "\\par}"


@pytest.mark.parametrize(("suffix", "format_"), [("rtf", "factiva_rtf"), ("txt", "factiva_text")])
def test_factiva_beside_its_pages(tmp_path: Path, suffix: str, format_: str) -> None:
    lines = [*BARE, *CODED]
    path = tmp_path / f"download.{suffix}"
    path.write_text(rich_text(lines) if suffix == "rtf" else "\n".join(lines), encoding="utf-8")
    one, two = articles(path)
    assert (one.title, one.outlet, one.published, one.byline) == (
        "Ferry stays, council says", "The Post", "2024-03-05T10:15" if "T" in one.published else "2024-03-05",
        "Jane Doe",
    )  # fmt: skip
    assert one.text == f"Ferry stays, council says\n\n{ONE}\n\n{TWO}"
    assert (one.language, one.source_format, dict(one.extra)["accession"]) == (
        "en", format_, "POST000020240305ek350001x",
    )  # fmt: skip
    assert (two.title, two.outlet, two.published, two.byline) == (
        "Regen kommt früh", "Nordblatt", "2024-03-06", "Paul Brandt",
    )  # fmt: skip
    assert two.text.endswith("sagte das Wetteramt am Mittwoch.")
    assert two.language == "de"


def test_a_factiva_download_that_ends_in_mid_document_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n".join([*BARE, *BARE[:-2]]))
    found = list(read([path]))
    assert [item.report.status for item in found] == ["parsed", "rejected"]
    assert found[1].report.reason == "a document is cut off"


def test_an_arc_file(tmp_path: Path) -> None:
    page = "<html><head><title>Ferry stays, council says</title></head><body><article>"
    page += "".join(f"<p>{ONE} That was item {n}.</p>" for n in range(6)) + "</article></body></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"

    def record(url: str, kind: str, content: bytes) -> bytes:
        return f"{url} 93.184.216.119 20140216050221 {kind} {len(content)}\n".encode() + content + b"\n"

    path = tmp_path / "crawl.arc.gz"
    whole = [
        record("filedesc://crawl.arc.gz", "text/plain", b"1 0 Made up\nURL IP-address Archive-date\n"),
        record("http://post.example/1", "text/html", answer),
        record("http://post.example/2", "image/png", picture),
    ]
    path.write_bytes(b"".join(map(gzip.compress, whole)))
    (article,) = articles(path)
    assert (article.title, article.url) == ("Ferry stays, council says", "http://post.example/1")
    path.write_bytes(b"".join(map(gzip.compress, [whole[0], whole[1][:400]])))
    (item,) = read([path])
    assert item.report.reason == "a record is cut off"


def test_a_packed_table_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    rows = "".join(f"Ferry {n * n},{ONE} {n * n * n}\n" for n in range(400))
    path.write_bytes(gzip.compress(f"title,text\n{rows}".encode())[:-300])
    (item,) = read([path])
    assert (item.report.status, item.report.reason) == ("rejected", "the compressed file is damaged")
    assert "download it again" in item.report.found


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def test_a_sheet_whose_last_row_is_the_millionth_is_read_by_the_rows_that_exist(tmp_path: Path) -> None:
    def row(number: int, *cells: str) -> str:
        return f'<row r="{number}">' + "".join(
            f'<c r="{column}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for column, cell in zip("AB", cells, strict=True)
        ) + "</row>"  # fmt: skip

    rows = row(1, "title", "text") + row(2, "Ferry stays", ONE) + row(1_048_576, "Boat stays", TWO)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/s.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="s.xml"/></Relationships>',
        "xl/s.xml": f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{rows}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    found = list(read([tmp_path / "a.xlsx"]))
    assert [item.article.title for item in found if item.article] == ["Ferry stays", "Boat stays"]
    assert [item.report.article_index for item in found] == [0, 1_048_574]


PROSE = [
    f"Paragraph {word} of the report tells how the council came to keep the ferry that leaves at {word}."
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight")
]


TEASER = "Another report tells how the rain came early to all of the north of the country last week."


def page(*blocks: list[str]) -> str:
    inner = "".join(
        '<div class="grid"><div class="article__body">'
        + "".join(f"<p>{p}</p>" for p in block)
        + "</div></div>"
        for block in blocks
    )
    return (
        "<html><head><title>Ferry stays, council says</title></head><body><main>"
        f'<h1>Ferry stays, council says</h1><div class="chunks">{inner}</div></main>'
        f'<aside><div class="article__body"><p>{TEASER}</p></div></aside></body></html>'
    )


def test_a_text_that_stands_in_several_blocks_is_whole(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(PROSE[:3], PROSE[3:]))
    (article,) = articles(tmp_path / "a.html")
    assert article.text.split("\n\n")[1:] == PROSE


def completed(page_: str, found: list[str]) -> list[str]:
    return completion.Paragraphs(load_html(page_)).complete("\n".join(found)).split("\n")


def test_a_paragraph_between_two_that_were_found_is_put_back_in_its_place() -> None:
    assert completed(page(PROSE), [*PROSE[:3], *PROSE[5:]]) == PROSE
    assert completed(page(PROSE), PROSE) == PROSE


@pytest.mark.parametrize(
    "other", ["Read our review of it", f'<a href="/rain">{TEASER}</a>', TEASER.removesuffix(".")]
)
def test_labels_links_and_headlines_between_paragraphs_stay_out(other: str) -> None:
    assert completed(page([*PROSE[:4], other, *PROSE[4:]]), PROSE) == PROSE


def test_a_block_of_the_same_kind_that_follows_is_added_only_where_much_was_lost() -> None:
    assert completed(page(PROSE[:2], PROSE[2:]), PROSE[:2]) == PROSE
    assert completed(page(PROSE[:6], PROSE[6:]), PROSE[:6]) == PROSE[:6]


@pytest.mark.parametrize("text", ["A-A-" * 40, "Aa-Bb " * 30, "A.-’" * 40, "Ab de la " * 20, "AB, " * 40])
def test_looking_for_a_dateline_takes_no_time(text: str) -> None:
    started = time.process_time()
    bylines.dateline(text, 30)
    assert time.process_time() - started < 0.2


def test_pages_whose_text_stands_in_no_paragraphs_are_read_whole(tmp_path: Path) -> None:
    sentences = [f"The harbour office counted {n} boats on the morning of the storm." for n in range(20, 60)]
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(30))
    text = "<br><br>".join(sentences)
    page = f"<ul>{menu}</ul><h1>Boats counted</h1><p>{ONE}</p><div class='c1'><div>{text}</div></div>"
    (tmp_path / "a.html").write_text(f"<html><head><title>Boats</title></head><body>{page}</body></html>")
    [article] = articles(tmp_path)
    assert all(sentence in article.text for sentence in sentences)
    assert "Section 7" not in article.text


def test_what_is_dropped_before_the_search_leaves_the_text_behind_it() -> None:
    side = "<aside>Offers</aside> after the offers<form><p>Sent</p></form>"
    tree = load_html(f"<html><body><nav>Menu</nav><p>{ONE}{side}</p><figure>Boat</figure></body></html>")
    before = tree.text_content()
    pruned = page_body.pruned(tree)
    assert tree.text_content() == before  # the page itself is searched for more
    assert pruned.text_content() == f"{ONE} after the offersSentBoat"
