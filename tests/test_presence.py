"""Who and what stands in the texts of one outlet and not in those of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from framing import tables
from framing.annotation import AnnotatedArticle, Quotation
from framing.article import Article, Span
from framing.presence import KINDS, MIN_OUTLETS, presence

TEXT = "The dam broke at dawn. Nobody was hurt, said Ada Lovelace. The mayor kept silent."


def article(name: str, outlet: str, *speakers: str, truncated: bool = False) -> AnnotatedArticle:
    """An article with one quotation a speaker, the first at its top."""
    quotations = tuple(
        Quotation(f"{name}-q{n}", Span(10 * n, 10 * n + 5), "direct", speaker=speaker)
        for n, speaker in enumerate(speakers)
    )
    made = Article(name, TEXT, TEXT, (), ((0, 0, len(TEXT)),), outlet=outlet, truncated=truncated)
    return AnnotatedArticle(made, (), (), (), quotations, ())


def mention(article_id: str, referent: str, start: int = 0, kind: str = "name", of: str = "person") -> Any:
    place = {"article_id": article_id, "start": start, "end": start + 3}
    return place | {"referent": referent, "kind": kind, "referent_kind": of}


def carried(passage: str, **articles: bool) -> list[dict[str, Any]]:
    return [
        {
            "passage_id": passage,
            "article_id": a,
            "covered": c,
            "start": 0 if c else None,
            "end": 9 if c else None,
        }
        for a, c in articles.items()
    ]


def rows(
    articles: Sequence[AnnotatedArticle],
    kind: str,
    *,
    passages: Sequence[Any] = (),
    labels: Sequence[Any] = (),
    reprints: Sequence[str] = (),
    counted: str = "included",
) -> dict[tuple[str, str], dict[str, Any]]:
    """By name and outlet (or the id of an article without one)."""
    found = presence("e1", articles, passages, labels, reprints)
    column = {"passage": "passage_id", "speaker": "speaker", "entity": "referent"}[kind]
    return {
        (r[column], r["outlet"] or r["unnamed"]): r
        for r in found
        if r["kind"] == kind and r["reprints"] == counted and column in r
    }


THREE = [
    article("a1", "Post", "Ada Lovelace", "Mary Shelley"),
    article("a2", "Times", "Mary Shelley"),
    article("a3", "Globe", "Mary Shelley", truncated=True),
]


def test_a_speaker_is_present_with_the_first_place_or_not_found() -> None:
    found = rows(THREE, "speaker")
    ada = found["Ada Lovelace", "Post"]
    assert (ada["present"], ada["count"], ada["article_id"], ada["start"], ada["end"]) == (
        True,
        1,
        "a1",
        0,
        5,
    )
    assert ada["only_outlet"]
    assert not ada["only_without"]
    missing = found["Ada Lovelace", "Times"]
    assert (missing["present"], missing["count"], missing.get("article_id")) == (False, 0, None)
    assert not missing["only_without"], "two outlets lack it, none is alone"
    assert found["Mary Shelley", "Post"]["position"] == pytest.approx(10 / len(TEXT), abs=1e-4)
    assert {found["Mary Shelley", o]["n_outlets_with"] for o in ("Post", "Times", "Globe")} == {3}


def test_what_one_outlet_alone_does_not_have() -> None:
    found = rows(THREE, "passage", passages=carried("p1", a1=True, a2=False, a3=True))
    assert [found["p1", o]["only_without"] for o in ("Post", "Times", "Globe")] == [False, True, False]
    assert not any(row["only_outlet"] for row in found.values())


def test_a_cut_off_text_is_said() -> None:
    found = rows(THREE, "speaker")
    assert found["Ada Lovelace", "Globe"]["truncated"]
    assert not found["Ada Lovelace", "Times"]["truncated"]


def test_entities_have_a_name_somewhere_and_count_every_mention() -> None:
    labels = [
        mention("a1", "Ada Lovelace"),
        mention("a1", "Ada Lovelace", 50, "pronoun"),
        mention("a2", "Ada Lovelace", 30, "description"),
        mention("a2", "aide", 10, "description"),
        mention("a3", "flood", of="thing"),
    ]
    found = rows(THREE, "entity", labels=labels)
    assert {name for name, _ in found} == {"Ada Lovelace"}
    counts = [found["Ada Lovelace", o]["count"] for o in ("Post", "Times", "Globe")]
    assert counts == [2, 1, 0]


def test_a_quotation_that_continues_another_is_one() -> None:
    one = article("a1", "Post", "Ada Lovelace")
    more = Quotation("a1-q1", Span(30, 40), "direct", speaker="Ada Lovelace", continues="a1-q0")
    both = AnnotatedArticle(one.article, (), (), (), (*one.quotations, more), ())
    assert rows([both, THREE[1]], "speaker")["Ada Lovelace", "Post"]["count"] == 1


def test_reprints_are_counted_and_left_out() -> None:
    copy = article("a4", "Copy", "Ada Lovelace")
    labels: list[Any] = []
    with_it = rows([*THREE, copy], "speaker", labels=labels, reprints=["a4"])
    without = rows([*THREE, copy], "speaker", labels=labels, reprints=["a4"], counted="excluded")
    assert not with_it["Ada Lovelace", "Post"]["only_outlet"]
    assert without["Ada Lovelace", "Post"]["only_outlet"]
    assert ("Ada Lovelace", "Copy") not in without


def test_articles_without_an_outlet_stand_for_themselves() -> None:
    found = rows([article("x1", "", "Ada Lovelace"), article("x2", "")], "speaker")
    assert found["Ada Lovelace", "x1"]["only_outlet"]
    assert not found["Ada Lovelace", "x2"]["present"]


def test_several_articles_of_one_outlet_are_one_column() -> None:
    articles = [article("a1", "Post"), article("a5", "Post", "Ada Lovelace"), article("a2", "Times")]
    found = rows(articles, "speaker")
    row = found["Ada Lovelace", "Post"]
    assert (row["n_articles"], row["n_articles_with"], row["article_id"]) == (2, 1, "a5")


@pytest.mark.parametrize("articles", [[], THREE[:1], [THREE[0], article("a6", "Post")]])
def test_fewer_than_two_outlets_abstain_with_the_reason(articles: list[AnnotatedArticle]) -> None:
    found = presence("e1", articles, [], [], [])
    assert len(found) == 2 * len(KINDS)
    for row in found:
        assert f"needs at least {MIN_OUTLETS}" in row["why_none"]
        assert "present" not in row


def test_the_rows_are_those_of_the_table() -> None:
    table = tables.get("presence")
    found = presence("e1", THREE, carried("p1", a1=True, a2=False, a3=True), [mention("a1", "Ada")], ["a2"])
    frame = table.sort(table.frame(found))
    assert not frame.duplicated(list(table.key)).any()
    assert frame.loc[frame["present"].fillna(False), "article_id"].notna().all()
