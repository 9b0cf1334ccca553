"""Archives' downloads: every article, the right fields, nothing about the person who downloaded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from framing.read import Item, read

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ONE = [
    "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge.",
    "“It is slow, and that is the point,” said Tom Addy, who has run the boat for 22 years.",
]
TWO = [
    "Rain is likely to spread to six more districts by Friday, the weather office said.",
    "Farmers were told to wait.",
]


def docx(path: Path, paragraphs: list[str], prolog: str = "") -> Path:
    body = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in paragraphs)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", f'<?xml version="1.0"?>{prolog}{document}')
    return path


def nexis_document(title: str, outlet: str, date: str, body: list[str], words: int) -> list[str]:
    return [
        title, outlet, date, "", "Copyright 2024 Example Media All Rights Reserved", "Section:\u00a0NEWS",
        f"Length:\u00a0{words} words", "Byline:\u00a0Jane Doe", "Dateline:\u00a0ELLSWATER", "Body", "", *body,
        "Classification", "", "Language:\u00a0ENGLISH", "Publication-Type:\u00a0Newspaper",
        "Load-Date:\u00a0March 7, 2024", "", "End of Document", "",
    ]  # fmt: skip


COVER = [
    "User Name: A RESEARCHER", "Date and Time: Friday, March 8, 2024 7:08:00 PM", "Job Number: 1",
    "Documents (2)", "1. Ferry stays, council says", "Client/Matter: -None-", "2. Rain comes early",
]  # fmt: skip


def items(path: Path) -> list[Item]:
    return list(read([path]))


def test_nexis_docx_with_a_cover(tmp_path: Path) -> None:
    lines = [
        *COVER,
        *nexis_document("Ferry stays, council says", "The Post (London)", "March 5, 2024 Tuesday", ONE, 33),
        *nexis_document("Rain comes early", "Northern Ledger", "6. März 2024 Mittwoch", TWO, 400),
    ]
    first, second = items(docx(tmp_path / "download.bin", lines))
    one, two = first.article, second.article
    assert one is not None
    assert two is not None
    assert (one.title, one.outlet, one.published) == (
        "Ferry stays, council says",
        "The Post (London)",
        "2024-03-05",
    )
    assert (one.byline, one.dateline, one.language, one.source_format) == (
        "Jane Doe",
        "ELLSWATER",
        "en",
        "nexis_docx",
    )
    assert one.text == "\n\n".join(["Ferry stays, council says", *ONE])
    assert (two.outlet, two.published) == ("Northern Ledger", "2024-03-06")
    assert one.warnings == ()
    assert two.warnings == ("the archive counts 400 words, the text has 20",)
    assert [i.report.article_index for i in (first, second)] == [0, 1]
    assert not any("RESEARCHER" in str(i.article) for i in (first, second))


def test_a_count_that_does_not_agree_is_reported(tmp_path: Path) -> None:
    lines = [*COVER, *nexis_document("Ferry stays", "The Post", "March 5, 2024", ONE, 33)]
    found = items(docx(tmp_path / "a.docx", lines))
    assert [i.report.status for i in found] == ["parsed", "rejected"]
    assert (found[1].report.expected, found[1].report.found) == ("2 documents", "1 found")


def test_any_other_word_document_is_one_article(tmp_path: Path) -> None:
    (item,) = items(docx(tmp_path / "a.docx", ["Ferry stays, council says", "By Jane Doe", *ONE]))
    assert item.article is not None
    assert (item.article.title, item.article.byline) == ("Ferry stays, council says", "Jane Doe")


@pytest.mark.parametrize(
    ("prolog", "n", "reason"),
    [
        ('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 3, "declares a document type"),
        ("", 400_000, "unpacks to far more"),
    ],
)
def test_a_hostile_word_document_is_refused(tmp_path: Path, prolog: str, n: int, reason: str) -> None:
    (item,) = items(docx(tmp_path / "a.docx", ["Body of an article."] * n, prolog))
    assert reason in item.report.reason


def test_a_package_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    whole = docx(tmp_path / "whole.docx", ONE).read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        at = archive.getinfo("word/document.xml").header_offset
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole[: at + 60] + b"\0" * 40 + whole[at + 100 :])
    (item,) = items(cut)
    assert item.report.status == "rejected"
    assert "\n" not in item.report.reason


LEXIS = """Download Request: Selected Items: 1-2
Send To:
A RESEARCHER

                               1 of 2 DOCUMENTS

                               The Post (London)

                            March 5, 2024 Tuesday

Ferry stays, council says

BYLINE: Jane Doe

SECTION: NEWS; Pg. 4

LENGTH: 33 words

The council voted on Tuesday to keep the ferry,
turning down a plan for a bridge.

“It is slow, and that is the point,” said Tom Addy,
who has run the boat for 22 years.

