"""Paragraphs that the extractor left out although they stand amid those that it found.

In its precision mode trafilatura passes over paragraphs with a bold beginning, a list or
a promotion's class, and it takes the first of several blocks that hold the text in turns.
A sentence between two paragraphs of the article, in the same block as they or in a block of
the same kind, is the article's. Where nearly nothing was found the whole page is at fault,
and the extractor's ordinary mode is asked.
"""

from __future__ import annotations

import re
from typing import Any

from framing.clean.titles import is_terminal
from framing.read.markup import one_line

MIN_WORDS = 14  # shorter ones are labels, links and offers more often than text
MAX_LINK_SHARE = 0.5  # of a paragraph's characters; more is a teaser
FOUND_SHARE = 0.5  # of the words in paragraphs; with less of them the extractor has failed
_MIN_PARAGRAPH_CHARS = 60
_LEAD_CHARS = 60  # at a paragraph's beginning or end, enough to know it by
_LATER_SHARE = 0.5  # of what was found: blocks after the last paragraph are text only where much was lost
_MAX_PARAGRAPHS = 3_000
_APART = frozenset({"aside", "footer", "nav", "header", "form", "figure", "figcaption", "blockquote"})
_WORDS = re.compile(r"\w+")


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(text.replace("\xad", ""))).casefold()


class Paragraphs:
    """The paragraphs of a page that may be text, in order."""

    def __init__(self, tree: Any) -> None:
        self.elements: list[Any] = []
        self.texts: list[str] = []
        for element in tree.iter("p"):
            text = one_line(element)
            if len(text) >= _MIN_PARAGRAPH_CHARS and next(element.iterancestors(*_APART), None) is None:
                self.elements.append(element)
                self.texts.append(text)
            if len(self.texts) >= _MAX_PARAGRAPHS:
                break

    def are_mostly_lost(self, found: str) -> bool:
        """Whether ``found`` holds far fewer words than the page has in paragraphs."""
        return found.count(" ") < FOUND_SHARE * sum(text.count(" ") for text in self.texts)

    def hold(self, found: str) -> bool:
        """Whether most of ``found`` may stand in paragraphs, as on pages that mark them as such."""
        return sum(text.count(" ") for text in self.texts) >= FOUND_SHARE * found.count(" ")

    def complete(self, found: str) -> str:
        """``found`` with the paragraphs that belong between its lines."""
        joined = _key(found)
        leads = [_key(text[: 3 * _LEAD_CHARS])[:_LEAD_CHARS] for text in self.texts]
        known = [
            n
            for n, (lead, text) in enumerate(zip(leads, self.texts, strict=True))
            if lead in joined or _key(text[-3 * _LEAD_CHARS :])[-_LEAD_CHARS:] in joined
        ]
        if len(known) < 2:
            return found
        missing = [n for n in self._belonging(known) if self._is_prose(n)]
        later = sum(self.texts[n].count(" ") for n in missing if n > known[-1])
        if later < _LATER_SHARE * found.count(" "):
            missing = [n for n in missing if n < known[-1]]
        if not missing:
            return found
        lines = [line for line in found.split("\n") if line.strip()]
        return "\n".join(_inserted(lines, leads, known, missing, self.texts))

    def _belonging(self, known: list[int]) -> list[int]:
        """Those in the blocks of known ones: between them, or in a block of the same class further on."""
        seen = set(known)
        blocks = {self.elements[n].getparent() for n in known}
        kinds = {kind for block in blocks if (kind := _kind(block))}
        article = _article(self.elements[known[0]])
        out = []
        for n, element in enumerate(self.elements):
            if n in seen or n < known[0]:
                continue
            block = element.getparent()
            is_between = block in blocks and n < known[-1]
            is_next_block = block not in blocks and _kind(block) in kinds and _article(element) is article
            if is_between or is_next_block:
                out.append(n)
        return out

    def _is_prose(self, n: int) -> bool:
        text = self.texts[n]
        if text.count(" ") + 1 < MIN_WORDS or not is_terminal(text):
            return False
        linked = sum(len(one_line(a)) for a in self.elements[n].iter("a"))
        return linked <= MAX_LINK_SHARE * len(text)


def _kind(block: Any) -> str:
    """The class of a block that holds paragraphs; empty where it has none."""
    return " ".join((block.get("class") or "").split()) if block is not None else ""


def _article(element: Any) -> Any:
    return next(element.iterancestors("article", "main"), None)


def _inserted(
    lines: list[str], leads: list[str], known: list[int], missing: list[int], texts: list[str]
) -> list[str]:
    """``lines`` with each missing paragraph after the one that stands before it on the page."""
    keys = [_key(line) for line in lines]
    place = {}
    at = 0
    for n in known:
        at = next((i for i in range(at, len(keys)) if leads[n] in keys[i]), at)
        place[n] = at
    after: dict[int, list[str]] = {}
    for n in missing:
        before = max(k for k in known if k < n)
        after.setdefault(place[before], []).append(texts[n])
    return [part for i, line in enumerate(lines) for part in (line, *after.get(i, ()))]
