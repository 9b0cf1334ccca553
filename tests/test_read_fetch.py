"""Fetching: public addresses alone, checked at every hop; robots.txt, limits and pauses are kept."""

from __future__ import annotations

import csv
import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from framing.article import FramingError
from framing.fetch import Fetched, fetch
from framing.fetch.addresses import NoPlace, Refused, checked, is_public, target
from framing.fetch.listed import listed
from framing.fetch.request import Rules, get
from framing.fetch.robots import Hosts
from framing.read import read

PAGE = (
    "<html><head><title>Ferry stays, council says</title></head>"
    "<body><article><h1>Ferry stays, council says</h1>"
    + "".join(
        f"<p>The council voted on Tuesday, item {n}, to keep the ferry, turning down a plan for a bridge.</p>"
        for n in range(8)
    )
    + "</article></body></html>"
)


class Pages(BaseHTTPRequestHandler):
    """A site: what it answers by path; ``asked`` collects what it was asked for."""

    asked: list[str] = []  # noqa: RUF012
    robots = "User-agent: *\nDisallow: /private\n"

    def do_GET(self) -> None:
        """Answer by path."""
        type(self).asked.append(self.path)
        if self.path == "/robots.txt":
            self._send(200, self.robots.encode(), "text/plain")
        elif self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path == "/packed":
            body = gzip.compress(PAGE.encode())
            self._send(200, body, "text/html", ("Content-Encoding", "gzip"))
        elif self.path == "/bomb":
            self._send(200, gzip.compress(b"a" * 5_000_000), "text/html", ("Content-Encoding", "gzip"))
        elif self.path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                for _ in range(200):
                    self.wfile.write(b"a")
                    time.sleep(0.05)
            except OSError:
                pass
        elif self.path == "/picture":
            self._send(200, b"\x89PNG", "image/png")
        elif self.path == "/gone":
            self._send(404, b"no", "text/html")
        else:
            self._send(200, PAGE.encode(), "text/html; charset=utf-8")

    def _send(self, status: int, body: bytes, kind: str, *more: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site that runs for the test."""
    Pages.asked = []
    Pages.robots = "User-agent: *\nDisallow: /private\n"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://news.example:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def rules(site: str, **changes: object) -> Rules:
    """Rules that let the test's site be reached under its made-up name."""
    port = int(site.rpartition(":")[2])
    settings: dict[str, object] = {
        "allowed": lambda address: str(address) == "127.0.0.1",
        "lookup": lambda host, port: ["127.0.0.1"],
        "ports": frozenset({port}),
        "max_seconds": 5.0,
    }
    return Rules("framing test", **{**settings, **changes})  # type: ignore[arg-type]


def urls(tmp_path: Path, *lines: str) -> list[Path]:
    (tmp_path / "urls.txt").write_text("\n".join(lines) + "\n")
    return [tmp_path / "urls.txt"]


def run(tmp_path: Path, site: str, *paths: str, **changes: object) -> list[Fetched]:
    inputs = urls(tmp_path, *(site + path for path in paths))
    return fetch(inputs, tmp_path / "out", delay=0.0, rules=rules(site, **changes))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "::1",
     "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1",
     "255.255.255.255", "192.0.2.1", "::", "ff02::1", "fec0::1", "2001:0:7f00:1::"],
)  # fmt: skip
def test_what_is_not_public_is_not_allowed(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8"])
def test_what_is_public_is_allowed(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("gopher://a.example/", "only http and https"),
        ("http://user:word@a.example/", "name or password"),
        ("http://a.example:22/", "port 22"),
        ("http://a.example:99999/", "no web address"),
        ("http:///x", "no name of a host"),
        ("http://a.example/\r\nX: y", "controls"),
        ("http://a.example/" + "a" * 5_000, "too long"),
        ("not an address", "spaces"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        target(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::1]"])
def test_loopback_is_refused_by_default_however_it_is_written(host: str) -> None:
    with pytest.raises(NoPlace):
        checked(target(f"http://{host}/"))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(NoPlace, match=r"10\.0\.0\.1"):
        checked(target("http://a.example/"), lookup=lambda host, port: ["93.184.215.14", "10.0.0.1"])


def test_a_name_is_looked_up_once_and_the_connection_goes_where_was_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]  # the second look would lead elsewhere
    seen: list[object] = []
    connect = socket.create_connection

    def watched(address: tuple[str, int], timeout: float) -> socket.socket:
        seen.append(address[0])
        return connect(address, timeout)

    monkeypatch.setattr(socket, "create_connection", watched)
    assert get(f"{site}/a", rules(site, lookup=lambda host, port: answers.pop(0))).status == 200
    assert seen == ["127.0.0.1"]
    assert answers == [["10.0.0.1"]]


def test_a_redirect_into_the_own_network_is_refused(site: str) -> None:
    places = {"news.example": ["127.0.0.1"], "router.example": ["192.168.0.1"]}
    port = site.rpartition(":")[2]
    with pytest.raises(NoPlace, match=r"192\.168\.0\.1"):
        get(f"{site}/to/http://router.example:{port}/", rules(site, lookup=lambda host, port: places[host]))


def test_a_redirect_to_a_file_and_one_without_end_are_refused(site: str) -> None:
    with pytest.raises(Refused, match="only http and https"):
        get(f"{site}/to/file:///etc/passwd", rules(site))
    with pytest.raises(Refused, match="redirects"):
        get(f"{site}/loop", rules(site))


def test_size_and_time_are_bounded(site: str) -> None:
    with pytest.raises(Refused, match="larger"):
        get(f"{site}/a", rules(site, max_bytes=100))
    with pytest.raises(Refused, match="larger"):
        get(f"{site}/bomb", rules(site, max_bytes=2**20))
    started = time.monotonic()
    with pytest.raises(Refused, match="takes longer"):
        get(f"{site}/endless", rules(site, max_seconds=0.5))
    assert time.monotonic() - started < 4


def test_pages_are_kept_for_analyze_and_what_was_not_fetched_is_told(tmp_path: Path, site: str) -> None:
    rows = run(tmp_path, site, "/a", "/packed", "/private/x", "/gone", "/picture", "/to//a")
    assert [(row.status, row.reason) for row in rows] == [
        ("fetched", ""),
        ("fetched", ""),
        ("refused", "robots.txt of the host does not allow it"),
        ("failed", "the host answers 404 Not Found"),
        ("refused", "no page but image/png"),
        ("fetched", ""),
    ]
    assert "/private/x" not in Pages.asked
    assert Pages.asked.count("/robots.txt") == 1
    found = [item for item in read([tmp_path / "out"]) if item.article is not None]
    assert {item.article.url for item in found if item.article} >= {f"{site}/a", f"{site}/packed"}
    assert all("item 7" in item.article.text for item in found if item.article)
    with (tmp_path / "out" / "fetch_report.csv").open(newline="") as file:
        assert [row["status"] for row in csv.DictReader(file)] == [row.status for row in rows]


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path, site: str) -> None:
    run(tmp_path, site, "/a", "/gone")
    Pages.asked.clear()
    rows = run(tmp_path, site, "/a", "/gone")
    assert [row.status for row in rows] == ["fetched", "failed"]
    assert "/a" not in Pages.asked
    assert "/gone" in Pages.asked


def test_a_host_whose_robots_txt_fails_is_left_alone(tmp_path: Path, site: str) -> None:
    Pages.robots = "x" * 600_000
    (row,) = run(tmp_path, site, "/a")
    assert row.status == "refused"


def test_requests_to_a_host_are_spaced_as_it_asks(site: str) -> None:
    Pages.robots = "User-agent: *\nCrawl-delay: 7\n"
    slept: list[float] = []
    hosts = Hosts(rules(site), 1.0, sleep=slept.append)
    for path in ("/a", "/b"):
        hosts.before(target(site + path, frozenset({int(site.rpartition(":")[2])})))
    assert [round(seconds) for seconds in slept] == [7, 14]  # nobody slept, so the second waits for both


def test_what_the_list_says_of_a_page_goes_along(tmp_path: Path, site: str) -> None:
    table = tmp_path / "mediacloud.csv"
    table.write_text(
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
        f"1,2024-03-06,en,news.example,news.example,2024-03-05,Ferry stays,{site}/a\n"
    )
    fetch([table], tmp_path / "out", delay=0.0, rules=rules(site))
    (item,) = read([tmp_path / "out"])
    assert item.article is not None
    assert (item.article.outlet, item.article.published) == ("news.example", "2024-03-05")
    assert item.article.title == "Ferry stays, council says"
    assert "item 7" in item.article.text


def test_a_file_without_addresses_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The council voted on Tuesday to keep the ferry.\n")
    with pytest.raises(FramingError, match="lists no address"):
        list(listed([tmp_path / "a.txt"]))


def test_the_verb_refuses_loopback(tmp_path: Path, site: str, framing) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "urls.txt").write_text("http://127.0.0.1/a\nhttp://localhost/b\n")
    done = framing("fetch", "urls.txt", "--out", "pages", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("no public address") == 2
    assert Pages.asked == []
