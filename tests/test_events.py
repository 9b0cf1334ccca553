"""Articles on one happening are grouped, in any order, and the user's word holds on every run."""

import json
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction import text

from framing import seeds
from framing.article import FramingError
from framing.events import Corrections, EventInput, group, lock, merge, split, unlock
from framing.events.background import table
from framing.events.chosen import Chosen
from framing.events.content import content as as_numbers
from framing.events.linkage import average_linkage, may_matter
from framing.events.neighbours import Links
from framing.events.parts import parts
from framing.events.pieces import joined
from framing.events.stop_words import ENGLISH_STOP_WORDS
from framing.events.vectors import terms, vectors

# Four invented happenings, three reports each: other sentences, the same facts.
STORIES = {
    "fire": [
        (
            "Fire destroys historic mill in Alderbrook",
            "A fire tore through the historic Alderbrook mill on Monday night, destroying the four-storey"
            " brick building before firefighters from three towns could contain the flames. Mayor Ines"
            " Corvo said the mill, built in 1888, was to become a museum of weaving.",
        ),
        (
            "Alderbrook loses its old mill to flames",
            "Firefighters from three towns fought all night against flames in the brick mill of Alderbrook,"
            " built in 1888. Nothing is left of the four-storey building that was to house a museum of"
            " weaving, mayor Ines Corvo told reporters.",
        ),
        (
            "Cause of Alderbrook mill blaze unknown",
            "Investigators searched the ruins of the Alderbrook mill for the cause of the fire that destroyed"
            " the brick landmark. The museum of weaving planned there will not open, said Ines Corvo.",
        ),
    ],
    "vote": [
        (
            "Parliament of Norvia rejects pension reform",
            "The parliament of Norvia rejected the government's pension reform by 61 votes to 58 on Thursday,"
            " a defeat for prime minister Tomas Hale. The reform would have raised the retirement age to 68.",
        ),
        (
            "Tomas Hale loses pension vote",
            "Prime minister Tomas Hale failed to win a majority for raising the retirement age: the Norvian"
            " parliament turned the pension reform down, 61 to 58.",
        ),
        (
            "Retirement age in Norvia stays as it is",
            "Pensioners celebrated outside the parliament of Norvia after lawmakers rejected the reform that"
            " would have raised the retirement age to 68. Tomas Hale called the vote a setback.",
        ),
    ],
    "whale": [
        (
            "Stranded whale freed off Port Elmsea",
            "Volunteers freed a young humpback whale that had stranded on a sandbank off Port Elmsea. The"
            " animal swam into deep water after eleven hours, the marine rescue service said.",
        ),
        (
            "Humpback swims free after eleven hours on sandbank",
            "A humpback whale stranded near Port Elmsea reached deep water again when volunteers of the"
            " marine rescue dug a channel through the sandbank.",
        ),
        (
            "How volunteers saved the Elmsea whale",
            "It took eleven hours, forty volunteers and a channel through the sandbank: the humpback stranded"
            " off Port Elmsea is free, the marine rescue service reports.",
        ),
    ],
    "strike": [
        (
            "Tram drivers walk out in Karsten",
            "Tram drivers in Karsten began a two-day strike over night shifts on Tuesday. The transport union"
            " demands one driver more for every depot; the city says it cannot pay.",
        ),
        (
            "Karsten without trams for two days",
            "No tram left the depots of Karsten as drivers went on strike over night shifts. The city and the"
            " transport union blame each other for the two-day walkout.",
        ),
        (
            "Union defends tram strike",
            "The transport union defended the strike of Karsten's tram drivers: night shifts without a second"
            " driver in the depot are dangerous, it said on the first of two days.",
        ),
    ],
}


def inputs(*stories, published=""):
    return [
        EventInput(f"{story}{n}", text, title, published=published)
        for story in stories
        for n, (title, text) in enumerate(STORIES[story])
    ]


def members(grouping):
    return sorted(event.article_ids for event in grouping.events)


