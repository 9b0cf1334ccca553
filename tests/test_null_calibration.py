"""The benchmark of calibration deals outlets out fairly, and a short run of it comes out as it should."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "null_calibration.py"


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("null_calibration", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_dealing_keeps_the_numbers_of_every_event_and_moves_whole_articles(benchmark):
    data = benchmark.generated(8, 1)
    dealt = benchmark.dealt(data, np.random.default_rng(0))
    sizes = [d.drop_duplicates("article_id").groupby(["event_id", "outlet"]).size() for d in (data, dealt)]
    assert sizes[0].equals(sizes[1])
    assert (dealt.groupby("article_id").outlet.nunique() == 1).all()
    assert (dealt.outlet != data.outlet).any()


def test_what_is_planted_is_what_is_looked_for(benchmark):
    data = benchmark.generated(8, 1)
    shifted, by = benchmark.planted(data, "A", 2.0)
    changed = data[(shifted.value - data.value).abs() > 1e-12]
    assert set(changed.outlet) == {"A"}
    assert set(changed.measure) == {measure for measure, _ in by} == {"m0", "m4"}


def test_a_short_run_is_calibrated(benchmark):
    found = benchmark.under_the_null(benchmark.generated(9, 3), 40, 199)
    assert found["ks_p"] > 0.001
    assert 0.90 < found["coverage"] < 0.99
    assert found["fdr"] < 0.2
