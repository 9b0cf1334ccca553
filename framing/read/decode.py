"""Bytes to text by trying, never by believing a label.

Byte order mark, pattern of NULs (UTF-16 without a mark), ISO-2022 escapes, strict
UTF-8, mixed lines, then a detector for the old 8-bit and East Asian encodings.
"""

from __future__ import annotations

import codecs
import operator
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022 = (
    (re.compile(rb"\x1b\$[@B]|\x1b\([JI]"), "iso2022_jp"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_DETECTOR_BYTES = 60_000
_MARK_BLOCKS = ((0x300, 0x3100), (0xA600, 0xAC00), (0xFB1E, 0xFB1F), (0xFE20, 0xFE30))
_MAX_MARKS = 1_000  # sorting combining marks takes quadratic time; no text stacks so many
_MARK_RUN = re.compile(
    "["
    + "".join(
        chr(c) for first, end in _MARK_BLOCKS for c in range(first, end) if unicodedata.combining(chr(c))
    )
    + f"]{{{_MAX_MARKS}}}"
)
_MOJIBAKE = re.compile(r"â€[™œ\x9d“”˜]|Ã[©¨¤¶¼±³¡­]|â\x80[\x99\x9c\x9d]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\x0b\x0c\r\x1b")
# Encodings of other scripts: the detector's word is taken. Its guesses among the Latin ones
# are less sure than Windows-1252, except for languages that Windows-1252 cannot write.
_OTHER_SCRIPTS = frozenset({
    "cp1251", "koi8_r", "koi8_u", "iso8859_5", "mac_cyrillic", "cp866", "cp1253", "iso8859_7", "cp1255",
    "iso8859_8", "cp1256", "iso8859_6", "big5", "big5hkscs", "gb2312", "gbk", "gb18030", "cp949", "euc_kr",
    "johab", "cp932", "shift_jis", "shift_jis_2004", "shift_jisx0213", "euc_jp", "euc_jis_2004", "tis_620",
    "cp874", "iso8859_11", "hz",
})  # fmt: skip
_OTHER_LATIN = frozenset({
    "Polish", "Czech", "Slovak", "Hungarian", "Croatian", "Slovene", "Romanian", "Turkish", "Lithuanian",
    "Latvian", "Estonian",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and what had to be done."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, label: str = "") -> Decoded:
    """``data`` as text in Unicode's composed form (NFC).

    ``label``: the encoding that a server named; it counts only where the bytes are not UTF-8
    and can be read as it says.

    >>> decode("Müller – “ja”".encode("cp1252")).text
    'Müller – “ja”'
    >>> decode("Kim vows support".encode("utf-16-le")).text
    'Kim vows support'
    """
    text, encoding, warnings = _decoded(data, label)
    if n_lost := text.count("\ufffd"):
        warnings.append(f"{n_lost} characters could not be read")
    if ("â" in text or "Ã" in text) and _MOJIBAKE.search(text):
        warnings.append("looks decoded twice (such as â€™ for ’); the text is left as it is")
    composed = compose(text)
    if composed is not text:
        warnings.append("letters were composed (Unicode NFC)")
    return Decoded(composed, encoding, tuple(warnings))


def compose(text: str) -> str:
    """``text`` in NFC; lines that composing would take too long for are left as they are.

    Line by line: nothing composes across a line's end, and most lines are ASCII.
    """
    if text.isascii():
        return text
    if not _may_stack_marks(text) and unicodedata.is_normalized("NFC", text):
        return text
    lines = text.split("\n")
    composed = [line if line.isascii() else _composed(line) for line in lines]
    return text if all(map(operator.is_, lines, composed)) else "\n".join(composed)


def _may_stack_marks(text: str) -> bool:
    """Whether there is room for a run of marks that takes too long: each is two bytes of UTF-8 at least."""
    if len(text.encode("utf-8", "surrogatepass")) - len(text) < _MAX_MARKS:
        return False
    return max(map(len, text.split("\n"))) >= _MAX_MARKS


def _composed(line: str) -> str:
    if _MARK_RUN.search(line) or unicodedata.is_normalized("NFC", line):
        return line
    return unicodedata.normalize("NFC", line)


def is_binary(text: str) -> bool:
    """Whether ``text`` is no text: many control characters among its first 10,000."""
    sample = text[:10_000].encode("utf-8", "surrogatepass")
    return len(sample) - len(sample.translate(None, _CONTROLS)) > max(8, len(text[:10_000]) // 50)


def _decoded(data: bytes, label: str) -> tuple[str, str, list[str]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name.removesuffix("-sig"), []
    if name := _utf16_by_nuls(data[:4_096]):
        return data.decode(name, "replace"), name, []
    for escape, name in _ISO_2022 if b"\x1b" in data else ():
        if escape.search(data[:200_000]):
            try:
                return data.decode(name), name, []
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    if label and (named := _as_labelled(data, label)) is not None:
        return named, label, []
    if mixed := _mixed(data):
        return mixed, "utf-8", ["lines in another encoding than UTF-8 were read as Windows-1252"]
    name = _detected(data)
    return data.decode(name, "replace"), name, [f"encoding taken to be {name}"]


def _as_labelled(data: bytes, label: str) -> str | None:
    """``data`` as its label says; None where that is unknown, fails or gives C1 controls.

    Pages labelled ISO-8859-1 are in Windows-1252, as the WHATWG's encoding standard has it.
    """
    try:
        name = codecs.lookup(label.strip("\"' ")).name
        if not codecs.lookup(name)._is_text_encoding or name.startswith(("utf-7", "punycode", "idna")):
            return None
        text = data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if _C1.search(text) else text


def _utf16_by_nuls(sample: bytes) -> str:
    if len(sample) < 8 or b"\0" not in sample:
        return ""
    even, odd = sample[0::2].count(0) * 2 / len(sample), sample[1::2].count(0) * 2 / len(sample)
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else ""


def _mixed(data: bytes) -> str:
    """Line by line, where some lines are UTF-8 with letters beyond ASCII and a few are not."""
    ends = [match.span() for match in _LINE_END.finditer(data)]
    if not ends or len(_MULTIBYTE.findall(data)) < 2:
        return ""
    parts: list[str] = []
    n_good = n_bad = at = 0
    for start, end in [*ends, (len(data), len(data))]:
        line = data[at:start]
        at = end
        try:
            parts.append(line.decode("utf-8"))
            n_good += not line.isascii()
        except UnicodeDecodeError:
            n_bad += 1
            parts.append(line.decode("utf-8" if _MULTIBYTE.search(line) else "cp1252", "replace"))
        parts.append(data[start:end].decode("ascii"))
    return "".join(parts) if n_good and n_good >= n_bad / 2 else ""


def _detected(data: bytes) -> str:
    lines = data[: 20 * _DETECTOR_BYTES].split(b"\n")
    sample = b" ".join(line for line in lines if not line.isascii())[:_DETECTOR_BYTES]
    best = from_bytes(sample or data[:_DETECTOR_BYTES]).best()
    if best is not None and (best.encoding in _OTHER_SCRIPTS or best.language in _OTHER_LATIN):
        try:
            data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            return "cp1252"
        return best.encoding
    return "cp1252"
