"""Rich text (Nexis RTF and what word processors save): the paragraphs, in one pass over the file.

After "Rich Text Format (RTF) Specification, Version 1.9.1" (Microsoft, 2008). What is no
text of the page (fonts, styles, pictures, document properties, the name of who saved it)
stands in groups of their own and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from framing.clean import RawArticle
from framing.read import nexis
from framing.read.decode import compose
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Unreadable

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
# Destinations that hold no text of the page.
_APART = frozenset({
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"headerl", b"headerr",
    b"headerf", b"footer", b"footerl", b"footerr", b"footerf", b"fldinst", b"themedata", b"datastore",
    b"listtable", b"listoverridetable", b"rsidtbl", b"generator", b"xmlnstbl", b"latentstyles",
    b"colorschememapping", b"annotation", b"atnid", b"atnauthor", b"bkmkstart", b"bkmkend", b"revtbl",
})  # fmt: skip
_BREAKS = frozenset({b"par", b"row", b"sect", b"page", b"line", b"cell"})
_CHARS = {
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_MAX_DEPTH = 1_000  # word processors nest a dozen groups
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


@lru_cache(maxsize=2)  # a file is looked at to recognise it and again to read it
def paragraphs(data: bytes) -> tuple[str, ...]:
    """The paragraphs of a rich text, in order, without empty ones at either end."""
    page = _CODE_PAGE.search(data[:4_096])
    text = "".join(_pieces(data, f"cp{page.group(1).decode()}" if page else "cp1252"))
    return tuple(line.strip(" \t") for line in text.split("\n"))


def _pieces(data: bytes, encoding: str) -> Iterator[str]:
    """The text of the page in pieces, line ends where paragraphs end."""
    stack: list[tuple[bool, int]] = []
    apart, skip_after = False, 1  # in a group without text; characters that stand for one \u
    to_skip = at = 0
    opened = False  # the last token opened a group
    pending = bytearray()  # bytes of the code page; a letter may take two
    while at < len(data):
        token = _TOKEN.match(data, at)
        if token is None:  # a backslash at the very end
            break
        at = token.end()
        word, number, hexed, symbol, brace, plain = token.groups()
        if hexed is not None:
            if to_skip:
                to_skip -= 1
            elif not apart:
                pending.append(int(hexed, 16))
            continue
        if pending:
            yield _decoded(pending, encoding)
            pending.clear()
        if brace == b"{":
            if len(stack) >= _MAX_DEPTH:
                raise Unreadable("groups are nested too deep", f"at most {_MAX_DEPTH} levels in a rich text")
            stack.append((apart, skip_after))
            opened, to_skip = True, 0
            continue
        if brace == b"}":
            apart, skip_after = stack.pop() if stack else (False, 1)
            to_skip = 0
        elif word is not None:
            if word == b"bin":
                at += max(0, min(int(number or 0), len(data) - at)) if _is_binary(data, at, number) else 0
            elif word in _APART and (opened or word == b"pict"):
                apart = True
            elif word == b"uc":
                skip_after = max(0, min(int(number or 1), 8))
            elif word == b"u" and number and not apart:
                yield _character(int(number))
                to_skip = skip_after
            elif not apart:
                yield "\n" if word in _BREAKS else _CHARS.get(word, "")
        elif symbol is not None:
            if symbol == b"*":
                apart = True
            elif not apart:
                yield _SYMBOLS.get(symbol, "")
        elif plain is not None and not apart:
            kept = plain[to_skip:]
            to_skip = max(0, to_skip - len(plain))
            yield _decoded(kept, encoding)
        opened = False
    if pending:
        yield _decoded(pending, encoding)


def _is_binary(data: bytes, at: int, number: bytes | None) -> bool:
    """Whether as many bytes follow as ``\\bin`` says and the group then goes on as it should."""
    end = at + int(number or 0)
    return at < end < len(data) and data[end : end + 1] in (b"}", b"\\", b"\r", b"\n")


def _character(number: int) -> str:
    code = number + 65_536 if number < 0 else number
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _decoded(raw: bytes | bytearray, encoding: str) -> str:
    try:
        return raw.decode(encoding, "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")


def is_rtf(file: InputFile) -> bool:
    """Whether the file is rich text."""
    return file.start.lstrip()[:5] == b"{\\rtf"


def _recognises_nexis(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return is_rtf(file) and nexis.is_nexis([line.replace("\u00a0", " ") for line in paragraphs(file.data)])


def _read_nexis(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    yield from nexis.documents([compose(line) for line in paragraphs(file.data)])


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return is_rtf(file)


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    yield RawArticle(source=compose("\n\n".join(line for line in paragraphs(file.data) if line)))


NEXIS_READER = Reader("nexis_rtf", _recognises_nexis, _read_nexis)
READER = Reader("rtf", _recognises, _read)
