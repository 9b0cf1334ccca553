"""Does `compare` keep its promises where nothing differs, and does it find what differs?

    python benchmarks/null_calibration.py [--json] [--repetitions 500]
    python benchmarks/null_calibration.py --study DIR | --articles FILE... [--json]

Outlets are dealt out anew at random within every event and the whole comparison is run, each time:
no outlet then differs from another, whatever the events, the distributions and the uneven numbers of
articles. Printed: `ks_p` (Kolmogorov-Smirnov test that p-values are uniform, one row a repetition,
drawn at random, since the rows of one repetition hang together), `level` (share of p-values below 0.05),
`coverage` (share of 95 % intervals that hold zero), `fdr` (mean share of false discoveries among the
rows with a q-value of 0.05 or less; where nothing differs, the share of repetitions with any), then the
same with a difference planted in one outlet and some measures: `power` (share of the planted rows with
q <= 0.05), `sign` (share of those whose sign is right), `coverage_planted`, `fdr_planted`.

Without input the articles are made: skewed rates, mostly zero in some measures, few events in one set and
many in another, one to four articles of an outlet and event, values missing by voice. --study takes the
measured articles of a study; --articles takes JSON lines (gz) with text, outlet and cluster (or event).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from framing.compare import OTHERS, compare

Q = 0.05
KEY = ["article_id", "outlet", "event_id"]


def generated(n_events: int, seed: int) -> pd.DataFrame:
    """Made findings of four outlets, uneven in articles; six measures, from nearly normal to mostly zero."""
    rng = np.random.default_rng(seed)
    rows = []
    for event in range(n_events):
        level = rng.lognormal(0, 0.5)
        for outlet, usual in (("A", 3), ("B", 1), ("C", 1), ("D", 2)):
            if rng.random() < 0.15:
                continue
            for n in range(1 + rng.binomial(usual, 0.5)):
                zero = rng.random(6) < (0, 0, 0.3, 0.5, 0.7, 0.85)
                values = level * rng.lognormal(0, (0.2, 0.6, 0.8, 0.8, 0.8, 1.0)) * ~zero
                missing = rng.random(6) < (0, 0.2, 0, 0.3, 0, 0)
                for m in range(6):
                    value = None if missing[m] else float(values[m])
                    rows.append((f"{event}-{outlet}-{n}", outlet, f"e{event:03}", f"m{m}", "all", value))
    return pd.DataFrame(rows, columns=[*KEY, "measure", "voice", "value"])


def of_study(folder: Path) -> pd.DataFrame:
    """The measures of a study, reprints left out."""
    from framing.relate import findings
    from framing.study import Study

    found = findings(Study.open(folder))
    own = found[found["reprint_of"].isna()].drop(columns="reprint_of")
    return own.astype(dict.fromkeys(own.columns.drop("value"), "string"))


def of_articles(files: list[Path]) -> pd.DataFrame:
    """Measures of articles in JSON lines, with the events that the file gives."""
    from framing.annotate import annotate
    from framing.clean import RawArticle, clean
    from framing.measures import MEASURES

    articles, events = [], {}
    for row in _lines(files):
        event = row.get("cluster") or row.get("event")
        if not (event and row.get("outlet")):
            continue
        source = f"{row.get('title') or ''}\n{row['text']}".strip()
        raw = RawArticle(source=source, outlet=row["outlet"], title=row.get("title") or "")
        article = clean(raw)
        articles.append(article)
        events[article.id] = str(event)
    rows = [
        (article.article.id, article.article.outlet, events[article.article.id], f.measure, f.voice, f.value)
        for article in annotate(articles)
        for measure in MEASURES
        for f in measure.findings(article)
    ]
    return pd.DataFrame(rows, columns=[*KEY, "measure", "voice", "value"])


def _lines(files: list[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open() as lines:
            yield from (json.loads(line) for line in lines)


def merged_outlets(findings: pd.DataFrame, most: int) -> pd.DataFrame:
    """The outlets of the fewest articles under one name, so that ``most`` are left.

    Outlets are dealt out at random anyway; fewer of them meet in more events.
    """
    sizes = findings.groupby("outlet")["article_id"].nunique().sort_values(ascending=False)
    kept = set(sizes.index[: most - 1]) if len(sizes) > most else set(sizes.index)
    return findings.assign(outlet=findings["outlet"].where(findings["outlet"].isin(kept), "rest"))


def dealt(findings: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The outlets of each event dealt out anew among its articles, in the same numbers."""
    heads = findings[KEY].drop_duplicates("article_id")
    order = np.lexsort((rng.random(len(heads)), heads["event_id"]))
    by_event = np.argsort(heads["event_id"].to_numpy(), kind="stable")
    outlets = pd.Series(heads["outlet"].to_numpy()[order], index=heads["article_id"].to_numpy()[by_event])
    return findings.assign(outlet=outlets.reindex(findings["article_id"]).to_numpy())


def planted(findings: pd.DataFrame, outlet: str, size: float) -> tuple[pd.DataFrame, dict[str, float]]:
    """``size`` standard deviations (within events) added to a quarter of the measures of one outlet."""
    measures = sorted(findings["measure"].unique())[::4]
    within = findings["value"] - findings.groupby(["event_id", "measure", "voice"])["value"].transform("mean")
    spread = within.groupby([findings["measure"], findings["voice"]]).std()
    chosen = findings["measure"].isin(measures)
    by = {(m, v): size * s for (m, v), s in spread.items() if m in measures and s > 0}
    shift = pd.Series([by.get(key, 0.0) for key in zip(findings["measure"], findings["voice"], strict=True)])
    add = shift.to_numpy() * (chosen & (findings["outlet"] == outlet)).to_numpy()
    return findings.assign(value=findings["value"] + add), by