EXPECTED = sorted(tuple(f"{story}{n}" for n in range(3)) for story in STORIES)


def test_reports_of_one_happening_are_one_event():
    assert members(group(inputs(*STORIES))) == EXPECTED


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_nothing(shuffler):
    articles = inputs(*STORIES)
    shuffler.shuffle(articles)
    assert group(articles) == group(inputs(*STORIES))


def test_every_article_is_in_one_event_or_unassigned_with_a_reason():
    articles = [*inputs("fire", "vote"), EventInput("empty", ""), EventInput("brief", "Rain.", "Weather")]
    grouping = group(articles)
    placed = [a for event in grouping.events for a in event.article_ids]
    assert sorted([*placed, *grouping.unassigned]) == sorted(a.article_id for a in articles)
    assert grouping.unassigned["empty"] == "no text to compare"
    assert "at least 4" in grouping.unassigned["brief"]
    assert grouping.event_of().keys() == set(placed)


def test_an_article_alone_is_an_event_without_confidence():
    (event,) = group(inputs("fire")[:1]).events
    assert event.article_ids == ("fire0",)
    assert event.label == STORIES["fire"][0][0]
    assert event.confidence is None


def test_nothing_gives_nothing():
    assert group([]).events == ()


def test_keywords_say_what_the_articles_share_and_names_come_in_full():
    articles = [
        EventInput(a.article_id, a.text, a.title, entities=("Ines Corvo",)) for a in inputs("fire", "vote")
    ]
    event = next(e for e in group(articles).events if "fire0" in e.article_ids)
    assert "Ines Corvo" in event.keywords
    for keyword in set(event.keywords) - {"Ines Corvo"}:
        held = [
            a.article_id[:-1] for a in articles if set(terms(keyword)) <= set(terms(a.title + " " + a.text))
        ]
        assert held.count("fire") >= 2
        assert "vote" not in held
    assert event.confidence is not None
    assert 0.5 <= event.confidence <= 1


def test_dates_far_apart_part_recurring_news_and_no_date_does_not():
    one, two = inputs("strike")[0], inputs("strike")[1]

    def dated(item, day):
        return EventInput(item.article_id, item.text, item.title, published=day)

    def confidence(a, b):
        grouping = group([a, b, *inputs("fire", "vote", "whale")])
        event = next(e for e in grouping.events if "strike0" in e.article_ids)
        assert event.article_ids == ("strike0", "strike1")
        return event.confidence

    same_day = confidence(dated(one, "2024-05-07"), dated(two, "2024-05-07"))
    months = confidence(dated(one, "2024-05-07"), dated(two, "2024-09-07T10:00:00Z"))
    assert months < same_day == confidence(one, two)


def test_first_and_last_date_come_from_the_dated_members():
    articles = [
        EventInput(a.article_id, a.text, a.title, published=day)
        for a, day in zip(inputs("fire"), ["2024-05-08", "", "2024-05-07"], strict=True)
    ]
    event = next(e for e in group([*articles, *inputs("vote")]).events if "fire0" in e.article_ids)
    assert (event.first_published, event.last_published) == ("2024-05-07", "2024-05-08")


def test_a_year_or_a_month_is_no_day_and_a_strange_date_is_an_error():
    assert group(inputs("fire", published="2024")).events
    assert group(inputs("fire", published="2024-05")).events
    with pytest.raises(FramingError, match=r"'May 7'; expected ISO 8601"):
        group(inputs("fire", published="May 7"))


def test_the_bundled_articles_are_three_events_alone_and_among_others():
    bundled = [
        EventInput(f"seed{n}", a.text, a.title, (), a.published) for n, a in enumerate(seeds.articles())
    ]
    others = inputs(*STORIES)
    for n in range(len(others) + 1):
        found = [m for m in members(group([*bundled, *others[:n]])) if any(a.startswith("seed") for a in m)]
        assert found == [("seed0", "seed1"), ("seed2",), ("seed3", "seed4")], n


