"""Serving: only here, under the policy, with a plain sentence where it cannot be done."""

from __future__ import annotations

import asyncio
import io
import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest

from framing.article import FramingError
from framing.study import Study
from framing_dashboard import archive, serve
from framing_dashboard.serving import CONFIG, CONTENT_SECURITY_POLICY, SecurityHeaders
from tests.dashboard_studies import PAIR, make


def test_policy_allows_no_other_host_and_no_inline_script() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'self'"
    assert "unsafe" not in rules["script-src"]
    assert rules["connect-src"] == "'self'"
    assert not any("http" in value or "*" in value for value in rules.values())


def test_every_answer_carries_the_policy() -> None:
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": [(b"x-own", b"1")]})
        await send({"type": "http.response.body", "body": b"gone"})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(SecurityHeaders(app)({"type": "http"}, None, send))
    headers = dict(sent[0]["headers"])
    assert headers[b"content-security-policy"].decode() == CONTENT_SECURITY_POLICY
    assert headers[b"x-own"] == b"1"
    assert sent[1]["body"] == b"gone"


def test_no_telemetry_and_no_export_without_codebook() -> None:
    assert CONFIG["browser.gatherUsageStats"] is False
    assert CONFIG["client.disableDataExport"] is True
    assert CONFIG["logger.hideWelcomeMessage"] is True
    assert CONFIG["client.showErrorLinks"] is False


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(FramingError, match="choose another with --port"):
            serve(tmp_path, port=taken.getsockname()[1])


def test_an_archive_is_the_same_each_time_and_holds_the_codebook(tmp_path: Path) -> None:
    study = Study.open(make(tmp_path / "study", PAIR))
    first, second = (archive.build(study, "csv", text=False) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as held:
        names = set(held.namelist())
        quotes = held.read("framing-export/quotes.csv").decode()
    assert {"framing-export/codebook.csv", "framing-export/datapackage.json"} <= names
    assert "We will cut" not in quotes
    assert (
        "We will cut"
        in zipfile.ZipFile(io.BytesIO(archive.build(study, "csv", text=True)))
        .read("framing-export/quotes.csv")
        .decode()
    )
