"""JSON and JSON lines: records of articles under the names that tools of the field use.

Covers NewsAPI, Event Registry, news-please and any list of objects with a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.read import columns
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected, Unreadable

_LISTS = ("articles", "results", "docs", "items", "data", "records", "stories", "hits", "news", "response")
_MAX_LEVELS = 4
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 400  # longer numbers take quadratic time and mean nothing


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    start = file.decoded.text[:2_000].lstrip("\ufeff \t\r\n")
    return start.startswith(('{"', "{\n", "{\r", "{ ", "[{", "[\n", "[ ", "[[", "[]", "{}", "[n"))


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    text = file.decoded.text.lstrip("\ufeff")
    lines = text.count("\n}\n") == 0 and _is_lines(text)
    if lines:
        yield from _lines(text, mapping)
        return
    value = _parse(text)
    records = _find_list(value)
    if records is None:
        raise Unreadable("no list of articles", "a list of objects, or articles: [...]", "other JSON")
    if isinstance(value, dict) and "jsonfeed.org" in _text(value.get("version")):
        records = [_of_feed(record, _text(value.get("title"))) for record in records]
    yield from _articles(dict(enumerate(records)), mapping)


def _is_lines(text: str) -> bool:
    first, _, rest = text.lstrip().partition("\n")
    return first.rstrip().endswith("}") and first.startswith("{") and rest.lstrip().startswith("{")


def _lines(text: str, mapping: Mapping[str, str]) -> Iterator[Found]:
    records: dict[int, Any] = {}
    for index, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        try:
            records[index] = _parse(line)
        except Unreadable as error:
            yield Rejected(f"line {index + 1}: {error.reason}", error.expected, error.found, index)
    yield from _articles(records, mapping)


def _parse(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda name: None, parse_int=_number)
    except RecursionError as error:
        raise Unreadable("nested too deep", "JSON records of articles") from error
    except ValueError as error:
        raise Unreadable("not valid JSON", "JSON records of articles", str(error)[:120]) from error


def _number(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _find_list(value: Any, level: int = 0) -> list[Any] | None:
    """The list of records in ``value``, down a few levels; a single article is a list of one."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or level > _MAX_LEVELS:
        return None
    for key in _LISTS:
        inner = value.get(key)
        if isinstance(inner, (list, dict)) and inner:
            found = _find_list(inner, level + 1)
            if found is not None:
                return found
    return [value] if columns.knows_text([str(k) for k in value], {}) else None


def _articles(records: Mapping[int, Any], mapping: Mapping[str, str]) -> Iterator[Found]:
    rows: dict[int, dict[str, str]] = {}
    for index, record in records.items():
        if not isinstance(record, dict):
            yield Rejected("no record", "an object with a text", type(record).__name__, index)
            continue
        inner = _find_list(record.get("articles")) if "articles" in record else None
        if inner:
            yield from _articles({index * 1_000_000 + n: item for n, item in enumerate(inner)}, mapping)
            continue
        if _is_csl(record):
            record = _from_csl(record)
        rows[index] = {_clean(str(key)): _clean(_text(value)) for key, value in record.items()}
        if agencies := _agencies(record):
            names = [name for name in _text(record["authors"]).split("; ") if name not in agencies]
            rows[index] |= {"wire_agency": "; ".join(agencies), "authors": "; ".join(names)}
    if not rows:
        return
    header = list(dict.fromkeys(name for row in rows.values() for name in row))
    found = columns.settle_dates(columns.layout(header, mapping), rows.values())
    yield columns.told(found, mapping)
    for index, row in rows.items():
        filled = {name: row.get(name, "") for name in header}
        # NewsAPI: `content` is cut, `description` a summary. Event Registry: `body` is whole.
        article = columns.article(filled, found, index)
        if isinstance(article, Rejected) and filled.get("description"):
            article = Rejected(article.reason, article.expected, "a description only", index)
        yield article


def _of_feed(record: Any, feed: str) -> Any:
    """An item of a JSON feed, with the feed's title as its outlet."""
    return {"outlet": feed, **record} if isinstance(record, dict) else record


def _is_csl(record: Mapping[str, Any]) -> bool:
    """Whether the record is a reference in CSL-JSON, as Zotero exports it."""
    return "container-title" in record and ("issued" in record or "type" in record)


def _from_csl(record: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL-JSON reference under the names of a table. It holds no text."""
    authors = record.get("author")
    names = [
        " ".join(_text(person.get(part)) for part in ("given", "family") if person.get(part))
        or _text(person.get("literal"))
        for person in (authors if isinstance(authors, list) else [])
        if isinstance(person, dict)
    ]
    return {
        "title": record.get("title"),
        "outlet": record.get("container-title"),
        "published": _csl_date(record.get("issued")),
        "url": record.get("URL"),
        "byline": "; ".join(name for name in names if name),
        "language": record.get("language"),
    }


def _csl_date(issued: Any) -> str:
    """``{"date-parts": [[2024, "3", 5]]}`` as an ISO date; a year or month alone is no day."""
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    day = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(day, list) or len(day) < 3 or not all(_text(n).isdecimal() for n in day[:3]):
        return ""
    year, month, date = (int(_text(n)) for n in day[:3])
    return f"{year:04d}-{month:02d}-{date:02d}"


def _text(value: Any) -> str:
    """A value as one string: names out of objects, lists joined. Paragraphs of a text by line ends."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        for key in ("name", "title", "text", "value", "$date", "uri", "id"):
            if isinstance(value.get(key), (str, int)):
                return str(value[key])
        return ""
    if isinstance(value, list):
        parts = [part for part in map(_text, value[:10_000]) if part]
        return ("\n\n" if any(len(part) > 80 for part in parts) else "; ").join(parts)
    return str(value)


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _agencies(record: Mapping[str, Any]) -> list[str]:
    """Event Registry marks which of the authors is an agency."""
    authors = record.get("authors")
    if not isinstance(authors, list):
        return []
    names = [a.get("name") for a in authors if isinstance(a, dict) and a.get("isAgency") is True]
    return [name for name in names if isinstance(name, str)]


READER = Reader("json", _recognises, _read)
