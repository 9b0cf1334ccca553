"""Pieces and lanes of overlapping marks, and marked text as static HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import highlight, tables
from framing.article import Span
from framing.highlight import Mark, lanes, segments

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab<>&\"' \n\r\u0301😀\u202e\x00"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=60,
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS)
    place = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(place, place), max_size=12))
    return text, [Span(min(p), max(p)) for p in pairs]


@given(marked())
def test_pieces_are_the_text_and_each_span_covers_exactly_its_own(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    pieces = segments(text, spans, cuts=[1, 5])
    assert "".join(p.span.of(text) for p in pieces) == text
    for i, span in enumerate(spans):
        covered = [p for p in pieces if i in p.covering]
        assert "".join(p.span.of(text) for p in covered) == span.of(text)
        starts = [p.span.start for p in pieces if i in p.starts]
        assert starts == ([span.start] if len(span) else [])
    assert all(len(p.span) for p in pieces)


@given(marked())
def test_no_two_overlapping_spans_share_a_lane_and_none_is_wasted(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    found = lanes(spans)
    for i, a in enumerate(spans):
        for j, b in enumerate(spans[:i]):
            assert not (a.overlaps(b) and found[i] == found[j])
    full = [s for s in spans if len(s)]
    depth = max((sum(s.start <= at < s.end for s in full) for at in range(len(text))), default=0)
    assert len(set(lanes(full))) == depth


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 4), (2, 6)], [("ab", (0,)), ("cd", (0, 1)), ("ef", (1,))]),  # crossing
        ([(0, 6), (2, 4)], [("ab", (0,)), ("cd", (0, 1)), ("ef", (0,))]),  # nested
        ([(0, 3), (3, 6)], [("abc", (0,)), ("def", (1,))]),  # adjacent
        ([(1, 3), (1, 3)], [("a", ()), ("bc", (0, 1)), ("def", ())]),  # identical
        ([(2, 2)], [("abcdef", ())]),  # empty
    ],
)
def test_pieces_of_each_kind_of_overlap(
    spans: list[tuple[int, int]], expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    pieces = segments("abcdef", [Span(*s) for s in spans])
    assert [(p.span.of("abcdef"), p.covering) for p in pieces] == expected


def test_a_span_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="span 0:9 in a text of 3 characters"):
        segments("abc", [Span(0, 9)])


class Reader(HTMLParser):
    """What a browser would make of the markup: elements, their attributes, the text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_words_of_models_are_marked_once_a_place_with_every_probability() -> None:
    rows = [
        ("biased_words", "all", 4, 10, "0.69", "word"),
        ("loaded_language", "all", 4, 10, "0.31", "word"),
        ("loaded_language", "outlet", 4, 10, "0.31", "word"),
        ("biased_wording", "all", 0, 20, "0.80", "sentence"),
        ("hedge_cues", "all", 12, 15, "0.91", "hedge cue"),
    ]
    evidence = pd.DataFrame(rows, columns=["measure", "voice", "start", "end", "cue", "category"])
    first, second = highlight.by_models(evidence, [(Span(11, 20), "quoted")])
    assert (first.id, first.title) == (
        "model-4-10",
        "A model takes it for biased wording and loaded language",
    )
    assert first.notes == (
        "in the outlet's own voice",
        "found by model: probability 0.69 of biased wording",
        "found by model: probability 0.31 of loaded language",
    )
    assert (second.span, second.voice, second.notes[0]) == (
        Span(12, 15),
        "quoted",
        "in a quotation of a source",
    )


@given(marked(), TEXTS)
def test_static_html_is_the_text_and_nothing_of_it_is_markup(case: tuple[str, list[Span]], name: str) -> None:
    text, spans = case
    layers = [layer.id for layer in highlight.LAYERS]
    marks = [
        Mark(f"m{i}", s, layers[i % len(layers)], name, (name,), name, stance=name)
        for i, s in enumerate(spans)
    ]
    found = Reader(highlight.static_html(text, marks, [(s, "quoted") for s in spans]))
    assert found.text == text
    assert found.tags <= {"span"}
    assert found.attributes <= {"class", "title", "data-letter"}


def quotes(**values: object) -> pd.DataFrame:
    row = {"quote_id": "q", "article_id": "a", "start": 4, "end": 9, "text": "vowed", "n_words": 1} | values
    return tables.get("quotes").frame([row])


def test_marks_of_a_quotation_and_its_cue() -> None:
    found = highlight.marks(
        quotes(kind="direct", speaker="Ada", cue="claim", cue_stance="doubting", cue_start=0, cue_end=3),
        tables.get("terms").frame([]),
    )
    assert [(m.id, m.layer, m.speaker, m.stance) for m in found] == [
        ("cue-0-3", "cue", "Ada", "doubting"),
        ("quote-4-9", "quote", "Ada", ""),
    ]
    assert found[1].title == "Quotation of Ada"
    assert "introduced by “claim” (doubting)" in found[1].notes


def test_a_cue_of_two_quotations_is_marked_once() -> None:
    one = quotes(kind="direct", cue="say", cue_start=0, cue_end=3)
    two = quotes(kind="direct", cue="say", cue_start=0, cue_end=3, start=10, end=12)
    found = highlight.marks(pd.concat([one, two]), tables.get("terms").frame([]))
    assert [m.id for m in found] == ["cue-0-3", "quote-4-9", "quote-10-12"]


@pytest.mark.parametrize(
    ("kind", "anonymous", "title"),
    [
        ("direct", True, "Quotation of an unnamed source"),
        ("mixed", False, "Quotation of a speaker who was not found"),
        ("indirect", False, "Reported words of a speaker who was not found"),
        ("scare", False, "Quotation marks without a speaker"),
    ],
)
def test_title_of_a_quotation_without_a_name(kind: str, anonymous: bool, title: str) -> None:
    (found,) = highlight.marks(quotes(kind=kind, anonymous=anonymous), tables.get("terms").frame([]))
    assert found.title == title


def test_a_loaded_word_in_a_quotation_is_the_sources() -> None:
    rows = [
        {
            "article_id": "a",
            "start": 0,
            "end": 6,
            "text": "regime",
            "lexicon": "loaded",
            "category": "noun",
            "voice": voice,
            "speaker": speaker,
        }
        for voice, speaker in (("quoted", "Ada"),)
    ]
    (found,) = highlight.marks(tables.get("quotes").frame([]), tables.get("terms").frame(rows))
    assert (found.layer, found.voice) == ("loaded", "quoted")
    assert "in a quotation of Ada" in found.notes


def test_speakers_are_numbered_by_how_much_they_say() -> None:
    marks = [
        Mark("1", Span(0, 3), "quote", "", speaker="Short"),
        Mark("2", Span(4, 20), "reported", "", speaker="Long"),
        Mark("3", Span(0, 30), "cue", "", speaker="Nobody"),
    ]
    assert highlight.speaker_numbers(marks) == {"Long": 1, "Short": 2}


def test_the_list_of_speakers_shows_names_as_they_are() -> None:
    marks = [Mark("1", Span(0, 3), "quote", "", speaker="<b>Ada</b>")]
    found = Reader(highlight.speaker_legend(marks))
    assert found.text == "<b>Ada</b>"
    assert found.tags == {"ol", "li", "bdi"}
    assert highlight.speaker_legend([]) == ""


def test_style_sheet_names_both_schemes_and_no_address() -> None:
    assert "prefers-color-scheme: dark" in highlight.STYLE
    assert "url(" not in highlight.STYLE
    assert "@import" not in highlight.STYLE
