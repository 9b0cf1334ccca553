"""Archives, web archives and hostile files: members as streams, limits, and nothing lost beside a bad one."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from framing.read import Item, containers, files, isolation, read, worker

FERRY = "Ferry stays\n\nThe council voted on Tuesday to keep the ferry, turning down a plan for a bridge.\n"
RAIN = (
    "Rain comes early\n\nRain is likely to spread to six more districts by Friday, the weather office said.\n"
)
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p><p>{text}</p>"
    "</article></body></html>"
)


def by_file(found: list[Item]) -> dict[str, Item]:
    return {item.report.source_file: item for item in found}


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_members_of_a_zip_are_read_under_their_names(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", FERRY)
    path = zipped(
        tmp_path / "a.zip",
        {"The Post/ferry.txt": FERRY, "rain.txt": RAIN, "__MACOSX/._rain.txt": b"x", "README.md": "notes",
         "inner.zip": inner.getvalue(), "../../evil.txt": RAIN.replace("Rain", "Hail")},
    )  # fmt: skip
    found = by_file(list(read([path], outlet_from="folder")))
    assert sorted(found) == [
        "a.zip/../../evil.txt",
        "a.zip/The Post/ferry.txt",
        "a.zip/inner.zip",
        "a.zip/rain.txt",
    ]
    ferry = found["a.zip/The Post/ferry.txt"].article
    assert ferry is not None
    assert (ferry.title, ferry.outlet, ferry.inferred[:1]) == ("Ferry stays", "The Post", ("outlet",))
    assert "only one level" in found["a.zip/inner.zip"].report.reason
    assert not (tmp_path.parent.parent / "evil.txt").exists()


def test_tar_and_links_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in (("rain.txt", RAIN), ("ferry.txt", FERRY)):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found = by_file(list(read([path])))
    assert found["a.tar.gz/ferry.txt"].article is not None
    assert found["a.tar.gz/rain.txt"].article is not None
    assert "not followed" in found["a.tar.gz/passwd.txt"].report.reason


def test_a_bomb_in_a_zip_is_left_out_and_the_rest_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb.txt": b"\0" * (300 * 2**20), "ferry.txt": FERRY})
    found = by_file(list(read([path])))
    assert "unpacks to too much" in found["a.zip/bomb.txt"].report.reason
    assert found["a.zip/ferry.txt"].article is not None


@pytest.mark.parametrize(
    ("members", "flag", "reason"),
    [(containers.MAX_MEMBERS + 1, 0, "too many files"), (1, 1, "password")],
)
def test_archives_refused_as_a_whole(tmp_path: Path, members: int, flag: int, reason: str) -> None:
    path = zipped(tmp_path / "a.zip", {f"{n}.txt": b"" for n in range(members)})
    if flag:
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + 8] |= flag
        path.write_bytes(data)
    (item,) = list(read([path]))
    assert reason in item.report.reason


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"1.txt": FERRY, "2.txt": RAIN})
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = (0).to_bytes(4, "little")  # the second member's place is the first's
    path.write_bytes(data)
    (item,) = list(read([path]))
    assert "overlap" in item.report.reason


def record(kind: str, url: str, content: bytes, length: int | None = None) -> bytes:
    fields = ("WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}")
    head = "\r\n".join([*fields, f"Content-Length: {length or len(content)}", "", ""])
    return head.encode() + content + b"\r\n\r\n"


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def test_web_archive(tmp_path: Path) -> None:
    text = "The council voted on Tuesday to keep the ferry over the Ell, at a price of 40 € a year."
    page = PAGE.format(title="Ferry stays with the town", text=text)
    latin = page.encode("iso8859-15")
    chunked = (
        b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (latin[:90], latin[90:])) + b"0\r\n\r\n"
    )
    rain = PAGE.format(title="Rain comes early to the north", text=RAIN.split("\n\n")[1]).encode()
    records = [
        record("warcinfo", "", b"software: x"),
        record("response", "https://post.example/404", response(rain, status="404 Not Found")),
        record("response", "https://post.example/pic", response(b"\x89PNG", "Content-Type: image/png")),
        record("response", "https://post.example/1", response(
            chunked, "Content-Type: text/html; charset=iso-8859-15", "Transfer-Encoding: chunked")),
        record("response", "https://post.example/bomb", response(
            gzip.compress(b"\0" * 2**26), "Content-Type: text/html", "Content-Encoding: gzip")),
        record("response", "https://post.example/2", response(
            zlib.compress(rain), "Content-Type: text/html", "Content-Encoding: deflate")),
    ]  # fmt: skip
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(map(gzip.compress, records)))
    ferry, bomb, wet = list(read([path]))
    assert ferry.article is not None
    assert (ferry.article.url, ferry.article.outlet) == ("https://post.example/1", "post.example")
    assert "40 €" in ferry.article.text
    assert "cannot be unpacked" in bomb.report.reason
    assert wet.article is not None
    assert wet.article.title == "Rain comes early to the north"


def test_a_record_with_a_false_length_is_cut_off_and_told(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(record("response", "https://post.example/1", response(b"<html>"), length=10**12))
    (item,) = list(read([path]))
    assert "cut off" in item.report.reason


def slow(path: Path) -> Path:
    """A page of so many paragraphs that it takes many seconds."""
    paragraphs = "".join(f"<p>The council voted {n * n} times to keep the ferry.</p>" for n in range(60_000))
    path.write_text(f"<html><body><article>{paragraphs}</article></body></html>")
    return path


@pytest.mark.skipif(os.name == "nt", reason="limits are the system's")
def test_a_file_that_takes_too_long_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "CPU_SECONDS", 0.5)
    monkeypatch.setattr(worker, "CPU_SECONDS_PER_MB", 0)
    (tmp_path / "a.txt").write_text(FERRY)
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(slow(tmp_path / "slow.html"), "1.html")
        archive.writestr("2.txt", RAIN)
    (tmp_path / "slow.html").unlink()
    (tmp_path / "c.txt").write_text(FERRY.replace("ferry", "boat"))
    found = list(read([tmp_path]))
    assert [item.report.status for item in found] == ["parsed", "rejected", "parsed", "parsed"]
    assert found[1].report.reason == "takes too long to read"


@pytest.mark.skipif(os.name == "nt", reason="limits are the system's")
def test_a_file_that_takes_too_much_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MEMORY_BYTES", 64 * 2**20)
    monkeypatch.setattr(worker, "MEMORY_PER_BYTE", 1)
    isolation._stop_idle()
    (tmp_path / "a.csv").write_text("title,text\n" + "".join(f"t{n},{RAIN[20:90]}\n" for n in range(400_000)))
    (tmp_path / "b.txt").write_text(FERRY)
    big, good = list(read([tmp_path]))[-2:]
    isolation._stop_idle()
    assert big.report.status == "rejected"
    assert good.article is not None


def test_one_worker_serves_one_call_after_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FERRY)
    list(read([tmp_path]))
    idle = list(isolation._idle)
    list(read([tmp_path]))
    assert isolation._idle == idle
    assert len(idle) == 1


def test_a_reading_left_half_way_leaves_no_worker_behind(tmp_path: Path) -> None:
    for n in range(100):
        (tmp_path / f"{n}.txt").write_text(FERRY.replace("Tuesday", f"day {n}"))
    isolation._stop_idle()
    stream = isolation.parsed(files.walk(tmp_path), {})
    next(stream)
    stream.close()
    assert isolation._idle == []
