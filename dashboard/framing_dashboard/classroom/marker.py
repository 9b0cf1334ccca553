"""Texts in which students mark phrases, as a Streamlit component; its script lies in the core."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import streamlit as st

from framing.article import Span
from framing.classroom.session import Answer
from framing.classroom.texts import Shown
from framing.highlight import LAYERS, STYLE

_TOKEN = re.compile(r"\S+")
_EDGES = ".,;:!?\"“”„‘’'«»()[]…–—"
HELP = (
    "Choose the first and the last word of a phrase, or draw over it. By keyboard: arrow keys walk from"
    " word to word, Enter begins and ends a phrase."
)


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    css = files("framing.classroom").joinpath("frontend/marker.css").read_text(encoding="utf-8")
    return st.components.v2.component("framing.marker", js="marker.js", css=f"{STYLE}\n{css}")


def marker(
    texts: Sequence[Shown], marked: Sequence[Answer], *, key: str, locked: bool, on_marked: Callable[[], None]
) -> None:
    """Draw the texts; ``on_marked`` runs when a phrase was chosen, :func:`phrase` says which."""
    drawn = [_text(text) for text in texts]
    digest = hashlib.blake2b(json.dumps(drawn).encode(), digest_size=8).hexdigest()
    data = {
        "rev": digest,
        "texts": drawn,
        "marks": [found for mark in marked for found in _mark(mark, texts)],
        "locked": locked,
        "help": "Sent and locked." if locked else HELP,
    }
    _component()(key=key, data=data, on_marked_change=on_marked)


def words(text: Shown) -> list[Span]:
    """The runs between white space, in the order in which the component numbers them."""
    return [
        Span(span.start + m.start(), span.start + m.end())
        for _, span in text.paragraphs
        for m in _TOKEN.finditer(span.of(text.text))
    ]


def phrase(text: Shown, first: object, last: object) -> Span | None:
    """The phrase from one word to another without punctuation at its edges; None where there is none."""
    found = words(text)
    if not (isinstance(first, int) and isinstance(last, int) and 0 <= first <= last < len(found)):
        return None
    start, end = found[first].start, found[last].end
    while start < end and text.text[start] in _EDGES:
        start += 1
    while end > start and text.text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if start < end else None


def _text(text: Shown) -> dict[str, Any]:
    blocks = []
    for role, span in text.paragraphs:
        run, at, found = span.of(text.text), 0, []
        for match in _TOKEN.finditer(run):
            found.append([run[at : match.start()], match.group()])
            at = match.end()
        blocks.append({"role": role, "words": found})
    return {"key": text.key, "name": text.name, "lang": text.language, "blocks": blocks}


def _mark(mark: Answer, texts: Sequence[Shown]) -> list[dict[str, Any]]:
    text = next((t for t in texts if t.key == mark.text), None)
    if text is None or mark.start is None or mark.end is None:
        return []
    place = Span(mark.start, mark.end)
    covered = [n for n, word in enumerate(words(text)) if word.overlaps(place)]
    letters = {layer.id: layer.letter for layer in LAYERS}
    return (
        [
            {
                "text": text.key,
                "first": covered[0],
                "last": covered[-1],
                "cls": f"f-mark f-{mark.layer} f-lane-0",
                "letter": letters[mark.layer],
            }
        ]
        if covered
        else []
    )
