"""Copies are found, however cut; what reports of one event share anyway is no copy."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Span
from framing.reprints import (
    MANY_TEXTS,
    MIN_RUNS,
    MIN_SHARE,
    PARTIAL,
    ReprintInput,
    all_runs,
    find,
    share,
    shared_spans,
)

WORDS = [
    "council",
    "library",
    "budget",
    "mayor",
    "vote",
    "street",
    "winter",
    "river",
    "school",
    "bridge",
    "market",
    "doctor",
    "train",
    "forest",
]


def text(seed, n=120):
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) + rng.choice(["", "s", "ed", "ing"]) for _ in range(n)) + "."


def article(article_id, outlet, body, **more):
    return ReprintInput(article_id, outlet, more.pop("event_id", "e1"), body, **more)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 99), st.floats(0.3, 1))
def test_a_copy_that_was_cut_short_is_found_with_its_origin(seed, kept):
    whole = text(seed)
    cut = " ".join(whole.split()[: int(120 * kept)])
    found = find(
        [article("a", "Post", whole), article("b", "Times", cut), article("c", "Herald", text(seed + 1000))]
    )
    assert [(r.article_id, r.origin_id) for r in found] == [("b", "a")]
    assert found[0].share > 0.9


def test_independent_texts_and_a_small_borrowed_part_are_no_reprints():
    own, other = text(1), text(2)
    partly = " ".join(other.split()[:30]) + " " + text(3)
    assert (
        find([article("a", "Post", own), article("b", "Times", other), article("c", "Herald", partly)]) == []
    )
    (partial,) = find(
        [article("b", "Times", other, published="2024-05-09"), article("c", "Herald", partly)], least=0.1
    )
    assert (partial.article_id, partial.origin_id) == ("c", "b")
    assert 0.1 < partial.share < MIN_SHARE


def test_a_shared_quotation_is_no_reprint():
    speech = text(5, 80)
    texts = [f"{text(n, 40)} “{speech}” {text(n + 50, 40)}" for n in (1, 2)]
    quoted = [(Span(t.index("“") + 1, t.index("”")),) for t in texts]
    found = find(
        [
            article(f"a{n}", f"Outlet {n}", t, quoted=q)
            for n, (t, q) in enumerate(zip(texts, quoted, strict=True))
        ]
    )
    assert found == []
    unmarked = find([article(f"a{n}", f"Outlet {n}", t) for n, t in enumerate(texts)])
    assert unmarked == []  # 80 of 160 words are not quite half of the runs


def test_an_outlets_boilerplate_counts_neither_in_its_own_nor_in_other_articles():
    box = text(9, 60)
    articles = [article(f"p{n}", "Post", f"{text(n, 45)} {box}", event_id=f"e{n}") for n in range(4)]
    partner = article("t", "Times", f"{text(70, 45)} {box}", event_id="e0")
    assert find([*articles, partner]) == []


def test_furniture_that_outlets_share_is_no_copy_but_agency_copy_in_many_outlets_is():
    """A block in many texts counts only between texts that begin alike."""
    block = text(9, 90)
    furnished = [article(f"f{n}", f"Outlet {n}", f"{text(n, 30)} {block}") for n in range(5)]
    assert find(furnished) == []
    copies = [article(f"c{n}", f"Outlet {n}", f"{block} {text(n, 30)}") for n in range(5)]
    assert len(find(copies)) == 4


def test_one_block_far_from_the_beginning_counts_half():
    block, rest = text(9, 60), text(1, 50)
    runs = all_runs(
        [article("a", "Post", f"{rest} {block}"), article("b", "Times", f"{text(2, 50)} {block}")]
    )
    begin = all_runs(
        [article("a", "Post", f"{block} {rest}"), article("b", "Times", f"{block} {text(2, 50)}")]
    )
    assert share(*runs) < 0.6 * share(*begin)


def test_shared_spans_are_what_both_texts_print():
    first = f"{text(1, 20)} The council closed the old library on Monday. {text(2, 20)}"
    other = f"{text(3, 20)} On Friday the council closed the old library, “quite suddenly”. {text(4, 20)}"
    assert [span.of(first) for span in shared_spans(first, other)] == ["The council closed the old library"]
    quoted = [Span(first.index("closed the"), first.index("library on"))]
    assert shared_spans(first, other, quoted) == ()


def test_the_same_outlets_second_version_is_no_reprint_of_another_outlet():
    assert find([article("a", "Post", text(1)), article("b", "Post", text(1))]) == []


def test_unknown_outlets_are_taken_for_different_ones():
    assert [r.article_id for r in find([article("a", "", text(1)), article("b", "", text(1))])] == ["b"]


def test_the_agency_then_the_earliest_date_names_the_origin():
    copy = text(1)
    dated = [
        article("a", "Post", copy, published="2024-05-10"),
        article("b", "Times", copy, published="2024-05-09"),
        article("c", "Reuters", copy, published="2024-05-11"),
    ]
    assert {r.article_id: r.origin_id for r in find(dated)} == {"a": "c", "b": "c"}
    assert {r.article_id: r.origin_id for r in find(dated[:2])} == {"a": "b"}


def test_copies_in_many_outlets_stay_copies():
    found = find([article(f"a{n}", f"Outlet {n}", text(1)) for n in range(12)])
    assert {r.origin_id for r in found} == {"a0"}
    assert len(found) == 11


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.1, PARTIAL, MIN_SHARE, 0.8]))
def test_in_a_large_event_the_same_copies_are_found_as_by_comparing_all_pairs(seed, least):
    rng = random.Random(seed)
    box, sources = text(seed, 90), [text(seed + n, 60).split() for n in range(1, 13)]
    articles = []
    for n in range(30):
        copied = rng.choice(sources)
        own = text(1000 * seed + n, rng.choice([20, 60, 100]))
        body = " ".join(copied[rng.randrange(20) : rng.randrange(20, 61)])
        parts = rng.sample([body, own, rng.choice([box, ""])], 3)
        articles.append(article(f"a{n:02}", f"Outlet {rng.randrange(8)}", " ".join(parts)))
    runs = dict(zip([a.article_id for a in articles], all_runs(articles), strict=True))
    expected, origins = {}, []
    for one in sorted(articles, key=lambda a: (-len(runs[a.article_id].hashes), a.article_id)):
        others = [o for o in origins if o.outlet != one.outlet]
        if len(runs[one.article_id].hashes) < MIN_RUNS:
            continue
        shares = {o.article_id: share(runs[one.article_id], runs[o.article_id]) for o in others}
        most = max(shares.values(), default=0.0)
        if most >= least:
            expected[one.article_id] = (next(o for o, s in shares.items() if s == most), round(most, 4))
        if most < MIN_SHARE:
            origins.append(one)
    assert {r.article_id: (r.origin_id, r.share) for r in find(articles, least=least)} == expected


def test_a_copy_under_much_furniture_is_found():
    box, source = text(9, 300), text(1, 90).split()
    pieces = [" ".join(source[at : at + 30]) for at in (0, 30, 60)]
    copy = " ".join([text(2, 30), pieces[0], text(3, 8), pieces[1], text(4, 8), pieces[2], box])
    origin = " ".join([text(5, 20), pieces[0], text(6, 8), pieces[1], text(7, 8), pieces[2]])
    furnished = [article(f"f{n}", f"Outlet {n}", f"{text(50 + n, 40)} {box}") for n in range(4)]
    dated = article("a", "Post", origin, published="2024-05-09")
    found = find([dated, article("b", "Times", copy), *furnished])
    assert [(r.article_id, r.origin_id) for r in found] == [("b", "a")]


def test_runs_of_many_texts_are_the_same_counted_in_parts(monkeypatch):
    box = text(9, 30)
    articles = [article(f"a{n}", f"Outlet {n}", f"{text(n, 40)} {box}") for n in range(MANY_TEXTS)]
    whole = [runs.many.tolist() for runs in all_runs(articles)]
    assert all(sum(many) >= 27 for many in whole)
    monkeypatch.setattr("framing.reprints._AT_ONCE", 100)
    assert [runs.many.tolist() for runs in all_runs(articles)] == whole
    assert not any(runs.many.any() for runs in all_runs(articles[1:]))


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_nothing(shuffler):
    articles = [article(f"a{n}", f"Outlet {n % 3}", text(n % 2)) for n in range(6)]
    shuffled = articles[:]
    shuffler.shuffle(shuffled)
    assert find(shuffled) == find(articles)
