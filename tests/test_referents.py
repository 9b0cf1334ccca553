"""Referents of an event: what is one thing, what is not, in whose words, and the user's corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from framing import lexicon, seeds, tables
from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article, FramingError
from framing.referents import Corrections, Referents, Step, referents
from framing.referents import words as lists

Row = dict[str, Any]


def articles(**texts: str) -> list[AnnotatedArticle]:
    """One annotated article for each outlet."""
    return list(
        annotate(
            Article(outlet, text, text, (), ((0, 0, len(text)),), outlet=outlet, language="en")
            for outlet, text in texts.items()
        )
    )


def found(**texts: str) -> Referents:
    return referents(articles(**texts), "e1")


def labels_of(rows: list[Row], referent: str, kind: str = "") -> set[str]:
    return {r["label"] for r in rows if r["referent"] == referent and kind in ("", r["kind"])}


def referent_of(rows: list[Row], text: str) -> str:
    """The referent of the only row, or the rows that agree, with this text."""
    names = {r["referent"] for r in rows if r["text"] == text}
    assert len(names) == 1, (text, names)
    return str(names.pop())


@pytest.fixture(scope="module")
def visit() -> Referents:
    """The bundled June 2024 event."""
    found_in = [a for a in annotate(seeds.articles()) if "Stoltenberg" in a.article.text]
    assert len(found_in) == 2
    return referents(found_in, "visit")


# The seeds


def test_the_war_in_ukraine_is_one_referent_in_all_its_names(visit: Referents) -> None:
    rows = [r for r in visit.label_rows() if r["referent"] == "war"]
    heads = {r["head"] for r in rows}
    assert {"war", "military operation", "military offensive", "invasion", "aggression"} <= heads
    assert {"special military operation", "war of aggression"} <= heads
    assert len({r["article_id"] for r in rows}) == 2
    assert {r["contested"] for r in rows if r["head"] == "invasion"} == {"armed conflict"}


def test_whose_words_the_war_is_named_in(visit: Referents) -> None:
    said = {(r["head"], r["voice"], r["speaker"]) for r in visit.label_rows() if r["referent"] == "war"}
    assert ("special military operation", "quoted", "Kim Jong Un") in said
    assert ("war of aggression", "quoted", "Jens Stoltenberg") in said
    assert ("war of aggression", "quoted", "Antony Blinken") in said
    assert any(head == "invasion" and voice == "outlet" for head, voice, _ in said)


def test_another_war_stays_apart(visit: Referents) -> None:
    rows = visit.label_rows()
    korean = [r for r in rows if r["label"] == "Korean War"]
    assert len(korean) == 2
    assert {r["referent"] for r in korean} == {"Korean War"}


def test_capitals_are_metonyms_of_their_countries(visit: Referents) -> None:
    rows = visit.label_rows()
    assert {"Moscow", "Kremlin"} <= labels_of(rows, "Russia", "metonym")
    assert "Pyongyang" in labels_of(rows, "North Korea", "metonym")


# What is one thing


def test_names_titles_and_offices_across_outlets() -> None:
    rows = found(
        a="French President Louise Marin spoke on Monday. Marin said taxes will rise.",
        b="The French president spoke. Ms. Marin left early.",
    ).label_rows()
    names = {referent_of(rows, t) for t in ("Louise Marin", "Marin", "Ms. Marin", "The French president")}
    assert names == {"Louise Marin"}


def test_a_shared_surname_does_not_make_one_person() -> None:
    rows = found(
        a="Senator Paul Weber met Anna Weber on Monday. Mr. Weber thanked her. Ms. Weber smiled.",
    ).label_rows()
    assert referent_of(rows, "Mr. Weber") == "Paul Weber"
    assert referent_of(rows, "Ms. Weber") == "Anna Weber"


def test_an_abbreviation_is_its_full_name() -> None:
    rows = found(
        a="The National Farmers Union backed the plan on Monday.",
        b="The NFU backed the plan, and the NFU will vote.",
    ).label_rows()
    assert referent_of(rows, "NFU") == referent_of(rows, "National Farmers Union")


def test_a_group_is_its_members_where_the_texts_say_so() -> None:
    rows = found(
        a="A caravan of migrants reached the town on Monday. The migrants slept in a church.",
        b="The migrant caravan moved on. The caravan will reach the capital on Friday.",
    ).label_rows()
    assert referent_of(rows, "The caravan") == referent_of(rows, "The migrants")


def test_synonyms_need_a_list_not_a_resemblance() -> None:
    rows = found(
        a="The refugees rested. The aliens, said Mr. Cole, must leave. The students cheered.",
    ).label_rows()
    assert referent_of(rows, "The refugees") == referent_of(rows, "The aliens")
    assert referent_of(rows, "The students") != referent_of(rows, "The refugees")


def test_an_ambiguous_word_goes_with_the_words_around_it() -> None:
    industrial = found(a="The walkout began on Monday. The strike will last.").label_rows()
    military = found(a="The bombing began on Monday. The strike killed two men.").label_rows()
    assert referent_of(industrial, "The strike") == referent_of(industrial, "The walkout")
    assert referent_of(military, "The strike") == referent_of(military, "The bombing")


# Rows


def test_pronouns_are_resolved_and_counted_apart() -> None:
    rows = found(a="Helen Marsh leads the union. She said the port would close.").label_rows()
    assert referent_of(rows, "She") == "Helen Marsh"
    assert {r["kind"] for r in rows if r["text"] == "She"} == {"pronoun"}


def test_labels_of_one_outlet_only_and_modifiers() -> None:
    rows = found(
        a="The brutal invasion began on Monday. The war has begun.",
        b="The war began on Monday.",
    ).label_rows()
    by_label = {r["label"]: r for r in rows if r["referent"] == "war"}
    assert by_label["brutal invasion"]["only_outlet"]
    assert not by_label["war"]["only_outlet"]
    assert by_label["brutal invasion"]["modifiers"] == "brutal"
    assert by_label["brutal invasion"]["contested"] == by_label["war"]["contested"] == "armed conflict"


def test_one_word_alone_is_not_contested() -> None:
    rows = found(a="The war began on Monday. The war will last.").label_rows()
    assert {r["contested"] for r in rows} == {""}


@pytest.mark.parametrize("table", ["labels", "portrayals"])
def test_rows_fit_their_table_and_point_into_the_text(visit: Referents, table: str) -> None:
    rows = visit.label_rows() if table == "labels" else visit.portrayal_rows()
    texts = {a.article.id: a.article.text for a in visit.scene.annotated}
    frame = tables.get(table).frame(rows)
    assert len(frame) > 100
    assert not frame.duplicated(list(tables.get(table).key)).any()
    assert all(texts[r["article_id"]][r["start"] : r["end"]] == r["text"] for r in rows)
    assert all((r["speaker"] == "") or r["voice"] != "outlet" for r in rows)


def test_neither_the_order_of_articles_nor_the_names_of_outlets_matter(visit: Referents) -> None:
    given = list(visit.scene.annotated)
    other = [replace(a, article=replace(a.article, outlet=f"outlet {n}")) for n, a in enumerate(given)]

    def essence(rows: list[Row]) -> list[tuple[Any, ...]]:
        return [(r["referent"], r["article_id"], r["start"], r["end"], r["only_outlet"]) for r in rows]

    assert essence(referents(other[::-1], "visit").label_rows()) == essence(visit.label_rows())


def test_no_articles_and_an_empty_article_have_no_rows() -> None:
    assert referents([], "e1").label_rows() == []
    assert found(a="").label_rows() == []


@pytest.mark.parametrize(
    "text",
    ["…", "’s", "S.", "Of.", "The ’s of U.S. Mr.", "- - -", "😀 é İ ß", "a\n\n\nb", "Kim Jong -", "“ ” ( )"],
)
def test_odd_texts_raise_nothing_and_stay_in_bounds(text: str) -> None:
    result = found(a=text, b=text)
    for row in result.label_rows() + result.portrayal_rows():
        assert text[row["start"] : row["end"]] == row["text"] != ""


# Portrayals


def portrayed(text: str, referent: str) -> set[tuple[str, str, str]]:
    rows = found(a=text).portrayal_rows()
    return {(r["relation"], r["property"], r["polarity"]) for r in rows if r["referent"] == referent}


def test_who_does_and_to_whom_it_is_done_active_and_passive() -> None:
    active = "The rebels attacked the soldiers on Monday."
    passive = "The soldiers were attacked by the rebels on Monday."
    assert ("agent", "attack", "negative") in portrayed(active, "rebel")
    assert ("patient", "attack", "negative") in portrayed(active, "soldier")
    assert ("agent", "attack", "negative") in portrayed(passive, "rebel")
    assert ("patient of a passive", "attack", "negative") in portrayed(passive, "soldier")


def test_a_negation_turns_a_portrayal_round() -> None:
    assert ("predicate", "honest", "positive") in portrayed("Helen Marsh is honest.", "Helen Marsh")
    assert ("predicate", "honest", "negative") in portrayed("Helen Marsh is not honest.", "Helen Marsh")


def test_whoever_a_threat_is_aimed_at_is_its_target() -> None:
    assert ("target", "threat", "negative") in portrayed("The missiles are a threat to Japan.", "Japan")
    assert ("target", "retaliate", "negative") in portrayed("Iran retaliated against Japan.", "Japan")


def test_those_joined_by_and_act_together() -> None:
    text = "Helen Marsh and Paul Ritter praised the firemen."
    assert ("agent", "praise", "positive") in portrayed(text, "Helen Marsh")
    assert ("agent", "praise", "positive") in portrayed(text, "Paul Ritter")
    assert ("patient", "praise", "positive") in portrayed(text, "fireman")


def test_adjectives_and_appositions() -> None:
    rows = portrayed("The brutal regime fell. Paul Ritter, a ruthless dictator, fled.", "regime")
    assert ("adjective", "brutal", "negative") in rows
    said = portrayed("Paul Ritter, a ruthless dictator, fled the city.", "Paul Ritter")
    assert ("apposition", "dictator", "negative") in said


def test_a_portrayal_is_in_the_voice_of_who_says_it() -> None:
    rows = found(a="“Helen Marsh is dishonest,” Paul Ritter said on Monday.").portrayal_rows()
    (row,) = [r for r in rows if r["property"] == "dishonest"]
    assert (row["referent"], row["voice"], row["speaker"]) == ("Helen Marsh", "quoted", "Paul Ritter")


# Corrections

TEXTS = {
    "a": "The war began on Monday. The brutal invasion shocked Poland. The festival went on.",
    "b": "The war began on Monday. The concert was cancelled.",
}


def corrected(*steps: Step) -> Referents:
    return referents(articles(**TEXTS), "e1", corrections=Corrections(steps))


def test_merge_split_and_rename() -> None:
    rows = corrected(
        Step("e1", "merge", "festival", ("concert",)),
        Step("e1", "split", "war", ("brutal invasion",), "the attack"),
        Step("e1", "rename", "war", name="the war in the east"),
        Step("another event", "rename", "war", name="not this one"),
    ).label_rows()
    assert referent_of(rows, "The festival") == referent_of(rows, "The concert") == "festival"
    assert referent_of(rows, "The brutal invasion") == "the attack"
    assert referent_of(rows, "The war") == "the war in the east"


def test_a_correction_outlives_a_change_of_name() -> None:
    rows = corrected(Step("e1", "rename", "brutal invasion", name="the war")).label_rows()
    assert referent_of(rows, "The brutal invasion") == referent_of(rows, "The war") == "the war"


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (Step("e1", "rename", "earthquake", name="x"), "no referent 'earthquake'"),
        (Step("e1", "merge", "war", ("earthquake",)), "no referent 'earthquake'"),
        (Step("e1", "split", "war", ("earthquake",), "x"), "no label of 'war' is among"),
        (Step("e1", "split", "war", ("war", "brutal invasion"), "x"), "every label of 'war' is among"),
    ],
)
def test_a_correction_that_finds_nothing_is_reported_and_changes_nothing(step: Step, message: str) -> None:
    result = corrected(step)
    assert message in result.unapplied[0]
    assert result.label_rows() == corrected().label_rows()


def test_corrections_are_plain_data() -> None:
    steps = Corrections((Step("e1", "merge", "war", ("invasion",)), Step("e1", "rename", "war", name="w")))
    assert Corrections.from_json(steps.to_json()) == steps


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "expected a list of steps"),
        ([1], "step 1 is 1"),
        ([{"event_id": "e1", "action": "delete", "referent": "war"}], "step 1: 'delete' is no correction"),
        ([{"event_id": "e1", "action": "merge", "referent": "war"}], "name the referents to merge"),
        (
            [{"event_id": "e1", "action": "merge", "referent": "war", "others": "x"}],
            "expected a list of names",
        ),
        ([{"event_id": "e1", "action": "rename", "referent": "war"}], "needs the new name"),
        ([{"event_id": "", "action": "rename", "referent": "war", "name": "x"}], "name both"),
        ([{"event_id": "e1", "action": "merge", "referent": "w", "others": ["w"]}], "into itself"),
        ([{"event_id": "e1", "action": "split", "referent": "w", "name": "x"}], "without labels"),
    ],
)
def test_corrections_that_are_wrong_say_what_is_expected(data: Any, message: str) -> None:
    with pytest.raises(FramingError, match=message):
        Corrections.from_json(data)


def test_an_unknown_referent_is_answered_with_near_ones() -> None:
    with pytest.raises(FramingError, match="near it: war"):
        found(**TEXTS).get("the war")


# Lists


def test_the_lists_hang_together() -> None:
    contested = lexicon.load("contested")
    sets = {e.category for e in contested.entries.values()}
    for entry in contested.entries.values():
        assert entry.columns[0] in ("contested", "synonym"), entry
        assert entry.columns[1] in ("people", "event", "thing"), entry
        assert set(lists.further_sets(entry.text)) <= sets, entry
    assert all(e.columns[0] in {"-", "+", "0"} for e in lexicon.load("polarity").entries.values())
    assert all(e.columns[1] in {"-", "+", "0"} for e in lexicon.load("polarity").entries.values())
    classes = set(lexicon.load("heads").card.categories)
    assert all(lists.classes(lemma) <= classes for lemma in lexicon.load("heads").entries)


def test_us_is_a_country_only_in_capitals() -> None:
    assert lists.country("us") is None
    entry = lists.country("U.S.")
    assert entry is not None
    assert lists.country_name(entry) == "United States"


def test_the_first_and_last_tokens_below_a_token_are_those_of_its_subtree(visit: Referents) -> None:
    trees = [tree for of_one in visit.scene.trees for tree in of_one]
    assert any(tree.first_below(t) < t < tree.last_below(t) for tree in trees for t in range(len(tree)))
    for tree in trees:
        below = [tree.subtree(t) for t in range(len(tree))]
        assert [(tree.first_below(t), tree.last_below(t)) for t in range(len(tree))] == [
            (tokens[0], tokens[-1]) for tokens in below
        ]


def test_the_label_of_a_token_is_that_of_the_first_entity_over_it(visit: Referents) -> None:
    trees = [tree for of_one in visit.scene.trees for tree in of_one if tree.entities]
    assert trees
    for tree in trees:
        assert tree.labels == [
            next((label for a, b, label in tree.entities if a <= t < b), "") for t in range(len(tree))
        ]
