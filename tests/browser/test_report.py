"""The report as a page of its own: no request, accessible, and on paper the text of every article."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from framing.study import Study
from tests.browser.chromium import STICKS_OUT, Browser, axe_source

pytestmark = pytest.mark.browser

RUN_AXE = "() => axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag22aa']}})"


def test_the_report_prints_every_article_and_asks_no_host(
    browser: Browser,
    seeds_study: Path,
    tmp_path: Path,
    framing: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = framing("report", seeds_study, "--out", tmp_path / "report.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    asked: list[str] = []
    page = browser.tab(viewport=(320, 800))
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto((tmp_path / "report.html").as_uri())
    sticking = page.evaluate(STICKS_OUT)
    page.evaluate(axe_source() + "\n;undefined")
    violations = [v["id"] for v in page.evaluate(RUN_AXE)["violations"]]
    page.emulate_media(media="print")
    shown = [a.text_content() for a in page.locator(".article").all() if a.is_visible()]
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert (sticking, violations) == ([], [])
    texts = Study.open(seeds_study).texts()
    assert sorted(s or "" for s in shown) == sorted(texts.values())