LOAD-DATE: March 5, 2024

LANGUAGE: ENGLISH

                       Copyright 2024 The Post Limited

                               2 of 2 DOCUMENTS

                                Northern Ledger

                             March 6, 2024 Wednesday

Rain comes early

LENGTH: 18 words

Rain is likely to spread to six more districts by Friday,
the weather office said.

Farmers were told to wait.

LANGUAGE: ENGLISH
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lexisnexis_text_is_unwrapped(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.TXT"
    path.write_bytes(b"\xef\xbb\xbf" + LEXIS.replace("\n", end).encode())
    found = items(path)
    assert [i.report.status for i in found] == ["parsed", "parsed"]
    one, two = (i.article for i in found)
    assert one is not None
    assert two is not None
    assert (one.outlet, one.published, one.byline) == ("The Post (London)", "2024-03-05", "Jane Doe")
    assert one.text == "\n\n".join(["Ferry stays, council says", *ONE])
    assert two.text == "\n\n".join(["Rain comes early", *TWO])


PROQUEST = f"""____________________________________________________________

Document 1 of 2

Ferry stays, council says

https://proxy.uni.example/login?url=https://www.proquest.com/docview/1?accountid=7

Abstract: None available.

Full text: {ONE[0]}
{ONE[1]}
CAPTION: The ferry at its dock.

Subject: Ferries; Councils

Title: Ferry stays, council says

Publication title: The Post; London

Publication date: Mar 5, 2024

Section: local

Language of publication: English

ProQuest document ID: 1

Document URL: https://proxy.uni.example/login?url=https://www.proquest.com/docview/1?accountid=7

____________________________________________________________

Document 2 of 2

Rain comes early

Abstract: Rain is likely.

Title: Rain comes early

ProQuest document ID: 2

____________________________________________________________

Contact us at: https://www.proquest.com/
"""


def test_proquest_text_without_the_library(tmp_path: Path) -> None:
    path = tmp_path / "ProQuestDocuments.txt"
    path.write_text(PROQUEST, "utf-8")
    whole, listed = items(path)
    article = whole.article
    assert article is not None
    assert (article.title, article.outlet, article.published) == (
        "Ferry stays, council says",
        "The Post",
        "2024-03-05",
    )
    assert article.url == "https://www.proquest.com/docview/1"
    assert article.text == "\n\n".join(["Ferry stays, council says", *ONE])
    assert [p.role for p in article.paragraphs] == ["title", "body", "body", "caption"]
    assert listed.report.status == "rejected"
    assert "no full text" in listed.report.reason
    assert "uni.example" not in str(article)


def factiva_block(number: int, fields: str, body: list[str]) -> str:
    paragraphs = "".join(f'<p class="articleParagraph enarticleParagraph">{escape(p)}</p>' for p in body)
    inner = f'<div class="article enArticle">{fields}{paragraphs}</div>'
    return f'<div id="article-POST00002024030{number}" class="article">{inner}</div>'


BARE = (
    '<div>News</div><div id="hd"><span class="enHeadline">Ferry stays, council says</span></div>'
    "<div>Jane Doe</div><div>33 words</div><div>5 March 2024</div><div>06:30</div><div>The Post</div>"
    "<div>POST</div><div>English</div><div>(c) 2024 The Post</div>"
)
TABLE = "<table>" + "".join(
    f"<tr><td><b>{code}</b></td><td>{value}</td></tr>"
    for code, value in (
        ("HD", "Rain comes early"), ("BY", "By Paul Brandt"), ("WC", "20 mots"), ("PD", "6 mars 2024"),
        ("SN", "Northern Ledger"), ("LA", "English"), ("AN", "LEDG000020240306"),
    )
) + "</table>"  # fmt: skip


def test_factiva_pages_in_both_layouts(tmp_path: Path) -> None:
    page = f"<html><body>{factiva_block(1, BARE, ONE)}{factiva_block(2, TABLE, TWO)}</body></html>"
    path = tmp_path / "page.html"
    path.write_text(page, "utf-8")
    found = items(path)
    assert [i.report.source_format for i in found] == ["factiva_html", "factiva_html"]
    one, two = (i.article for i in found)
    assert one is not None
    assert two is not None
    assert (one.title, one.outlet, one.published) == ("Ferry stays, council says", "The Post", "2024-03-05")
    assert (one.byline, one.language) == ("Jane Doe", "en")
    assert one.text == "\n\n".join(["Ferry stays, council says", *ONE])
    assert (two.title, two.outlet, two.published) == ("Rain comes early", "Northern Ledger", "2024-03-06")
    assert two.byline == "Paul Brandt"
    assert two.extra == (("accession", "LEDG000020240306"),)
    assert two.text == "\n\n".join(["Rain comes early", *TWO])
