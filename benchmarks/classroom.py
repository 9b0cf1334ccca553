"""How fast a class is served: 30 groups at once, each on its own connection, and a teacher who goes on.

    framing demo --classroom --no-dashboard --study seeds
    python benchmarks/classroom.py seeds --groups 30 --seconds 60

Speaks the protocol of the browser without drawing. Each group joins, then thinks 3 to 8 seconds
and marks a phrase, as long as the lesson is at its first step; its screen asks every 2 seconds
whether the teacher went on, as a browser does. Then the teacher goes on every 10 seconds, and each
group's wait for the new screen is taken. Prints JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser.chromium import Server

WORDS = ("sensible", "half-empty", "thanks to", "claimed", "explained", "insists", "only", "expected")
FOLLOW = 2.0  # seconds, as framing_dashboard.classroom.student.FOLLOW


@dataclass
class Visitor:
    """One connection, and the widgets of its page by label."""

    socket: Any
    query: str
    widgets: dict[str, str] = field(default_factory=dict)
    fragment: str = ""
    text: str = ""
    title: str = ""
    sent: int = 0  # bytes from the server

    async def run(self, widgets: dict[str, Any] | None = None, fragment: str = "") -> float:
        """Ask for a run with these widgets changed; the seconds until it has ended."""
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = bool(fragment)
        for label, value in (widgets or {}).items():
            state = message.rerun_script.widget_states.widgets.add(id=self.widgets[label])
            if value is True:
                state.trigger_value = True
            else:
                state.string_value = value
        start = time.monotonic()
        await self.socket.send(message.SerializeToString())
        while not await self._ended():
            pass
        return time.monotonic() - start

    async def _ended(self) -> bool:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        data = await self.socket.recv()
        self.sent += len(data)
        answer = ForwardMsg()
        answer.ParseFromString(data)
        kind = answer.WhichOneof("type")
        if kind == "auto_rerun":
            self.fragment = answer.auto_rerun.fragment_id
        elif kind == "page_info_changed":
            self.query = answer.page_info_changed.query_string
        elif kind == "delta":
            self._element(answer.delta.new_element)
        # A run that ends because another begins has not answered yet.
        finished = {answer.FINISHED_SUCCESSFULLY, answer.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
        return kind == "script_finished" and answer.script_finished in finished

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "markdown":
            self.text += element.markdown.body + "\n"
        elif kind == "heading" and element.heading.tag == "h1":
            self.title = element.heading.body
        elif kind and hasattr(getattr(element, kind), "label") and hasattr(getattr(element, kind), "id"):
            self.widgets[getattr(element, kind).label] = getattr(element, kind).id


async def group(base: str, code: str, number: int, end: float, waits: dict[str, list[float]]) -> None:
    """One group: marks until ``end``, then follows the teacher until the lesson's last step."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, 8))
    async with _connection(base) as socket:
        visitor = Visitor(socket, f"class={code}")
        waits["join"].append(await visitor.run())
        while time.monotonic() < end:
            acts = time.monotonic() + chance.uniform(3, 8)
            while time.monotonic() < acts:
                await asyncio.sleep(FOLLOW)
                waits["ask"].append(await visitor.run(fragment=visitor.fragment))
            words = chance.choice(WORDS)
            acted = {"Or type the words as they stand": words, "Mark these words": True}
            waits["mark"].append(await visitor.run(acted))
        title = visitor.title
        while title != "Talk":
            await asyncio.sleep(FOLLOW)
            wait = await visitor.run(fragment=visitor.fragment)
            waits["follow" if visitor.title != title else "ask"].append(wait)
            title = visitor.title
        waits["bytes"].append(float(visitor.sent))


def _connection(base: str) -> Any:
    import websockets

    address = base.replace("http", "ws") + "/_stcore/stream"
    options = {
        "max_size": None,
        "ping_interval": None,
        "open_timeout": 60,
    }  # a machine with other work answers a ping late
    return websockets.connect(address, subprotocols=["streamlit"], origin=base, **options)


async def lesson(base: str, key: str, n: int, seconds: float) -> dict[str, list[float]]:
    """The waits of a class of ``n`` groups in seconds, by what they waited for."""
    waits: dict[str, list[float]] = {name: [] for name in ("join", "mark", "ask", "follow", "next", "bytes")}
    async with _connection(base) as socket:
        teacher = Visitor(socket, f"teacher={key}")
        await teacher.run()
        await teacher.run({"Begin the lesson": True})
        code = re.search(r"type \*\*(\w{5})\*\*", teacher.text)
        assert code, teacher.text
        end = time.monotonic() + seconds
        groups = [asyncio.create_task(group(base, code[1], i, end, waits)) for i in range(n)]
        await asyncio.sleep(seconds + 5)
        while teacher.title != "Talk":
            waits["next"].append(await teacher.run({"Next step": True}))
            await asyncio.sleep(10)
        await asyncio.gather(*groups)
    return waits


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 3)


def main() -> None:
    """Run a lesson and print its waits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("study", type=Path)
    parser.add_argument("--groups", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    with Server(args.study, "--classroom") as server:
        key = re.search(r"teacher=(\S+)", server.output())
        assert key, server.output()
        waits = asyncio.run(lesson(server.base, key[1], args.groups, args.seconds))
    found = {
        name: {"n": len(v), "p50": percentile(v, 0.5), "p95": percentile(v, 0.95), "max": round(max(v), 3)}
        for name, v in waits.items()
        if v
    }
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    about = {"groups": args.groups, "seconds": args.seconds, "load": os.getloadavg()[1]}
    about["cpu_seconds_of_the_server"] = round(cpu.ru_utime + cpu.ru_stime, 1)
    print(json.dumps(about | {"waits": found}, indent=1))


if __name__ == "__main__":
    main()