@pytest.mark.parametrize("story", STORIES)
def test_reports_of_one_happening_alone_are_one_event(story):
    assert members(group(inputs(story))) == [tuple(f"{story}{n}" for n in range(3))]


def test_an_article_given_twice_is_an_error():
    with pytest.raises(FramingError, match="'fire0' was given twice"):
        group([*inputs("fire"), *inputs("fire")])


# Ids


def test_ids_stay_when_articles_are_added():
    first = group([a for a in inputs("fire", "vote") if a.article_id.endswith(("0", "1"))])
    later = group(inputs(*STORIES), previous=first.event_of())
    for article, event in first.event_of().items():
        assert later.event_of()[article] == event


def test_ids_come_from_the_first_article_and_are_the_same_on_every_machine():
    alone = group(inputs("fire"))
    among = group(inputs("fire", "whale"))
    assert alone.event_of()["fire0"] == among.event_of()["fire0"]


def test_of_two_groups_that_claim_an_id_the_larger_keeps_it():
    everything = dict.fromkeys(EXPECTED[0][:2] + EXPECTED[1], "old")
    after = group(inputs(*STORIES), previous=everything).event_of()
    assert after[EXPECTED[1][0]] == "old"
    assert after[EXPECTED[0][0]] != "old"
    assert len({after[story[0]] for story in EXPECTED}) == len(EXPECTED)


# Corrections


def event_of(grouping, article):
    return next(e for e in grouping.events if article in e.article_ids)


def again(corrections):
    """As a later run reads them."""
    return group(
        inputs(*STORIES), corrections=Corrections.from_json(json.loads(json.dumps(corrections.to_json())))
    )


def test_merged_events_are_one_on_every_run():
    before = group(inputs(*STORIES))
    ids = [event_of(before, "fire0").id, event_of(before, "vote0").id]
    after = again(merge(Corrections(), before.events, ids))
    assert event_of(after, "fire0").article_ids == tuple(sorted(EXPECTED[0] + EXPECTED[2]))
    assert len(after.events) == 3


def test_split_articles_stay_out_and_together():
    before = group(inputs(*STORIES))
    kept = split(Corrections(), before.events, event_of(before, "fire0").id, ["fire1", "fire2"])
    after = again(kept)
    assert event_of(after, "fire0").article_ids == ("fire0",)
    assert event_of(after, "fire1").article_ids == ("fire1", "fire2")


def test_the_later_of_two_contrary_corrections_holds():
    before = group(inputs(*STORIES))
    parted = split(Corrections(), before.events, event_of(before, "fire0").id, ["fire2"])
    apart = again(parted)
    joined = merge(parted, apart.events, [event_of(apart, "fire0").id, event_of(apart, "fire2").id])
    assert event_of(again(joined), "fire0").article_ids == ("fire0", "fire1", "fire2")
    parted_again = split(joined, again(joined).events, event_of(again(joined), "fire0").id, ["fire2"])
    assert event_of(again(parted_again), "fire2").article_ids == ("fire2",)


def test_a_locked_event_holds_exactly_its_articles():
    before = group(inputs("fire", "vote")[:5])
    target = event_of(before, "vote0")
    kept = lock(Corrections(), before.events, target.id)
    after = again(kept)
    assert event_of(after, "vote0").article_ids == target.article_ids == ("vote0", "vote1")
    assert event_of(after, "vote0").id == target.id
    assert event_of(after, "vote0").locked
    assert event_of(after, "vote2").article_ids == ("vote2",)
    assert event_of(after, "vote2").id != target.id
    free = again(unlock(kept, target.id))
    assert event_of(free, "vote2").article_ids == ("vote0", "vote1", "vote2")


