"""Outlets: differences with intervals, the largest of all measures, the map and the tree as lines."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing import tables
from framing_dashboard.drawing.charts import MAX_DOTS
from framing_dashboard.views import mapped, outlets
from tests.dashboard_studies import HOSTILE, PAIR, Sample, make
from tests.test_dashboard_pages import markup, opened, unchanged_environment

__all__ = ["unchanged_environment"]


def row(**more: Any) -> dict[str, Any]:
    basis = {"measure": "hedging", "voice": "all", "reprints": "included", "reference": "others"}
    return basis | {"n_events": 9, "n_articles": 30} | more


COMPARISONS = [
    row(outlet="A", estimate=1.0, low=0.5, high=1.5, effect_size=0.4, q_value=0.01),
    row(outlet="B", estimate=-1.0, low=-3.0, high=1.0, effect_size=-0.9, q_value=0.4),
    row(outlet="A", reference="B", estimate=2.0, low=1.0, high=3.0, effect_size=5.0),
    row(outlet="A", event_id="e1", estimate=9.0, low=8.0, high=10.0, effect_size=8.0),
    row(outlet="A", reprints="excluded", estimate=7.0, low=6.0, high=8.0, effect_size=7.0),
    row(outlet="C", why_none="2 events; 6 are needed"),
]


def test_the_chart_shows_each_outlet_against_the_others_over_all_events() -> None:
    frame = tables.get("comparisons").frame(COMPARISONS)
    found = outlets.against_others(frame, "hedging", "all")
    assert found[["outlet", "estimate"]].to_numpy().tolist() == [["A", 1.0], ["B", -1.0]]
    assert len(outlets.against_others(frame, "hedging", "quoted")) == 0
    assert [(r["outlet"], r["holds"]) for r in outlets.largest(frame, "all")] == [
        ("B", "holds zero"),
        ("A", "without zero"),
    ]


def test_the_page_draws_differences_and_says_why_there_are_none(tmp_path: Path) -> None:
    study = make(
        tmp_path / "study", PAIR, tables={"comparisons": [r | {"measure": "length"} for r in COMPARISONS]}
    )
    test = opened(study, "outlets", measure="length", voice="all")
    assert not test.exception
    drawn = markup(test)
    assert "2 events; 6 are needed" in drawn
    assert "0.5 to 1.5" in drawn
    assert "8 to 10" not in drawn  # of one event
    assert any(i.value.startswith("No map") for i in test.info)


def test_a_value_opens_the_places_that_it_rests_on(tmp_path: Path) -> None:
    values = {("length", "quoted"): (3.0, "")}
    study = make(tmp_path / "study", [replace(PAIR[0], values=values), replace(PAIR[1], values=values)])
    drawn = markup(opened(study, "outlets", measure="length", voice="quoted"))
    assert 'href="/outlets?measure=length&amp;voice=quoted&amp;outlet=The+Post" target="_self">3<' in drawn
    assert "We will cut," not in drawn
    drawn = markup(opened(study, "outlets", measure="length", voice="quoted", outlet="The Post"))
    assert "1 place in 1 text" in drawn
    assert ">We will cut,</td>" in drawn
    assert "disaster" not in drawn


def test_many_articles_are_drawn_as_medians(tmp_path: Path) -> None:
    samples = [
        Sample(f"m{n:04d}", f"Outlet {n % 2}", values={("length", "all"): (float(n), "")})
        for n in range(MAX_DOTS + 1)
    ]
    test = opened(make(tmp_path / "study", samples), "outlets", measure="length")
    assert not test.exception
    (chart,) = test.get("vega_lite_chart")
    assert "median and middle half" in chart.proto.alt


def test_an_ellipse_has_its_axes_and_its_turn() -> None:
    points = pd.DataFrame(
        [
            {
                "outlet": "A",
                "x": 1.0,
                "y": 2.0,
                "ellipse_width": 4.0,
                "ellipse_height": 2.0,
                "ellipse_angle": 90.0,
            }
        ]
    )
    found = mapped.ellipses(points)
    assert (found["y"].max() - found["y"].min()) == pytest.approx(4)
    assert (found["x"].max() - found["x"].min()) == pytest.approx(2)
    first, last = found.iloc[0], found.iloc[-1]
    assert math.hypot(first["x"] - last["x"], first["y"] - last["y"]) == pytest.approx(0, abs=1e-9)


def test_brackets_of_the_tree_join_what_was_joined_and_do_not_cross() -> None:
    tree = pd.DataFrame(
        [
            {"step": 0, "left": "A", "right": "C", "height": 1.0, "outlets": "A;C", "support": 0.9},
            {"step": 1, "left": "B", "right": "#0", "height": 3.0, "outlets": "A;B;C", "support": 1.0},
        ]
    )
    assert mapped.leaves(tree) == ["B", "A", "C"]
    corners = mapped.brackets(tree)[["step", "x", "y"]].to_numpy().tolist()
    assert corners[:4] == [[0, 0, 1], [0, 1, 1], [0, 1, 2], [0, 0, 2]]
    assert corners[4:] == [[1, 0, 0], [1, 3, 0], [1, 3, 1.5], [1, 1, 1.5]]
    assert mapped.leaves(tree.iloc[:0]) == []


def test_the_map_and_the_tree_are_drawn_from_their_tables(tmp_path: Path) -> None:
    axes = {"ellipse_width": 1.0, "ellipse_height": 0.5, "ellipse_angle": 0.0, "n_articles": 9, "n_events": 7}
    places = {HOSTILE[0]: (1.0, 0.0), "B": (-1.0, 0.5), "C": (0.0, -0.5)}
    rows = {
        "outlet_map": [{"outlet": o, "x": x, "y": y} | axes for o, (x, y) in places.items()],
        "outlet_axes": [{"measure": "length", "voice": "quoted", "x": 0.8, "y": -0.6}],
        "outlet_tree": [
            {"step": 0, "left": "B", "right": "C", "height": 1.0, "outlets": "B;C", "support": 0.75},
            {"step": 1, "left": "#0", "right": HOSTILE[0], "height": 2.0, "outlets": "all", "support": 1.0},
        ],
    }
    test = opened(make(tmp_path / "study", PAIR, tables=rows), "outlets")
    assert not test.exception
    drawn = markup(test)
    assert '<td dir="auto">B, C</td>' in drawn
    assert "<script" not in drawn
    alts = [chart.proto.alt for chart in test.get("vega_lite_chart")]
    assert any(a.startswith("A map of 3 outlets") for a in alts)
    assert any(a.startswith("A tree of 3 outlets") for a in alts)
