"""Drives the dashboard in Chromium: starts the server, opens pages, keeps a log of what went wrong.

A page is settled when Streamlit has ended its run and stays so for a moment, since one
run can start another.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Response, Route, sync_playwright

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    *("--force-color-profile=srgb", "--font-render-hinting=none"),
)
HERE = {"127.0.0.1", "localhost", "::1", ""}
# On a deep link Streamlit asks /<page>/_stcore/… before it finds its base path; those 404s are normal.
BASE_PROBE = re.compile(r"/[^/]+/_stcore/(health|host-config)$")
SETTLED = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testConnectionState === 'CONNECTED'
    && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale=true],[data-testid=stSkeleton]');
}"""
# axe has no rule for reflow (WCAG 1.4.10). What lies in a box that scrolls sideways does not stick out.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const frame = '[data-testid=stMain],[data-testid=stApp],[data-testid=stAppViewContainer]';
  const inScrollBox = (node) => {
    for (let up = node; up && up !== document.body; up = up.parentElement || up.getRootNode().host) {
      const clips = /(auto|scroll|hidden|clip)/.test(getComputedStyle(up).overflowX);
      if (clips && !up.matches(frame)) return true;
    }
    return false;
  };
  const walk = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) walk(node.shadowRoot);
      const box = node.getBoundingClientRect();
      const seen = box.width && box.height && getComputedStyle(node).visibility !== 'hidden';
      if (seen && box.right > width + 1 && !inScrollBox(node))
        found.push(`${node.tagName.toLowerCase()} +${Math.round(box.right - width)}px`);
    }
  };
  walk(document);
  return found.slice(0, 8);
}"""


def axe_source() -> str:
    """The text of axe.min.js that axe-playwright-python carries."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec is not None, "axe-playwright-python is not installed"
    assert spec.submodule_search_locations
    return (Path(next(iter(spec.submodule_search_locations))) / "axe.min.js").read_text(encoding="utf-8")


class Server:
    """``framing dashboard STUDY [OPTIONS]`` in a process group of its own, ended as that group."""

    def __init__(self, study: Path, *options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.command = [sys.executable, "-m", "framing", "dashboard", str(study), "--port", str(self.port)]
        self.command += options

    def __enter__(self) -> Server:
        self.folder = tempfile.TemporaryDirectory(prefix="framing-served-")
        self.log = Path(self.folder.name) / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder.name,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while not self._healthy():
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = self.output()
                self.__exit__(None, None, None)
                raise RuntimeError(f"the dashboard did not start:\n{said}")
            time.sleep(0.2)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self.folder.cleanup()

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def output(self) -> str:
        """What the server has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass
class Log:
    """What went wrong on one page."""

    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to everything that a page should not do."""
        page.on("console", lambda m: self._console(m.type, m.text, (m.location or {}).get("url", "")))
        page.on("pageerror", lambda e: self.problems.append(f"script error: {e}"))
        page.on("dialog", lambda d: (self.problems.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

        def gate(route: Route) -> None:
            url = route.request.url
            if url.startswith(("data:", "blob:")) or (urlsplit(url).hostname or "") in HERE:
                route.continue_()
            else:
                self.problems.append(f"request to another host: {url}")
                route.abort()

        page.route("**/*", gate)

    def _console(self, kind: str, text: str, url: str) -> None:
        if kind == "error" and not BASE_PROBE.search(url):
            self.problems.append(f"console: {text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not BASE_PROBE.search(response.url):
            self.problems.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a page that is left drops what it was loading
            self.problems.append(f"failed: {request.url}")


class Browser:
    """One Chromium with an empty profile; ``beside`` another that is open already."""

    def __init__(
        self,
        chromium: Path,
        base: str,
        *,
        scheme: str = "light",
        viewport: Sequence[int] = (1280, 900),
        forced_colors: str = "none",
        beside: Browser | None = None,
    ) -> None:
        self.base, self.viewport, self.beside = base, viewport, beside
        self.options: dict[str, Any] = {
            "executable_path": chromium,
            "headless": True,
            "args": FLAGS,
            "chromium_sandbox": False,
            "viewport": {"width": viewport[0], "height": viewport[1]},
            "color_scheme": scheme,
            "reduced_motion": "reduce",
            "locale": "en-GB",
            "forced_colors": forced_colors,
        }
        self.logs: dict[Page, Log] = {}

    def __enter__(self) -> Browser:
        self.profile = tempfile.TemporaryDirectory(prefix="framing-chromium-", ignore_cleanup_errors=True)
        self.playwright = self.beside.playwright if self.beside else sync_playwright().start()
        self.context = self.playwright.chromium.launch_persistent_context(self.profile.name, **self.options)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(Exception):
            self.context.close()
        if self.beside is None:
            self.playwright.stop()
        self.profile.cleanup()

    def open(self, path: str, *, wait_text: str = "") -> Page:
        """A new tab with the page at ``path``, settled."""
        page = self.context.new_page()
        self.logs[page] = Log()
        self.logs[page].watch(page)
        page.goto(self.base + path, wait_until="domcontentloaded")
        self.settle(page)
        if wait_text:
            page.get_by_text(wait_text).first.wait_for(timeout=30_000)
        return page

    def settle(self, page: Page, *, quiet: float = 0.25) -> None:
        """Wait until the page's run has ended and stays ended for ``quiet`` seconds."""
        since, deadline = None, time.monotonic() + 60
        while time.monotonic() < deadline:
            if not page.evaluate(SETTLED):
                since = None
            elif since is None:
                since = time.monotonic()
            elif time.monotonic() - since >= quiet:
                return
            page.wait_for_timeout(25)
        raise TimeoutError(f"{page.url} did not settle")

    def after(self, page: Page, action: Callable[[], object]) -> float:
        """Do something; the seconds until the page has settled."""
        start = time.monotonic()
        action()
        page.wait_for_timeout(30)
        self.settle(page)
        return time.monotonic() - start - 0.25

    def problems(self, page: Page) -> list[str]:
        """All that went wrong on the page so far."""
        found = list(self.logs[page].problems)
        if page.evaluate("() => window.__pwn !== undefined"):
            found.append("hostile text ran as code")
        exceptions = page.locator("[data-testid=stException]")
        found += [f"exception: {exceptions.nth(i).inner_text()[:300]}" for i in range(exceptions.count())]
        return found + [f"sticks out: {what}" for what in page.evaluate(STICKS_OUT)]

    def axe(self, page: Page, tags: Sequence[str]) -> list[str]:
        """Accessibility violations, one line each."""
        page.wait_for_timeout(600)  # Streamlit fades stale elements: half-faded text fails on contrast
        page.evaluate(axe_source() + "\n;undefined")  # not a script element, so the policy holds
        options = {
            "runOnly": {"type": "tag", "values": list(tags)},
            "rules": {"target-size": {"enabled": True}},
            "resultTypes": ["violations"],
        }
        found = page.evaluate("(options) => axe.run(document, options)", options)
        return [
            f"{v['id']} ({v['impact']}): {[n['target'] for n in v['nodes'][:3]]}" for v in found["violations"]
        ]

    def shot(self, page: Page, path: Path) -> None:
        """The whole page as a picture. Streamlit scrolls inside, so the window grows first."""
        height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size(
            {"width": self.viewport[0], "height": min(max(height, self.viewport[1]), 6000)}
        )
        page.wait_for_timeout(400)
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path)
        page.set_viewport_size({"width": self.viewport[0], "height": self.viewport[1]})
