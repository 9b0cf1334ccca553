"""Outlets that write alike lie together, whatever they report; the map is turned one way only."""

import numpy as np
import pandas as pd
import pytest

from framing.compare import outlet_map
from tests.made_findings import findings

FOUR = ("Herald", "Mail", "Post", "Times")


def four(seed=0):
    return findings(seed, outlets=FOUR, n_events=30, effect={"Herald": 2.0, "Mail": 2.2})


def test_outlets_that_differ_lie_apart_and_their_ellipses_do_not_touch():
    found = outlet_map(four())
    points = found.points.set_index("outlet")
    assert list(points.index) == list(FOUR)
    assert min(points.x["Herald"], points.x["Mail"]) - max(points.x["Post"], points.x["Times"]) > (
        points.ellipse_width.max()
    )
    assert found.shares[0] > 0.9
    assert points.n_events.tolist() == [30] * 4
    assert points.n_articles.tolist() == [30] * 4
    assert (found.loadings.x > 0.5).all()


def test_the_tree_brings_together_what_is_alike_and_says_how_surely():
    tree = outlet_map(four()).tree
    assert set(tree.outlets[:2]) == {"Herald;Mail", "Post;Times"}
    assert tree.outlets[2] == ";".join(FOUR)
    assert tree.support.min() > 0.95
    assert tree.height.is_monotonic_increasing
    assert {tree.left[2], tree.right[2]} == {"#0", "#1"}
    alike = outlet_map(findings(1, outlets=FOUR, n_events=12)).tree
    assert alike.support[0] < 0.9


def test_ellipses_cover_the_true_place_as_often_as_they_say():
    """Made anew 40 times: the place of an outlet that differs in nothing lies in its ellipse."""
    inside = []
    for seed in range(40):
        found = outlet_map(findings(seed, outlets=FOUR, n_events=25, effect={"Herald": 3.0}), n_resamples=100)
        points = found.points.set_index("outlet")
        truth = 3.0 / 1.0 * np.array([1.0, -1 / 3, -1 / 3, -1 / 3])
        spread = findings(seed, outlets=FOUR, n_events=25, effect={"Herald": 3.0})
        within = spread.value - spread.groupby(["event_id", "measure"]).value.transform("mean")
        sd = within[spread.measure == "hedges"].std()
        expected = (truth - truth.mean()) / sd * np.sqrt(2)  # two measures alike
        gap = points.x["Herald"] - expected[0]
        inside.append(abs(gap) <= points.ellipse_width["Herald"] / 2)
    assert np.mean(inside) > 0.85


def test_names_and_order_turn_no_map():
    data = four()
    before = outlet_map(data)
    after = outlet_map(data.sample(frac=1, random_state=1).replace({"outlet": {"Herald": "Aftonbladet"}}))
    for name, other in (("Herald", "Aftonbladet"), ("Post", "Post")):
        a, b = (f.points.set_index("outlet").loc[n, ["x", "y"]] for f, n in ((before, name), (after, other)))
        assert a.tolist() == pytest.approx(b.tolist())


def test_reprints_take_no_part_and_too_little_abstains():
    data = four().assign(reprint_of="")
    copies = data[data.outlet == "Post"].assign(outlet="Copier", reprint_of=data.article_id)
    copies["article_id"] += "-copy"
    assert "Copier" not in set(outlet_map(pd.concat([data, copies])).points.outlet)
    few = outlet_map(findings(outlets=("A", "B")))
    assert few.points.empty
    assert few.why_none.startswith("2 outlets with 6 events or more")
