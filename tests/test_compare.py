"""Outlets are compared within events; names and order change nothing; nothing is found in noise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from framing.article import FramingError
from framing.compare import MIN_EVENTS, compare, swapped
from framing.compare.one_event import MIN_ARTICLES
from framing.compare.resample import estimate
from framing.compare.shuffle import Shuffles, shuffled
from tests.made_findings import findings

NUMBERS = ["n_articles", "n_events", "estimate", "low", "high", "effect_size", "p_value", "q_value"]


def one(result, outlet, reference, measure="hedges", event="", reprints="included"):
    found = result[
        (result.outlet == outlet)
        & (result.reference == reference)
        & (result.measure == measure)
        & (result.event_id == event)
        & (result.reprints == reprints)
    ]
    assert len(found) == 1
    return found.iloc[0]


def test_the_estimate_is_the_mean_of_the_differences_within_events():
    data = findings()
    row = one(compare(data), "Herald", "Post")
    wide = (
        data[data.measure == "hedges"].pivot(index="event_id", columns="outlet", values="value").astype(float)
    )
    differences = wide["Herald"] - wide["Post"]
    assert row.estimate == pytest.approx(differences.mean())
    assert row.n_events == 12
    assert row.n_articles == 24
    n = len(differences)
    g = differences.mean() / differences.std() * (1 - 3 / (4 * (n - 1) - 1))
    assert row.effect_size == pytest.approx(g)
    others = wide["Herald"] - (wide["Post"] + wide["Times"]) / 2
    assert one(compare(data), "Herald", "others").estimate == pytest.approx(others.mean())


def test_events_weigh_the_same_however_many_articles_they_have():
    data = findings(outlets=("A", "B"))
    more = data[data.event_id == "e03"].copy()
    more["article_id"] += "-again"
    changed = [more.assign(value=more.value + by, article_id=more.article_id + str(by)) for by in (-1.0, 1.0)]
    more_articles = compare(pd.concat([data, *changed]), events=False)
    once = compare(data, events=False)
    assert more_articles.estimate.tolist() == pytest.approx(once.estimate.tolist())
    assert more_articles.effect_size.tolist() == pytest.approx(once.effect_size.tolist())


def test_copies_that_nobody_marked_count_once():
    data = findings(outlets=("A", "B"))
    again = data.assign(article_id=data.article_id + "-again")
    pd.testing.assert_frame_equal(compare(pd.concat([data, again])), compare(data))


def test_topics_that_an_outlet_picks_do_not_pass_for_its_style():
    """Herald covers only the events with high values; within events it is like the others."""
    rng = np.random.default_rng(3)
    rows = []
    for event in range(60):
        level = event / 3
        for outlet in ("Herald", "Post") if event >= 30 else ("Post", "Times"):
            rows.append((f"{outlet}{event}", outlet, f"e{event}", "hedges", "all", level + rng.normal()))
    data = pd.DataFrame(rows, columns=["article_id", "outlet", "event_id", "measure", "voice", "value"])
    assert (
        stats.ttest_ind(data[data.outlet == "Herald"].value, data[data.outlet != "Herald"].value).pvalue
        < 1e-6
    )
    assert one(compare(data, events=False), "Herald", "others").p_value > 0.05


def test_a_planted_difference_is_found_with_its_sign():
    result = compare(findings(effect={"Times": 3.0}))
    row = one(result, "Times", "others")
    assert row.p_value < 0.01
    assert 2 < row.low < row.estimate < row.high < 4
    assert one(result, "Herald", "others").estimate < 0
    assert one(result, "Herald", "Times").estimate < 0


def swaps(differences):
    """Differences of events with one article on each side: swapping them flips the sign."""
    return Shuffles.of([np.stack([differences, -differences], axis=1)])


def test_resampled_errors_and_shuffles_agree_with_scipy():
    differences = np.random.default_rng(5).gamma(2, size=(40, 1)) - 1.5
    tested = shuffled([swaps(differences)], 9999, 1)
    reference = stats.permutation_test(
        (differences[:, 0],), np.mean, permutation_type="samples", n_resamples=9999, rng=2
    )
    assert tested.p[0] == pytest.approx(reference.pvalue, abs=0.03)  # 999 shuffles: sd 0.01
    found = estimate(differences, tested, n_resamples=20000, seed=1)
    error = stats.bootstrap((differences[:, 0],), np.mean, n_resamples=20000, rng=3).standard_error
    t = 2.02  # of 39 degrees of freedom; the shuffles give nearly that
    assert (found.high[0] - found.low[0]) / 2 == pytest.approx(t * error * np.sqrt(40 / 39), rel=0.05)


def test_shuffles_of_few_arrangements_are_counted_as_often_as_they_were_drawn():
    rng = np.random.default_rng(3)
    two = rng.normal(size=(2, 4))
    differences = [np.stack([two, -two], axis=1), rng.normal(size=(3, 3, 4))]
    count, blocks = Shuffles.of(differences).reached(999, seed=1, stream=2)
    assert sum(len(ratios) for ratios, _ in blocks) <= 2**2 * 3**3
    assert sum(times.sum() for _, times in blocks) == 999
    events = [event for part in differences for event in part]
    sizes = np.array([len(event) for event in events])
    drawn = (np.random.default_rng([1, 5, 2]).random((999, 5), dtype=np.float32) * sizes).astype(int)
    taken = np.array([[event[n] for event, n in zip(events, one, strict=True)] for one in drawn])
    observed = np.array([event[0] for event in events])
    ratios, own = (part.sum(axis=-2) ** 2 / (part**2).sum(axis=-2) for part in (taken, observed))
    assert count.tolist() == (ratios >= own * (1 - 1e-5)).sum(axis=0).tolist()
    found = np.concatenate([np.repeat(part, times, axis=0) for part, times in blocks])
    assert np.sort(found, axis=0) == pytest.approx(np.sort(ratios, axis=0), abs=1e-5)


def test_p_values_are_uniform_where_outlets_have_uneven_numbers_of_articles():
    """Skewed values, three articles of A and two of B in each of few events."""
    rng = np.random.default_rng(2)
    p_values = []
    for seed in range(200):
        data = findings(seed, outlets=("A", "B"), n_events=8, n_each=3)
        data = data[(data.outlet == "A") | ~data.article_id.str.endswith("-2")]
        data["value"] = rng.exponential(size=len(data)) ** 2
        p_values.append(one(compare(data, n_resamples=2, n_shuffles=199, events=False), "A", "B").p_value)
    assert stats.kstest(p_values, "uniform").pvalue > 0.01


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.3]))
def test_swapping_two_outlets_flips_the_sign_and_names_change_nothing(seed, missing):
    data = findings(seed, outlets=("A", "B"), missing=missing, n_each=2)
    before = one(compare(data, n_shuffles=500), "A", "B")
    after = one(compare(data.replace({"outlet": {"A": "B", "B": "A"}}), n_shuffles=500), "A", "B")
    assert after[NUMBERS].tolist() == pytest.approx(pd.Series(swapped(before.to_dict()))[NUMBERS].tolist())
    renamed = compare(data.replace({"outlet": {"A": "Zeitung", "B": "Anzeiger"}}), n_shuffles=500)
    mirrored = swapped(one(renamed, "Anzeiger", "Zeitung").to_dict())
    assert pd.Series(mirrored)[NUMBERS].tolist() == pytest.approx(before[NUMBERS].tolist())


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_changes_nothing(seed):
    data = findings(seed, missing=0.2, n_each=2)
    shuffled = data.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(
        compare(data, n_shuffles=300), compare(shuffled, n_shuffles=300), check_exact=True
    )


def test_an_outlet_does_not_differ_from_itself():
    data = findings(outlets=("A",))
    twin = data.assign(outlet="B", article_id=data.article_id + "b")
    row = one(compare(pd.concat([data, twin])), "A", "B")
    assert row.why_none == ""
    assert row.estimate == row.low == row.high == 0
    assert row.p_value == 1
    assert pd.isna(row.effect_size)


def test_too_few_events_abstain_with_the_reason():
    result = compare(findings(n_events=MIN_EVENTS - 1))
    assert result[["estimate", "low", "high", "p_value", "q_value"]].isna().all(axis=None)
    assert one(result, "Post", "others").why_none == (
        f"5 measured articles from Post; a difference needs at least {MIN_EVENTS}"
    )
    apart = findings(n_events=9)
    apart.loc[apart.outlet == "Post", "event_id"] = "p" + apart.event_id
    assert (
        "0 events with measured articles of both Post and Times"
        in one(compare(apart), "Post", "Times").why_none
    )
    assert compare(findings(n_events=MIN_EVENTS)).why_none.eq("").all()


def test_articles_without_an_outlet_or_event_are_not_compared():
    data = findings()
    lost = data[data.outlet == "Post"].head(6).copy()
    lost["article_id"] += "-lost"
    result = compare(
        pd.concat([data, lost.assign(outlet=None, value=99), lost.assign(event_id="", value=99)[:0]])
    )
    assert one(result, "", "others").why_none.startswith("the outlet of 3 articles is not known")
    kept = result[result.outlet != ""].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, compare(data))
    unassigned = lost.assign(article_id=lost.article_id + "-too", event_id=None, value=99)
    pd.testing.assert_frame_equal(compare(pd.concat([data, unassigned])), compare(data))


def test_reprints_are_in_one_half_of_the_rows_and_out_of_the_other():
    data = findings(effect={"Times": 2.0}).assign(reprint_of="")
    copies = data[data.outlet == "Times"].assign(outlet="Copier", reprint_of=lambda d: d.article_id)
    copies["article_id"] += "-copy"
    result = compare(pd.concat([data, copies]))
    without = (
        result[result.reprints == "excluded"].drop(columns=["reprints", "q_value"]).reset_index(drop=True)
    )
    alone = compare(data).drop(columns=["reprints", "q_value"])
    pd.testing.assert_frame_equal(without, alone)
    assert one(result, "Copier", "Times").estimate == 0
    assert set(compare(data).reprints) == {"included"}


def test_single_events_are_compared_where_they_are_large():
    rng = np.random.default_rng(0)
    rows = [
        (f"{outlet}{n}", outlet, "big", "hedges", "all", rng.normal() + 3 * (outlet == "A"))
        for outlet in ("A", "B")
        for n in range(MIN_ARTICLES + 3)
    ]
    data = pd.DataFrame(rows, columns=["article_id", "outlet", "event_id", "measure", "voice", "value"])
    row = one(compare(data), "A", "B", event="big")
    assert row.low > 0
    assert row.p_value < 0.01
    reference = stats.permutation_test(
        (data[data.outlet == "A"].value, data[data.outlet == "B"].value),
        lambda a, b: a.mean() - b.mean(), n_resamples=999, rng=1,
    )  # fmt: skip
    assert row.p_value == pytest.approx(reference.pvalue, abs=0.01)
    flipped = one(compare(data.replace({"outlet": {"A": "B", "B": "A"}})), "A", "B", event="big")
    assert flipped[NUMBERS].tolist() == pytest.approx(pd.Series(swapped(row.to_dict()))[NUMBERS].tolist())
    small = data[~data.article_id.isin([f"B{n}" for n in range(4)])]
    assert "big" not in set(compare(small).event_id)


def test_q_values_are_benjamini_hochberg_over_all_rows():
    result = compare(findings(effect={"Times": 1.5}))
    tested = result[result.p_value.notna()]
    expected = stats.false_discovery_control(tested.p_value.astype(float))
    np.testing.assert_array_equal(tested.q_value.astype(float), expected)


def test_under_no_difference_p_values_are_uniform_and_intervals_cover():
    """Skewed rates, a third of them zero, 9 events: the rates that the docs state."""
    rng = np.random.default_rng(11)
    values = rng.gamma(1.5, size=(2, 9, 400)) * (rng.random((2, 9, 400)) > 1 / 3)
    differences = values[0] - values[1]
    tested = shuffled([swaps(differences)], 999, 2)
    enough = (differences != 0).sum(axis=0) >= MIN_EVENTS
    found = estimate(differences, tested, n_resamples=1000, seed=2)
    assert stats.kstest(found.p[enough], "uniform").pvalue > 0.01
    covered = ((found.low <= 0) & (found.high >= 0))[enough].mean()
    assert 0.93 <= covered <= 0.97


def test_p_is_never_zero_and_all_zero_differences_give_one():
    assert shuffled([swaps(np.full((30, 1), 5.0))], 99, 1).p[0] == pytest.approx(1 / 100)
    nothing = shuffled([swaps(np.zeros((30, 1)))], 99, 1)
    assert nothing.p[0] == 1
    found = estimate(np.zeros((30, 1)), nothing, n_resamples=9, seed=1)
    assert found.low[0] == found.high[0] == 0


def test_a_measure_that_differs_in_too_few_events_abstains():
    """Mostly zero in both: five differences cannot give a p-value below 0.05."""
    data = findings(outlets=("A", "B"), n_events=20)
    rare = data.measure == "hedges"
    data.loc[rare, "value"] = 0.0
    data.loc[rare & data.event_id.isin(["e01", "e02", "e03"]) & (data.outlet == "A"), "value"] = 4.0
    row = one(compare(data), "A", "B")
    assert pd.isna(row.estimate)
    assert row.why_none == (
        "3 events of 20 in which the articles of A and B differ in it; an interval needs at least 6"
    )
    assert one(compare(data), "A", "B", "loaded").why_none == ""


def test_wrong_findings_say_what_is_wrong():
    with pytest.raises(FramingError, match="without the column voice"):
        compare(findings().drop(columns="voice"))
    with pytest.raises(FramingError, match="'Herald-0-0' has the measure 'hedges' twice"):
        compare(pd.concat([findings(), findings().head(1)]))
    with pytest.raises(FramingError, match="no reverse"):
        swapped({"reference": "others"})


def test_nothing_gives_nothing():
    assert compare(findings().head(0)).empty
