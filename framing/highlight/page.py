"""Marked text as escaped static HTML: no script, no address, nothing of the text is markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from framing.article import Span
from framing.highlight import palette
from framing.highlight.layers import OF_ANY_TEXT, Layer, Mark, get
from framing.highlight.overlap import lanes, segments

# Lines lie between two lines of text; a fourth would touch the line below.
MAX_LANE = 3


def style() -> str:
    """The style sheet of marks: light by default, dark where the page or the system is."""
    rules = files("framing.highlight").joinpath("marks.css").read_text(encoding="utf-8")
    light, dark = palette.variables("light"), palette.variables("dark")
    return (
        f":root, .f-light {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f".f-dark {{ {dark} }}\n{rules}"
    )


def speaker_numbers(marks: Sequence[Mark]) -> dict[str, int]:
    """A number from 1 for every speaker: those with most quoted and reported text first."""
    sizes: dict[str, int] = {}
    for mark in marks:
        if mark.speaker and mark.layer in ("quote", "reported"):
            sizes[mark.speaker] = sizes.get(mark.speaker, 0) + len(mark.span)
    return {name: n for n, name in enumerate(sorted(sizes, key=lambda s: (-sizes[s], s)), start=1)}


def letter(mark: Mark, numbers: dict[str, int]) -> str:
    """What stands before a mark: its letter, the speaker's number, a cue's stance; "!" where disputed."""
    first = get(mark.layer).letter
    if mark.layer in ("quote", "reported"):
        first += str(numbers.get(mark.speaker, "?"))
    elif mark.layer == "cue":
        first = "" if mark.stance == "neutral" else mark.stance  # its frame tells a cue from other marks
    return first + ("!" if mark.disputed else "")


def classes(mark: Mark, lane: int, numbers: dict[str, int]) -> str:
    """The CSS classes of a mark's line: layer, lane, speaker."""
    found = f"f-mark f-{mark.layer} f-lane-{min(lane, MAX_LANE)}"
    if mark.layer in ("quote", "reported"):
        n = numbers.get(mark.speaker)
        found += f" f-speaker-{n}" if n and n <= len(palette.SPEAKERS["light"]) else " f-speaker-other"
    return found


def static_html(
    text: str, marks: Sequence[Mark], voices: Sequence[tuple[Span, str]] = (), *, numbered: bool = True
) -> str:
    """``text`` with its marks as nested ``<span>``: the text of the result is ``text``.

    ``voices`` are stretches that are not the outlet's own ("quoted", "attributed"); they
    get a ground. ``numbered`` puts the letter of each mark before it (as an attribute,
    drawn by the style sheet, no part of the text).
    """
    numbers, lane = speaker_numbers(marks), lanes([m.span for m in marks])
    spans = [m.span for m in marks] + [span for span, _ in voices]
    pieces = []
    for segment in segments(text, spans):
        piece = escape(segment.span.of(text))
        covering = [i for i in segment.covering if i < len(marks)]
        for i in sorted(covering, key=lambda i: lane[i]):
            note = escape(". ".join((marks[i].title, *marks[i].notes)))
            piece = f'<span class="{classes(marks[i], lane[i], numbers)}" title="{note}">{piece}</span>'
        starts = [marks[i] for i in segment.starts if i < len(marks)]
        letters = escape(" ".join(filter(None, (letter(mark, numbers) for mark in starts))))
        if numbered and letters:
            piece = f'<span class="f-start" data-letter="{letters}">{piece}</span>'
        ground = next((voices[i - len(marks)][1] for i in segment.covering if i >= len(marks)), "")
        if ground in ("quoted", "attributed"):
            piece = f'<span class="f-ground-{ground}">{piece}</span>'
        pieces.append(piece)
    return "".join(pieces)


def legend(shown: Sequence[Layer] = OF_ANY_TEXT) -> str:
    """What each line and letter means, as HTML."""
    items = (
        f'<span class="f-key"><span class="{_sample(layer)}">{layer.letter}</span>'
        f" {escape(layer.name)}: {escape(layer.meaning)}</span>"
        for layer in shown
    )
    return f'<span class="f-legend">{" ".join(items)}</span>'


def speaker_legend(marks: Sequence[Mark]) -> str:
    """The number of each speaker with the name, as an HTML list; empty where nobody speaks."""
    items = "".join(
        f'<li value="{n}"><bdi>{escape(name)}</bdi></li>' for name, n in speaker_numbers(marks).items()
    )
    return f'<ol class="f-speakers">{items}</ol>' if items else ""


def _sample(layer: Layer) -> str:
    speaker = " f-speaker-1" if layer.id in ("quote", "reported") else ""
    return f"f-mark f-{layer.id} f-lane-0{speaker}"
