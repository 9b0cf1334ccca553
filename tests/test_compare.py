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
from framing.compare.resample import estimate, flip_p

NUMBERS = ["n_articles", "n_events", "estimate", "low", "high", "effect_size", "p_value", "q_value"]


def findings(seed=0, *, outlets=("Herald", "Post", "Times"), n_events=12, effect=None, missing=0.0, n_each=1):
    """Random values with an event effect; ``effect`` adds to an outlet's articles."""
    rng = np.random.default_rng(seed)
    rows = []
    for event in range(n_events):
        base = rng.normal(0, 3)
        for outlet in outlets:
            for n in range(n_each):
                for measure in ("hedges", "loaded"):
                    value = base + rng.normal() + (effect or {}).get(outlet, 0)
                    rows.append(
                        {
                            "article_id": f"{outlet}-{event}-{n}",
                            "outlet": outlet,
                            "event_id": f"e{event:02}",
                            "measure": measure,
                            "voice": "all",
                            "value": None if rng.random() < missing else value,
                        }
                    )
    return pd.DataFrame(rows)


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
    doubled = compare(pd.concat([data, more]), events=False)
    once = compare(data, events=False)
    pd.testing.assert_frame_equal(doubled.drop(columns="n_articles"), once.drop(columns="n_articles"))


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


def test_bootstrap_and_flips_agree_with_scipy():
    differences = np.random.default_rng(5).gamma(2, size=(40, 1)) - 1.5
    found = estimate(differences, n_resamples=4000, n_flips=9999, seed=1)
    reference = stats.permutation_test(
        (differences[:, 0],), np.mean, permutation_type="samples", n_resamples=9999, rng=2
    )
    assert found.p[0] == pytest.approx(reference.pvalue, abs=0.03)  # 999 flips: sd 0.01
    interval = stats.bootstrap((differences[:, 0],), np.mean, method="percentile", rng=3).confidence_interval
    width = interval.high - interval.low
    assert found.low[0] == pytest.approx(interval.low, abs=0.1 * width)
    assert found.high[0] == pytest.approx(interval.high, abs=0.1 * width)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.3]))
def test_swapping_two_outlets_flips_the_sign_and_names_change_nothing(seed, missing):
    data = findings(seed, outlets=("A", "B"), missing=missing, n_each=2)
    before = one(compare(data, n_flips=500), "A", "B")
    after = one(compare(data.replace({"outlet": {"A": "B", "B": "A"}}), n_flips=500), "A", "B")
    assert after[NUMBERS].tolist() == pytest.approx(pd.Series(swapped(before.to_dict()))[NUMBERS].tolist())
    renamed = compare(data.replace({"outlet": {"A": "Zeitung", "B": "Anzeiger"}}), n_flips=500)
    mirrored = swapped(one(renamed, "Anzeiger", "Zeitung").to_dict())
    assert pd.Series(mirrored)[NUMBERS].tolist() == pytest.approx(before[NUMBERS].tolist())


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_changes_nothing(seed):
    data = findings(seed, missing=0.2, n_each=2)
    shuffled = data.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(
        compare(data, n_flips=300), compare(shuffled, n_flips=300), check_exact=True
    )


def test_an_outlet_does_not_differ_from_itself():
    data = findings(outlets=("A",))
    twin = data.assign(outlet="B", article_id=data.article_id + "b")
    row = one(compare(pd.concat([data, twin])), "A", "B")
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
    np.testing.assert_allclose(tested.q_value.astype(float), expected)


def test_under_no_difference_p_values_are_uniform_and_intervals_cover():
    """400 outlets' worth of noise, skewed, 15 events: the rates that the docs state."""
    rng = np.random.default_rng(11)
    differences = rng.gamma(1.5, size=(15, 400)) - rng.gamma(1.5, size=(15, 400))
    found = estimate(differences, n_resamples=1000, n_flips=999, seed=2)
    assert stats.kstest(found.p, "uniform").pvalue > 0.01
    covered = ((found.low <= 0) & (found.high >= 0)).mean()
    assert 0.92 <= covered <= 0.98


def test_p_is_never_zero_and_all_zero_differences_give_one():
    assert flip_p(np.full((30, 1), 5.0), 99, 1)[0] == pytest.approx(1 / 100)
    assert flip_p(np.zeros((30, 1)), 99, 1)[0] == 1


def test_wrong_findings_say_what_is_wrong():
    with pytest.raises(FramingError, match="without the column voice"):
        compare(findings().drop(columns="voice"))
    with pytest.raises(FramingError, match="'Herald-0-0' has the measure 'hedges' twice"):
        compare(pd.concat([findings(), findings().head(1)]))
    with pytest.raises(FramingError, match="no reverse"):
        swapped({"reference": "others"})


def test_nothing_gives_nothing():
    assert compare(findings().head(0)).empty
