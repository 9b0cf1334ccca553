"""Word lists with their cards: read, checked against the card, matched on whole words.

A lexicon is two files under ``lexicons/``: ``<name>.txt``, one entry a line as
``entry<TAB>category[<TAB>more columns]`` (UTF-8, ``#`` starts a comment line, sorted
by entry, no entry twice), and ``<name>.toml``, its card. The card's ``sha256`` is of
the bytes of the ``.txt``, so that a list and what is said about it cannot part.

A user's own list is one file, ``<name>.txt``, in the folder that the environment
variable :data:`OWN` names: one entry a line, its category after a tab where there
are several, and what a card says as ``# title: ...`` in the lines above.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from framing.article import FramingError, Span
from framing.resources import folder
from framing.text import TOKEN, Tokens, lowered, tokens

# Names the folder with the user's own lists. A variable and no setting of a study: worker
# processes inherit it, and the provenance of a study names every list with its hash.
OWN = "FRAMING_LEXICONS"

# Where an own list gives no category: all its entries are of one.
OWN_CATEGORY = "term"
_OWN_COLUMNS = ("entry", "category", "pos")
_OWN_DEFAULTS = {
    "version": "1",
    "source": "the user's own list",
    "licence": "not stated",
    "retrieved": "not stated",
    "limits": "not stated",
    "language": "en",
}
_OWN_FIELD = re.compile(r"#\s*(\w+)\s*:\s*(.*\S)")

_TEXT_FIELDS = ("title", "version", "source", "licence", "retrieved", "sha256", "limits", "language")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a list. ``retrieved`` is an ISO date, ``language`` an ISO 639-1 code.

    ``columns`` names the columns of the ``.txt``, "entry" and "category" first.
    ``categories`` says what each category means; where it is not empty, it must name
    every category that the list uses.
    """

    title: str
    version: str
    source: str
    licence: str
    retrieved: str
    sha256: str
    limits: str
    language: str
    columns: tuple[str, ...]
    categories: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: lower-cased, with straight marks; ``columns`` are those after the category."""

    text: str
    category: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Where an entry stands in a text. A possessive ``'s`` after it is not part of the span."""

    span: Span
    entry: Entry


# Which word an entry begins with and how many it has, where it starts and ends, and the entry.
Found = tuple[int, int, int, int, Entry]


@dataclass(slots=True)
class _Begun:
    """The entries that a word begins: of several words, longest first, by their second; and of it alone."""

    longer: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    alone: Entry | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A list, its card and its matcher. Build it with :func:`build` or :func:`load`."""

    name: str
    card: Card
    entries: Mapping[str, Entry]
    _index: Mapping[str, _Begun] = field(repr=False, compare=False)

    def matches(self, text: str) -> list[Match]:
        """Every entry in ``text``, in order: whole words, any case, the longest wins, none overlap.

        Typographic marks are folded first; spans point into ``text`` as given. A
        hyphenated compound is one word ("anti-regime" is no "regime"), a possessive
        is its noun ("the regime's"). The words of an entry of several words may be
        parted by white space, not by a paragraph break.
        """
        return [Match(Span(start, end), entry) for _, _, start, end, entry in self.found(tokens(text))]

    def begins(self, word: str) -> bool:
        """Whether an entry may begin with ``word``, in any case."""
        return lowered(word) in self._index or "Σ" in word  # whose small letter depends on what follows

    def found(self, read: Tokens, at: Iterable[int] | None = None) -> list[Found]:
        """As :meth:`matches`, of those that begin at the words ``at`` (in order; left out: at any)."""
        words, starts, index = read.words, read.starts, self._index
        found, end, last_word = list[Found](), 0, len(words) - 1
        if at is None:
            at = sorted([place for word in read.places.keys() & index.keys() for place in read.places[word]])
        for first in at:
            begun = index.get(words[first])
            if begun is None or starts[first] < end:
                continue
            longer = begun.longer
            for rest, entry in longer.get(words[first + 1], ()) if longer and first < last_word else ():
                last = _end_of(rest, read, first)
                if last is not None:
                    end = last
                    found.append((first, 1 + len(rest), starts[first], end, entry))
                    break
            else:
                if begun.alone is not None:
                    end = starts[first] + len(begun.alone.text)
                    found.append((first, 1, starts[first], end, begun.alone))
        return found


def _end_of(rest: tuple[str, ...], read: Tokens, first: int) -> int | None:
    """Where the entry ends that starts at the word ``first``, None where the words after it are others."""
    if first + len(rest) >= len(read.words):
        return None
    end = read.starts[first] + len(read.words[first])
    for at, want in enumerate(rest, start=first + 1):
        start, word = read.starts[at], read.words[at]
        gap = read.folded[end:start]
        if not gap.isspace() or gap.count("\n") > 1:
            return None
        if word != want and not (at == first + len(rest) and word == want + "'s"):
            return None
        end = start + len(want)
    return end


def build(name: str, card: Card, entries: Sequence[Entry]) -> Lexicon:
    """A lexicon from its parts, with the index that :meth:`Lexicon.matches` reads."""
    index: dict[str, _Begun] = {}
    # Entries of more words, then longer ones, before others: the first that fits wins.
    for entry in sorted(entries, key=lambda entry: (-entry.text.count(" "), -len(entry.text))):
        first, *rest = TOKEN.findall(entry.text)
        if not rest:
            for form in (first, first + "'s"):
                begun = index.setdefault(form, _Begun())
                begun.alone = begun.alone or entry
            continue
        longer = index.setdefault(first, _Begun()).longer
        longer.setdefault(rest[0], []).append((tuple(rest), entry))
        if len(rest) == 1:
            longer.setdefault(rest[0] + "'s", []).append((tuple(rest), entry))
    by_text = MappingProxyType({entry.text: entry for entry in entries})
    return Lexicon(name, card, by_text, index)


def names() -> tuple[str, ...]:
    """The bundled lexicons and the user's own, sorted."""
    return tuple(sorted({*bundled(), *own()}))


