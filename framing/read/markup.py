"""Trees of HTML and XML that archives save, built so that no file can make it expensive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from framing.read.records import Unreadable

# libxml2 looks for double attributes in quadratic time: 60,000 of them take minutes. A tag
# this long loses its attributes; what text needs of them (href, datetime, content) is shorter.
_OVERLONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\s[^<>]{20000,}")
_STRETCH = 10_000  # half as long: a longer tag covers one of these stretches
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_UNSAFE_BYTES = bytes(c for c in range(0x80) if _UNSAFE.match(chr(c)))
_NO_CHARACTERS = ("\ufffe", "\uffff")
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset({
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "td", "table", "section",
    "article", "blockquote", "header", "footer", "dd", "dt", "dl", "hr", "pre", "aside", "figure",
})  # fmt: skip
_STRING = etree.XPath("string()", smart_strings=False)
_UNSEEN = frozenset({"script", "style", "head", "title", "noscript", "template"})


def harmless(text: str) -> str:
    """``text`` without the controls and overlong tags that lxml refuses or takes minutes over."""
    encoded = text.encode("utf-8", "surrogatepass")
    has_controls = len(encoded.translate(None, _UNSAFE_BYTES)) < len(encoded)
    if has_controls or any(map(text.__contains__, _NO_CHARACTERS)):
        text = _UNSAFE.sub("", text)
    starts = range(0, len(text) - _STRETCH, _STRETCH)
    if all(text.find("<", start, start + _STRETCH) >= 0 for start in starts):
        return text
    return _OVERLONG_TAG.sub(r"<\1", text)


def html_tree(text: str, what: str) -> Any:
    """The tree of a page. ``what`` names the kind of page for the import report."""
    try:
        return html.document_fromstring(_DECLARATION.sub("", harmless(text)))
    except (ValueError, AssertionError, etree.ParserError) as error:
        raise Unreadable("the page cannot be parsed", what, str(error)[:120]) from error


def xml_tree(data: bytes, what: str) -> Any:
    """The tree of an XML file; entities and document types are refused, nothing is fetched.

    Raises Unreadable where the file is no well-formed XML. libxml2 stops at 256 levels.
    """
    if _DECLARED.search(data):
        raise Unreadable("declares a document type or entities", what, "<!DOCTYPE or <!ENTITY")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("not well-formed XML", what, str(error)[:120]) from error


def local_name(element: Any) -> str:
    """The tag of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def one_line(element: Any) -> str:
    """All text below an element as one line."""
    return " ".join(_STRING(element).split())


def lines(element: Any) -> list[str]:
    """The text below an element of HTML, one block element a line, without empty lines."""
    return [line for _, line in labelled_lines(element, {}) if line]


def labelled_lines(element: Any, labels: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    """(label, line) of every block of text below ``element``, in the order of the page.

    ``labels``: inline element -> the label that it is. The text of such an element
    is left out; the label stands with the first line after it (which may be empty) and is
    empty for the lines that follow.
    """
    run: list[str] = []
    label = ""
    for kind, text in _runs(element, labels):
        if kind == "text":
            run.append(text)
            continue
        line = " ".join("".join(run).split())
        run = []
        if line or (label and kind == "label"):
            yield label, line
            label = ""
        if kind == "label":
            label = text
    if label or "".join(run).strip():
        yield label, " ".join("".join(run).split())


def _runs(element: Any, labels: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    """("text", run), ("break", "") and ("label", label) in the order of the page."""
    unseen = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        name = local_name(node)
        hidden = name in _UNSEEN or node in labels
        if event == "start":
            unseen += hidden
            if node in labels:
                yield "label", labels[node]
            if name in _BLOCKS:
                yield "break", ""
            if node.text and not unseen:
                yield "text", node.text
            continue
        if event == "end":
            unseen -= hidden
            if name in _BLOCKS:
                yield "break", ""
        if node is not element and node.tail and not unseen:
            yield "text", node.tail
