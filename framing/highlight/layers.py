"""The kinds of marks, and the marks of one article from its rows of quotes and terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.article import Span


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of mark that a reader switches on and off."""

    id: str
    letter: str
    name: str
    meaning: str


OF_ANY_TEXT: tuple[Layer, ...] = (
    Layer("quote", "Q", "Quotation", "words inside quotation marks with their speaker's number"),
    Layer("reported", "R", "Reported speech", "a source's words without quotation marks"),
    Layer("cue", "V", "Cue", "the word that introduces the speech, with its stance unless neutral"),
    Layer("loaded", "L", "Loaded term", "an entry of the list of evaluative words"),
    Layer("hedge", "H", "Hedge", "a word that holds back commitment"),
    Layer("scare", "S", "Marks without a speaker", "words in quotation marks that nobody is named for"),
    Layer("other", "T", "Other list", "an entry of another word list"),
)
# These need what the models found, the other articles of the event, or a choice of the reader.
LAYERS: tuple[Layer, ...] = (
    *OF_ANY_TEXT,
    Layer(
        "model", "M", "Model's mark", "a word that a trained model picks out; beside the lists, not of them"
    ),
    Layer("name", "N", "Name", "a name for the person, place or thing that was chosen"),
    Layer("passage", "P", "Only here", "a passage without a similar sentence in the other texts"),
    Layer("copied", "C", "Copied", "words in a row that this text and the one it repeats both print"),
)
_BY_ID = {layer.id: layer for layer in LAYERS}
_KINDS = {"direct": "quote", "mixed": "quote", "indirect": "reported", "scare": "scare"}
_LISTS = {"loaded": "loaded", "hedges": "hedge"}
# Measures by trained models whose evidence holds words, by category; what such a word is taken for.
_BY_MODEL = {
    ("biased_words", "word"): "biased wording",
    ("loaded_language", "word"): "loaded language",
    ("hedge_cues", "hedge cue"): "a hedge",
}


