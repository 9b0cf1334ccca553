"""Articles side by side: which ones, and all that the reading pane draws of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from framing.article import Span
from framing.highlight import (
    LAYERS,
    Mark,
    by_models,
    classes,
    copied,
    lanes,
    letter,
    marks,
    names,
    only_here,
    segments,
    speaker_numbers,
)
from framing.reprints import shared_spans
from framing.tables import records
from framing.text import n_words
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


def readings(
    view: View,
    tables: dict[str, pd.DataFrame],
    texts: dict[str, str],
    disputes: Mapping[str, str] | None = None,
) -> list[Reading]:
    """The articles of the view in its order.

    ``tables``: articles, paragraphs, quotes, terms, evidence; with labels, the names of the
    view's referent are marked, with passages, what only one of the articles has.
    ``disputes``: what a reader says against a mark, by ARTICLE.MARK.
    """
    own = {name: frame[frame["article_id"].isin(view.articles)] for name, frame in tables.items()}
    articles = {str(r["article_id"]): r for r in records(own["articles"])}
    alone = carried_once(view.articles, own["passages"]) if "passages" in own else []
    found = []
    for name in view.articles:
        of = {table: frame[frame["article_id"] == name] for table, frame in own.items()}
        text = texts[name]
        voices = _voices(of["evidence"], text)
        all_marks = marks(of["quotes"], of["terms"]) + by_models(of["evidence"], voices)
        if "labels" in of and view.referent:
            all_marks += names(of["labels"][of["labels"]["referent"] == view.referent])
        all_marks += [
            only_here(Span(int(r["start"]), int(r["end"])), r["nearest"])
            for r in alone
            if r["article_id"] == name and r["start"] is not None
        ]
        all_marks += _copied(articles[name], texts, voices)
        all_marks = [
            replace(m, disputed=(disputes or {}).get(f"{name}.{m.id}", ""))
            for m in {m.id: m for m in all_marks if m.span.end <= len(text) and len(m.span)}.values()
        ]
        all_marks.sort(key=lambda m: (m.span.start, -m.span.end, m.layer))
        paragraphs = _paragraphs(of["paragraphs"], text)
        found.append(Reading(articles[name], text, paragraphs, tuple(all_marks), voices))
    return found


def _copied(article: dict[str, Any], texts: dict[str, str], voices: Sequence[tuple[Span, str]]) -> list[Mark]:
    """What the article has word for word from the one that it repeats, as a whole or in part."""
    origin = str(article["reprint_of"] or article["reuse_of"] or "")
    if origin not in texts:
        return []
    quoted = [span for span, voice in voices if voice == "quoted"]
    own = texts[str(article["article_id"])]
    return [copied(span, origin) for span in shared_spans(own, texts[origin], quoted)]


def carried_once(article_ids: Sequence[str], passages: pd.DataFrame) -> list[dict[str, Any]]:
    """The passages that exactly one of these articles carries; ``nearest``: the others' best similarity."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in records(passages[passages["article_id"].isin(list(article_ids))]):
        groups.setdefault(str(row["passage_id"]), []).append(row)
    rows = []
    for group in groups.values():
        covering = [r for r in group if r["covered"]]
        if len(article_ids) > 1 and len(covering) == 1 and len(group) == len(article_ids):
            others = max((r["similarity"] or 0.0 for r in group if not r["covered"]), default=0.0)
            rows.append(covering[0] | {"nearest": others})
    return rows


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
        "shares": _shares(reading),
        "blocks": _blocks(pieces, reading.paragraphs),
        "marks": [
            {
                "id": m.id,
                "layer": m.layer,
                "cls": classes(m, lane[i], numbers),
                "letter": letter(m, numbers),
                "title": m.title,
                "notes": [*m.notes, *([f"disputed: {m.disputed}"] if m.disputed else [])],
                "size": len(m.span),
            }
            for i, m in enumerate(reading.marks)
        ],
    }


def _shares(reading: Reading) -> list[dict[str, Any]]:
    """How much of the text is in whose words, by words; empty where nobody else speaks."""
    counts = dict.fromkeys(("quoted", "attributed"), 0)
    for span, voice in reading.voices:
        counts[voice] += n_words(span.of(reading.text))
    total = n_words(reading.text)
    if not total or not any(counts.values()):
        return []
    shares = {"outlet": max(0, total - sum(counts.values())), **counts}
    called = {"outlet": "own words", "quoted": "quoted", "attributed": "reported speech"}
    return [
        {"voice": voice, "share": n / total, "text": f"{n / total:.0%} {called[voice]}"}
        for voice, n in shares.items()
    ]


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