def bundled() -> tuple[str, ...]:
    """The bundled lexicons, sorted."""
    return tuple(sorted(path.stem for path in folder("lexicons").glob("*.txt")))


def own() -> tuple[str, ...]:
    """The user's own lists, sorted. Raises FramingError where :data:`OWN` names no folder."""
    return tuple(sorted(_own_paths()))


def _own_paths() -> dict[str, Path]:
    given = os.environ.get(OWN, "").strip()
    if not given:
        return {}
    root = Path(given)
    if not root.is_dir():
        raise FramingError(f"{OWN} is {given!r}, which is no folder; name the folder that holds your lists")
    return {path.stem: path for path in root.glob("*.txt")}


@functools.cache
def load(name: str) -> Lexicon:
    """The lexicon ``name``, bundled or the user's own, read once per process.

    Raises FramingError where there is none of that name, or where list and card
    have a problem that :func:`check` would report.
    """
    mine = _own_paths().get(name)
    if mine is not None:
        return read_own(mine)
    path = folder("lexicons") / f"{name}.txt"
    if not path.is_file():
        raise FramingError(f"no lexicon named {name!r}; known: {', '.join(names())}")
    return read(path)


def read(path: Path) -> Lexicon:
    """The lexicon in ``path`` (its ``.txt``), its card beside it. Raises FramingError, as :func:`load`."""
    problems: list[str] = []
    card = _card(path.with_suffix(".toml"), problems)
    entries = list(_entries(path, card, problems))
    if problems or card is None:
        raise FramingError(problems[0])
    return build(path.stem, card, entries)


def read_own(path: Path) -> Lexicon:
    """A user's own list. Raises FramingError with the first problem, as :func:`load`."""
    problems: list[str] = []
    found = _own_list(path, problems)
    if problems:
        raise FramingError(problems[0])
    return found


def _own_list(path: Path, problems: list[str]) -> Lexicon:
    """An own list with its card from the lines that start with ``#``; problems go to ``problems``."""
    data = path.read_bytes()
    texts = {**_OWN_DEFAULTS, "title": path.stem, "sha256": hashlib.sha256(data).hexdigest()}
    if path.stem in bundled():
        problems.append(f"{_shown(path)}: a bundled list is named {path.stem!r} as well; rename the file")
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for n, line in enumerate(_decoded(path, data, problems), start=1):
        stated = _OWN_FIELD.match(line)
        if stated and stated.group(1) in texts and stated.group(1) != "sha256" and not entries:
            texts[stated.group(1)] = stated.group(2)
        if not line.strip() or line.startswith("#"):
            continue
        text, *columns = (cell.strip() for cell in line.split("\t"))
        entry = Entry(lowered(text), *_own_columns(columns))
        problem = _own_problem(text, entry, columns, lines)
        if problem:
            problems.append(f"{_shown(path)}:{n}: {problem}")
            continue
        lines[entry.text] = n
        entries[entry.text] = entry
    if not entries and not problems:
        problems.append(f"{_shown(path)} has no entry; expected one a line, entry<TAB>category")
    card = Card(**texts, columns=_OWN_COLUMNS, categories={})
    return build(path.stem, card, list(entries.values()))


def _own_columns(columns: list[str]) -> tuple[str, tuple[str, ...]]:
    return (columns[0] if columns and columns[0] else OWN_CATEGORY), tuple(columns[1:])