def test_a_correction_may_name_articles_that_are_gone():
    before = group(inputs(*STORIES))
    kept = lock(Corrections(), before.events, event_of(before, "fire0").id)
    kept = split(kept, before.events, event_of(before, "vote0").id, ["vote2"])
    after = group(inputs("whale", "vote")[:5], corrections=kept)
    assert members(after) == [("vote0", "vote1"), ("whale0", "whale1", "whale2")]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda e: merge(Corrections(), e, ["nope", e[0].id]), "no event nope"),
        (lambda e: merge(Corrections(), e, [e[0].id]), "two events or more"),
        (lambda e: split(Corrections(), e, e[0].id, []), "articles to take out"),
        (lambda e: split(Corrections(), e, e[0].id, e[0].article_ids), "articles to leave"),
        (lambda e: split(Corrections(), e, e[0].id, ["stranger"]), "stranger not in event"),
        (lambda e: lock(Corrections(), e, "nope"), "no event nope"),
        (lambda e: unlock(Corrections(), "nope"), "'nope' is not locked; locked: none"),
        (lambda e: Corrections.from_json({"version": 99}), "version 99"),
        (lambda e: Corrections.from_json({"version": 1, "together": 3}), "not readable"),
    ],
)
def test_wrong_corrections_say_what_is_wrong(wrong, message):
    with pytest.raises(FramingError, match=message):
        wrong(group(inputs("fire", "vote")).events)


def test_a_locked_event_is_neither_merged_nor_split():
    grouping = group(inputs("fire", "vote"))
    kept = lock(Corrections(), grouping.events, grouping.events[0].id)
    events = group(inputs("fire", "vote"), corrections=kept).events
    with pytest.raises(FramingError, match="unlock it first"):
        merge(kept, events, [e.id for e in events])
    with pytest.raises(FramingError, match="unlock it first"):
        split(kept, events, grouping.events[0].id, [grouping.events[0].article_ids[0]])


def collection(seed):
    """Invented reports: some subjects with two happenings each, two to four reports of each.

    A report takes words of its happening, its subject and the language at random.
    """
    rng = random.Random(seed)
    articles = []
    for subject in range(3):
        common = [f"subject{subject}word{n}" for n in range(30)]
        for happening in range(2):
            own = [f"event{subject}x{happening}word{n}" for n in range(30)]
            for n in range(rng.randint(2, 4)):
                said = (
                    rng.sample(own, 20)
                    + rng.sample(common, 10)
                    + [f"w{rng.randrange(400)}" for _ in range(30)]
                )
                rng.shuffle(said)
                day = f"2024-05-{rng.randint(1, 9):02}" if rng.random() < 0.7 else ""
                articles.append(
                    EventInput(
                        f"a{rng.randrange(10**6)}-{subject}{happening}{n}", " ".join(said), published=day
                    )
                )
    return articles


def happening(article_id):
    """Subject and happening that :func:`collection` wrote into the id."""
    return article_id.split("-")[1][:2]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_any_order_and_any_increments_give_the_same_events_with_ids_that_stay(seed):
    articles, rng = collection(seed), random.Random(seed)
    rng.shuffle(articles)
    at_once = group(articles)
    for event in at_once.events:
        assert len({happening(article) for article in event.article_ids}) == 1
    cuts = sorted(rng.sample(range(1, len(articles)), 2))
    previous = {}
    for end in (*cuts, len(articles)):
        so_far = articles[:end]
        rng.shuffle(so_far)
        step = group(so_far, previous=previous)
        assert len({event.id for event in step.events}) == len(step.events)
        previous = step.event_of()
    assert members(step) == members(at_once)
    assert group(articles, previous=previous) == step


