"""RIS, as reference managers and ProQuest export it: one tag a line, ``ER`` ends a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from framing.clean import RawArticle
from framing.read.columns import is_web_address, iso_date, language, upright, with_title
from framing.read.decode import compose
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected

_TAG = re.compile(r"([A-Z][A-Z0-9])  - ?(.*)$")
_FIRST = re.compile(r"\s*(?:\d{1,9}\.?\s*)?TY  - ")
_TITLES = ("TI", "T1", "CT")
_OUTLETS = ("T2", "JF", "JO", "JA", "BT", "PB")
_DATES = ("DA", "Y1", "PY")
_AUTHORS = ("AU", "A1", "A2")
_WHOLE = ("N2", "FT")  # ProQuest writes the full text into N2
_MAX_FIELD_LINES = 20_000


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return _FIRST.match(file.decoded.text[:500].lstrip("\ufeff")) is not None


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    index = 0
    fields: dict[str, list[str]] = {}
    last = ""
    for line in file.decoded.text.lstrip("\ufeff").splitlines():
        match = _TAG.match(line)
        if match is None:
            if last and line.strip() and len(fields[last]) < _MAX_FIELD_LINES:
                fields[last].append(line.strip())
            continue
        last = match.group(1)
        if last == "ER":
            yield _article(fields, index)
            index, fields, last = index + 1, {}, ""
        else:
            fields.setdefault(last, []).append(match.group(2).strip())
    if any(tag in fields for tag in _TITLES):
        yield _article(fields, index)


def _first(fields: Mapping[str, list[str]], tags: tuple[str, ...]) -> str:
    return next((v for tag in tags for v in fields.get(tag, ()) if v), "")


def _article(fields: Mapping[str, list[str]], index: int) -> Found:
    title = _first(fields, _TITLES)
    whole = "\n\n".join(line for tag in _WHOLE for line in fields.get(tag, ()) if line)
    text = whole or "\n\n".join(line for line in fields.get("AB", ()) if line)
    if not text and not title:
        return Rejected("neither text nor title", "TI or T1", "an empty record", index)
    warnings = []
    if not whole:
        warnings.append("the record holds no full text")
    elif "\n" not in whole:
        warnings.append("the text has no paragraphs: this format does not keep them")
    url = _first(fields, ("UR", "L2"))
    authors = [v for tag in _AUTHORS for v in fields.get(tag, ()) if v]
    return RawArticle(
        source=with_title(title, compose(text)).rstrip(),
        truncated=not whole,
        outlet=_first(fields, _OUTLETS),
        title=title,
        published=next((iso for tag in _DATES for v in fields.get(tag, ()) if (iso := _date(v))), ""),
        url=url if is_web_address(url) else "",
        byline="; ".join(upright(name) for name in authors),
        language=language(_first(fields, ("LA",))),
        index=index,
        warnings=tuple(warnings),
        extracted=True,
    )


def _date(value: str) -> str:
    """``2024/03/05/`` and ``2024 Mar 5`` as ISO dates; a bare year is no day and stays out."""
    numbers = re.match(r"(\d{4})/(\d{1,2})/(\d{1,2})\b", value)
    if numbers:
        year, month, day = map(int, numbers.groups())
        return iso_date(f"{year}-{month:02d}-{day:02d}")
    named = re.match(r"(\d{4}) ([A-Za-z]{3,9}) (\d{1,2})$", value)
    return iso_date(f"{named.group(3)} {named.group(2)} {named.group(1)}") if named else iso_date(value)


READER = Reader("ris", _recognises, _read)
