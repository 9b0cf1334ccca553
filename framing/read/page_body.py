"""The text of a page's article: trafilatura in its precision mode, asked no more than it must be.

Its own extractor takes half the time of the whole; the other half goes to a comparison with
two others (readability, jusText), whose answer it takes only where its own is short, holds
what is no text, or is less than half of the page's. So those are asked where one of these
signs stands. Where nearly nothing was found, its ordinary mode is asked, and in the end the
paragraphs themselves.
"""

from __future__ import annotations

import html
from copy import copy
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from framing.read import page_head
from framing.read.completion import Paragraphs
from framing.read.records import Unreadable
from framing.read.teasers import without_teasers

_MUCH_LONGER = 1.5  # the ordinary mode finds somewhat more on most pages, mostly what is no text
# Elements that it drops only after a look inside: for a forum's mark, a table, a formula, the whole page.
_LOOKED_INTO = frozenset({"head", "script", "figure", "math", "form"})
_MIN_SURE_CHARS = 1_000  # four times what trafilatura takes for too short
_MIN_PARAGRAPH_SPACES = 5  # a shorter paragraph of a page without an article is a label


def pruned(tree: Any) -> Any:
    """A copy of ``tree`` without what trafilatura drops before it looks for text, half of all elements."""
    from trafilatura.settings import MANUALLY_CLEANED

    copied = copy(tree)
    dropped = (tag for tag in MANUALLY_CLEANED if tag not in _LOOKED_INTO)
    etree.strip_elements(copied, *dropped, with_tail=False)
    return copied


def of_tree(tree: Any, pruned_tree: Any) -> str:
    """The precise extractor's text with what it lost; the ordinary one's where it lost nearly all."""
    paragraphs = Paragraphs(tree)
    document = _extracted(pruned_tree, fast=True)
    if _is_doubtful(document, paragraphs):
        document = _extracted(tree)
    body = _text(document)
    if paragraphs.are_mostly_lost(body):
        ordinary = _text(_extracted(tree, favor_precision=False))
        body = ordinary if len(ordinary) > _MUCH_LONGER * len(body) else body
    return without_teasers(paragraphs.complete(body), tree)


def _is_doubtful(document: Any, paragraphs: Paragraphs) -> bool:
    """Whether trafilatura's comparison could find another extractor's answer better."""
    from trafilatura.external import SANITIZED_XPATH

    text = _text(document)
    if len(text) < _MIN_SURE_CHARS or paragraphs.are_mostly_lost(text) or not paragraphs.hold(text):
        return True
    n_paragraphs = sum(1 for _ in document.body.iter("p"))
    n_tables = sum(1 for _ in document.body.iter("table"))
    return n_tables > n_paragraphs or bool(document.body.xpath(SANITIZED_XPATH))


def _extracted(tree: Any, *, favor_precision: bool = True, fast: bool = False) -> Any:
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            tree,
            fast=fast,
            favor_precision=favor_precision,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
    except page_head.FAULTS as error:
        raise Unreadable("the page cannot be parsed", "an article in HTML", type(error).__name__) from error


def _text(document: Any) -> str:
    return "" if document is None else document.text or ""


def plainest(text: str) -> str:
    """The paragraphs of a page that has no article for the extractor, one pass over its tags."""
    paragraphs: list[str] = []
    inside = False
    for piece in text.split("<"):
        tag, closed, after = piece.partition(">")
        name = tag[:3].lower()
        if name[:1] == "p" and name[1:2] in ("", " ", ">", "\n"):
            inside = True
            paragraphs.append("")
        elif name == "/p" or tag[:6].lower() in ("script", "style ", "style"):
            inside = False
        if inside and closed:
            paragraphs[-1] += after
    lines = (" ".join(html.unescape(p).split()) for p in paragraphs)
    return "\n\n".join(line for line in lines if line.count(" ") >= _MIN_PARAGRAPH_SPACES)
