"""Time and memory of `compare` on 20 outlets, 2,000 events, 40 measures in 3 voices, beside a plain loop.

    python benchmarks/compare_speed.py [--events 2000] [--coverage 1.0] [--json]

Every outlet against the others and against each other outlet, 1,000 resamples of events for the
intervals, 999 to 9,999 shuffles for the p-values. The plain loop is what one would write with scipy:
`bootstrap` and `permutation_test` with 1,000 resamples for one measure and pair after the other; some
are timed and the time for all is their mean times how many there are. `growth` runs 1/8, 1/4, 1/2 and
all of the events.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from framing.compare import compare

VOICES = ("outlet", "quoted", "attributed")
_TIMED = 5


def made(n_outlets: int, n_events: int, n_measures: int, coverage: float) -> pd.DataFrame:
    """One article of each outlet and event (a share of them), skewed values, four in ten zero."""
    rng = np.random.default_rng(1)
    there = np.argwhere(rng.random((n_events, n_outlets)) < coverage)
    features = [(f"m{m:02}", voice) for m in range(n_measures) for voice in VOICES]
    n, k = len(there), len(features)
    values = rng.gamma(1, size=(n, k)) * (rng.random((n, k)) < 0.6)
    return pd.DataFrame(
        {
            "article_id": pd.Categorical([f"a{e}-{o}" for e, o in there]).repeat(k),
            "outlet": np.repeat([f"o{o:02}" for _, o in there], k),
            "event_id": np.repeat([f"e{e:05}" for e, _ in there], k),
            "measure": np.tile([m for m, _ in features], n),
            "voice": np.tile([v for _, v in features], n),
            "value": values.ravel(),
        }
    )


def timed(data: pd.DataFrame) -> tuple[float, float, pd.DataFrame]:
    """Wall and CPU seconds of the comparison, and its rows."""
    wall, cpu = time.perf_counter(), time.process_time()
    rows = compare(data, events=False, n_resamples=1000)
    return time.perf_counter() - wall, time.process_time() - cpu, rows


def plain_loop(data: pd.DataFrame) -> float:
    """CPU seconds of scipy's functions for one measure and pair of outlets."""
    one = data[(data["measure"] == "m00") & (data["voice"] == "outlet")]
    wide = one.pivot(index="event_id", columns="outlet", values="value")
    start = time.process_time()
    for other in wide.columns[1 : 1 + _TIMED]:
        differences = (wide[wide.columns[0]] - wide[other]).dropna().to_numpy()
        stats.bootstrap((differences,), np.mean, n_resamples=1000, method="percentile", rng=1)
        stats.permutation_test(
            (differences,), np.mean, permutation_type="samples", n_resamples=1000, vectorized=True, rng=1
        )
    return (time.process_time() - start) / _TIMED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--outlets", type=int, default=20)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--measures", type=int, default=40)
    parser.add_argument("--coverage", type=float, default=1.0)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    results: list[dict[str, Any]] = []
    for part in (8, 4, 2, 1) if args.growth else (1,):
        data = made(args.outlets, args.events // part, args.measures, args.coverage)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, cpu, rows = timed(data)
        loop = plain_loop(data)
        results.append(
            {
                "events": args.events // part,
                "findings": len(data),
                "comparisons": len(rows),
                "seconds": round(wall, 1),
                "cpu_seconds": round(cpu, 1),
                "memory_mb_before": before // 1024,
                "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "plain_loop_cpu_seconds": round(loop * len(rows)),
                "ratio": round(loop * len(rows) / cpu, 1),
            }
        )
    if args.json:
        print(json.dumps(results if args.growth else results[0], indent=1))
    else:
        print(pd.DataFrame(results).to_string(index=False))


if __name__ == "__main__":
    sys.exit(main())
