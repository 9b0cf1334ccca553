"""Whatever comes in: nothing visible is lost, offsets lead back to the source, time grows with length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import TEXT_ROLES, article_id
from framing.clean import RawArticle, clean, repeated_lines
from framing.clean.lines import line_key

_LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "Kim vows ‘full support’ | The Guardian",
                "Home > World > Asia",
                "By Jane Doe",
                "SEOUL — The ministry said on Tuesday that it would take no part in any more talks now.",
                "“It is slow,” she said.",
                "Photo: Jo Bell/Reuters",
                "Related Article",
                "\u00a0 ",
                "A\u200b B\u00ad C \u202eD  E",
                "(with inputs from Reuters)",
                "Published: 9 May 2024",
            ]
        ),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=150)
@given(lines=_LINES, end=st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028"]))
def test_every_visible_line_is_listed_and_every_offset_leads_back(lines: list[str], end: str) -> None:
    source = end.join(lines)
    article = clean(RawArticle(source, language="en"))
    covered = [False] * len(source)
    for paragraph in article.paragraphs:
        assert paragraph.reason
        assert (paragraph.span is not None) == (
            paragraph.role in TEXT_ROLES and paragraph.source.end > paragraph.source.start
        )
        for i in range(paragraph.source.start, paragraph.source.end):
            assert not covered[i], "two paragraphs claim one character"
            covered[i] = True
    missed = {
        c for c, seen in zip(source, covered, strict=True) if not seen and c.isprintable() and not c.isspace()
    }
    assert not missed
    for start, source_start, length in article.pieces:
        kept, read = article.text[start : start + length], source[source_start : source_start + length]
        assert all(a == b or (a == " " and b.isspace()) for a, b in zip(kept, read, strict=True))
    spans = [p.span for p in article.paragraphs if p.span]
    assert "\n\n".join(s.of(article.text) for s in spans) == article.text
    assert article.id == article_id(source, article.outlet)


@settings(deadline=None, max_examples=80)
@given(text=st.text(max_size=400))
def test_the_text_has_no_controls_and_no_runs_of_spaces(text: str) -> None:
    article = clean(RawArticle(text, language="en"))
    assert "  " not in article.text
    assert not set(article.text) & set("\u00ad\u200b\u202e\ufeff\x00\x1b\u00a0\r\t")


def test_faults_of_the_source_stay() -> None:
    text = "The cunning enemy , dangerous and aggressive, said Mr. Kirby. . He spoke for an hour."
    assert text in clean(RawArticle(f"A title of four words\n\n{text}\n")).text


def test_what_is_left_out_unseen_is_reported() -> None:
    source = "A title here\n\nThe min\u00adister\u202e spoke\u200b for an hour, and no one said a word.\n"
    article = clean(RawArticle(source))
    assert "The minister spoke for an hour" in article.text
    assert article.warnings == (
        "1 bidirectional controls left out",
        "1 soft hyphens left out",
        "1 control or zero-width characters left out",
    )


def test_given_metadata_win_over_printed_ones() -> None:
    source = (
        "Ferry stays, council says\nBy Jane Doe\n9 May 2024\n\nThe council voted on Tuesday to keep it.\n"
    )
    printed = clean(RawArticle(source))
    assert (printed.byline, printed.published, printed.outlet) == ("Jane Doe", "2024-05-09", "")
    given = clean(
        RawArticle(source, outlet="Post", byline="J. Doe", published="2024-05-08", inferred=("outlet",))
    )
    assert (given.outlet, given.byline, given.published) == ("Post", "J. Doe", "2024-05-08")
    assert given.inferred == ("outlet", "language")


def test_a_date_that_reads_two_ways_stays_empty_with_a_warning() -> None:
    article = clean(
        RawArticle("Ferry stays, council says\n03/04/2024\n\nThe council voted to keep the ferry.\n")
    )
    assert article.published == ""
    assert article.warnings == ("date '03/04/2024' reads two ways; published is left empty",)


def test_only_an_update_is_printed_then_the_date_is_marked_as_inferred() -> None:
    article = clean(
        RawArticle("Ferry stays, council says\nLast updated: 9 May 2024\n\nThe council voted on it.\n")
    )
    assert article.published == "2024-05-09"
    assert "published" in article.inferred


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("(with inputs from Reuters)", "Reuters"),
        ("With AFP and AP inputs", ""),
        ("—AP", "Associated Press"),
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("Photo: AP", ""),
        ("The report was carried by KCNA and by Reuters on Monday, and denied later in the week.", ""),
    ],
)
def test_wire_credits_but_not_photo_credits_or_quoted_agencies(text: str, agency: str) -> None:
    source = f"Ferry stays, council says\n\nThe council voted to keep the ferry for ten years.\n\n{text}\n"
    assert clean(RawArticle(source)).wire_agency == agency


def test_repeated_lines_need_three_different_articles_of_one_outlet() -> None:
    def page(n: int, outlet: str) -> RawArticle:
        return RawArticle(
            f"Title number {n}\nOur offers\nThe body of article number {n} is long enough.", outlet
        )

    assert repeated_lines([page(1, "A"), page(2, "A")])["A"] == frozenset()
    assert repeated_lines([page(1, "A"), page(1, "A"), page(1, "A")])["A"] == frozenset()
    found = repeated_lines([page(1, "A"), page(2, "A"), page(3, "A"), page(4, "B")])
    assert found == {"A": frozenset({line_key("Our offers")}), "B": frozenset()}


_N = 20_000
_HARD = {
    "spaces": " " * _N + "x",
    "quotes": '"' * _N,
    "brackets": "[" * _N,
    "parentheses": "(" * _N,
    "by": "By " + "A. " * _N,
    "capitals": "SEOUL, " * _N,
    "dateline": "SEOUL" + " " * _N + "x",
    "dashes": "-" * _N,
    "crumbs": "Home > " * _N,
    "dates": "9 May 2024 " * (_N // 5),
    "mail": "a@b." * _N,
    "slashes": "A/" * _N,
    "pipes": "Title | " * _N,
    "digits": "1" * _N,
    "hash": "#a " * _N,
    "blank lines": "\n" * _N * 10,
    "short lines": "Home\n" * _N,
    "zero width": "a\u200b" * _N,
}


@pytest.mark.parametrize("name", _HARD)
def test_time_grows_with_length_on_hard_input(name: str) -> None:
    body = "The council voted on Tuesday to keep the ferry, and the mayor has ten days to sign.\n\n" * 2
    started = time.perf_counter()
    article = clean(RawArticle(f"Ferry stays, council says\n\n{_HARD[name]}\n\n{body}", language="en"))
    assert time.perf_counter() - started < 3
    assert "The council voted on Tuesday" in article.text


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Lesedauer: 4 Minuten", "furniture"),
        ("6 min read", "furniture"),
        ("Foto: Dana Beispiel, Nordblatt", "caption"),
        ("Фото: Дана Пример, Северный листок", "caption"),
        ("Ferry keeps its berth after all Ferry keeps its berth after all", "furniture"),
        ("Follow the Post on Google News and add us as a preferred source for our reporting", "furniture"),
        ("Lesen dauert heute zwei Minuten länger als früher, sagt die Forscherin.", "body"),
        ("She asked and asked again whether the ferry would keep its berth.", "body"),
    ],
)
def test_boxes_of_pages_in_some_languages(line: str, role: str) -> None:
    prose = "The council voted on Tuesday to keep the ferry, turning down a plan for a bridge over the bay."
    article = clean(
        RawArticle(f"Ferry stays\n{prose}\n{line}\n{prose[4:]}", title="Ferry stays", extracted=True)
    )
    [found] = [p.role for p in article.paragraphs if p.source.of(article.source) == line]
    assert found == role
