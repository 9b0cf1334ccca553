"""Formats of archives, indexes and reference managers: every article, the right fields. Invented texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from framing.article import Article
from framing.read import Item, read

FERRY = "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge across the river."
SAID = "“It is slow, and that is the point,” said Tom Addy, who has run the boat for 22 years."
RAIN = "Rain is likely to spread to six more districts by Friday, the weather office said in its report."


def items(path: Path, content: str | bytes) -> list[Item]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read([path]))


def articles(path: Path, content: str | bytes) -> list[Article]:
    found = items(path, content)
    assert all(item.article is not None for item in found), [item.report for item in found]
    return [item.article for item in found if item.article is not None]


def facts(article: Article) -> tuple[str, str, str, str]:
    return article.title, article.outlet, article.published[:10], article.byline


def nexis_block(*lines: str, label: str = "") -> str:
    name = f"<SPAN CLASS='c8'>{label}: </SPAN>" if label else ""
    paragraphs = "\n".join(f"<P CLASS='c6'>{name}<SPAN CLASS='c2'>{line}</SPAN></P>" for line in lines)
    return f"<BR><DIV CLASS='c5'>{paragraphs}</DIV>"


def nexis_page(
    number: str, outlet: str, date: str, title: str, labels: dict[str, str], text: list[str]
) -> str:
    blocks = [nexis_block(number), nexis_block(outlet), nexis_block(date), nexis_block(title)]
    blocks += [nexis_block(value, label=label) for label, value in labels.items()]
    blocks += [nexis_block(*text), nexis_block("March 7, 2013", label="LOAD-DATE")]
    return '<A NAME="DOC_ID_0_0"></A><!-- Hide XML section\n<DOC NUMBER=1>\n<DOCFULL> -->' + "\n".join(blocks)


def test_lexisnexis_html_in_three_languages(tmp_path: Path) -> None:
    page = "<HTML><BODY>" + "".join(
        (
            nexis_page(
                "1 of 3 DOCUMENTS", "The Post", "March 5, 2013 Tuesday 11:21 AM GMT", "Ferry stays",
                {"BYLINE": "By JANE DOE", "LENGTH": "33 words"},
                [FERRY, SAID.replace("slow", "</SPAN><SPAN CLASS='c4'>slow</SPAN><SPAN>")],
            ),
            nexis_page(
                "Dokument 2 von 3", "Tagesbote", "6. März 2013 Mittwoch", "Fähre bleibt",
                {"AUTOR": "Jörg Weiß", "LÄNGE": "18 Wörter"}, [RAIN],
            ),
            nexis_page(
                "3 of 3 DOCUMENTS", "Le Courrier", "7 mars 2013 jeudi", "Le bac reste",
                {"AUTEUR": "Anne Roy", "LONGUEUR": "400 mots"}, [RAIN],
            ),
        )
    ) + "</BODY></HTML>"  # fmt: skip
    first, second, third = articles(tmp_path / "download.html", page)
    assert facts(first) == ("Ferry stays", "The Post", "2013-03-05", "Jane Doe")
    assert facts(second) == ("Fähre bleibt", "Tagesbote", "2013-03-06", "Jörg Weiß")
    assert facts(third) == ("Le bac reste", "Le Courrier", "2013-03-07", "Anne Roy")
    assert first.text == "\n\n".join(["Ferry stays", FERRY, SAID])
    assert first.warnings == second.warnings == ()
    assert third.warnings == ("the archive counts 400 words, the text has 18",)


def test_a_part_of_a_larger_result_is_complete_and_a_gap_is_told(tmp_path: Path) -> None:
    def page(*numbers: int) -> str:
        return "".join(
            nexis_page(
                f"{n} of 900 DOCUMENTS", "The Post", "March 5, 2013", f"Title {n}", {}, [f"{n}. {RAIN}"]
            )
            for n in numbers
        )

    assert [i.report.status for i in items(tmp_path / "part.html", page(201, 202))] == ["parsed"] * 2
    gap = items(tmp_path / "gap.html", page(1, 2, 4))[-1].report
    assert (gap.status, gap.expected, gap.found) == ("rejected", "900 documents", "3 found")


PROQUEST = f"""<html><body><div><a name="DocID_X_1"></a><p></p><p><b>Ferry stays</b></p>
<p><strong>Author:  </strong>Doe, Jane; Brandt, Paul</p>
<p><strong>Publication info:  </strong>The Post ; Ellswater [Ellswater]05 Mar 2024: A.2.</p>
<p><strong>Full text: </strong><text wordcount="33">html&gt;<head><title></title></head><p>{FERRY}</p>
<p>{SAID}</p></text></p><p><strong>Subject: </strong>Ferries; Councils</p>
<p><strong>Publication title: </strong>The Post; Ellswater</p>
<p><strong>Publication date: </strong>Mar 5, 2024</p>
<p><strong>Document URL: </strong><a href="x">https://search.proquest.com/docview/1?accountid=77</a></p>
</div><div><a name="DocID_X_2"></a><p>Rain comes early</p><p><strong>Full text: </strong></p><p>{RAIN}</p>
<p><strong>Publication info: </strong>Northern Ledger ; North [North]06 Mar 2024: 1.</p></div>
<p>Contact ProQuest</p></body></html>"""


def test_proquest_html(tmp_path: Path) -> None:
    first, second = articles(tmp_path / "export.html", PROQUEST)
    assert facts(first) == ("Ferry stays", "The Post", "2024-03-05", "Jane Doe; Paul Brandt")
    assert facts(second) == ("Rain comes early", "Northern Ledger", "2024-03-06", "")
    assert first.text == "\n\n".join(["Ferry stays", FERRY, SAID])
    assert first.url == "https://search.proquest.com/docview/1"


def test_a_mail_is_read_as_what_it_carries(tmp_path: Path) -> None:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    mail = MIMEMultipart()
    mail["MIME-Version"], mail["To"] = "1.0", "researcher@library.example"
    mail.attach(MIMEText(PROQUEST, "html", "utf-8"))
    first, second = articles(tmp_path / "mail.eml", mail.as_bytes())
    assert (first.title, second.title) == ("Ferry stays", "Rain comes early")
    assert first.source_format == "proquest_html"
    assert "researcher" not in str(first)


RTF = r"""{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}{\info{\author A RESEARCHER}}
\pard User Name: = A RESEARCHER\par \b Documents (1)\b0\par 1. Ferry stays\par \page
\pard\b Ferry stays\b0\par The Post\par March 5, 2024 Tuesday\par Copyright 2024 The Post\par
\b Length:\b0\~33 words\par \b Byline:\b0\~J\'f6rg Wei\u223?\par \b Body\b0\par
FERRY\par SAID\par
\b Classification\b0\par \b Language:\b0\~ENGLISH\par \b End of Document\b0\par }"""


def test_nexis_rtf(tmp_path: Path) -> None:
    said = SAID.replace("“", r"\u8220?").replace("”", r"\'94")
    (article,) = articles(tmp_path / "Files (1).RTF", RTF.replace("FERRY", FERRY).replace("SAID", said))
    assert facts(article) == ("Ferry stays", "The Post", "2024-03-05", "Jörg Weiß")
    assert article.text == "\n\n".join(["Ferry stays", FERRY, SAID])
    assert article.source_format == "nexis_rtf"
    assert "RESEARCHER" not in str(article)


@pytest.mark.parametrize(
    "rich",
    [
        r"{\rtf1 {\pict\bin2147483647 xx} TEXT\par MORE}",
        r"{\rtf1 TEXT\par MORE {\fonttbl",
        r"{\rtf1 {\*\generator Writer;}TEXT\par{\field{\*\fldinst HYPERLINK x}{\fldrslt MORE}}}",
    ],
)
def test_rich_text_that_lies_or_ends_early(tmp_path: Path, rich: str) -> None:
    content = rich.replace("TEXT", FERRY).replace("MORE", RAIN)
    (article,) = articles(tmp_path / "a.rtf", content)
    assert article.text == f"{FERRY}\n\n{RAIN}"


def test_factiva_xml(tmp_path: Path) -> None:
    def one(title: str, date: str, text: str) -> str:
        return (
            f"<ppsarticle><article><accessionNo>X</accessionNo><baseLanguage>EN</baseLanguage>"
            f"<headline><paragraph><hlt>{title[:3]}</hlt>{title[3:]}</paragraph></headline>"
            f"<leadParagraph><paragraph>{text}</paragraph></leadParagraph>"
            f"<publicationDate><dateTime>{date}</dateTime></publicationDate><sourceName>The Post</sourceName>"
            f"<tailParagraphs><paragraph>{SAID}</paragraph></tailParagraphs></article></ppsarticle>"
        )

    found = items(
        tmp_path / "factiva.xml",
        '<?xml version="1.0"?><PPSResponse><ppsArticleResponse xmlns="http://x/2.0">'
        '<ppsarticleResultSet count="3">'
        + one("Ferry stays", "2024-03-05T01:35:58Z", FERRY)
        + one("Rain comes early", "2024-03-06T00:00:00Z", RAIN)
        + "</ppsarticleResultSet></ppsArticleResponse></PPSResponse>",
    )
    first, second, count = found
    assert first.article is not None
    assert facts(first.article) == ("Ferry stays", "The Post", "2024-03-05", "")
    assert first.article.text == "\n\n".join(["Ferry stays", FERRY, SAID])
    assert second.article is not None
    assert (count.report.expected, count.report.found) == ("3 documents", "2 found")


def test_europresse(tmp_path: Path) -> None:
    def one(title: str, date: str) -> str:
        return (
            f'<article><header><span class="DocPublicationName">Le Courrier, no. 7</span>'
            f'<span class="DocHeader">{date}, p. 3</span><div class="titreArticle">'
            f'<p class="titreArticleVisu">{title}</p></div>'
            '<p class="sm-margin-bottomNews">Anne Roy</p></header>'
            f'<div class="docOcurrContainer"><p>{RAIN}</p><p>{FERRY} {title}</p></div></article>'
        )

    both = one("Le bac reste", "mardi 5 mars 2024") + one("La pluie", "6 mars 2024")
    page = f"<html><body>{both}</body></html>"
    first, second = articles(tmp_path / "europresse.html", page)
    assert facts(first) == ("Le bac reste", "Le Courrier", "2024-03-05", "Anne Roy")
    assert (second.title, second.published) == ("La pluie", "2024-03-06")
    assert first.text.count("\n\n") == 2


def test_feeds_whole_and_teasers(tmp_path: Path) -> None:
    rss = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Mixed feed</title>'
        "<item><title>Ferry stays</title><link>https://post.example/1</link>"
        "<pubDate>Tue, 05 Mar 2024 06:00:00 +0000</pubDate><dc:creator>Jane Doe</dc:creator>"
        f"<source url='x'>The Post</source><description>Teaser</description>"
        f"<content:encoded>&lt;p&gt;{FERRY}&lt;/p&gt;&lt;p&gt;{SAID}&lt;/p&gt;</content:encoded></item>"
        "<item><title>&lt;script&gt;alert(1)&lt;/script&gt;Rain comes early</title>"
        f"<description>{RAIN}</description>"
        "</item></channel></rss>"
    )
    first, second = articles(tmp_path / "feed", rss)
    assert facts(first) == ("Ferry stays", "The Post", "2024-03-05", "Jane Doe")
    assert first.text == "\n\n".join(["Ferry stays", FERRY, SAID])
    assert (second.title, second.outlet, second.truncated) == ("Rain comes early", "Mixed feed", True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x">]><rss><channel/></rss>', "document type"),
        ('<?xml version="1.0"?><urlset><url><loc>https://post.example/</loc></url></urlset>', "a sitemap"),
        ('<?xml version="1.0"?><rss><channel><item>', "not well-formed"),
    ],
)  # fmt: skip
def test_xml_that_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (item,) = items(tmp_path / "x.rss", content)
    assert item.article is None
    assert reason in item.report.reason


def test_ris_of_zotero_and_of_proquest(tmp_path: Path) -> None:
    zotero, proquest = articles(
        tmp_path / "refs.ris",
        f"TY  - NEWS\r\nTI  - Ferry stays\r\nAU  - Doe, Jane\r\nAU  - van Dyk, Paul\r\nT2  - The Post\r\n"
        f"DA  - 2024/03/05/\r\nAB  - {FERRY}\r\nER  - \r\n\r\n"
        f"TY  - NEWS\r\nT1  - Rain comes early\r\nJF  - Northern Ledger\r\nY1  - 2024/03/06\r\n"
        f"N2  - {RAIN} {SAID}\r\n",
    )
    assert facts(zotero) == ("Ferry stays", "The Post", "2024-03-05", "Jane Doe; Paul van Dyk")
    assert zotero.truncated
    assert facts(proquest) == ("Rain comes early", "Northern Ledger", "2024-03-06", "")
    assert not proquest.truncated
    assert "no paragraphs" in proquest.warnings[0]


def test_gdelt_gkg_has_no_header_and_no_quotation_marks(tmp_path: Path) -> None:
    def row(extra: str) -> str:
        cells = ["20240305101500-0", "20240305101500", "1", "post.example", 'https://post.example/"a"']
        return "\t".join([*cells, *[""] * 21, extra])

    known, seen, none = items(
        tmp_path / "20240305101500.gkg.csv",
        row(
            "<PAGE_TITLE>Ferry &amp; bridge</PAGE_TITLE>"
            "<PAGE_PRECISEPUBTIMESTAMP>20240304060000</PAGE_PRECISEPUBTIMESTAMP>"
        )
        + "\n"
        + row("<PAGE_TITLE>Rain comes early</PAGE_TITLE>")
        + "\n"
        + row(""),
    )  # fmt: skip
    assert known.article is not None
    assert facts(known.article) == ("Ferry & bridge", "post.example", "2024-03-04", "")
    assert "published" not in known.article.inferred
    assert seen.article is not None
    assert "published" in seen.article.inferred
    assert none.report.reason == "no text and no title"


def test_tables_of_the_field(tmp_path: Path) -> None:
    (cat,) = articles(
        tmp_path / "4cat.csv",
        "id,thread_id,timestamp,subject,body,author,url\n"
        f'0,0,2024-03-05 06:00:00,Ferry stays,"{FERRY}",Jane Doe,'
        "https://www.post.example/1\n",
    )
    assert facts(cat) == ("Ferry stays", "post.example", "2024-03-05", "Jane Doe")
    assert "outlet" in cat.inferred
    (gdelt,) = articles(
        tmp_path / "artlist.csv",
        "URL,MobileURL,Date,Title\nhttps://post.example/1,,2024-03-05 10:15:00,Ferry stays with the town\n",
    )
    assert gdelt.truncated
    assert {"published", "outlet"} <= set(gdelt.inferred)
    (zotero,) = articles(
        tmp_path / "zotero.csv",
        '"Item Type","Author","Title","Publication Title","Url","Date","File Attachments"\n'
        '"newspaperArticle",'
        '"Doe, Jane; van Dyk, Paul","Ferry stays with the town","The Post","https://post.example/1","2024-03-05",'
        '"C:\\Users\\me\\snapshot.html"\n',
    )
    assert facts(zotero) == ("Ferry stays with the town", "The Post", "2024-03-05", "Jane Doe; Paul van Dyk")
    assert "snapshot" not in str(zotero)
    (legacy,) = articles(
        tmp_path / "stories.csv",
        "stories_id,publish_date,title,url,ap_syndicated,media_name\n"
        "1,2024-03-06,Rain comes early to the north,https://post.example/2,True,The Post\n",
    )
    assert legacy.wire_agency == "Associated Press"


def test_csl_json_and_json_feed(tmp_path: Path) -> None:
    record = {
        "type": "article-newspaper", "title": "Ferry stays with the town", "container-title": "The Post",
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "Agency"}],
        "issued": {"date-parts": [["2024", 3, 5]]}, "URL": "https://post.example/1",
    }  # fmt: skip
    (csl,) = articles(tmp_path / "items.json", json.dumps([record]))
    assert facts(csl) == ("Ferry stays with the town", "The Post", "2024-03-05", "Jane Doe; Agency")
    feed = {
        "version": "https://jsonfeed.org/version/1", "title": "The Post",
        "items": [
            {"title": "Rain comes early", "content_html": f"<p>{RAIN}</p>", "date_published": "2024-03-06"}
        ],
    }  # fmt: skip
    (entry,) = articles(tmp_path / "feed.json", json.dumps(feed))
    assert facts(entry) == ("Rain comes early", "The Post", "2024-03-06", "")
    assert entry.text == f"Rain comes early\n\n{RAIN}"


def test_a_credit_at_the_end_of_a_paragraph_is_split_off(tmp_path: Path) -> None:
    (article,) = articles(
        tmp_path / "a.txt", f"Ferry stays\n\n{FERRY}\n\n{RAIN} (With inputs from Reuters)\n"
    )
    assert article.wire_agency == "Reuters"
    assert article.text.endswith(RAIN)