def act(rng, corrections, events, held):
    """One decision of a user, and the sets of articles that are to stay events after it."""
    free = [event for event in events if not event.locked]
    large = [event for event in free if len(event.article_ids) > 1]
    choice = rng.choice(["merge", "split", "lock", "unlock"])
    if choice == "merge" and len(free) > 1:
        chosen = rng.sample(free, 2)
        union = {a for event in chosen for a in event.article_ids}
        return merge(corrections, events, [e.id for e in chosen]), [h for h in held if not h & union] + [
            union
        ]
    if choice == "split" and large:
        event = rng.choice(large)
        whole = set(event.article_ids)
        out = set(rng.sample(event.article_ids, rng.randint(1, len(whole) - 1)))
        kept = [h for h in held if not h & whole]
        return split(corrections, events, event.id, sorted(out)), [*kept, out, whole - out]
    if choice == "lock":
        event = rng.choice(events)
        members_ = set(event.article_ids)
        return lock(corrections, events, event.id), [h for h in held if not h & members_] + [members_]
    if choice == "unlock" and corrections.locked:
        event_id = rng.choice(sorted(corrections.locked))
        return unlock(corrections, event_id), [h for h in held if not h & set(corrections.locked[event_id])]
    return corrections, held


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_what_the_user_decided_holds_on_every_later_run(seed):
    """Merge, split, lock and unlock at random, articles that arrive between, each run twice."""
    rng = random.Random(seed)
    articles = collection(seed)
    rng.shuffle(articles)
    present, waiting = articles[: 2 * len(articles) // 3], articles[2 * len(articles) // 3 :]
    corrections, held, grouping = Corrections(), [], group(present)
    for step in range(8):
        corrections, held = act(rng, corrections, grouping.events, held)
        corrections = Corrections.from_json(json.loads(json.dumps(corrections.to_json())))
        arrived = {a.article_id for a in waiting} if step == 5 else set()
        if arrived:
            present = articles
        rng.shuffle(present)
        grouping = group(present, corrections=corrections, previous=grouping.event_of())
        events = [set(event.article_ids) for event in grouping.events]
        for wanted in held:
            (found,) = [event for event in events if event & wanted]
            assert wanted <= found
            assert found - wanted <= arrived
        held = [next(event for event in events if event & wanted) for wanted in held]
        assert group(present, corrections=corrections, previous=grouping.event_of()) == grouping


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_lock_moves_no_other_article(seed):
    articles = collection(seed)
    before = group(articles)
    kept = lock(Corrections(), before.events, random.Random(seed).choice(before.events).id)
    after = group(articles, corrections=kept, previous=before.event_of())
    assert after.event_of() == before.event_of()


def test_what_is_left_after_a_split_joins_no_neighbour():
    """Without the article that was taken out, the rest of its event is closer to the next one."""
    strikes = [
        EventInput(f"late{n}", text.replace("Tuesday", "Friday").replace("two", "three"), title)
        for n, (title, text) in enumerate(STORIES["strike"])
    ]
    articles = [*inputs("strike", "vote", "fire"), *strikes]
    together = group(articles)
    event = next(e for e in together.events if "strike0" in e.article_ids)
    assert "late0" in event.article_ids
    kept = split(Corrections(), together.events, event.id, [a.article_id for a in strikes])
    after = group(articles, corrections=kept, previous=together.event_of())
    further = split(kept, after.events, event_of(after, "late0").id, ["late2"])
    for _ in range(3):
        after = group(articles, corrections=further, previous=after.event_of())
        assert members(after) == sorted([("late0", "late1"), ("late2",), *EXPECTED[:1], *EXPECTED[1:3]])


# Vectors


def test_content_counts_words_in_all_of_an_article_or_at_its_beginning():
    said = [(["fire", "in", "the", "mill", "mill"], 1), ([], 0), (["mill", "town"], 2)]
    numbered = as_numbers(said)
    assert numbered.vocabulary.tolist() == ["fire", "in", "mill", "the", "town"]
    assert numbered.counts().toarray().tolist() == [[1, 1, 2, 1, 0], [0] * 5, [0, 0, 1, 0, 1]]
    first = numbered.counts(numbered.n_title).toarray()
    assert first.tolist() == [[1, 0, 0, 0, 0], [0] * 5, [0, 0, 1, 0, 1]]
    assert numbered.n_different.tolist() == [4, 0, 2]


def test_an_article_is_as_like_its_copy_as_can_be_and_words_of_one_article_count_against_it():
    one = terms("Fire destroyed 24 houses in the valley of Alderbrook on Monday night")
    other = terms("Pensioners celebrated outside the parliament of Norvia after 61 votes")
    said = [one, other, one, [*one, "unheard"]]
    found = vectors(as_numbers((words, 3) for words in said))

    def similarity(i, j):
        return float(sum(part[i].multiply(part[j]).sum() for part in found.parts))

    assert similarity(0, 2) == pytest.approx(1)
    assert 0 < similarity(0, 3) < 1
    assert similarity(0, 1) < 0.1


def test_pairs_of_words_do_not_reach_from_one_article_into_the_next():
    said = [["mill", "fire"], [], ["town", "hall"], ["fire", "town"]]
    pairs_ = vectors(as_numbers((words, 1) for words in said)).parts[1]
    assert pairs_.nnz == 0  # no pair stands in two articles
    assert vectors(as_numbers((words, 1) for words in [*said, ["fire", "town"]])).parts[1].nnz == 2


# Linkage


def test_a_closed_group_takes_new_items_but_none_of_another_group():
    edges = [(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.7)]
    known = {0: "a", 1: "b", 2: "c"}
    assert average_linkage(4, edges, 0.1).tolist() == [0, 0, 0, 0]
    assert average_linkage(4, edges, 0.1, known=known, closed={"c"}).tolist() == [0, 0, 2, 2]
    assert average_linkage(4, edges, 0.1, known=known, closed={"a", "b"}).tolist() == [0, 1, 2, 2]


def dense_average_linkage(n, weights, threshold):
    """The textbook method on a full matrix."""
    clusters = [{i} for i in range(n)]
    while True:
        means = [
            (-sum(weights.get((min(i, j), max(i, j)), 0.0) for i in a for j in b) / (len(a) * len(b)), x, y)
            for x, a in enumerate(clusters)
            for y, b in enumerate(clusters)
            if x < y
        ]
        if not means or -min(means)[0] < threshold:
            return sorted(map(sorted, clusters))
        _, x, y = min(means)
        clusters[x] |= clusters.pop(y)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.6))
