"""The headline: which line it is, what is printed after it, where it is printed again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framing.clean import boxes, dates, outlets
from framing.clean.lines import Line, Part, line_key

MAX_TITLE_WORDS = 40
_TOP = 40  # a headline stands among the first lines; further down it is a subhead
_MAX_AROUND_TITLE = 120  # characters of outlet, section or breadcrumb printed with a title
_FEW_LINES = 4  # in fewer lines the title may well be most of what there is
_MAX_LABEL_WORDS = 6  # outlets' names and sections; more is a headline
_STRONG_WORDS = 20  # a sentence this long is a paragraph, not a headline
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’']? [\"“‘']?[^\W\d_a-z]")
_CRUMB_MARK = re.compile(r" ?[»>›] ?")
_CRUMB_LABEL = re.compile(r"(?:date|published|posted|updated|you are here)\s*:?\s*", re.IGNORECASE)
_STOPS = ".!?…。！？।"
_TERMINAL = re.compile(rf"[{_STOPS}][\"”’'»)\]]*$")


@dataclass(slots=True)
class Heading:
    """What the search for a headline found; ``line`` is None where the page prints none."""

    line: int | None = None
    title: str = ""
    outlet: str = ""
    published: str = ""


def is_terminal(text: str) -> bool:
    """Whether ``text`` ends as a sentence ends."""
    last = text[-1:]
    return last in _STOPS or (not last.isalnum() and _TERMINAL.search(text[-6:]) is not None)


def is_strong(line: Line) -> bool:
    """Whether the line can only be a paragraph: a long sentence, or very long."""
    return line.n_words >= 40 or (line.n_words >= _STRONG_WORDS and is_terminal(line.text))


def is_heading_like(line: Line) -> bool:
    """Whether the line reads like a headline or a link: short, and no full stop."""
    if line.n_words > MAX_TITLE_WORDS or (line.text[-1] in "?!" and _SENTENCE_BREAK.search(line.text)):
        return False
    return not (
        line.text[-1] in ".:;,。" or (is_terminal(line.text) and line.text.rstrip("\"”’'»)]")[-1:] == ".")
    )


def find(lines: list[Line], given: str, outlet: str) -> Heading:
    """Mark the headline and everything that repeats it; ``given`` is the title where it is known."""
    top = lines[:_TOP]
    heading = _given(top, given, outlet) if given else _composite(top) or _printed(lines, outlet)
    if heading.line is not None:
        _mark_repeats(lines, heading)
    return heading


def _given(top: list[Line], given: str, outlet: str) -> Heading:
    key = line_key(given)
    end, found = outlets.suffix_start(given, outlet)
    short = line_key(given[:end])
    for i, line in enumerate(top):
        if line.n_words > MAX_TITLE_WORDS + 10:
            continue
        if line.key in (key, short):
            line.role, line.reason = "title", "the title"
            cut = _cut_suffix(line, outlet, frozenset())
            return Heading(i, line.flat[: cut[0]].strip() if cut[0] else line.text, found or cut[1])
    return Heading(None, given[:end].strip(), found)


def _composite(top: list[Line]) -> Heading | None:
    """One line that holds a label, a date, the way to the page, the title and the outlet."""
    for i, line in enumerate(top[:6]):
        if len(line.flat) > 600:
            return None
        if not ("›" in line.flat or ">" in line.flat or "»" in line.flat):
            continue
        marks = list(_CRUMB_MARK.finditer(line.flat))
        if not marks:
            continue
        head, rest_at = line.flat[: marks[0].start()], marks[-1].end()
        label = dates.DATE.sub("", _CRUMB_LABEL.sub("", head)).strip()
        rest = line.flat[rest_at:]
        if label.casefold() not in ("home", "front page", "news", "start") or len(rest.split()) < 5:
            continue
        published = dates.first_iso(head)
        others = _other_keys(top, line)
        end, outlet = outlets.suffix_start(rest, "", others)
        if line_key(rest[:end]) in others:
            return None
        line.before.append(Part("furniture", line.start, line.start + rest_at, "breadcrumb before the title"))
        if end < len(rest):
            line.after.append(
                Part("furniture", line.start + rest_at + end, line.end, "outlet after the title")
            )
        line.role, line.reason = "title", "headline at the end of the breadcrumb"
        return Heading(i, rest[:end].strip(), outlet, published)
    return None


def _printed(lines: list[Line], outlet: str) -> Heading:
    top = lines[:_TOP]
    candidates = []
    for i, line in enumerate(top):
        if is_strong(line):
            break
        if is_heading_like(line) and not line.settled:
            candidates.append(i)
    if not candidates:
        return _short_sentence(top)
    keys = [top[i].key for i in candidates]
    proven = _proven(lines, candidates[:3], outlet)
    chosen = (
        proven
        if proven is not None
        else next(
            (
                i
                for i, key in zip(candidates, keys, strict=True)
                if keys.count(key) > 1 and top[i].n_words >= 3
            ),
            None,
        )
    )
    if chosen is None:
        chosen = _skip_labels(top, candidates)
    line = top[chosen]
    found = ""
    for above in top[:chosen]:
        if not above.settled and above.n_words <= _MAX_LABEL_WORDS:
            named = outlets.is_outlet(above.text)
            found = found or (above.text if named else "")
            above.take("furniture", "outlet's name above the title" if named else "label above the title")
    line.role, line.reason = "title", "first heading of the page"
    end, suffix = _cut_suffix(line, outlet, _other_keys(lines, line))
    return Heading(chosen, line.flat[:end].strip() if end else line.text, found or suffix)


def _other_keys(top: list[Line], line: Line) -> frozenset[str]:
    """What the lines say that may print the headline without what stands after it in ``line``."""
    if line.n_words > MAX_TITLE_WORDS or not outlets.has_separator(line.flat):
        return frozenset()
    return frozenset(o.key for o in top if o is not line and len(o.text) <= len(line.text))


def _proven(lines: list[Line], candidates: list[int], outlet: str) -> int | None:
    """A heading that stands again further down without what is printed after it: the page's title."""
    for i in candidates:
        others = _other_keys(lines, lines[i])
        if (
            others
            and lines[i].n_words >= 4
            and outlets.suffix_start(lines[i].flat, outlet, others)[0] < len(lines[i].flat)
        ):
            return i
    return None


