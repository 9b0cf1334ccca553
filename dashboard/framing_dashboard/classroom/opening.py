"""Opening a server to a class: the teacher's key, what is printed, how many may come in."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What makes a visitor the teacher; set only where the server is opened to a class.
KEY_VARIABLE = "FRAMING_CLASSROOM_KEY"
SETTINGS_VARIABLE = "FRAMING_CLASSROOM_SETTINGS"
ADDRESS_VARIABLE = "FRAMING_CLASSROOM_ADDRESS"

# A school's classes at one time, each device with a second tab; beyond it a laptop would not answer in time.
MAX_VISITORS = 120
MAX_UPLOAD_MB = 1  # only settings files are taken


def begin(url: str, settings: Path | None) -> None:
    """Set what the pages read: a new key, the address for students, the settings of the lesson."""
    os.environ[KEY_VARIABLE] = secrets.token_urlsafe(12)
    os.environ[ADDRESS_VARIABLE] = url
    os.environ[SETTINGS_VARIABLE] = str(settings.resolve()) if settings else ""


def leave() -> None:
    """Take back what :func:`begin` set: a server for one laptop."""
    for name in (KEY_VARIABLE, ADDRESS_VARIABLE):
        os.environ.pop(name, None)


def messages(url: str, address: str, local: bool) -> Iterator[str]:
    """What the teacher must know when the server starts."""
    anywhere = address in ("0.0.0.0", "::")
    reach = url.replace("127.0.0.1", "<this machine's address>") if anywhere else url
    yield f"Students open {reach} and type the code on the teacher's screen (stop it with Ctrl+C)"
    yield f"The teacher opens {url}/?teacher={os.environ[KEY_VARIABLE]} and shows this address to nobody"
    if local:
        yield "Only this machine reaches it; --address opens it to the class network."
    else:
        yield (
            f"Warning: it listens on {address}; everyone in this network can join the class. There is no"
            f" log-in and nothing is encrypted. Texts are shown without names; at most {MAX_VISITORS}"
            " visitors are let in, and nothing is kept once the server stops."
        )


class Door:
    """ASGI middleware that lets in :data:`MAX_VISITORS` at a time."""

    def __init__(self, app: Any) -> None:
        self.app, self.inside = app, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Count the visitors that keep a connection open; turn away whoever is too many."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if self.inside >= MAX_VISITORS:
            await receive()
            await send({"type": "websocket.close", "code": 1013})  # RFC 6455 registry: try again later
            return
        self.inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.inside -= 1
