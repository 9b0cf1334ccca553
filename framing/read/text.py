"""Plain text: one article a file, one paragraph a line, as it was saved from a page or typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from framing.clean import RawArticle
from framing.read.decode import is_binary
from framing.read.files import MAX_PAGE_BYTES, InputFile
from framing.read.records import Found, Reader, Unreadable

_MANY = "\n" * 1_000  # no page has so many empty lines; kept, they take memory all the way
_ADDRESSES_SHARE = 0.8  # of the lines; a list made by hand has a slip here and there
_BLANKS = re.compile(r"\n{1000,}")


def is_list_of_addresses(text: str) -> bool:
    """Whether nearly every line of ``text`` begins with an address; lines after "#" are remarks.

    >>> is_list_of_addresses("# May\\nhttps://a.example/x\\n"), is_list_of_addresses("See https://a.example")
    (True, False)
    """
    if "://" not in text[:2_000]:
        return False
    named = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    n_addresses = sum("://" in line.split(maxsplit=1)[0] for line in named)
    return n_addresses > _ADDRESSES_SHARE * len(named)


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return True


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    if len(file.data) > MAX_PAGE_BYTES:
        raise Unreadable(
            "too large for one article",
            f"at most {MAX_PAGE_BYTES >> 20} MB in a text file",
            f"{len(file.data) >> 20} MB",
        )
    decoded = file.decoded
    if is_binary(decoded.text):
        raise Unreadable("not text", "a text file", "control characters")
    if is_list_of_addresses(decoded.text):
        raise Unreadable("a list of addresses: `framing fetch` fetches them", "an article", "addresses")
    text = _BLANKS.sub("\n\n", decoded.text) if _MANY in decoded.text else decoded.text
    yield RawArticle(source=text, warnings=decoded.warnings)


READER = Reader("text", _recognises, _read)
