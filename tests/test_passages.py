"""Sentences that say the same are one passage; every article of the event is said to carry it or not."""

import hashlib
import importlib.util
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

import framing.passages
from framing.annotate import annotate
from framing.article import Article, Span
from framing.passages import passages
from framing.passages.alignment import MIN_PROBABILITY, align
from framing.passages.candidates import CLEAR, candidates
from framing.passages.likeness import Likeness, features, probability
from framing.passages.lists import Cells, Lists
from framing.passages.nearness import Nearness, near
from framing.passages.numbers import numbers
from framing.passages.quoted import Quoted
from framing.passages.relatedness import opposite, relatedness
from framing.passages.sentences import sentences, words
from framing.passages.statement import Reader, Statement

ROOT = Path(__file__).resolve().parent.parent

SHARED = "The city council voted on Tuesday to close the old library on Mill Street."
REWORDED = "On Tuesday the council of the city voted to close Mill Street's old library."
ONLY_A = "Nurses at the hospital have gone on strike over their pay since January."
ONLY_B = "Engineers inspected the damaged railway bridge across the frozen river."


def made(article_id, *sentences, outlet="Post"):
    text = "\n\n".join(sentences)
    return Article(article_id, text, text, (), ((0, 0, len(text)),), outlet=outlet)


def rows(*articles):
    return passages(list(annotate(articles)), "e1").rows


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


def stated(*texts):
    """Each text read as the one sentence of an article."""
    articles = [Article(str(n), t, t, (), ((0, 0, len(t)),)) for n, t in enumerate(texts)]
    return [Reader(a).read(Span(0, len(a.article.text))) for a in annotate(articles)]


def linked(one, other):
    texts = [*one, *other]
    links = align(sentences(texts), stated(*texts), [0] * len(one) + [1] * len(other))
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


def test_a_sentence_whose_copy_is_there_is_linked_to_nothing_else():
    """What repeats part of it has no counterpart then; in an article without the copy it has."""
    part = "The city council voted on Tuesday to close the old library."
    whole = f"{SHARED[:-1]}, which had no heating, no lift and a leaking roof."
    assert linked([whole, ONLY_A], [part, ONLY_B]) == {(whole, part)}
    assert linked([whole, ONLY_A], [part, whole]) == {(whole, whole)}
    texts = [whole, part, whole]
    links = align(sentences(texts), stated(*texts), [0, 1, 2])
    assert set(zip(links.i.tolist(), links.j.tolist(), strict=True)) == {(0, 1), (0, 2), (1, 2)}


def test_small_words_alone_link_nothing():
    one = "That was what the minister would have to do for them."
    other = "It was what the whale would have to do for them."
    assert linked([one], [other]) == set()


