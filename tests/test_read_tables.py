"""Tables and records: columns by name or by the user's word, bad rows named, dates settled by column."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from framing.read import Item, read
from framing.read.columns import iso_date, plain

BODY = "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge over the river."
OTHER = "Rain is likely to spread to six more districts by Friday, the weather office said in a bulletin."


def items(path: Path, **options: object) -> list[Item]:
    return list(read([path], **options))  # type: ignore[arg-type]


def table(tmp_path: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def statuses(found: list[Item]) -> list[str]:
    return [i.report.status for i in found]


def test_columns_are_known_by_their_names(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Headline,Source,Date,Author,URL,Body,Section\n"
        f'Ferry stays,The Post,2024-03-05,Jane Doe,https://post.example/1,"{BODY}",local\n',
    )
    (item,) = items(path)
    article = item.article
    assert article is not None
    assert (article.title, article.outlet, article.published) == ("Ferry stays", "The Post", "2024-03-05")
    assert (article.byline, article.url) == ("Jane Doe", "https://post.example/1")
    assert article.extra == (("Section", "local"),)
    assert article.text == f"Ferry stays\n\n{BODY}"
    assert article.inferred == ("language",)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (f"title;outlet;text\nA b c;Post;{BODY.replace(';', ',')}\n", "utf-8"),
        (f"sep=;\r\ntitle;outlet;text\r\nA b c;Post;{BODY}\r\n", "utf-8"),
        (f"title\toutlet\ttext\r\nA b c\tPost\t{BODY}\r\n", "utf-16"),
        (f'Titel;Quelle;Volltext\nA b c;Post;"{BODY} Ä–“"\n', "cp1252"),
    ],
)
def test_delimiters_and_encodings_of_spreadsheets(tmp_path: Path, text: str, encoding: str) -> None:
    (item,) = items(table(tmp_path, text, encoding=encoding))
    assert item.article is not None
    assert (item.article.title, item.article.outlet, item.article.source_format) == ("A b c", "Post", "csv")


def test_the_user_names_the_columns(tmp_path: Path) -> None:
    path = table(tmp_path, f'kopf,langtext,blatt\nA b c,"{BODY}",Post\n')
    (refused,) = items(path)
    assert "--map" in refused.report.expected
    assert "langtext" in refused.report.found
    (item,) = items(path, mapping={"text": "langtext", "title": "kopf", "outlet": "blatt"})
    assert item.article is not None
    assert (item.article.title, item.article.outlet) == ("A b c", "Post")


def test_bad_rows_are_named_and_the_others_kept(tmp_path: Path) -> None:
    path = table(tmp_path, f'title,outlet,text\nA,B\nA,B,C,D,E\n\n,,\nX y z,Post,"{BODY}"\nQ,Post,\n')
    found = items(path)
    by_index = {i.report.article_index: i.report for i in found}
    assert {n: r.status for n, r in by_index.items()} == {
        0: "rejected", 1: "rejected", 4: "parsed", 5: "rejected",
    }  # fmt: skip
    assert by_index[0].found == "2 cells"
    assert by_index[5].reason == "no text"


def test_an_open_quotation_mark_is_named_and_swallows_nothing_silently(tmp_path: Path) -> None:
    rows = "".join(f'B,"{OTHER}"\n' for _ in range(50))
    found = items(table(tmp_path, f'title,text\nA,"{BODY}"\nC,"open\n{rows}'))
    assert statuses(found).count("rejected") == 1
    rejected = next(i.report for i in found if i.report.status == "rejected")
    assert "never closed" in rejected.reason
    assert rejected.article_index == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"title,title,text\nA,B,{BODY.replace(',', '')}\n", "two columns are named"),
        (",".join(f"c{i}" for i in range(5000)) + "\n", "too many columns"),
    ],
)
def test_tables_that_cannot_be_told_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    (item,) = items(table(tmp_path, text))
    assert reason in item.report.reason


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    path = table(tmp_path, f"Title, date and text of a treaty\n\n{BODY}\n\n{OTHER}\n", "a.txt")
    (item,) = items(path)
    assert item.report.source_format == "text"


def test_day_and_month_are_settled_by_the_whole_column_or_left_empty(tmp_path: Path) -> None:
    def dates(*values: str) -> list[str]:
        rows = "".join(f'T {n},{v},"{BODY} {n}"\n' for n, v in enumerate(values))
        return [i.article.published for i in items(table(tmp_path, f"title,date,text\n{rows}")) if i.article]

    assert dates("03/04/2024", "13/04/2024") == ["2024-04-03", "2024-04-13"]
    assert dates("03/04/2024", "04/13/2024") == ["2024-03-04", "2024-04-13"]
    assert dates("03/04/2024", "13/04/2024", "04/13/2024") == ["", "2024-04-13", "2024-04-13"]
    assert dates("19 Jun 2024", "20240619", "2024-06-19T23:30:00-05:00", "June 2024", "0000-00-00") == [
        "2024-06-19", "2024-06-19", "2024-06-19T23:30:00-05:00", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["45462", "1718755200", "n/a", "99999-01-01", "2024-02-30", ""])
def test_what_is_no_date_is_left_empty(value: str) -> None:
    assert iso_date(value) == ""


def test_tags_are_taken_off_and_scripts_with_them() -> None:
    assert plain("<p>A &amp; B</p><script>alert(1)</script><p>C</p>").split() == ["A", "&", "B", "C"]
    assert plain("3 < 4 and 5 > 4") == "3 < 4 and 5 > 4"


def test_json_lines_one_bad_line_of_five(tmp_path: Path) -> None:
    lines = [json.dumps({"title": f"Title {n}", "text": f"{BODY} {n}"}) for n in range(4)]
    found = items(table(tmp_path, "\n".join([*lines[:2], '{"title": "broken', *lines[2:]]), "a.jsonl"))
    assert statuses(found).count("parsed") == 4
    assert "line 3" in next(i.report.reason for i in found if i.report.status == "rejected")


def test_newsapi_records(tmp_path: Path) -> None:
    records = {
        "status": "ok",
        "articles": [
            None,
            {
                "source": {"id": None, "name": "The Post"},
                "author": "https://www.facebook.example/post",
                "title": "Ferry stays",
                "url": "javascript:alert(1)",
                "publishedAt": "2024-03-05T10:00:00Z",
                "content": f"{BODY}… [+2219 chars]",
            },
            {"source": {"name": "B"}, "title": "[Removed]", "content": "[Removed]"},
        ],
    }
    found = items(table(tmp_path, json.dumps(records), "a.json"))
    assert sorted(statuses(found)) == ["rejected", "rejected", "truncated"]
    article = next(i.article for i in found if i.article)
    assert (article.outlet, article.published, article.byline, article.url) == (
        "The Post", "2024-03-05T10:00:00Z", "", "",
    )  # fmt: skip
    assert article.truncated
    assert "chars" not in article.text
    assert article.text.endswith("river.")


def test_event_registry_marks_the_agency(tmp_path: Path) -> None:
    record = {
        "uri": "1", "lang": "eng", "dateTimePub": "2024-03-05T10:00:00Z",
        "title": "Ferry stays", "body": BODY,
        "source": {"uri": "post.example", "title": "The Post"},
        "authors": [{"name": "Jane Doe"}, {"name": "Associated Press", "isAgency": True}],
    }  # fmt: skip
    (item,) = items(table(tmp_path, json.dumps({"articles": {"results": [record]}}), "a.json"))
    article = item.article
    assert article is not None
    assert (article.outlet, article.wire_agency) == ("The Post", "Associated Press")
    assert article.byline == "Jane Doe"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}', "[1, 2, 3]", '[{"title": "t", "text": NaN}]',
        '[{"title": "a\\ud800b", "text": "\\udc00"}]',
        '[{"title": 5, "text": ["a", "b"], "authors": {"x": []}}]',
        '{"articles": {"articles": {"articles": []}}}',
    ],
)  # fmt: skip
def test_odd_json_is_refused_or_read_and_never_raises(tmp_path: Path, text: str) -> None:
    for item in items(table(tmp_path, text, "a.json")):
        assert item.report.status in ("parsed", "rejected")
        if item.article:
            item.article.text.encode("utf-8")


def test_a_list_without_texts_gives_headlines(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "id,publish_date,media_name,title,url\n1,2024-03-05,post.example,Ferry stays in town,https://post.example/1\n",
    )
    (item,) = items(path)
    assert item.report.status == "truncated"
    assert item.article is not None
    assert (item.article.text, item.article.outlet) == ("Ferry stays in town", "post.example")
    assert item.article.warnings == ("headline only: the table has no column with the text",)


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    text = '[{"title": "a\\ud800b c d", "outlet": "P", "text": "' + BODY + ' \\udc00"}]'
    (item,) = items(table(tmp_path, text, "a.json"))
    assert item.article is not None
    assert "\ufffd" in item.article.title
    item.article.source.encode("utf-8")


def test_a_workbook_and_a_parquet_table_read_like_the_csv(tmp_path: Path) -> None:
    header, row = ("title", "outlet", "date", "text"), ("Ferry stays", "Post", "2024-03-05", BODY)
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("empty")
        sheet = book.add_worksheet("articles")
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, row)
    pq.write_table(
        pa.table({name: [value] for name, value in zip(header, row, strict=True)}), tmp_path / "b.parquet"
    )
    table(tmp_path, ",".join(header) + "\n" + ",".join(f'"{v}"' for v in row) + "\n", "c.csv")
    found = list(read([tmp_path]))
    assert [i.report.source_format for i in found] == ["xlsx", "parquet", "csv"]
    assert statuses(found) == ["parsed", "duplicate", "duplicate"]


HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ferry stays, council says - The Post</title><meta property="og:site_name" content="The Post">
<meta name="author" content="By Jane Doe">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head><body>
<nav><a href="/">Home</a></nav>
<article><h1>Ferry stays, council says</h1><p>{BODY}</p><p>{OTHER}</p>
<p>“It is slow, and that is the point,” said Tom Addy, who has run the boat for 22 years and likes it.</p>
<p>The Associated Press contributed to this report.</p></article>
<footer>© 2024 The Post. All rights reserved.</footer></body></html>"""


def test_a_saved_page(tmp_path: Path) -> None:
    (item,) = items(table(tmp_path, HTML, "page.txt"))
    article = item.article
    assert article is not None
    assert article.source_format == "html"
    assert (article.title, article.outlet, article.published) == (
        "Ferry stays, council says", "The Post", "2024-03-05T10:00:00Z",
    )  # fmt: skip
    assert (article.byline, article.wire_agency) == ("Jane Doe", "Associated Press")
    assert article.text.count("\n\n") == 3
    assert "rights reserved" not in article.text


def test_a_tag_with_sixty_thousand_attributes_takes_no_time(tmp_path: Path) -> None:
    hostile = HTML.replace("<article>", "<article " + " ".join(f"a{i}=1" for i in range(60_000)) + ">")
    (item,) = items(table(tmp_path, hostile, "page.html"))
    assert item.report.status == "parsed"
