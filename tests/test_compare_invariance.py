"""What must change no number, whatever the data: names, order, sides, copies."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.compare import compare, swapped
from tests.made_findings import findings

NUMBERS = ["n_articles", "n_events", "estimate", "low", "high", "effect_size", "p_value", "q_value"]
KEY = ["event_id", "measure", "voice", "reprints", "outlet", "reference"]
FEW = {"n_shuffles": 199, "n_resamples": 200}

made = st.builds(
    findings,
    st.integers(0, 10_000),
    outlets=st.sampled_from([("A", "B"), ("A", "B", "C")]),
    n_events=st.integers(6, 9),
    missing=st.sampled_from([0.0, 0.3]),
    n_each=st.integers(1, 3),
)


def rows(result):
    return result.set_index(KEY)[NUMBERS].astype(float)


def mirrored(result, back):
    """The rows of pairs with the names put ``back``, each seen from the outlet that comes first."""
    found = []
    for row in result[result.reference != "others"].to_dict("records"):
        row |= {"outlet": back[row["outlet"]], "reference": back[row["reference"]]}
        found.append(swapped(row) if row["outlet"] > row["reference"] else row)
    return rows(pd.DataFrame(found)).sort_index()


@settings(max_examples=12, deadline=None)
@given(made)
def test_swapping_two_outlets_flips_the_sign(data):
    before = compare(data, **FEW)
    after = compare(data.replace({"outlet": {"A": "B", "B": "A"}}), **FEW)
    names = {"A": "B", "B": "A", "C": "C"}
    pd.testing.assert_frame_equal(
        mirrored(after, names), mirrored(before, {n: n for n in "ABC"}), rtol=1e-6, atol=1e-9
    )


@settings(max_examples=12, deadline=None)
@given(made)
def test_renaming_outlets_events_and_articles_changes_nothing(data):
    before = compare(data, **FEW)
    renamed = data.assign(
        outlet=data.outlet.map({"A": "Zeitung", "B": "Post", "C": "Anzeiger"}),
        event_id=data.event_id.map({e: f"x{n * 7919 % 101}" for n, e in enumerate(data.event_id.unique())}),
        article_id=data.article_id.map(lambda a: a[::-1]),
    )
    after = compare(renamed, **FEW)
    back = {"Zeitung": "A", "Post": "B", "Anzeiger": "C"}
    pd.testing.assert_frame_equal(
        mirrored(after[after.event_id == ""], back),
        mirrored(before[before.event_id == ""], {n: n for n in "ABC"}),
        rtol=1e-6, atol=1e-9,
    )  # fmt: skip
    against_others = after[(after.reference == "others") & (after.event_id == "")].replace({"outlet": back})
    pd.testing.assert_frame_equal(
        rows(against_others).sort_index(),
        rows(before[(before.reference == "others") & (before.event_id == "")]).sort_index(),
        rtol=1e-6, atol=1e-9,
    )  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(made)
def test_an_outlet_does_not_differ_from_itself(data):
    own = data[data.outlet == "A"]
    twin = own.assign(outlet="A again", article_id=own.article_id + "-again")
    result = compare(pd.concat([own, twin]), **FEW)
    found = result[(result.reference == "A again") & result.estimate.notna()]
    if found.empty:
        assert own.value.isna().any()
        return
    assert found.estimate.abs().max() < 1e-9
    assert found.p_value.min() > 0.05
    assert ((found.low <= 1e-9) & (found.high >= -1e-9)).all()


@settings(max_examples=8, deadline=None)
@given(made, st.booleans())
def test_exact_copies_shrink_no_interval(data, elsewhere):
    """Every article a second time, in its event or in an event of its own."""
    once = data.assign(reprint_of="")
    copies = data.assign(reprint_of=data.article_id, article_id=data.article_id + "-copy")
    if elsewhere:
        copies["event_id"] += "-copy"
    doubled = compare(pd.concat([once, copies]), **FEW)
    expected = compare(once, **FEW)
    for reprints in ("included", "excluded"):
        part = doubled[doubled.reprints == reprints].assign(reprints="included")
        pd.testing.assert_frame_equal(
            rows(part).drop(columns="q_value"), rows(expected).drop(columns="q_value"), rtol=1e-6, atol=1e-9
        )


def test_copies_shrink_no_interval_of_a_single_event_either():
    rng = np.random.default_rng(4)
    outlets = np.repeat(["A", "B"], 8)
    once = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(16)], "outlet": outlets, "event_id": "e", "measure": "m",
            "voice": "all", "value": rng.normal(size=16), "reprint_of": "",
        }
    )  # fmt: skip
    copies = once.assign(
        reprint_of=once.article_id, article_id=once.article_id + "-copy", outlet=outlets[::-1]
    )
    crossed = compare(pd.concat([once, copies]))
    alone = compare(once)
    width = {name: (r.high - r.low)[r.event_id == "e"].max() for name, r in (("2", crossed), ("1", alone))}
    assert width["1"] > 0
    excluded = crossed[(crossed.reprints == "excluded") & (crossed.event_id == "e")]
    assert (excluded.high - excluded.low).max() == pytest.approx(width["1"])
