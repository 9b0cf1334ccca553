"""ProQuest's text export: documents between lines of underscores, labelled fields, a text with its captions.

The address of a document carries the library's proxy, which names the researcher's
institution: it is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from framing.clean import RawArticle, dates
from framing.read.columns import is_web_address, iso_date, language, upright, with_title
from framing.read.decode import compose
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected

_RULE = re.compile(r"^_{20,}[ \t\r]*$", re.MULTILINE)
_FULL_TEXT = re.compile(r"^(?:Full text|Volltext|Texte intégral|Texto completo):", re.MULTILINE)
_FIELD = re.compile(r"^([A-Z][A-Za-z /]{2,40}): ?(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"^Document (\d+) of (\d+)[ \t\r]*$", re.MULTILINE)
# The first of these ends the text.
_AFTER = re.compile(
    r"^(?:Subject|Location|People|Company / organization|Business indexing term|Identifier / keyword|Title"
    r"|Publication title|Publication year|Publication date|First page|Pages|Publisher|Place of ?publication"
    r"|Copyright|Last updated|Database|Credit|CREDIT):",
    re.MULTILINE,
)
_PROXY_LOGIN = re.compile(r"https?://[^/?]*/login\?(?:q?url)=(?=http)", re.IGNORECASE)
_PROXY_HOST = re.compile(r"https?://www-proquest-com\.[^/]*", re.IGNORECASE)
_ACCOUNT = re.compile(r"[?&]accountid=\d+", re.IGNORECASE)


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    start = file.decoded.text[:200_000]
    return "ProQuest document ID:" in start and _RULE.search(start) is not None


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    text = file.decoded.text.replace("\r\n", "\n")
    index = 0
    stated = 0
    for part in _RULE.split(text):
        if number := _NUMBER.search(part):
            stated = max(stated, int(number.group(2)))
        if "ProQuest document ID:" not in part and not _FULL_TEXT.search(part):
            continue
        yield _document(part, index)
        index += 1
    if stated and stated != index:
        yield Rejected("the file says how many documents it holds", f"{stated} documents", f"{index} found")


def _document(part: str, index: int) -> Found:
    start = _FULL_TEXT.search(part)
    if start is None:
        return Rejected("no full text: an abstract or a listing", "Full text:", _first_line(part), index)
    end = _AFTER.search(part, start.end())
    text = part[start.end() : end.start() if end else len(part)].strip()
    tail = part[end.start() :] if end else ""
    fields = {
        m.group(1).casefold(): m.group(2).strip() for m in _FIELD.finditer(part[: start.start()] + tail)
    }
    title = fields.get("title") or _first_line(part)
    return record(title, fields, text, index)


def record(title: str, fields: Mapping[str, str], text: str, index: int) -> Found:
    """One document; ``fields`` by their labels in lower case."""
    if not text:
        return Rejected("no text", "Full text:", title[:60], index)
    url = _public(fields.get("document url", ""))
    published = fields.get("publication date", "")
    return RawArticle(
        source=with_title(title, compose(text)),
        outlet=fields.get("publication title", "").split(";")[0].strip(),
        title=title,
        published=iso_date(published) or dates.first_iso(published),
        url=url if is_web_address(url) else "",
        byline=upright(fields.get("author", "")),
        language=language(fields.get("language of publication", "")),
        index=index,
        extra=tuple((name, fields[name]) for name in ("section",) if fields.get(name)),
        extracted=True,
    )


def _public(url: str) -> str:
    """The address without the library through which it was reached.

    >>> _public("https://proxy.uni.example/login?url=https://www.proquest.com/docview/1?accountid=7")
    'https://www.proquest.com/docview/1'
    """
    url = _PROXY_HOST.sub("https://www.proquest.com", _PROXY_LOGIN.sub("", url))
    return _ACCOUNT.sub("", url)


def _first_line(part: str) -> str:
    lines = (line.strip() for line in part.split("\n"))
    return next((line for line in lines if line and not _NUMBER.match(line)), "")


READER = Reader("proquest_text", _recognises, _read)