def test_sparse_linkage_equals_the_dense_method(seed, threshold):
    rng = random.Random(seed)
    n = 12
    weights = {(i, j): rng.random() for i in range(n) for j in range(i + 1, n) if rng.random() < 0.4}
    edges = [(i, j, w) for (i, j), w in weights.items()]
    rng.shuffle(edges)
    labels = average_linkage(n, edges, threshold).tolist()
    found = sorted(sorted(i for i in range(n) if labels[i] == label) for label in set(labels))
    assert found == dense_average_linkage(n, weights, threshold)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.3, 0.9))
def test_links_that_cannot_matter_change_nothing(seed, threshold):
    rng = random.Random(seed)
    n = 14
    edges = [(i, j, rng.random()) for i in range(n) for j in range(i + 1, n) if rng.random() < 0.3]
    together = [rng.sample(range(n), 2) for _ in range(rng.randrange(3))]
    i, j, weight = (np.array(column) for column in zip(*edges, strict=True))
    near = may_matter(n, Links(i, j, weight), threshold, together)
    kept = [edge for edge, matters in zip(edges, near.tolist(), strict=True) if matters]
    whole = average_linkage(n, edges, threshold, together=together).tolist()
    assert average_linkage(n, kept, threshold, together=together).tolist() == whole


def test_weak_links_between_events_do_not_matter():
    found = Links(np.array([0, 1, 1, 2]), np.array([1, 2, 3, 3]), np.array([0.9, 0.05, 0.02, 0.9]))
    assert may_matter(4, found, 0.1).tolist() == [True, False, False, True]
    assert may_matter(4, found, 0.1, [[0, 3]]).all()


def test_sets_that_are_apart_never_meet_in_a_cluster():
    edges = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9), (2, 3, 0.9)]
    labels = average_linkage(4, edges, 0.1, apart=[([0], [3])])
    assert labels[0] != labels[3]


# Parts


