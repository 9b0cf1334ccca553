"""One page: connected to a checked address, redirects checked hop by hop, size and time bounded."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from framing.fetch.addresses import (
    PORTS,
    Lookup,
    Policy,
    Refused,
    Target,
    checked,
    is_public,
    look_up,
    target,
)

MAX_BYTES = 19 * 2**20  # with its headers no more than a record of a web archive may hold
MAX_SECONDS = 30.0  # for one hop, from the look-up to the last byte
MAX_HOPS = 5
_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Rules:
    """What a request may do. The policies are arguments so that tests need no internet."""

    user_agent: str
    allowed: Policy = is_public
    lookup: Lookup = look_up
    ports: frozenset[int] = PORTS
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as it came, unpacked. ``url`` is the address that gave it, after redirects."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """The first header ``name``, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


Visit = Callable[[Target], None]


def get(url: str, rules: Rules, before_hop: Visit = lambda to: None) -> Response:
    """The answer for ``url``. ``before_hop`` sees every hop first and may raise Refused.

    Raises Refused for what must not be fetched or taken, OSError where the network fails.
    """
    for _ in range(MAX_HOPS + 1):
        to = target(url, rules.ports)
        before_hop(to)
        response = _hop(to, rules)
        location = response.header("location")
        if response.status not in _REDIRECTS or not location:
            return response
        url = urljoin(url, location)
    raise Refused(f"more than {MAX_HOPS} redirects")


def _hop(to: Target, rules: Rules) -> Response:
    until = time.monotonic() + rules.max_seconds
    with _connected(to, rules, until) as connection:
        connection.putrequest("GET", to.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", to.place)
        connection.putheader("User-Agent", rules.user_agent)
        connection.putheader("Accept", "text/html,application/xhtml+xml,*/*;q=0.1")
        connection.putheader("Accept-Encoding", "gzip, identity;q=0.5")
        connection.putheader("Connection", "close")
        connection.endheaders()
        answer = connection.getresponse()
        stated = answer.getheader("Content-Length") or ""
        if stated.isdecimal() and (len(stated) > 12 or int(stated) > rules.max_bytes):
            raise Refused(f"the page is larger than {rules.max_bytes >> 20} MB")
        is_redirect = answer.status in _REDIRECTS
        body = b"" if is_redirect else _body(answer, rules.max_bytes, until)
        return Response(to.url, answer.status, answer.reason or "", tuple(answer.getheaders()), body)


@contextlib.contextmanager
def _connected(to: Target, rules: Rules, until: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to a checked address of ``to``, ended from outside when its time is up."""
    sock = _socket(checked(to, rules.allowed, rules.lookup), to.port, until)
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)  # wakes whoever waits on it

    timer = threading.Timer(max(0.0, until - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    secured = sock
    try:
        if to.scheme == "https":
            secured = rules.tls.wrap_socket(sock, server_hostname=to.host)
        connection = http.client.HTTPConnection(to.host, to.port)
        connection.sock = secured
        connection.auto_open = 0  # it must never look the name up again
        yield connection
        if is_late.is_set():  # a body that ended because its connection was ended
            raise TimeoutError
    except (http.client.HTTPException, ValueError, zlib.error, OSError) as error:
        if is_late.is_set():
            raise Refused(f"takes longer than {rules.max_seconds:.0f} s") from error
        if isinstance(error, OSError):
            raise
        raise Refused(f"the answer cannot be read ({type(error).__name__})") from error
    finally:
        timer.cancel()
        secured.close()
        sock.close()


def _socket(found: list[str], port: int, until: float) -> socket.socket:
    """A connection to the first of the addresses that answers."""
    last: OSError = OSError("no time left")
    for address in found:
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((address, port), timeout=left)
        except OSError as error:
            last = error
    raise last


def _body(answer: http.client.HTTPResponse, limit: int, until: float) -> bytes:
    coding = (answer.getheader("Content-Encoding") or "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise Refused(f"packed with {coding[:20]}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    parts: list[bytes] = []
    size = n_read = 0
    while chunk := answer.read1(_CHUNK):
        n_read += len(chunk)
        if unpacker is not None:
            chunk = unpacker.decompress(chunk, limit - size + 1)
        size += len(chunk)
        if size > limit:
            raise Refused(f"the page is larger than {limit >> 20} MB")
        if time.monotonic() > until:
            raise TimeoutError
        parts.append(chunk)
    stated = answer.getheader("Content-Length") or ""
    if stated.isdecimal() and n_read < int(stated):
        raise Refused(f"cut off after {n_read} of {stated} bytes")
    return b"".join(parts)
