"""Articles side by side: which ones, and all that the reading pane draws of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from framing.article import Span
from framing.highlight import LAYERS, Mark, classes, lanes, letter, marks, segments, speaker_numbers
from framing.tables import records
from framing_dashboard.view import MAX_ARTICLES, View
from framing_dashboard.views.rows import outlet_name, plural, when

# More names than this in the legend push the texts off the first screen.
SPEAKERS_LISTED = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """One article with its marks, ready to be drawn."""

    article: dict[str, Any]
    text: str
    paragraphs: tuple[tuple[str, Span], ...]  # role and place of each paragraph of the text
    marks: tuple[Mark, ...]
    voices: tuple[tuple[Span, str], ...]  # where the words are not the outlet's own

    @property
    def name(self) -> str:
        """The outlet as shown."""
        return outlet_name(self.article)


def settle(view: View, rows: list[dict[str, Any]]) -> View:
    """The view with articles chosen: those that it names, else the first two of the event."""
    ids = [str(r["article_id"]) for r in rows]
    chosen = tuple(a for a in view.articles if a in ids) or tuple(ids[:2])
    shown = view.mark.partition(".")[0]
    if shown and shown in ids and shown not in chosen:
        chosen = (shown, *chosen)
    chosen = chosen[:MAX_ARTICLES]
    return replace(view, articles=chosen, mark=view.mark if shown in chosen else "")


def readings(view: View, tables: dict[str, pd.DataFrame], texts: dict[str, str]) -> list[Reading]:
    """The articles of the view in its order. ``tables``: articles, paragraphs, quotes, terms, evidence."""
    own = {name: frame[frame["article_id"].isin(view.articles)] for name, frame in tables.items()}
    articles = {str(r["article_id"]): r for r in records(own["articles"])}
    found = []
    for name in view.articles:
        of = {table: frame[frame["article_id"] == name] for table, frame in own.items()}
        text = texts[name]
        found.append(
            Reading(
                articles[name],
                text,
                _paragraphs(of["paragraphs"], text),
                tuple(m for m in marks(of["quotes"], of["terms"]) if m.span.end <= len(text) and len(m.span)),
                _voices(of["evidence"], text),
            )
        )
    return found


def _paragraphs(frame: pd.DataFrame, text: str) -> tuple[tuple[str, Span], ...]:
    rows = sorted((r["start"], r["end"], r["role"]) for r in records(frame) if r["start"] is not None)
    found: list[tuple[str, Span]] = []
    for start, end, role in rows:
        if start < end <= len(text) and (not found or start >= found[-1][1].end):
            found.append((str(role), Span(int(start), int(end))))
    return tuple(found) or ((("body", Span(0, len(text))),) if text else ())


def _voices(evidence: pd.DataFrame, text: str) -> tuple[tuple[Span, str], ...]:
    """The measure of length rests on the voices themselves: each stretch in one voice is its evidence."""
    own = evidence[(evidence["measure"] == "length") & evidence["voice"].isin(["quoted", "attributed"])]
    return tuple(
        (Span(int(r["start"]), int(r["end"])), str(r["voice"])) for r in records(own) if r["end"] <= len(text)
    )


def payload(found: list[Reading], view: View, entry: int = 0) -> dict[str, Any]:
    """What the reading pane gets: pieces of text, never positions.

    ``rev`` changes when the texts do; ``entry`` when a link was followed, so that the pane
    takes over what the link hides and otherwise keeps what its reader switched.
    """
    everything = [mark for reading in found for mark in reading.marks]
    numbers = speaker_numbers(everything)
    counts = {layer.id: sum(m.layer == layer.id for m in everything) for layer in LAYERS}
    data: dict[str, Any] = {
        "articles": [_article(reading, numbers) for reading in found],
        "layers": [
            {
                "id": layer.id,
                "letter": layer.letter,
                "name": layer.name,
                "meaning": layer.meaning,
                "n": counts[layer.id],
                "sample": f"f-mark f-{layer.id} f-lane-0",
            }
            for layer in LAYERS
            if counts[layer.id]
        ],
        "speakers": _speakers(everything, numbers, found),
        "more": _more(len(numbers) - SPEAKERS_LISTED),
    }
    digest = hashlib.blake2b(json.dumps(data, sort_keys=True).encode("utf-8", "surrogatepass"), digest_size=8)
    state = {"hidden": list(view.hidden), "plain": view.plain, "selected": view.mark, "entry": entry}
    return data | state | {"rev": digest.hexdigest()}


def _article(reading: Reading, numbers: dict[str, int]) -> dict[str, Any]:
    lane = lanes([m.span for m in reading.marks])
    spans = [m.span for m in reading.marks] + [span for span, _ in reading.voices]
    cuts = [edge for _, span in reading.paragraphs for edge in (span.start, span.end)]
    n = len(reading.marks)
    pieces = []
    for segment in segments(reading.text, spans, cuts):
        covering = sorted((i for i in segment.covering if i < n), key=lambda i: lane[i])
        ground = next((reading.voices[i - n][1] for i in segment.covering if i >= n), "")
        starts = [i for i in segment.starts if i < n]
        pieces.append(
            (segment.span, {"t": segment.span.of(reading.text), "m": covering, "s": starts, "g": ground})
        )
    article = reading.article
    meta = [when(article), plural(int(article["n_words"] or 0), "word")]
    meta += [f"credits {article['wire_agency']}"] if article["wire_agency"] else []
    meta += ["cut off"] if article["truncated"] else []
    return {
        "id": article["article_id"],
        "outlet": reading.name,
        "lang": article["language"] or "",
        "meta": " · ".join(meta),
        "blocks": _blocks(pieces, reading.paragraphs),
        "marks": [
            {
                "id": m.id,
                "layer": m.layer,
                "cls": classes(m, lane[i], numbers),
                "letter": letter(m, numbers),
                "title": m.title,
                "notes": list(m.notes),
                "size": len(m.span),
            }
            for i, m in enumerate(reading.marks)
        ],
    }


def _blocks(pieces: list[tuple[Span, dict[str, Any]]], paragraphs: tuple[tuple[str, Span], ...]) -> list[Any]:
    """Paragraphs with their pieces, and the white space between them as plain strings."""
    blocks: list[Any] = []
    at = 0
    for role, span in paragraphs:
        while at < len(pieces) and pieces[at][0].start < span.start:
            blocks.append(pieces[at][1]["t"])
            at += 1
        inside = []
        while at < len(pieces) and pieces[at][0].end <= span.end:
            inside.append(pieces[at][1])
            at += 1
        blocks.append({"role": role, "pieces": inside})
    return blocks + [piece["t"] for _, piece in pieces[at:]]


def _more(n: int) -> str:
    return f"and {plural(n, 'more', 'more')}, named in the notes of their marks" if n > 0 else ""


def _speakers(everything: list[Mark], numbers: dict[str, int], found: list[Reading]) -> list[dict[str, Any]]:
    from framing.text import n_words

    words: dict[str, int] = {}
    for reading in found:
        for mark in reading.marks:
            if mark.speaker and mark.layer in ("quote", "reported"):
                words[mark.speaker] = words.get(mark.speaker, 0) + n_words(mark.span.of(reading.text))
    first = {m.speaker: m for m in reversed(everything) if m.layer in ("quote", "reported")}
    return [
        {
            "n": n,
            "name": name,
            "words": words[name],
            "cls": classes(first[name], 0, numbers).rpartition(" ")[2],
        }
        for name, n in sorted(numbers.items(), key=lambda item: item[1])[:SPEAKERS_LISTED]
    ]
