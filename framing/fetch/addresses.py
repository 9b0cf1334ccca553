"""Which addresses may be connected to: public ones, looked up once and all of them checked.

A name can point into the user's own network, and can point elsewhere at the second look
(DNS rebinding). So a name is looked up once a hop, every address that it has is checked,
and the connection goes to a checked address, never to the name.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Policy = Callable[[Address], bool]
Lookup = Callable[[str, int], list[str]]

PORTS = frozenset({80, 443})
_DEFAULT_PORT = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_MAX_URL_CHARS = 4_000


class Refused(Exception):
    """An address that is not fetched, or an answer that is not taken; says why."""


class NoPlace(Refused):
    """A host that is not known, or not at public addresses alone."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the parts of its address, in ASCII."""

    scheme: str
    host: str
    port: int
    path: str  # with the query

    @property
    def place(self) -> str:
        """Host and, where it is not the scheme's own, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in full."""
        return f"{self.scheme}://{self.place}{self.path}"


def target(url: str, ports: frozenset[int] = PORTS) -> Target:
    """``url`` taken apart. Raises Refused where it is none that is fetched."""
    if len(url) > _MAX_URL_CHARS or any(c.isspace() or not c.isprintable() for c in url):
        raise Refused("no web address: too long, or with spaces or controls in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(f"no web address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORT:
        raise Refused(f"{scheme or 'no scheme'}: only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise Refused("an address with a user's name or password in it")
    if port is None:
        port = _DEFAULT_PORT[scheme]
    if port not in ports:
        raise Refused(f"port {port}; only {', '.join(map(str, sorted(ports)))} are used")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=-._~?")
    return Target(scheme, _ascii_host(parts.hostname or ""), port, urlunsplit(("", "", path, query, "")))


def _ascii_host(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Refused(f"no name of a host: {host[:60]!r}") from error
    if not name or "%" in name:
        raise Refused("no name of a host in the address")
    return name


def is_public(address: Address) -> bool:
    """Whether ``address`` is one of the public internet, whatever it is wrapped in.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("93.184.215.14", "10.0.0.1", "::ffff:127.0.0.1")]
    [True, False, False]
    >>> [is_public(ipaddress.ip_address(a)) for a in ("64:ff9b::a9fe:a9fe", "2002:7f00:1::", "224.0.0.1")]
    [False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def look_up(host: str, port: int) -> list[str]:
    """The addresses of ``host`` as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(to: Target, allowed: Policy = is_public, lookup: Lookup = look_up) -> list[str]:
    """The addresses of the host that a request goes to, all of them allowed.

    Raises NoPlace where the name is not known or any of its addresses is not allowed.
    """
    try:
        found = lookup(to.host, to.port)
    except (OSError, UnicodeError) as error:
        raise NoPlace(f"{to.host} is not known") from error
    if not found:
        raise NoPlace(f"{to.host} has no address")
    for text in found:
        try:
            address = ipaddress.ip_address(text.partition("%")[0])
        except ValueError as error:
            raise NoPlace(f"{to.host} has no address that can be read") from error
        if not allowed(address):
            raise NoPlace(f"{to.host} is at {address}, which is no public address")
    return found
