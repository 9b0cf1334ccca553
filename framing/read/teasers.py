"""Lines that the extractor took for text although they stand inside a link: teasers of other articles."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from framing.clean.lines import line_key
from framing.read.markup import one_line

MIN_CHARS = 60  # shorter links are words of a sentence, or subheads that lead to a place on the page
MAX_SHARE = 0.6  # of the text; where more is linked, the page is one of links
# Those that lead to another page; their text may still get shorter without its line ends.
_LONG_LINKS = etree.XPath("//a[@href != '' and not(starts-with(@href, '#')) and string-length() >= $least]")
_ITEM = ("-", "•", "*", "–")  # lists of links belong to texts that recommend something


def without_teasers(text: str, tree: Any) -> str:
    """``text`` without the lines that stand whole inside a link of the page ``tree``."""
    lines = text.split("\n")
    long = [n for n, line in enumerate(lines) if len(line) >= MIN_CHARS and not line.startswith(_ITEM)]
    if not long:
        return text
    links = map(one_line, _LONG_LINKS(tree, least=MIN_CHARS))
    linked = "\n".join(line_key(link) for link in links if len(link) >= MIN_CHARS)
    teasers = {n for n in long if (key := line_key(lines[n])) and key in linked} if linked else set()
    if not teasers or sum(len(lines[n]) for n in teasers) > MAX_SHARE * len(text):
        return text
    return "\n".join(line for n, line in enumerate(lines) if n not in teasers)
