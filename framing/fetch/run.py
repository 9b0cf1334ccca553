"""A list of addresses to a folder that ``framing analyze`` reads: pages, what is known of them, a report."""

from __future__ import annotations

import csv
import gzip
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from uuid import uuid4

from framing.article import FramingError
from framing.disk import replacing
from framing.fetch.addresses import Refused
from framing.fetch.listed import Listed, listed, write_sidecar
from framing.fetch.request import Response, Rules, get
from framing.fetch.robots import Hosts

PAGES, SIDECAR, REPORT = "pages.warc.gz", "metadata.csv", "fetch_report.csv"
DELAY_SECONDS = 2.0  # between two requests to a host, where it does not ask for more
_USER_AGENT = "framing/1 (fetches single pages for research)"
_HTML = ("text/html", "application/xhtml")
_NEVER_IN_RECORD = frozenset({"content-encoding", "transfer-encoding", "content-length", "set-cookie"})

Status = Literal["fetched", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: a row of ``fetch_report.csv``."""

    url: str
    status: Status
    reason: str = ""
    final_url: str = ""
    n_bytes: int = 0
    fetched_at: str = ""


def fetch(
    inputs: Sequence[Path],
    out: Path,
    *,
    delay: float = DELAY_SECONDS,
    contact: str = "",
    rules: Rules | None = None,
    told: Callable[[Fetched], None] = lambda row: None,
) -> list[Fetched]:
    """Fetch what ``inputs`` list into the folder ``out``; what an earlier run fetched is left out.

    ``contact``: an address for the owners of the hosts, sent with every request. ``told``
    is called with each row as it comes.

    Raises FramingError where an input lists nothing or ``out`` is no folder.
    """
    if out.exists() and not out.is_dir():
        raise FramingError(f"{out} is a file; name a new folder, or one that an earlier fetch filled")
    if any(not c.isprintable() for c in contact):
        raise FramingError("--contact holds control characters; give a mail or web address")
    rows = {row.url: row for row in _earlier(out / REPORT)}
    wanted = list(listed(inputs))
    todo = [one for one in wanted if one.url not in rows or rows[one.url].status != "fetched"]
    out.mkdir(parents=True, exist_ok=True)
    rules = rules or Rules(f"{_USER_AGENT[:-1]}; {contact})" if contact else _USER_AGENT)
    hosts = Hosts(rules, delay)
    known = {one.url: one for one in (*_listed_before(out / SIDECAR), *wanted)}
    for one in _by_turns(todo):
        row, response = _fetched(one.url, rules, hosts)
        if response is not None:
            _append(out / PAGES, response, row.fetched_at)
        rows[row.url] = row
        _write_report(out / REPORT, rows.values())
        told(row)
    write_sidecar(
        out / SIDECAR,
        [(row.final_url, known.get(row.url, Listed(row.url))) for row in rows.values() if row.final_url],
    )
    return [rows[one.url] for one in wanted]


def _by_turns(todo: Iterable[Listed]) -> Iterator[Listed]:
    """One address of each host in turn, so that the pauses of one host are used for the others."""
    hosts: dict[str, list[Listed]] = defaultdict(list)
    for one in todo:
        hosts[_host(one.url)].append(one)
    for turn in zip_longest(*hosts.values()):
        yield from (one for one in turn if one is not None)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _fetched(url: str, rules: Rules, hosts: Hosts) -> tuple[Fetched, Response | None]:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        response = get(url, rules, hosts.before)
    except Refused as error:
        return Fetched(url, "refused", str(error), fetched_at=now), None
    except ssl.SSLError as error:
        return Fetched(
            url, "failed", f"the certificate or encryption failed ({error.reason})", "", 0, now
        ), None
    except OSError as error:
        return Fetched(url, "failed", f"no connection ({error.strerror or error})"[:200], "", 0, now), None
    if response.status != 200:
        reason = f"the host answers {response.status} {response.reason}"[:200]
        return Fetched(url, "failed", "".join(filter(str.isprintable, reason)), "", 0, now), None
    kind = response.header("content-type").lower()
    if kind and not kind.startswith(_HTML):
        shown = "".join(filter(str.isprintable, kind))[:60]
        return Fetched(url, "refused", f"no page but {shown}", "", 0, now), None
    return Fetched(url, "fetched", "", response.url, len(response.body), now), response


def _append(path: Path, response: Response, now: str) -> None:
    """Add the page to the web archive (WARC 1.0, ISO 28500), a gzip member of its own."""
    lines = [f"HTTP/1.1 {response.status} OK"]
    lines += [f"{name}: {value}" for name, value in response.headers if name.lower() not in _NEVER_IN_RECORD]
    head = "\r\n".join("".join(filter(str.isprintable, line)) for line in lines)
    content = head.encode("utf-8", "replace") + b"\r\n\r\n" + response.body
    record = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nWARC-Date: {now}\r\n"
        f"WARC-Target-URI: {response.url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    ).encode()
    with path.open("ab") as file:
        file.write(gzip.compress(record + content + b"\r\n\r\n"))


def _write_report(path: Path, rows: Iterable[Fetched]) -> None:
    names = [f.name for f in fields(Fetched)]
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def _earlier(path: Path) -> list[Fetched]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("url")]
    try:
        return [Fetched(**{**row, "n_bytes": int(row["n_bytes"] or 0)}) for row in rows]  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError) as error:
        raise FramingError(f"{path} is no report of `framing fetch`; name another folder") from error


def _listed_before(path: Path) -> list[Listed]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Listed(row.get("listed_url") or row["url"], row.get("outlet") or "", row.get("published") or "")
        for row in rows
        if row.get("url")
    ]
