"""Lexicons: what a list and its card must hold, and what matches in a text."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import lexicon
from framing.article import FramingError
from framing.lexicon import Card, Entry, Lexicon
from framing.measures.own import measures as own_measures
from framing.text import fold, lowered
from tests.made_articles import made as made_article

CARD = Card("T", "1", "s", "l", "2026-01-01", "", "none", "en", ("entry", "category"))


def made(*entries: str) -> Lexicon:
    return lexicon.build("made", CARD, [Entry(text, "c") for text in entries])


def found(lex: Lexicon, text: str) -> list[str]:
    return [match.span.of(text) for match in lex.matches(text)]


def write(folder: Path, body: str, *, name: str = "words", card: str = "", digest: str | None = None) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(body, encoding="utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if digest is None else digest
    path.with_suffix(".toml").write_text(
        f'title = "T"\nversion = "1"\nsource = "s"\nlicence = "l"\nretrieved = 2026-01-01\nlimits = "none"\n'
        f'language = "en"\nsha256 = "{sha256}"\n' + (card or 'columns = ["entry", "category"]\n'),
        encoding="utf-8",
    )
    return path


def test_bundled_lexicons_have_no_problem() -> None:
    assert lexicon.check() == []
    assert {"loaded", "hedges"} <= set(lexicon.names())


def test_load_reads_once_and_names_the_known_ones() -> None:
    assert lexicon.load("hedges") is lexicon.load("hedges")
    assert lexicon.load("hedges").entries["may"].columns == ("AUX",)
    with pytest.raises(FramingError, match=r"no lexicon named 'nothing'; known: .*hedges"):
        lexicon.load("nothing")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("may\tm\nmight\tm\nmay\tm\n", r"words\.txt:3: 'may' is already on line 1"),
        ("might\tm\nmay\tm\n", r"words\.txt:2: 'may' stands after 'might'; sort"),
        ("may\n", r"words\.txt:1: 'may' has no category"),
        ("# list\nmay\tm\tx\n", r"words\.txt:2: 'may' has 3 columns; the card names 2"),
        ("May\tm\n", r"words\.txt:1: 'May' can never match"),
        ("don’t\tm\n", r"can never match"),
        ("as  well\tm\n", r"can never match"),
        ("...\tm\n", r"can never match"),
    ],
)
def test_what_is_wrong_with_a_line(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(FramingError, match=message):
        lexicon.read(write(tmp_path, body))


def test_a_list_that_its_card_does_not_describe(tmp_path: Path) -> None:
    path = write(tmp_path, "may\tm\n", digest="0" * 64)
    with pytest.raises(FramingError, match=r"words\.txt is not the list its card describes.*bump `version`"):
        lexicon.read(path)


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ('columns = ["word"]\n', r"expected a list: \"entry\", \"category\""),
        ("columns = [\n", r"not readable as TOML"),
        (
            'columns = ["entry", "category"]\n[categories]\nx = "y"\n',
            r"'may' is of category 'm'; the card describes x",
        ),
    ],
)
def test_what_is_wrong_with_a_card(tmp_path: Path, card: str, message: str) -> None:
    with pytest.raises(FramingError, match=message):
        lexicon.read(write(tmp_path, "may\tm\n", card=card))


def test_a_list_without_a_card(tmp_path: Path) -> None:
    path = write(tmp_path, "may\tm\n")
    path.with_suffix(".toml").unlink()
    with pytest.raises(FramingError, match=r"words\.toml is missing; every list has a card"):
        lexicon.read(path)


def test_check_reports_every_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "b\tm\na\tm\nb\tm\n", name="one")
    write(tmp_path, "a\tm\n", name="two").unlink()
    monkeypatch.setattr(lexicon, "folder", lambda name: tmp_path)
    problems = "\n".join(lexicon.check())
    assert "two.toml: a card without its list" in problems
    assert "one.txt:2: 'a' stands after 'b'" in problems
    assert "one.txt:3: 'b' is already on line 1" in problems


def test_whole_words_any_case_and_possessives() -> None:
    lex = made("regime", "so-called")
    text = "The Regime’s So‑Called “REGIME”, an anti-regime regimes’ paper"
    assert found(lex, text) == ["Regime", "So‑Called", "REGIME"]


def test_the_longest_entry_wins_and_none_overlap() -> None:
    lex = made("may", "may day", "day after", "day")
    assert found(lex, "May Day after may day's day after") == ["May Day", "may day", "day after"]


def test_words_of_an_entry_stand_in_one_sentence_part() -> None:
    lex = made("sort of")
    assert found(lex, "sort\nof; sort of; sort, of; sort\n\nof; sort” of") == ["sort\nof", "sort of"]


def test_folding_keeps_offsets_where_lower_case_is_longer() -> None:
    assert found(made("regime"), "İİİ İstanbul’s regime") == ["regime"]
    longer = [c for c in map(chr, range(sys.maxunicode)) if len(lowered(c)) != 1]
    assert longer == []


@given(st.text(alphabet="ab’'- \n.İ", max_size=60))
def test_matches_are_exact_and_apart(text: str) -> None:
    lex = made("a", "ab", "a b", "b-a", "a b a")
    matches = lex.matches(text)
    for match in matches:
        shown = fold(match.span.of(text)).lower()
        assert " ".join(shown.split()) == match.entry.text
    ends = [0, *(match.span.end for match in matches)]
    assert all(match.span.start >= end for match, end in zip(matches, ends, strict=False))


@given(st.lists(st.sampled_from(["a", "b", "ab", "ba", "c"]), max_size=12))
def test_matches_as_a_plain_search_would(tokens: list[str]) -> None:
    lex = made("a", "a b", "b a c", "c")
    expected, at = [], 0
    while at < len(tokens):
        sizes = [n for n in (3, 2, 1) if " ".join(tokens[at : at + n]) in lex.entries]
        if sizes:
            expected.append(" ".join(tokens[at : at + sizes[0]]))
        at += sizes[0] if sizes else 1
    assert [match.entry.text for match in lex.matches(" ".join(tokens))] == expected


# The user's own lists


def own(folder: Path, body: str, name: str = "mine") -> Path:
    path = folder / f"{name}.txt"
    path.write_text(body, encoding="utf-8")
    return path


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(lexicon.OWN, str(tmp_path))
    lexicon.load.cache_clear()
    yield tmp_path
    lexicon.load.cache_clear()


def test_an_own_list_is_one_file(mine: Path) -> None:
    own(mine, "# title: Names for the border\n# version: 3\n\nInvasion\twar\nthe Wall\tbarrier\ncaravan\n")
    assert "mine" in lexicon.names()
    lex = lexicon.load("mine")
    assert (lex.card.title, lex.card.version, lex.card.language) == ("Names for the border", "3", "en")
    assert {e.text: e.category for e in lex.entries.values()} == {
        "invasion": "war",
        "the wall": "barrier",
        "caravan": lexicon.OWN_CATEGORY,
    }
    assert found(lex, "An invasion? A Caravan reached the wall.") == ["invasion", "Caravan", "the wall"]
    assert lexicon.check() == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("wall\ta\nWall\tb\n", r"mine\.txt:2: 'Wall' is already on line 1; an entry has one category"),
        ("...\n", r"mine\.txt:1: '\.\.\.' can never match"),
        ("wall\ta\tNOUN\tx\n", r"mine\.txt:1: 'wall' has 4 columns"),
        ("# title: nothing\n", r"mine\.txt has no entry"),
    ],
)
def test_what_is_wrong_with_an_own_list(mine: Path, body: str, message: str) -> None:
    own(mine, body)
    with pytest.raises(FramingError, match=message):
        lexicon.load("mine")
    assert len(lexicon.check()) == 1


def test_an_own_list_may_not_hide_a_bundled_one(mine: Path) -> None:
    own(mine, "perhaps\n", "hedges")
    assert "a bundled list is named 'hedges' as well; rename the file" in lexicon.check()[0]
    with pytest.raises(FramingError, match="rename the file"):
        lexicon.load("hedges")


def test_conflicts_are_reported_with_what_the_others_say(mine: Path) -> None:
    own(mine, "regime\tneutral\nzebra\tanimal\n", "mine")
    own(mine, "zebra\tcrossing\n", "yours")
    regime, zebra = lexicon.conflicts()
    assert regime.startswith("mine: 'regime' (neutral) is also in contested (government), ")
    assert "loaded (political label)" in regime
    assert zebra == "yours: 'zebra' (crossing) is also in mine (animal)"
    assert lexicon.check() == []


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(lexicon.OWN, str(tmp_path / "nowhere"))
    with pytest.raises(FramingError, match=r"FRAMING_LEXICONS is .*nowhere', which is no folder"):
        lexicon.names()


def test_an_own_list_is_measured_by_voice(mine: Path) -> None:
    own(mine, "# title: Border\nAntifa\twho\nsurge\n")
    (measure,) = own_measures()
    annotated, _ = made_article(
        "Antifa^PROPN saw a surge and " + "nothing else. " * 30 + "«Ana Ruiz|A surge of it»."
    )
    outlet, quoted = measure(annotated, "outlet"), measure(annotated, "quoted")
    assert measure.name == "own_mine"
    assert [(e.cue, e.category, e.lexicon) for e in outlet.evidence] == [
        ("antifa", "who", "mine"),
        ("surge", lexicon.OWN_CATEGORY, "mine"),
    ]
    assert outlet.value == pytest.approx(1000 * 2 / annotated.n_words("outlet"))
    assert quoted.value is None
    assert [e.speaker for e in measure(annotated).evidence] == ["", "", "Ana Ruiz"]
    assert measure.lexicons == ("mine",)
