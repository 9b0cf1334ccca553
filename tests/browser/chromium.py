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

from playwright.sync_api import Error, Page, Request, Response, sync_playwright

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    # Clocks of tabs in the back go on as if they lay on other desks.
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
    "--disable-backgrounding-occluded-windows",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # no other host exists
    *("--force-color-profile=srgb", "--font-render-hinting=none"),
)
WIDE = (1280, 900)
HERE = {"127.0.0.1", "localhost", "::1", None}
# On a deep link Streamlit asks /<page>/_stcore/… before it finds its base path; those 404s are normal.
BASE_PROBE = re.compile(r"/[^/]+/_stcore/(health|host-config)$")
# Resolves once no run has been under way, and nothing was stale, for so many milliseconds on end.
SETTLED = """([quiet, limit]) => new Promise((resolve) => {
  const begun = performance.now();
  let since = null;
  const look = () => {
    const app = document.querySelector('[data-testid=stApp]'), now = performance.now();
    const calm = app && app.dataset.testConnectionState === 'CONNECTED'
      && app.dataset.testScriptState === 'notRunning'
      && !document.querySelector('[data-stale=true],[data-testid=stSkeleton]');
    since = calm ? since ?? now : null;
    if (calm && now - since >= quiet) resolve(true);
    else if (now - begun > limit) resolve(false);
    else setTimeout(look, 25);
  };
  look();
})"""
# Streamlit fades what changes, and half-faded text fails on contrast: wait for what ends by itself.
STILL = """() => Promise.race([
  new Promise((resolve) => setTimeout(resolve, 3000)),
  Promise.allSettled(document.getAnimations()
    .filter((a) => a.effect.getComputedTiming().endTime < 5000).map((a) => a.finished)),
]).then(() => undefined)"""
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
        self.study = study.resolve()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.command = [
            sys.executable,
            "-m",
            "framing",
            "dashboard",
            str(self.study),
            "--port",
            str(self.port),
        ]
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
        page.on("request", self._request)
        page.on("requestfailed", self._failed)

    def _console(self, kind: str, text: str, url: str) -> None:
        if kind == "error" and not BASE_PROBE.search(url):
            self.problems.append(f"console: {text}")

    # Only listened to: a route would switch the browser's cache off, and every page would load everything.
    def _request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")) and urlsplit(request.url).hostname not in HERE:
            self.problems.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not BASE_PROBE.search(response.url):
            self.problems.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a page that is left drops what it was loading
            self.problems.append(f"failed: {request.url}")


class Browser:
    """One Chromium with an empty profile; ``beside`` another that is open already.

    Its tabs share a profile, and so the compiled scripts of a server that several tests look at.
    """

    def __init__(self, chromium: Path, *, beside: Browser | None = None) -> None:
        self.beside = beside
        self.options: dict[str, Any] = {
            "executable_path": chromium,
            "headless": True,
            "args": FLAGS,
            "chromium_sandbox": False,
            "reduced_motion": "reduce",
            "locale": "en-GB",
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

    def tab(self, *, scheme: str = "light", viewport: Sequence[int] = WIDE) -> Page:
        """A new tab, not yet anywhere, whose log is kept."""
        page = self.context.new_page()
        page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.logs[page] = Log()
        self.logs[page].watch(page)
        return page

    def open(
        self, address: str, *, wait_text: str = "", scheme: str = "light", viewport: Sequence[int] = WIDE
    ) -> Page:
        """A new tab with the page at ``address``, settled."""
        return self.go(self.tab(scheme=scheme, viewport=viewport), address, wait_text=wait_text)

    def go(self, page: Page, address: str, *, wait_text: str = "") -> Page:
        """The tab at ``address``, settled."""
        page.goto(address, wait_until="domcontentloaded")
        self.settle(page)
        if wait_text:
            page.get_by_text(wait_text).first.wait_for(timeout=30_000)
        return page

    def close(self, *pages: Page) -> None:
        """Close tabs; all of them where none is named."""
        for page in pages or list(self.logs):
            page.close()
            self.logs.pop(page, None)

    def settle(self, page: Page, *, quiet: float = 0.25) -> None:
        """Wait until the page's run has ended and stays ended for ``quiet`` seconds."""
        deadline = time.monotonic() + 60
        while (left := deadline - time.monotonic()) > 0:
            try:
                if page.evaluate(SETTLED, [1000 * quiet, 1000 * left]):
                    return
            except Error as error:
                if "context was destroyed" not in str(error):  # a page that goes elsewhere starts anew
                    raise
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
        page.evaluate(STILL)
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
        before = page.viewport_size
        assert before
        height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size(before | {"height": min(max(height, before["height"]), 6000)})
        page.wait_for_timeout(150)
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path)
        page.set_viewport_size(before)
