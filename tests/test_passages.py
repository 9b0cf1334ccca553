"""Sentences that say the same are one passage; every article of the event is said to carry it or not."""

import numpy as np
import pytest

from framing.annotate import annotate
from framing.article import Article
from framing.passages import passages
from framing.passages.alignment import align, sentences

SHARED = "The city council voted on Tuesday to close the old library on Mill Street."
REWORDED = "On Tuesday the council of the city voted to close Mill Street's old library."
ONLY_A = "Nurses at the hospital have gone on strike over their pay since January."
ONLY_B = "Engineers inspected the damaged railway bridge across the frozen river."


def made(article_id, *sentences, outlet="Post"):
    text = "\n\n".join(sentences)
    return Article(article_id, text, text, (), ((0, 0, len(text)),), outlet=outlet)


def rows(*articles):
    return passages(list(annotate(articles)), "e1")


def test_a_shared_fact_is_one_passage_and_the_rest_is_carried_by_one_article():
    found = rows(made("a", SHARED, ONLY_A), made("b", REWORDED, ONLY_B, outlet="Times"))
    covered = {}
    for row in found:
        covered.setdefault(row["text"], {})[row["article_id"]] = row["covered"]
    assert sorted(map(tuple, (sorted(c.items()) for c in covered.values()))) == [
        (("a", False), ("b", True)),
        (("a", True), ("b", False)),
        (("a", True), ("b", True)),
    ]


def test_spans_point_at_the_sentence_and_are_empty_where_nothing_is_found():
    texts = {"a": f"{SHARED}\n\n{ONLY_A}", "b": REWORDED}
    for row in rows(made("a", SHARED, ONLY_A), made("b", REWORDED)):
        if row["covered"]:
            assert texts[row["article_id"]][row["start"] : row["end"]] in (SHARED, REWORDED, ONLY_A)
        else:
            assert row["start"] is row["end"] is None
        assert 0 <= row["similarity"] <= 1


def test_an_event_of_one_article_has_no_passages():
    assert rows(made("a", SHARED, ONLY_A)) == []


def test_a_number_more_or_another_subject_keeps_sentences_apart():
    found = rows(made("a", ONLY_A), made("b", ONLY_B))
    assert sum(row["covered"] for row in found) == 2
    assert len(found) == 4


def test_the_order_of_the_articles_changes_nothing():
    one, two = made("a", SHARED, ONLY_A), made("b", REWORDED, ONLY_B)
    assert rows(one, two) == rows(two, one)


def linked(one, other):
    texts = [*one, *other]
    links = align(sentences(texts), [0] * len(one) + [1] * len(other))
    return {(texts[i], texts[j]) for i, j in zip(links.i, links.j, strict=True)}


def test_a_clipped_quotation_is_told_by_its_small_words():
    whole = "“I would almost say definitely, because we have to do it,” the governor said."
    clipped = "“I would almost say definitely.”"
    assert linked([whole, ONLY_A], [ONLY_B, clipped]) == {(whole, clipped)}


def test_two_sentences_that_another_text_prints_as_one_are_both_linked_to_it():
    first = "The dam near Alderbrook broke at dawn after three weeks of heavy rain."
    second = "Forty families from the valley were taken to a school gymnasium by bus."
    both = f"{first[:-1]}, and forty families from the valley were taken to a school gymnasium by bus."
    assert linked([first, second], [both, ONLY_B]) == {(first, both), (second, both)}


def test_small_words_alone_link_nothing():
    one = "That was what the minister would have to do for them."
    other = "It was what the whale would have to do for them."
    assert linked([one], [other]) == set()


def test_similarity_is_symmetric_and_one_for_equal_sentences():
    vectors = sentences([SHARED, REWORDED, SHARED])
    i, j = np.array([0, 1, 0]), np.array([1, 0, 2])
    there, back, same = vectors.similarity(i, j)
    assert there == back
    assert same == pytest.approx(1)
    assert 0 < there < 1