def _own_problem(text: str, entry: Entry, columns: list[str], lines: Mapping[str, int]) -> str:
    """What is wrong with one line of an own list; empty where nothing is."""
    if len(columns) >= len(_OWN_COLUMNS):
        return f"{text!r} has {len(columns) + 1} columns; expected {'<TAB>'.join(_OWN_COLUMNS)} at most"
    if " ".join(TOKEN.findall(entry.text)) != entry.text:
        return f"{text!r} can never match; an entry is words, with one blank between them"
    if entry.text in lines:
        return f"{text!r} is already on line {lines[entry.text]}; an entry has one category"
    return ""


def conflicts() -> list[str]:
    """Entries of the user's own lists that another list has too, each with what the others say of it.

    Not an error: every list is counted by itself, and which one is right is the user's to say.
    """
    lists = [_own_list(path, []) for _, path in sorted(_own_paths().items())]
    others = [load(name) for name in bundled()]
    found = []
    for i, one in enumerate(lists):
        for text, entry in sorted(one.entries.items()):
            says = [
                f"{other.name} ({other.entries[text].category})"
                for other in (*others, *lists[:i])
                if text in other.entries
            ]
            if says:
                found.append(f"{one.name}: {text!r} ({entry.category}) is also in {', '.join(says)}")
    return found


def check() -> list[str]:
    """Every problem of the lexicons and their cards, bundled and own; empty where all is well."""
    problems: list[str] = []
    root = folder("lexicons")
    for card_path in sorted(root.glob("*.toml")):
        if not card_path.with_suffix(".txt").is_file():
            problems.append(
                f"{_shown(card_path)}: a card without its list {card_path.stem}.txt; add the list"
            )
    for name in bundled():
        path = root / f"{name}.txt"
        list(_entries(path, _card(path.with_suffix(".toml"), problems), problems))
    for _, path in sorted(_own_paths().items()):
        _own_list(path, problems)
    return problems


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _card(path: Path, problems: list[str]) -> Card | None:
    if not path.is_file():
        problems.append(f"{_shown(path)} is missing; every list has a card beside it")
        return None
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{_shown(path)}: not readable as TOML ({error})")
        return None
    texts = {name: str(data.get(name, "")).strip() for name in _TEXT_FIELDS}
    columns = data.get("columns", [])
    empty = [name for name, value in texts.items() if not value]
    if empty:
        problems.append(f"{_shown(path)}: {', '.join(empty)} not given; a card states each of them")
    if not isinstance(columns, list) or columns[:2] != ["entry", "category"]:
        problems.append(f'{_shown(path)}: columns is {columns!r}; expected a list: "entry", "category", …')
        return None
    if empty:
        return None
    categories = {str(k): str(v) for k, v in data.get("categories", {}).items()}
    return Card(**texts, columns=tuple(columns), categories=categories)


def _entries(path: Path, card: Card | None, problems: list[str]) -> Iterator[Entry]:
    """The entries of a list; what is wrong with it goes to ``problems``."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if card and card.sha256 != digest:
        problems.append(
            f"{_shown(path)} is not the list its card describes: its sha256 is {digest}, "
            f"the card says {card.sha256}. If the edit is meant, bump `version` and `sha256`"
        )
    seen: dict[str, int] = {}
    previous = ""
    for n, line in enumerate(_decoded(path, data, problems), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        text, *columns = line.split("\t")
        problem = _problem(text, columns, card, seen, previous)
        if problem:
            problems.append(f"{_shown(path)}:{n}: {problem}")
            continue
        seen[text] = n
        previous = text
        yield Entry(text, columns[0], tuple(columns[1:]))


def _decoded(path: Path, data: bytes, problems: list[str]) -> list[str]:
    """The lines of a list; none, and a problem more, where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        problems.append(f"{_shown(path)}: not UTF-8 ({error}); save it as UTF-8")
        return []


def _problem(text: str, columns: list[str], card: Card | None, seen: Mapping[str, int], previous: str) -> str:
    """What is wrong with one line; empty where nothing is."""
    if not columns or not columns[0].strip():
        return f"{text!r} has no category; expected entry<TAB>category"
    if text != lowered(text) or " ".join(TOKEN.findall(text)) != text:
        return f"{text!r} can never match; write lower case, straight marks, one blank between words"
    if text in seen:
        return f"{text!r} is already on line {seen[text]}"
    if text < previous:
        return f"{text!r} stands after {previous!r}; sort the list by entry"
    if card and len(columns) + 1 != len(card.columns):
        return f"{text!r} has {len(columns) + 1} columns; the card names {len(card.columns)}"
    if card and card.categories and columns[0] not in card.categories:
        return (
            f"{text!r} is of category {columns[0]!r}; the card describes {', '.join(sorted(card.categories))}"
        )
    return ""