def null_rows(findings: pd.DataFrame, n: int, shuffles: int) -> Iterator[pd.DataFrame]:
    for seed in range(n):
        rng = np.random.default_rng([7, seed])
        yield compare(dealt(findings, rng), events=False, n_shuffles=shuffles, n_resamples=1000, seed=seed)


def under_the_null(findings: pd.DataFrame, n: int, shuffles: int) -> dict[str, Any]:
    """What is printed of outlets that differ in nothing."""
    rng = np.random.default_rng(3)
    one_each, levels, covered, false, tested = [], [], [], [], 0
    for result in null_rows(findings, n, shuffles):
        rows = result[result["p_value"].notna() & (result["p_value"] < 1) | (result["estimate"].abs() > 0)]
        p = rows["p_value"].to_numpy(dtype=float)
        tested += len(p)
        one_each.append(rng.choice(p))
        levels.append(np.mean(p < 0.05))
        covered.append(np.mean((rows["low"] <= 0) & (rows["high"] >= 0)))
        false.append(bool((rows["q_value"] <= Q).any()))
    return {
        "ks_p": float(stats.kstest(one_each, "uniform").pvalue),
        "level": float(np.mean(levels)),
        "coverage": float(np.mean(covered)),
        "fdr": float(np.mean(false)),
        "tests_a_repetition": tested // n,
    }


def with_a_difference(findings: pd.DataFrame, n: int, shuffles: int, size: float) -> dict[str, Any]:
    """What is printed where one outlet differs by ``size`` in a quarter of the measures."""
    found: dict[str, list[float]] = {"power": [], "sign": [], "coverage_planted": [], "fdr_planted": []}
    sizes = findings.drop_duplicates("article_id")["outlet"].value_counts()
    outlet = sizes.index[0]
    for seed in range(n):
        shifted, by = planted(dealt(findings, np.random.default_rng([8, seed])), outlet, size)
        result = compare(shifted, events=False, n_shuffles=shuffles, n_resamples=1000, seed=seed)
        rows = result[result["p_value"].notna()]
        effect = np.array([by.get(key, 0.0) for key in zip(rows["measure"], rows["voice"], strict=True)])
        own, rest = (rows["outlet"] == outlet).to_numpy(), (rows["reference"] == outlet).to_numpy()
        truth = np.where(own, effect, np.where(rest, -effect, 0.0))
        # Against the others the planted outlet is a part of the reference: neither null nor the full effect.
        mixed = ((rows["reference"] == OTHERS) & ~own & (effect != 0)).to_numpy()
        called = (rows["q_value"] <= Q).to_numpy()
        real = (truth != 0) & ~mixed
        estimate = rows["estimate"].to_numpy(dtype=float)
        low, high = rows["low"].to_numpy(dtype=float), rows["high"].to_numpy(dtype=float)
        found["power"].append(np.mean(called[real]))
        if (called & real).any():
            found["sign"].append(np.mean(np.sign(estimate[called & real]) == np.sign(truth[called & real])))
        found["coverage_planted"].append(np.mean((low <= truth)[real] & (high >= truth)[real]))
        null = ~real & ~mixed
        found["fdr_planted"].append((called & null).sum() / max(1, (called & ~mixed).sum()))
    return {name: float(np.mean(values)) if values else None for name, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--study", type=Path)
    parser.add_argument("--articles", type=Path, nargs="+")
    parser.add_argument("--outlets", type=int, default=4, help="merge the smallest so that so many are left")
    parser.add_argument("--repetitions", type=int, default=500)
    parser.add_argument("--shuffles", type=int, default=999)
    parser.add_argument("--size", type=float, default=0.8, help="planted, in SD within events")
    parser.add_argument("--every", type=int, default=1, help="take every Nth measure alone, to be quicker")
    parser.add_argument("--cache", type=Path, help="keep the measures of --articles in this Parquet file")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.study:
        sets = {"study": merged_outlets(of_study(args.study), args.outlets)}
    elif args.articles:
        if args.cache and args.cache.exists():
            data = pd.read_parquet(args.cache)
        else:
            data = of_articles(args.articles)
            if args.cache:
                data.to_parquet(args.cache)
        sets = {"articles": merged_outlets(data, args.outlets)}
    else:
        sets = {"generated, 10 events": generated(10, 1), "generated, 60 events": generated(60, 2)}
    results = []
    for name, whole in sets.items():
        data = whole[whole["measure"].isin(sorted(whole["measure"].unique())[:: args.every])]
        start = time.perf_counter()
        row: dict[str, Any] = {
            "data": name,
            "n_articles": int(data["article_id"].nunique()),
            "n_events": int(data["event_id"].nunique()),
            "n_outlets": int(data["outlet"].nunique()),
            "repetitions": args.repetitions,
            **under_the_null(data, args.repetitions, args.shuffles),
            **with_a_difference(data, max(1, args.repetitions // 5), args.shuffles, args.size),
        }
        results.append(row | {"seconds": round(time.perf_counter() - start, 1)})
    if args.json:
        print(json.dumps(results[0] if len(results) == 1 else {"sets": results, **_worst(results)}, indent=1))
        return
    for row in results:
        print("\n".join(f"{k:20} {v:.3f}" if isinstance(v, float) else f"{k:20} {v}" for k, v in row.items()))
        print()


def _worst(results: list[dict[str, Any]]) -> dict[str, float]:
    """Of each figure the value farthest from what it should be."""
    return {
        "ks_p": min(r["ks_p"] for r in results),
        "coverage": max((r["coverage"] for r in results), key=lambda c: abs(c - 0.95)),
        "fdr": max(r["fdr"] for r in results),
        "power": min(r["power"] for r in results),
    }


if __name__ == "__main__":
    sys.exit(main())
