"""Outlets are told apart by their measures in unseen events, and not by the events they cover."""

import numpy as np
import pandas as pd
import pytest

from framing.compare import separability
from framing.compare.separability import MIN_EVENTS


def findings(seed=0, *, n_events=24, effect=0.0, uneven=False, outlets=("Herald", "Post")):
    rng = np.random.default_rng(seed)
    rows = []
    for event in range(n_events):
        level = rng.normal(0, 5)
        for n, outlet in enumerate(outlets):
            often = 3 if uneven and (event + n) % 2 else 1
            for k in range(often + 1 - uneven):
                for measure in ("hedges", "loaded", "tone"):
                    value = level + rng.normal() + effect * n
                    rows.append((f"{outlet}{event}-{k}", outlet, f"e{event}", measure, "all", value))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "event_id", "measure", "voice", "value"])


def test_outlets_that_differ_are_told_apart():
    found = separability(findings(effect=2.0), n_shuffles=19)
    assert found.balanced_accuracy > 0.75
    assert found.p_value == pytest.approx(1 / 20)
    assert found.chance == 0.5
    weights = found.coefficients.groupby("outlet")["coefficient"].sum()
    assert weights["Post"] > 0 > weights["Herald"]
    assert set(found.coefficients.measure) == {"hedges", "loaded", "tone"}


def test_equal_outlets_on_different_events_are_not():
    p_values = [separability(findings(s, uneven=True), n_shuffles=9).p_value for s in range(4)]
    assert np.mean(p_values) > 0.2
    assert min(p_values) >= 1 / 10


def test_too_little_abstains_with_the_reason():
    found = separability(findings(n_events=MIN_EVENTS - 1))
    assert found.balanced_accuracy is None
    assert found.why_none == (
        "0 outlets with 20 articles or more on 0 shared events; telling outlets apart needs at least 2 on 10"
    )


def test_reprints_and_unknown_outlets_take_no_part():
    data = findings(effect=2.0).assign(reprint_of=None)
    copies = data[data.outlet == "Post"].assign(outlet="Copier", reprint_of=lambda d: d.article_id)
    copies["article_id"] += "-copy"
    lost = data.assign(outlet="", article_id=data.article_id + "-lost")
    found = separability(pd.concat([data, copies, lost]), n_shuffles=9)
    assert found.outlets == ("Herald", "Post")
    assert found.balanced_accuracy == separability(data, n_shuffles=9).balanced_accuracy


def test_a_measure_that_never_varies_is_left_out():
    data = findings(effect=2.0)
    data.loc[data.measure == "tone", "value"] = 1.0
    assert "tone" not in set(separability(data, n_shuffles=9).coefficients.measure)
