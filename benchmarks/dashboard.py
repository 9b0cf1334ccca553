"""How fast the dashboard is: pages and filters in a real browser, thirty readers at once.

    framing demo --no-dashboard --study seeds
    python benchmarks/dashboard.py make seeds large --articles 2000
    python benchmarks/dashboard.py pages large
    python benchmarks/dashboard.py readers large --readers 30 --seconds 90

`make` takes the articles of a small study again and again, under other ids, outlets and
events: real texts and marks, no second parse. `pages` needs Chromium and prints for each
page the seconds of a first and of a warm visit, of a filter, of choosing a mark, and the
bytes sent to the browser. `readers` speaks the protocol of the browser without drawing: each reader opens
a page, thinks 3 to 8 seconds and goes to the next. All print JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from framing.study import PER_ARTICLE, Study
from framing.table_files import GROUP_ROWS
from tests.browser.chromium import Browser, Server
from tests.conftest import NO_CHROMIUM, find_chromium

PART = 200  # articles, as framing.analysis writes them
OUTLETS = 10
PER_EVENT = 8
EVENTS_READ = 30  # by all readers together: a class or a team looks at the same ones
# Page, what shows that it is drawn, the box that is changed.
PAGES = (
    ("start", "/", "Events", ""),
    ("event", "/event", "Headlines", "Event"),
    ("compare", "/compare", "Every mark as a row", "Event"),
    ("words", "/words", "A word in its sentences", "Event"),
    ("voices", "/voices", "Speakers by outlet", "Event"),
    ("omissions", "/omissions", "What this cannot show", "Event"),
    ("outlets", "/outlets", "Article by article", "Measure"),
    ("export", "/export", "Contents", "Table"),
    ("method", "/method", "How to cite", ""),
)


def make(source: Path, target: Path, n: int) -> dict[str, Any]:
    """Write a study of ``n`` articles, those of ``source`` in turn."""
    study = Study.open(source)
    documents = pa.concat_tables([pq.read_table(part) for part in study.parts])
    own = {name: study.table(name) for name in (*PER_ARTICLE, "labels", "portrayals", "passages")}
    ids = documents["article_id"].to_pylist()
    copies = [(f"{ids[i % len(ids)][:6]}{i:06d}", ids[i % len(ids)], i) for i in range(n)]
    made = Study.create(target, study.manifest["settings"])
    for folder in ("documents", "findings", "tables"):
        (target / folder).mkdir(exist_ok=True)
    for at in range(0, n, PART):
        part = copies[at : at + PART]
        rows = documents.take([ids.index(old) for _, old, _ in part])
        rows = rows.set_column(0, "article_id", pa.array([new for new, _, _ in part]))
        for name in PER_ARTICLE:
            _copied(own[name], part).to_parquet(target / "findings" / f"part{at:06d}.{name}.parquet")
        pq.write_table(rows, target / "documents" / f"part{at:06d}.parquet")
    for name in ("labels", "portrayals", "passages"):
        rows_of_events = _copied(own[name], copies).sort_values("event_id", kind="stable")
        rows_of_events.to_parquet(target / "tables" / f"{name}.parquet", row_group_size=GROUP_ROWS)
    made.assign([{"article_id": new, "event_id": _event(i)} for new, _, i in copies])
    made.write_table("events", _events(copies, own["articles"]))
    made.write_table("comparisons", _comparisons(own["measures"]))
    made.write_table("import_report", [{"source_file": f"{i}.txt", "status": "parsed"} for *_, i in copies])
    quotes, terms = made.table("quotes"), made.table("terms")
    marks = len(quotes) + int(quotes["cue_start"].notna().sum()) + len(terms)
    return {"articles": n, "marks": marks, "labels": len(made.table("labels"))}


def _event(i: int) -> str:
    return f"e{i // PER_EVENT:05d}"


def _copied(frame: pd.DataFrame, copies: list[tuple[str, str, int]]) -> pd.DataFrame:
    """The rows of each copied article under its new id, outlet and event."""
    of = {str(name): rows for name, rows in frame.groupby("article_id")}
    parts = [(of[old], new, i) for new, old, i in copies if old in of]
    whole = pd.concat([rows for rows, _, _ in parts], ignore_index=True)
    sizes = [len(rows) for rows, _, _ in parts]
    whole["article_id"] = pd.array(np.repeat([new for _, new, _ in parts], sizes), dtype="string")
    if "outlet" in whole.columns:
        named = [f"Outlet {i % OUTLETS}" for *_, i in parts]
        whole["outlet"] = pd.array(np.repeat(named, sizes), dtype="string")
    if "event_id" in whole.columns:
        whole["event_id"] = pd.array(np.repeat([_event(i) for *_, i in parts], sizes), dtype="string")
    return whole


def _events(copies: list[tuple[str, str, int]], articles: pd.DataFrame) -> list[dict[str, Any]]:
    titles = articles.set_index("article_id")["title"]
    return [
        {
            "event_id": _event(i),
            "label": f"{titles[old]} ({i // PER_EVENT})",
            "keywords": "word;other",
            "n_articles": PER_EVENT,
            "n_outlets": PER_EVENT,
            "locked": False,
        }
        for _, old, i in copies[::PER_EVENT]
    ]


def _comparisons(measures: pd.DataFrame) -> list[dict[str, Any]]:
    """A row for each measure, voice and pair, with numbers drawn at random: only their drawing is timed."""
    rng = np.random.default_rng(7)
    rows = []
    for measure, voice in measures[["measure", "voice"]].drop_duplicates().itertuples(index=False):
        for outlet in range(OUTLETS):
            for reference in ("others", *(f"Outlet {o}" for o in range(outlet))):
                middle, half = rng.normal(), rng.uniform(0.2, 2)
                rows.append(
                    {
                        "measure": measure,
                        "voice": voice,
                        "reprints": "included",
                        "outlet": f"Outlet {outlet}",
                        "reference": reference,
                        "n_articles": 400,
                        "n_events": 200,
                        "estimate": middle,
                        "low": middle - half,
                        "high": middle + half,
                        "effect_size": middle / 4,
                        "p_value": 0.2,
                        "q_value": 0.4,
                    }
                )
    return rows


def pages(study: Path) -> dict[str, Any]:
    """First and warm visit, a filter, and the bytes of the warm visit, page by page."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(NO_CHROMIUM)
    found: dict[str, Any] = {}
    with Server(study) as server, Browser(chromium) as browser:
        browser.open(server.base + "/method").close()  # the browser's cache holds the scripts from here on
        for name, path, text, box in PAGES:
            first, _, _ = _visit(browser, server.base + path, text)
            warm, sent, page = _visit(browser, server.base + path, text, keep=True)
            row = {"first_s": first, "warm_s": warm, "kilobytes": round(sent / 1000)}
            if box:
                chosen = page.get_by_role("combobox", name=box, exact=True).first
                chosen.click()
                option = page.get_by_role("option").nth(2)
                row["filter_s"] = round(browser.after(page, option.click), 2)
            if name == "compare":
                page.locator("article [role=button][tabindex='0']").first.focus()
                row["step_s"] = round(browser.after(page, lambda p=page: p.keyboard.press("Enter")), 2)
            page.close()
            found[name] = row
    return found