def reports(seed, n_events, n_reports):
    """Content words of reports on one subject: of the subject, of the event, and the report's own."""
    rng = random.Random(seed)
    subject = [f"subject{n}" for n in range(25)]
    for event in range(n_events):
        own = [f"event{event}x{n}" for n in range(20)]
        for _ in range(n_reports):
            alone = [f"w{rng.randrange(10**6)}" for _ in range(25)]
            yield rng.sample(subject, 18) + rng.sample(own, 12) + alone


def parted(content):
    return parts(range(len(content)), vectors(as_numbers((words, 0) for words in content)).words)


@pytest.mark.parametrize(("n_events", "n_reports"), [(2, 2), (3, 2), (2, 3)])
def test_events_on_one_subject_are_parted(n_events, n_reports):
    n = n_events * n_reports
    expected = [list(range(first, first + n_reports)) for first in range(0, n, n_reports)]
    for seed in range(20):
        assert parted(list(reports(seed, n_events, n_reports))) == expected


@pytest.mark.parametrize("n_reports", [4, 6, 10])
def test_chance_likeness_inside_one_event_rarely_parts_it(n_reports):
    whole = sum(len(parted(list(reports(seed, 1, n_reports)))) == 1 for seed in range(40))
    assert whole >= 34


def test_an_odd_report_and_versions_of_one_text_part_no_event():
    one, two = reports(1, 2, 1)
    more = [f"late{n}" for n in range(5)]
    assert parted([*list(reports(2, 1, 3)), two]) == [[0, 1, 2, 3]]
    assert parted([one, [*one, *more], two, [*two, *more]]) == [[0, 1, 2, 3]]


# Large events


def coverage(seed, n_reports, n_others=20):
    """Two events on one subject, their reports after one of four agencies in part; and small ones."""
    rng = random.Random(seed)
    articles = []
    for event in range(2 + n_others):
        own = [f"event{event}x{n}" for n in range(45)]
        subject = [f"subject{max(event, 1)}x{n}" for n in range(20)]
        agencies = [rng.sample(own, 14) for _ in range(4)]
        for n in range(n_reports if event < 2 else 3):
            alone = [f"w{rng.randrange(3000)}" for _ in range(20)]
            said = agencies[n % 4] + rng.sample(own, 22) + rng.sample(subject, 8) + alone
            rng.shuffle(said)
            day = f"2024-05-{rng.randint(1, 4):02}"
            articles.append(EventInput(f"{event}-{n:02}", " ".join(said), published=day))
    return articles


def of_each_event(articles):
    events = {article.article_id.split("-")[0] for article in articles}
    ids_ = sorted(article.article_id for article in articles)
    return sorted(tuple(i for i in ids_ if i.split("-")[0] == event) for event in events)


@pytest.mark.parametrize("n_reports", [30, 60])
def test_an_event_of_many_reports_stays_whole_and_apart_from_the_next_on_its_subject(n_reports):
    for seed in range(3):
        articles = coverage(seed, n_reports)
        assert members(group(articles)) == of_each_event(articles)


def test_any_order_and_any_increments_give_the_same_large_events():
    articles, rng = coverage(7, 40), random.Random(7)
    rng.shuffle(articles)
    at_once, previous = group(articles), {}
    for end in (50, 90, len(articles)):
        previous = group(rng.sample(articles[:end], end), previous=previous).event_of()
    assert members(group(articles, previous=previous)) == members(at_once)
    assert group(rng.sample(articles, len(articles))) == at_once


def test_a_large_event_that_was_split_or_locked_is_not_joined_again():
    articles = coverage(3, 30)
    before = group(articles)
    target = event_of(before, "0-00")
    out = [f"0-{n:02}" for n in range(12)]
    parted = group(
        articles,
        corrections=split(Corrections(), before.events, target.id, out),
        previous=before.event_of(),
    )
    assert event_of(parted, "0-00").article_ids == tuple(out)
    assert event_of(parted, "0-12").article_ids == tuple(f"0-{n:02}" for n in range(12, 30))
    kept = lock(Corrections(), parted.events, event_of(parted, "0-00").id)
    after = group(articles, corrections=kept, previous=before.event_of())
    assert event_of(after, "0-00").article_ids == tuple(out)


