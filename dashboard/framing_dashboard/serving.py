"""Serving the dashboard: on this machine only, under a strict policy, without telemetry."""

from __future__ import annotations

import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from framing.article import FramingError
from framing.highlight import palette
from framing_dashboard.classroom import opening
from framing_dashboard.uploads import MAX_FILE_MB

STUDY_VARIABLE = "FRAMING_STUDY"
EDITABLE_VARIABLE = "FRAMING_EDITABLE"  # "1": readers may add texts and correct
LOOPBACK = ("127.0.0.1", "localhost", "::1")

# Streamlit's page has one inline script, `window.prerenderReady = false`, allowed by its
# hash; its style engine writes style elements. Nothing may come from or go to another host.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "form-action 'none'",
    )
)
HEADERS = (
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
)

CONFIG: dict[str, Any] = {
    "server.headless": True,  # the address is printed and opened by this module
    "server.fileWatcherType": "none",
    # It would go through all objects after every page, 0.15 s in which nobody else is served. Python
    # still collects by itself, when there is something to collect.
    "runner.postScriptGC": False,
    "server.maxUploadSize": MAX_FILE_MB,
    "browser.gatherUsageStats": False,
    "logger.hideWelcomeMessage": True,  # composing it would ask another host for this machine's address
    "client.toolbarMode": "minimal",
    "client.disableDataExport": True,  # its CSV has neither codebook nor guard against formulas
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,  # they would carry the message to other hosts
    "theme.headingFontSizes": ["2rem", "1.375rem", "1.125rem", "1rem", "1rem", "1rem"],
    "theme.light.textColor": palette.INK["light"],
    "theme.light.backgroundColor": palette.PAGE["light"],
    "theme.light.secondaryBackgroundColor": "#f3f5f8",
    "theme.light.primaryColor": "#00538A",
    "theme.light.chartCategoricalColors": list(palette.SPEAKERS["light"]),
    # White text on it (chosen options) has 4.5:1, it has 4:1 on the dark page: a lighter one fails the first.
    "theme.dark.primaryColor": "#3A78B5",
    "theme.dark.textColor": palette.INK["dark"],
    "theme.dark.secondaryBackgroundColor": "#1b2230",
    "theme.dark.backgroundColor": palette.PAGE["dark"],
    "theme.dark.chartCategoricalColors": list(palette.SPEAKERS["dark"]),
}

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


class SecurityHeaders:
    """ASGI middleware that puts the policy on every answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Any, send: Send) -> None:
        """Pass the request on; add the headers where the answer starts."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in HEADERS]
                message["headers"] = [*message.get("headers", []), *own]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def serve(
    study: Path,
    *,
    port: int = 8501,
    address: str = "127.0.0.1",
    open_browser: bool | None = None,
    editable: bool | None = None,
    classroom: bool = False,
    settings: Path | None = None,
) -> None:
    """Serve the dashboard of ``study`` until it is stopped.

    ``port`` 0 takes a free one. ``open_browser`` None opens one where the command runs on a
    terminal of a machine with a screen. An ``address`` other than this machine's own is served
    with a warning: there is no log-in. ``editable``: readers may add texts, correct and dispute; None
    allows it on this machine's own address only.

    ``classroom`` opens the server to a class: visitors see one page, the step of their class, unless
    they hold the teacher's key, which is printed. ``settings`` are those of a lesson to repeat.

    Raises FramingError where the port is taken or the address is not this machine's.
    """
    import streamlit as st
    from starlette.middleware import Middleware

    port = _free_port(address, port)
    local = address in LOOPBACK
    host = "127.0.0.1" if address in ("0.0.0.0", "::") else address
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if open_browser is None:
        open_browser = local and sys.stderr.isatty() and _has_screen()
    editable = local if editable is None else editable
    os.environ[STUDY_VARIABLE] = str(study.resolve())
    os.environ[EDITABLE_VARIABLE] = "1" if editable and not classroom else ""
    opening.leave()
    if classroom:
        opening.begin(url, settings)

    @asynccontextmanager
    async def started(app: Any) -> AsyncIterator[None]:
        if classroom:
            for line in opening.messages(url, address, local):
                print(line, file=sys.stderr, flush=True)
            yield None
            return
        print(f"The dashboard is at {url} (stop it with Ctrl+C)", file=sys.stderr, flush=True)
        if not local:
            can = "read and change the studies" if editable else "read the study"
            print(
                f"Warning: it listens on {address}; everyone who reaches this machine can {can}.",
                file=sys.stderr,
                flush=True,
            )
        if open_browser:
            threading.Timer(0.5, webbrowser.open, (url,)).start()
        yield None

    guards = [Middleware(SecurityHeaders), *([Middleware(opening.Door)] if classroom else [])]
    app = st.App(Path(__file__).with_name("app.py"), middleware=guards, lifespan=started)
    config = CONFIG | {"server.port": port, "server.address": address}
    if classroom:
        config["server.maxUploadSize"] = opening.MAX_UPLOAD_MB
    if local:
        config["server.allowedHosts"] = list(LOOPBACK)  # a page of another host cannot pose as this one
    app.run(config=config)


def _has_screen() -> bool:
    # Without one, Linux would open a browser of the terminal, over the messages in it.
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _free_port(address: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere the option would take over a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise FramingError(
                f"cannot serve on {address}, port {port} ({error.strerror});"
                " choose another with --port, or --port 0 for a free one"
            ) from error
        return int(probe.getsockname()[1])
