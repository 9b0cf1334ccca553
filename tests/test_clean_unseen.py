"""Half surrogates and characters that nobody sees: replaced or left out, and reported, in text and fields."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from framing.clean import RawArticle, clean

_ANY = st.text(st.characters(codec=None), max_size=30)  # half surrogates too
_BODY = "The council said on Friday that talks about the ferry would resume on Monday."


def test_half_surrogates_in_the_text_are_replaced_and_counted() -> None:
    article = clean(RawArticle(f"Ferry talks\n\n{_BODY} \ud83d It did not say\udc00 when.\n"))
    assert "Monday. \ufffd It did not say\ufffd when." in article.text
    assert "2 half surrogates replaced" in article.warnings
    assert article.source.index(_BODY) == len("Ferry talks\n\n")  # offsets keep


def test_fields_lose_what_nobody_sees_and_say_so() -> None:
    article = clean(
        RawArticle(
            f"Ferry talks\n\n{_BODY}\n",
            outlet="Example\u202e Post",
            byline="Jo\x07 Bell",
            url="https://post.example/\ud800",
            extra=(("desk", "city\ud800\nnight"),),
        )
    )
    assert (article.outlet, article.byline) == ("Example Post", "Jo Bell")
    assert article.url == "https://post.example/\ufffd"
    assert article.extra == (("desk", "city\ufffd\nnight"),)
    assert {
        "outlet: 1 unseen characters left out",
        "byline: 1 unseen characters left out",
    } <= set(article.warnings)


def test_a_clean_article_has_no_warning() -> None:
    assert clean(RawArticle(f"Ferry talks\n\n{_BODY}\n", outlet="Le Républicain – été")).warnings == ()


@settings(deadline=None, max_examples=60)
@given(text=_ANY, outlet=_ANY, title=_ANY)
def test_whatever_comes_in_can_be_written_to_a_file(text: str, outlet: str, title: str) -> None:
    article = clean(RawArticle(f"{title}\n\n{text}\n\n{_BODY}", outlet=outlet, title=title))
    for value in (article.text, article.source, article.outlet, article.title):
        value.encode("utf-8")
    assert not {"Cc", "Cs"} & set(map(unicodedata.category, article.outlet))
