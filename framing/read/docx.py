"""Word documents: paragraphs read as a stream, without Word's object model.

python-docx and docx2python build the whole tree and die of a small file that unpacks
to a large one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from framing.clean import RawArticle
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Unreadable
from framing.read.workbook import check_package, is_package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
MAX_PARAGRAPHS = 500_000


def is_docx(file: InputFile) -> bool:
    """Whether the file is a Word document."""
    return is_package(file, _DOCUMENT)


@lru_cache(maxsize=2)  # a file is looked at to recognise it and again to read it
def paragraphs(data: bytes) -> tuple[str, ...]:
    """The paragraphs of a Word document. Raises Unreadable where it is damaged or made to harm."""
    check_package(data)
    found: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_DOCUMENT) as part:
            events = etree.iterparse(
                part, events=("end",), tag=f"{_W}p", resolve_entities=False, no_network=True, load_dtd=False
            )
            for _, element in events:
                found.append(_text(element))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
                if len(found) > MAX_PARAGRAPHS:
                    raise Unreadable("too many paragraphs", f"at most {MAX_PARAGRAPHS}")
    except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile, OSError) as error:
        raise Unreadable("the document is damaged", "a .docx file", str(error)[:120]) from error
    return tuple(found)


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        parts.append(element.text or "" if element.tag == f"{_W}t" else " ")
    return "".join(parts)


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    return is_docx(file)


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    yield RawArticle(source="\n\n".join(paragraphs(file.data)))


READER = Reader("docx", _recognises, _read)