def gold():
    """The pairs of tests/gold/paraphrases.txt."""
    spec = importlib.util.spec_from_file_location("gold_files", ROOT / "benchmarks" / "gold_files.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["gold_files"] = module
    spec.loader.exec_module(module)
    return list(module.paraphrases())


def judged(pairs):
    """The probability that the sentences of each pair state the same fact."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    read = dict(zip(texts, stated(*texts), strict=True))
    found = []
    for one, other in pairs:
        cosine = sentences([one, other]).cosine(np.array([0]), np.array([1]))[0]
        found.append(probability(read[one], read[other], float(cosine)))
    return found


def test_there_are_enough_paraphrases_and_near_misses():
    same = [pair.same for pair in gold()]
    assert sum(same) >= 100
    assert len(same) - sum(same) >= 150


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        (
            "The parliament of Ostria approved the new press law on Monday by 61 votes.",
            "Lawmakers in Ostria passed the new legislation on the press on Monday with 61 votes.",
            "The parliament of Ostria rejected the new press law on Monday by 61 votes.",
        ),
        (
            "The company said that the plant in Lerne will close in May.",
            "The factory in Lerne is to shut down in May, according to the firm.",
            "The company said that the plant in Lerne will not close in May.",
        ),
        (
            "The flood destroyed 240 houses in the valley of Sarn.",
            "In the Sarn valley 240 homes were destroyed by the flood.",
            "The flood destroyed 15 houses in the valley of Sarn.",
        ),
    ],
    ids=["opposite", "negation", "number"],
)
def test_a_contradiction_is_less_probable_than_a_paraphrase(one, same, other):
    paraphrase, contradiction = judged([(one, same), (one, other)])
    assert paraphrase > contradiction


def test_evidence_is_bounded_and_the_same_from_both_sides():
    one, other, third = stated(SHARED, REWORDED, ONLY_B)
    for a, b in ((one, other), (one, third), (one, one)):
        there, back = features(a, b, 0.5), features(b, a, 0.5)
        assert there == pytest.approx(back)
        assert all(0 <= value <= 1 for value in there.values())
    assert probability(one, one, 1.0) > 0.95


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("some 1,200 of 3.5 million", [1200, 3.5e6]),
        ("sixty-four prisoners", [64]),
        ("a fifth of them , 20 percent", [0.2, 0.2]),
        ("one in five adults", [0.2]),
        ("the fifth time in one year", []),
        ("9 in 2024", [9, 2024]),
    ],
)
def test_numbers_are_read_in_words_figures_and_shares(text, found):
    assert list(numbers(text.split()).values()) == pytest.approx(found)


def test_words_are_near_derived_or_opposite():
    assert relatedness("attackers", "attacker", "attack", "attack") >= 0.9
    assert relatedness("quit", "quit", "resigned", "resign") >= 0.9
    assert relatedness("banana", "banana", "parliament", "parliament") < 0.3
    assert opposite("fell", "fall", "climbed", "climb")
    assert not opposite("rose", "rise", "climbed", "climb")


def test_each_pair_of_words_is_as_near_as_the_two_alone():
    texts = [text for pair in gold()[:30] for text in (pair.one, pair.other)]
    words = list({w: None for statement in stated(*texts) for w in statement.words})
    nearness = Nearness(words)
    places = nearness.places
    one, other = np.repeat(places, len(places)), np.tile(places, len(places))
    table = nearness.table(places, places)(one, other).reshape(len(words), -1)
    np.testing.assert_allclose(table, [[near(a, b) for b in words] for a in words], atol=1e-6)
    assert 0 < (table > 0).mean() < 0.5
    contrary = [[opposite(a.text, a.lemma, b.text, b.lemma) for b in words] for a in words]
    assert nearness.opposed(one, other).reshape(len(words), -1).tolist() == contrary
    assert any(map(any, contrary))


def test_a_pair_is_as_probable_among_many_as_alone(monkeypatch):
    """Also where memory bounds how many are looked at together, and where most are dropped early."""
    pairs = gold()[:60]
    statements = stated(*(text for pair in pairs for text in (pair.one, pair.other)))
    i = np.repeat(np.arange(0, len(statements), 2), 2)
    j = np.where(np.arange(len(i)) % 2, i + 1, (i + 3) % len(statements))
    cosine = np.full(len(i), 0.4)
    alone = [probability(statements[a], statements[b], 0.4) for a, b in zip(i, j, strict=True)]
    likeness = Likeness(statements)
    assert likeness.probability(i, j, cosine) == pytest.approx(alone)
    monkeypatch.setattr("framing.passages.likeness._AT_ONCE", 300)
    monkeypatch.setattr("framing.passages.nearness._MOST_AT_ONCE", 10)
    few_at_once = likeness.probability(i, j, cosine, MIN_PROBABILITY)
    probable = np.array(alone) >= MIN_PROBABILITY
    assert few_at_once == pytest.approx(np.where(probable, alone, 0.0))
    assert min(probable.sum(), (~probable).sum()) > 10


def test_no_pairs_have_no_probabilities():
    none = np.array([], dtype=np.int64)
    assert len(Likeness(stated(SHARED)).probability(none, none, np.array([]))) == 0


def test_cells_are_every_item_of_one_list_beside_every_item_of_the_other():
    left, right = Lists.of([2, 0, 1]), Lists.of([1, 3])
    i, j = np.array([0, 2, 1, 0]), np.array([1, 0, 1, 0])
    cells = Cells.of(left, i, right, j)
    assert list(zip(cells.pair.tolist(), cells.left.tolist(), cells.right.tolist(), strict=True)) == [
        *((0, a, b) for a in (0, 1) for b in (1, 2, 3)),
        (1, 2, 0),
        *((3, a, 0) for a in (0, 1)),
    ]
    values = np.array([1.0, 5, 2, 4, 3, 6, 7, 8, 9])
    assert cells.most_of_rows(values).tolist() == [5, 6, 7, 8, 9]
    assert cells.most_of_columns(values).tolist() == [4, 5, 6, 7, 0, 0, 0, 9]
    assert cells.most_of_pairs(values).tolist() == [6, 7, 0, 9]
    assert cells.where(values > 8).most_of_pairs(values[values > 8]).tolist() == [0, 0, 0, 9]
    assert cells.sum_rows(np.arange(5.0)).tolist() == [1, 2, 0, 7]
    assert cells.sum_columns(np.arange(8.0)).tolist() == [3, 3, 15, 7]


def test_the_text_of_a_passage_is_its_most_typical_sentence():
    twice = [made(n, SHARED, ONLY_A, outlet=n) for n in ("b", "c")]
    found = rows(made("a", REWORDED, ONLY_B, outlet="a"), *twice)
    assert {row["text"] for row in found if row["covered"] and row["article_id"] == "a"} == {SHARED, ONLY_B}


def test_who_says_it_is_no_part_of_what_is_said():
    (said,) = stated("The road is closed for a year, said Jana Holub, the mayor of Lerne.")
    assert {said.words[at].text for at in said.body} >= {"road", "closed", "year"}
    assert "holub" not in {said.words[at].text for at in said.body}


@pytest.mark.parametrize(
    "text", [SHARED, "Fares rise by 1,200 to 4.5 euros, the mayor's well-paid aide says."]
)
def test_a_statement_is_the_same_where_its_words_are_known(text):
    (read,) = stated(text)
    (annotated,) = annotate([Article("0", text, text, (), ((0, 0, len(text)),))])
    assert Reader(annotated).read(Span(0, len(text)), words(text)) == read


@pytest.mark.parametrize("name", ["wordnet", "opposites"])
def test_the_lists_are_those_of_their_cards(name):
    folder = Path(framing.passages.__file__).parent
    card = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    (data,) = [p.read_bytes() for p in folder.glob(f"{name}.t*") if p.suffix in (".tsv", ".txt")]
    assert hashlib.sha256(data).hexdigest() == card["sha256"]
    assert card["licence"]


def test_of_a_large_event_the_likeliest_pairs_are_compared_and_the_others_counted(monkeypatch):
    texts = [SHARED, ONLY_A, REWORDED, ONLY_B, SHARED, ONLY_A]
    held, owner = sentences(texts), np.array([0, 0, 1, 1, 2, 2])
    every = candidates(held, owner)
    n_reworded = int((every.similarity < CLEAR).sum())
    assert every.n_left_out == 0 < n_reworded
    for most in range(n_reworded + 2):
        monkeypatch.setattr("framing.passages.candidates.MOST", most)
        some = candidates(held, owner)
        assert some.n_left_out == max(0, n_reworded - most) == len(every.i) - len(some.i)
        # Copies need no look, so they are never dropped.
        assert {(0, 4), (1, 5)} <= set(zip(some.i.tolist(), some.j.tolist(), strict=True))
        assert align(held, stated(*texts), owner).n_not_compared == some.n_left_out


def test_pairs_are_the_same_however_many_sentences_are_set_side_by_side(monkeypatch):
    texts = [text for pair in gold()[:40] for text in (pair.one, pair.other)]
    owner = np.arange(len(texts)) // 5
    whole = candidates(sentences(texts), owner)
    for module in ("candidates", "sentences"):
        monkeypatch.setattr(f"framing.passages.{module}.TOGETHER", 12)
    parts = candidates(sentences(texts), owner)
    assert parts.i.tolist() == whole.i.tolist()
    assert parts.j.tolist() == whole.j.tolist()
    assert (owner[whole.i] < owner[whole.j]).all()
    assert len(whole.i) > 50


def test_an_event_says_how_many_pairs_of_sentences_were_not_compared(monkeypatch):
    articles = list(annotate([made("a", SHARED, ONLY_A), made("b", REWORDED, ONLY_A, outlet="Times")]))
    assert passages(articles, "e1").pairs_not_compared == 0
    monkeypatch.setattr("framing.passages.candidates.MOST", 0)
    without = passages(articles, "e1")
    assert without.pairs_not_compared > 0
    # What was not compared is not found; a copy is.
    assert {row["text"]: row["covered"] for row in without.rows if row["article_id"] == "b"} == {
        SHARED: False,
        ONLY_A: True,
        REWORDED: True,
    }


@pytest.mark.parametrize(
    ("quoted", "plain", "share"),
    [
        ("we will not go", "she said we will not go home", 4 / 6),
        ("we will not go there now no", "we will not go there now", 6 / 7),
        ("we will not go", "we will not stay and will not go", 3 / 4 * 3 / 6),
        ("we will not go", "we will go and not go", 0),
        ("we will not go", "ewe will nothing", 0),
        ("they never came back | we will not go", "we will not go", 4 / 6),
        ("never came back | we will not", "never came back we will not", 3 / 6),
        ("", "we will not go", 0),
    ],
)
def test_a_quotation_is_repeated_by_its_longest_run_that_another_sentence_has(quoted, plain, share):
    """Three words in a row have half the weight of six."""
    quotations = tuple(tuple(words.split()) for words in quoted.split("|") if words)
    one = Statement((), (), (), (), (), quotations, 0)
    other = Statement((), (), (), (), tuple(plain.split()), (), 0)
    i, j = np.array([0, 1, 0]), np.array([1, 0, 0])
    assert Quoted((one, other)).repeated(i, j) == pytest.approx([share, share, 0])


def test_similarity_is_symmetric_and_one_for_equal_sentences():
    vectors = sentences([SHARED, REWORDED, SHARED])
    i, j = np.array([0, 1, 0]), np.array([1, 0, 2])
    there, back, same = vectors.similarity(i, j)
    assert there == back
    assert same == pytest.approx(1)
    assert 0 < there < 1