def test_all_pairs_of_a_few_articles_are_compared_as_by_the_whole_matrix():
    rng = np.random.default_rng(4)
    table = rng.random((9, 30)) * (rng.random((9, 30)) < 0.3)
    rows = [7, 2, 3, 5]
    chosen, plain = Chosen.of(sparse.csr_matrix(table), rows), table[rows]
    rest = plain * np.log((len(rows) + 1) / np.maximum((plain > 0).sum(axis=0), 1))
    rest /= np.linalg.norm(rest, axis=1, keepdims=True)
    i, j = np.triu_indices(len(rows), 1)
    assert chosen.products()[i, j] == pytest.approx((plain @ plain.T)[i, j])
    assert chosen.cosines_of_rest()[i, j] == pytest.approx((rest @ rest.T)[i, j])
    assert chosen.sums(chosen.data) == pytest.approx(plain.sum(axis=0)[chosen.columns])


def pieces(words_of, n_days_apart=0.0):
    """What :func:`joined` makes of groups that are given as the content words of their articles."""
    said = [article for group_ in words_of for article in group_]
    ends = np.cumsum([len(group_) for group_ in words_of]).tolist()
    groups = [list(range(end - len(g), end)) for g, end in zip(words_of, ends, strict=True)]
    days = np.concatenate([np.full(len(g), n_days_apart * k) for k, g in enumerate(groups)])
    i, j = np.triu_indices(len(said), 1)
    found = Links(i, j, np.full(len(i), 0.1))
    return sorted(joined(groups, found, vectors(as_numbers((words, 0) for words in said)), days, 0.1))


def test_pieces_of_one_event_are_joined_and_events_on_one_subject_are_not():
    for seed in range(10):
        one, other = list(reports(seed, 1, 12)), list(reports(seed, 2, 6))
        assert pieces([one[:6], one[6:]]) == [list(range(12))]
        assert pieces([other[:6], other[6:]]) == [list(range(6)), list(range(6, 12))]


def test_pieces_weeks_apart_or_of_two_articles_are_not_joined():
    one = list(reports(1, 1, 12))
    assert len(pieces([one[:6], one[6:]], n_days_apart=21)) == 2
    assert len(pieces([one[:2], one[2:4]])) == 2


def test_versions_of_one_text_say_nothing_on_how_alike_two_reports_are():
    """Copies of one agency's report and of another's on the same event, and reports of their own."""
    one, other, *own = reports(2, 1, 8)
    copies = [[*text, *(f"copy{n}" for n in range(k))] for text in (one, other) for k in range(4)]
    assert pieces([[*copies[:4], *own[:3]], [*copies[4:], *own[3:]]]) == [list(range(14))]


def test_a_word_that_english_seldom_has_stays_rare_however_many_articles_hold_it():
    event = [["alderbrook", "mill", "said", f"own{n}"] for n in range(60)]
    said = as_numbers((words, 0) for words in [*event, *([f"else{n}", "said"] for n in range(60))])
    weight = dict(zip(said.vocabulary[:], vectors(said).words[0].toarray()[0], strict=True))
    assert weight["alderbrook"] > 2 * weight["said"]
    assert weight["own0"] > weight["alderbrook"]


def test_background_words_are_shares():
    assert all(0 < share <= 1 for share in table().values())
    assert table()["year"] > table()["museum"] > 0


def test_stop_words_are_those_of_scikit_learn():
    assert ENGLISH_STOP_WORDS == text.ENGLISH_STOP_WORDS


def test_articles_with_words_have_length_one():
    said = ("The dam broke at dawn near Alderbrook.", "", "Nobody was hurt, said the mayor.")
    words = vectors(as_numbers((terms(text), 0) for text in said)).words
    np.testing.assert_allclose(np.sqrt(words.multiply(words).sum(axis=1)).A1, [1, 0, 1])
