"""The texts of a lesson: as they are, and as students see them before the names are shown."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from framing.article import Span
from framing.classroom.blinding import Blinder, BlindText, blinder
from framing.highlight import Mark

Kind = Literal["tool", "hand"]
_SAME = BlindText("", ())


@dataclass(frozen=True, slots=True)
class ClassText:
    """A text with everything that a lesson may show of it.

    ``id`` is what settings call it. ``tool`` are the marks of the study, ``hand`` those made by
    people, None where there are none of the kind; all places point into ``text``.
    """

    id: str
    article_id: str
    outlet: str
    title: str
    byline: str
    published: str
    text: str
    paragraphs: tuple[tuple[str, Span], ...]
    hand: tuple[Mark, ...] | None = None
    tool: tuple[Mark, ...] | None = None
    extra: dict[str, Any] = field(default_factory=dict)  # n_words, wire_agency, truncated, language

    def marks(self, kind: Kind) -> tuple[Mark, ...]:
        """The marks of a kind, none where nobody made them."""
        return (self.tool if kind == "tool" else self.hand) or ()

    @property
    def title_span(self) -> Span | None:
        """Where the headline stands in the text, None where it is no part of it."""
        return next((span for role, span in self.paragraphs if role == "title"), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as the class sees it: called ``name``, without what would say whose it is.

    ``key`` ("t1") is the only id that leaves the server before the names are shown.
    """

    key: str
    name: str
    title: str
    text: str
    paragraphs: tuple[tuple[str, Span], ...]
    hand: tuple[Mark, ...] | None
    tool: tuple[Mark, ...] | None
    n_words: int
    truncated: bool
    wire: bool
    language: str
    cut: BlindText = field(default=_SAME)

    def marks(self, kind: Kind) -> tuple[Mark, ...]:
        """The marks of a kind, none where nobody made them."""
        return (self.tool if kind == "tool" else self.hand) or ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Whose marks there are; those made by hand first, because they teach best."""
        present: tuple[tuple[Kind, bool], ...] = (
            ("hand", self.hand is not None),
            ("tool", self.tool is not None),
        )
        return tuple(kind for kind, there in present if there)

    @property
    def title_span(self) -> Span | None:
        """Where the headline stands in the text, None where it is no part of it."""
        return next((span for role, span in self.paragraphs if role == "title"), None)


def shuffled(texts: Sequence[ClassText], seed: int) -> list[ClassText]:
    """The texts in an order that only the seed decides: not by outlet, date or file."""
    order = sorted(texts, key=lambda t: t.article_id)
    random.Random(seed).shuffle(order)
    return order


def blind(
    texts: Sequence[ClassText], names: str, every_outlet: Sequence[str] = (), bylines: Sequence[str] = ()
) -> tuple[list[Shown], Blinder]:
    """The texts as the class sees them, in the order given, and the blinder that made them.

    ``every_outlet`` are all outlets of the study, ``bylines`` further author lines to take out.
    """
    called: dict[str, str] = {}
    for n, text in enumerate(texts, start=1):
        called.setdefault(text.outlet, f"{names} {n}")
    called.pop("", None)
    make = blinder(called, [t.byline for t in texts] + list(bylines), every_outlet)
    return [_shown(text, n, names, make) for n, text in enumerate(texts, start=1)], make


def _shown(text: ClassText, n: int, names: str, make: Blinder) -> Shown:
    cut = make(text.text)
    return Shown(
        key=f"t{n}",
        name=f"{names} {n}",
        title=make.string(text.title),
        text=cut.text,
        paragraphs=tuple((role, cut.to_blind(span)) for role, span in text.paragraphs),
        hand=_moved(text.hand, cut, make),
        tool=_moved(text.tool, cut, make),
        n_words=int(text.extra.get("n_words") or len(text.text.split())),
        truncated=bool(text.extra.get("truncated")),
        wire=bool(text.extra.get("wire_agency")),
        language=str(text.extra.get("language") or ""),
        cut=cut,
    )


def _moved(marks: Sequence[Mark] | None, cut: BlindText, make: Blinder) -> tuple[Mark, ...] | None:
    if marks is None:
        return None
    found = []
    for mark in marks:
        span = cut.to_blind(mark.span)
        if not len(span):
            continue
        found.append(
            replace(
                mark,
                id=f"{mark.layer}-{span.start}-{span.end}",
                span=span,
                title=make.string(mark.title),
                notes=tuple(make.string(note) for note in mark.notes),
                speaker=make.string(mark.speaker),
                sentence=make.string(mark.sentence),
            )
        )
    return tuple(found)
