"""Inputs to begin fuzzing with: a small file of each layout, and how a change reaches what lies inside it.

The first byte of an input says how the rest is wrapped (as it is, gzip, a Word document, a
workbook, an archive, text for the cleaner), so that a change of one byte reaches what lies
inside a packed file.
"""

from __future__ import annotations

import gzip
import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = (
    "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge over the bay.\n\n"
    "“It is slow, and that is the point,” said Tom Addy, who has run the boat for 22 years.\n\n"
)
_NEXIS = ("Ferry", "Post", "March 5, 2024", "Body", "The council voted.", "End of Document")
_CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
_ROWS = (("title", "text"), ("Ferry", "It stays where it is."))
SKELETONS: tuple[tuple[int, str], ...] = (
    (0, "Ferry stays\n\nBy Jane Doe\nMarch 5, 2024\n\n" + _BODY + "Related\nAlso read: More\n"),
    (
        0,
        "<!DOCTYPE html><html><head><title>Ferry stays | Post</title>"
        "<meta property='og:site_name' content='Post'>"
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry stays\","
        '"datePublished":"2024-03-05","author":[{"@type":"Person","name":"Jane Doe"}]}</script></head>'
        f"<body><h1>Ferry stays</h1><article><p>{_BODY}</p><ul><li>One</li></ul></article></body></html>",
    ),
    (0, "title,outlet,date,text,url\nFerry stays,Post,03/04/2024,\"" + _BODY + '",https://a.example/\n'),
    (0, '{"title":"Ferry","source":{"name":"Post"},"publishedAt":"2024-03-05T10:00:00Z","content":"x"}\n'),
    (0, '{"articles":[{"title":"Ferry","author":null,"content":"The council voted [+42 chars]"}]}'),
    (
        0,
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>Ferry</title>"
        "<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>"
        f"<description>{_BODY}</description></item></channel></rss>",
    ),
    (0, "TY  - NEWS\nTI  - Ferry stays\nT2  - Post\nPY  - 2024/03/05\nN2  - The council voted.\nER  - \n"),
    (
        0,
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}Ferry stays\\par Post\\par March 5, 2024\\par "
        "Length:\\~40 words\\par Body\\par The council \\u8212? voted \\'e9.\\par Classification\\par "
        "End of Document\\par}",
    ),
    (
        0,
        "____________________________________________________________\nDocument 1 of 1\n\nFerry stays\n\n"
        f"Full text: {_BODY}\nTitle: Ferry\nPublication title: Post\nPublication date: Mar 5, 2024\n"
        "ProQuest document ID: 1\n____________________________________________________________\n",
    ),
    (
        0,
        "Send To: X\n\n\n                 1 of 2 DOCUMENTS\n\n   Post\n\n  March 5, 2024 Tuesday\n\nFerry\n\n"
        f"BYLINE: A B\n\nLENGTH: 40 words\n\n{_BODY}\nLOAD-DATE: March 5, 2024\n",
    ),
    (
        0,
        '<html><body><div id="article-ABCD0000020240305e00001">'
        '<div><span class="enHeadline">Ferry</span></div>'
        "<div>By A B</div><div>40 words</div><div>5 March 2024</div><div>Post</div>"
        f'<p class="articleParagraph">{_BODY}</p><p class="articleParagraph">x</p></div></body></html>',
    ),
    (
        0,
        "From: a@b.example\nTo: c@d.example\nSubject: Ferry\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\n{_BODY}\n--B--\n",
    ),
    (
        0,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\n"
        "Content-Type: application/http\r\nContent-Length: 120\r\n\r\nHTTP/1.1 200 OK\r\n"
        "Content-Type: text/html\r\n\r\n<html><body><p>The council voted on Tuesday to keep it.</p>\r\n\r\n",
    ),
    (1, "title\ttext\nFerry\tThe council voted on Tuesday.\n"),
    (2, "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in _NEXIS)),
    (3, "".join(f"<row>{''.join(_CELL.format(text) for text in row)}</row>" for row in _ROWS)),
    (4, "Ferry stays\n\n" + _BODY),
    (5, f"Home > News\nFerry stays | The Post\nPhoto: AP\n\nSEOUL (AP) — {_BODY}(With inputs from AFP)\n"),
)  # fmt: skip
# What files of archives, pages and tables are recognised by: bytes that a change alone would not hit upon.
WORDS = (
    "End of Document", "Classification", "Documents (2)", "DOCUMENTS", "Dokument 1 von 2", "<DOCFULL>",
    "DOC_ID_0_0", "articleParagraph", "PPSResponse", "ProQuest document ID:", "Full text:", "europresse",
    "application/ld+json", "@graph", "datePublished", "og:title", "article:published_time", "[+99 chars]",
    "WARC/1.0", "Content-Encoding: gzip", "Transfer-Encoding: chunked", "Content-Length:", "sep=;",
    "\\bin9999", "\\u-1?", "\\ansicpg65001", "Photo: ", "Related", "(AP) — ", "By ", "Home > ",
    "&#x110000;", "<![CDATA[", "]]>", "<!ENTITY", "\ufeff", "\u202e", "\u0301", "\u2028", "\0",
)  # fmt: skip


def packed(data: bytes) -> bytes | None:
    """The file that ``data`` stands for; None where it is text for the cleaner."""
    kind, rest = (data[0] % 6, data[1:]) if data else (5, b"")
    if kind == 1:
        rest = gzip.compress(rest, 1)
    elif kind == 2:
        document = f'<w:document xmlns:w="{_W}"><w:body>'.encode() + rest + b"</w:body></w:document>"
        rest = _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": document})
    elif kind == 3:
        rest = _zip(_workbook(rest))
    elif kind == 4:
        half = len(rest) // 2
        rest = _zip({"a/one.txt": rest[:half], "b/two.html": rest[half:]})
    return None if kind == 5 else rest


def _zip(members: dict[str, bytes]) -> bytes:
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return opened.getvalue()


def _workbook(rows: bytes) -> dict[str, bytes]:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{types}">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
            f'<Override PartName="/xl/s.xml" ContentType="{sheet}.worksheet+xml"/></Types>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="s.xml"/></Relationships>'
        ).encode(),
        "xl/s.xml": f'<worksheet xmlns="{main}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>",
    }