def _skip_labels(top: list[Line], candidates: list[int]) -> int:
    """The first candidate that is neither the outlet's name nor a section's."""
    for n, i in enumerate(candidates[:-1]):
        line, following = top[i], top[candidates[n + 1]]
        if line.n_words > _MAX_LABEL_WORDS:
            return i
        is_name = outlets.is_outlet(line.text) or outlets.is_section(line.text)
        is_kicker = line.n_words <= 2 and 5 <= following.n_words <= 20 and is_title_shaped(following)
        if not (is_name or is_kicker):
            return i
    return candidates[-1]


def is_title_shaped(line: Line) -> bool:
    """Whether the line has the length of a headline and does not begin in mid-sentence."""
    return 3 <= line.n_words <= MAX_TITLE_WORDS and not line.text[0].islower()


def _short_sentence(top: list[Line]) -> Heading:
    """Some headlines end in a full stop: a first line far shorter than what follows."""
    open_lines = [(i, line) for i, line in enumerate(top) if not line.settled][:2]
    if len(open_lines) == 2:
        (i, first), (_, second) = open_lines
        if 3 <= first.n_words <= 14 and second.n_words >= 2 * first.n_words and first.text[0] not in "\"“‘'":
            first.role, first.reason = "title", "short first line"
            return Heading(i, first.text)
    return Heading()


def _cut_suffix(line: Line, outlet: str, others: frozenset[str]) -> tuple[int, str]:
    end, found = outlets.suffix_start(line.flat, outlet, others)
    if end >= len(line.flat):
        return 0, ""
    line.after.append(Part("furniture", line.start + end, line.end, "outlet or section after the title"))
    return end, found


def _mark_repeats(lines: list[Line], heading: Heading) -> None:
    key = line_key(heading.title)
    if not key:
        return
    word = max(key.split(), key=len)
    if sum(line.text == heading.title for line in lines) > len(lines) / 2 > _FEW_LINES:
        return  # a refrain
    shortest, longest = len(key) - 2, len(heading.title) + _MAX_AROUND_TITLE
    for i, line in enumerate(lines):
        if i == heading.line or not shortest <= len(line.text) <= longest:
            continue
        if word not in line.text.casefold():
            continue
        other = line.key
        if other == key:
            line.role, line.reason = "furniture", "the title again"
        elif other.startswith(key + " ") and len(key) > 12:
            end, found = outlets.suffix_start(line.flat, heading.outlet, frozenset({key}))
            if end < len(line.flat) and line_key(line.flat[:end]) == key:
                line.role, line.reason = "furniture", "the title again"
                heading.outlet = heading.outlet or found
        elif other.endswith(" " + key) and boxes.is_breadcrumb(line.text):
            line.role, line.reason = "furniture", "breadcrumb"