def _visit(browser: Browser, address: str, text: str, keep: bool = False) -> tuple[float, int, Any]:
    """Seconds until the page is settled, bytes that came over its socket and as files, and the page."""
    sent = 0

    def count(event: dict[str, Any]) -> None:
        nonlocal sent
        sent += len(event["response"]["payloadData"]) * 3 // 4  # base64

    def files(event: dict[str, Any]) -> None:
        nonlocal sent
        sent += int(event["encodedDataLength"])

    page = browser.context.new_page()
    session = browser.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameReceived", count)
    session.on("Network.loadingFinished", files)
    start = time.monotonic()
    page.goto(address, wait_until="domcontentloaded")
    page.get_by_text(text).first.wait_for(timeout=120_000)
    browser.settle(page)
    seconds = round(time.monotonic() - start - 0.25, 2)
    if not keep:
        page.close()
    return seconds, sent, page


def readers(study: Path, n: int, seconds: float) -> dict[str, Any]:
    """Seconds from asking for a page to its end, for ``n`` readers who think between two pages."""
    events = sorted(Study.open(study).table("events")["event_id"])[:EVENTS_READ]
    with Server(study) as server:
        asyncio.run(_reader(server.base, 0, 0, events))  # the study is read from disk once
        before = _cpu_seconds(server.process.pid)
        waits = asyncio.run(_all(server.base, n, seconds, events))
        used = _cpu_seconds(server.process.pid) - before
    times = np.array(sorted(waits))
    return {
        "readers": n,
        "pages": len(times),
        "server_cpu_s_a_page": round(used / (len(times) + n), 3),
        **{f"p{q}_s": round(float(np.quantile(times, q / 100)), 2) for q in (50, 95, 99)},
    }


def _cpu_seconds(pid: int) -> float:
    """Processor time of a process so far; other work on the machine hardly changes it (Linux, else nan)."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return float("nan")
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _all(base: str, n: int, seconds: float, events: list[str]) -> list[float]:
    end = time.monotonic() + seconds
    found = await asyncio.gather(*(_reader(base, i, end, events) for i in range(n)))
    return [wait for waits in found for wait in waits]


async def _reader(base: str, number: int, end: float, events: list[str]) -> list[float]:
    """One reader of the side-by-side page, each time another event; the first visits are warm-up."""
    import websockets
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, 8))
    address = base.replace("http", "ws") + "/_stcore/stream"
    waits: list[float] = []
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None, origin=base) as socket:
        for visit in range(10_000):
            message = BackMsg()
            message.rerun_script.page_name = "compare"
            message.rerun_script.query_string = f"event={chance.choice(events)}"
            start = time.monotonic()
            await socket.send(message.SerializeToString())
            while True:
                answer = ForwardMsg()
                answer.ParseFromString(await socket.recv())
                if answer.WhichOneof("type") == "script_finished":
                    break
            if visit:
                waits.append(time.monotonic() - start)
            if time.monotonic() > end:
                return waits
            await asyncio.sleep(chance.uniform(3, 8))
    return waits


def main() -> None:
    """Run one of the three."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("make")
    one.add_argument("source", type=Path)
    one.add_argument("target", type=Path)
    one.add_argument("--articles", type=int, default=2000)
    verbs.add_parser("pages").add_argument("study", type=Path)
    many = verbs.add_parser("readers")
    many.add_argument("study", type=Path)
    many.add_argument("--readers", type=int, default=30)
    many.add_argument("--seconds", type=float, default=90)
    given = parser.parse_args()
    run: dict[str, Callable[[], dict[str, Any]]] = {
        "make": lambda: make(given.source, given.target, given.articles),
        "pages": lambda: pages(given.study),
        "readers": lambda: readers(given.study, given.readers, given.seconds),
    }
    print(json.dumps(run[given.verb](), indent=1))


if __name__ == "__main__":
    main()