def get(layer: str) -> Layer:
    """The layer of that id; LookupError names the known ones."""
    if layer not in _BY_ID:
        raise LookupError(f"no layer named {layer!r}; known: {', '.join(_BY_ID)}")
    return _BY_ID[layer]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on one article: where, of which layer, and what its note says.

    ``id`` is unique within the article and stays as long as the text does. ``speaker``
    is empty in the outlet's own voice and where none was found; ``stance`` only a cue has;
    ``disputed`` is what a reader says against it.
    """

    id: str
    span: Span
    layer: str
    title: str
    notes: tuple[str, ...] = ()
    speaker: str = ""
    voice: str = ""
    stance: str = ""
    sentence: str = ""
    disputed: str = ""  # why a reader disputes it


def marks(quotes: pd.DataFrame, terms: pd.DataFrame) -> list[Mark]:
    """Every mark of one article from its rows of the tables ``quotes`` and ``terms``, in text order."""
    found: dict[str, Mark] = {}
    for row in _rows(quotes):
        for mark in (_quotation(row), _cue(row)):
            if mark is not None:
                found.setdefault(mark.id, mark)  # two quotations may share a cue
    for row in _rows(terms):
        mark = _term(row)
        found.setdefault(mark.id, mark)
    return sorted(found.values(), key=lambda m: (m.span.start, -m.span.end, m.layer))


def by_models(evidence: pd.DataFrame, voices: Sequence[tuple[Span, str]] = ()) -> list[Mark]:
    """The words that trained models pick out, from the rows of ``evidence`` of one article.

    One mark a place, whatever the number of models; each with the probability that it gives,
    0 to 1. ``voices``: the stretches in other voices than the outlet's.
    """
    own = evidence[(evidence["voice"] == "all") & evidence["measure"].isin([m for m, _ in _BY_MODEL])]
    found: dict[Span, list[tuple[str, str]]] = {}
    for row in _rows(own):
        kind = _BY_MODEL.get((str(row["measure"]), str(row["category"])))
        if kind is not None:
            span = Span(int(row["start"]), int(row["end"]))
            found.setdefault(span, []).append((kind, str(row["cue"])))
    made = []
    for span, kinds in found.items():
        voice = next((v for stretch, v in voices if stretch.overlaps(span)), "outlet")
        notes = [f"found by model: probability {probability} of {kind}" for kind, probability in kinds]
        title = f"A model takes it for {' and '.join(dict.fromkeys(kind for kind, _ in kinds))}"
        made.append(Mark(_id("model", span), span, "model", title, (_whose(voice, ""), *notes), voice=voice))
    return made


def names(labels: pd.DataFrame) -> list[Mark]:
    """A mark for each name in rows of the table ``labels``: those of one article and one referent."""
    found = []
    for row in _rows(labels):
        span = Span(int(row["start"]), int(row["end"]))
        notes = [_whose(str(row["voice"]), str(row["speaker"])), f"found by rule: {row['kind'] or 'name'}"]
        if row["contested"]:
            notes.insert(0, f"one of several words for it in this event: {row['contested']}")
        if row["only_outlet"]:
            notes.insert(0, "only this outlet uses it")
        title = f"Name for {row['referent']}: “{row['label'] or row['text']}”"
        voice, speaker = str(row["voice"]), str(row["speaker"])
        found.append(Mark(_id("name", span), span, "name", title, tuple(notes), speaker, voice))
    return found


def only_here(span: Span, nearest: float) -> Mark:
    """A passage that the other texts lack; ``nearest``: similarity of their nearest sentence, 0 to 1."""
    notes = (
        f"nearest sentence elsewhere: similarity {nearest:.2f} of 1",
        "found by comparing sentences; not found is not the same as left out on purpose",
    )
    return Mark(_id("passage", span), span, "passage", "Passage found in this text only", notes)


def copied(span: Span, origin: str) -> Mark:
    """Words that stand in another text too, as its share of repeated text counts them."""
    notes = (f"word for word in {origin}", "found by comparing runs of words; quotations are left out")
    return Mark(_id("copied", span), span, "copied", "Text that another article prints too", notes)


def who(row: Mapping[str, Any]) -> str:
    """The speaker of a quotation as a reader should see it.

    >>> who({"speaker": "", "anonymous": True})
    'an unnamed source'
    """
    if row.get("speaker"):
        return str(row["speaker"])
    return "an unnamed source" if row.get("anonymous") else "a speaker who was not found"


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), "")
    for row in plain.to_dict("records"):
        yield {str(k): v for k, v in row.items()}


def _id(layer: str, span: Span) -> str:
    return f"{layer}-{span.start}-{span.end}"


def _quotation(row: Mapping[str, Any]) -> Mark | None:
    layer = _KINDS.get(str(row["kind"]))
    if layer is None:
        return None
    span = Span(int(row["start"]), int(row["end"]))
    if layer == "scare":
        why = ("A candidate only: marks also set off names, titles and terms.", *_rule(row))
        return Mark(_id(layer, span), span, layer, "Quotation marks without a speaker", why, voice="outlet")
    notes = [f"{row['kind']}, {int(row['n_words'] or 0)} words"]
    if row.get("cue"):
        notes.append(f"introduced by “{row['cue']}” ({row['cue_stance'] or 'no stance'})")
    if row.get("speaker_role"):
        notes.append(f"speaker: {row['speaker_role']}")
    if row.get("medium"):
        notes.append(f"through {row['medium']}")
    if row.get("anonymous"):
        notes.append(f"name withheld: {row.get('anonymity_reason') or 'no reason given'}")
    name = "Quotation of" if layer == "quote" else "Reported words of"
    voice = "quoted" if layer == "quote" else "attributed"
    return Mark(
        _id(layer, span), span, layer, f"{name} {who(row)}", (*notes, *_rule(row)), str(row["speaker"]), voice
    )


def _rule(row: Mapping[str, Any]) -> list[str]:
    found = [f"found by rule: {row['rule']}"] if row.get("rule") else []
    if row.get("speaker_confidence") not in (None, ""):
        found.append(f"certainty of the name: {float(row['speaker_confidence']):.0%}")
    return found


def _cue(row: Mapping[str, Any]) -> Mark | None:
    if row.get("cue_start") in (None, "") or row.get("cue_end") in (None, ""):
        return None
    span = Span(int(row["cue_start"]), int(row["cue_end"]))
    stance = str(row["cue_stance"])
    notes = (f"introduces the words of {who(row)}", "found by list: cues")
    title = f"Cue “{row['cue']}”: {stance or 'no stance known'}"
    return Mark(_id("cue", span), span, "cue", title, notes, str(row["speaker"]), "outlet", stance)


def _whose(voice: str, speaker: str) -> str:
    if voice == "outlet":
        return "in the outlet's own voice"
    if voice == "quoted":
        return f"in a quotation of {speaker or 'a source'}"
    return f"in the reported words of {speaker or 'a source'}"


def _term(row: Mapping[str, Any]) -> Mark:
    layer = _LISTS.get(str(row["lexicon"]), "other")
    span = Span(int(row["start"]), int(row["end"]))
    speaker, voice = str(row["speaker"]), str(row["voice"])
    notes = (_whose(voice, speaker), f"found by list: {row['lexicon']}, category {row['category']}")
    entry = row.get("entry") or row["text"]
    title = f"{_BY_ID[layer].name} “{entry}”"
    sentence = str(row.get("sentence") or "")
    return Mark(_id(layer, span), span, layer, title, notes, speaker, voice, sentence=sentence)
