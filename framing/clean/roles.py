"""Which line is what. Every rule looks at what a line says, where it stands, or what repeats.

The order matters: what a line says about itself first, then the headline, then what
stands between headline and text, then what follows the text. A line that no rule
speaks for is body: losing a paragraph is worse than keeping a line too many.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from framing.article import Role
from framing.clean import boxes, bylines, core, patterns, pictures, titles
from framing.clean.lines import Line, Part, Source
from framing.clean.raw import RawArticle
from framing.clean.titles import Heading, is_heading_like, is_strong, is_terminal

MAX_PROSE_RULE_WORDS = 90  # longer lines are paragraphs whatever words they hold
MAX_SUBHEAD_WORDS = 14
MAX_STANDFIRST_LINES = 4
MAX_STANDFIRST_WORDS = 70
MAX_TAIL_SHARE = 0.25  # where more would go, the text itself is made of short lines
_LIST_MIN = 3  # this many headings in a row are no subheads


def assign(source: Source, raw: RawArticle) -> Heading:
    """Give every line its role; returns what was learnt about the headline."""
    lines = source.lines
    for line in lines:
        _by_words(line)
    _by_collection(lines, raw.furniture)
    _continued(lines)
    _names_with_roles(lines)
    heading = titles.find(lines, raw.title, raw.outlet)
    _repeated(lines, raw.extracted)
    _captions(lines)
    _marked_standfirsts(lines, raw.standfirsts)
    first = 0 if heading.line is None else heading.line + 1
    is_page = not raw.extracted and core.drop_surroundings(lines, heading.line)
    _head(lines, first, heading.line is not None)
    if not raw.extracted:
        _link_lists(lines, first)
    _tail(lines, first, raw.extracted)
    _subheads(lines, first, keep_lists=raw.extracted, drop_lists=is_page)
    for line in lines:
        line.take("body", "paragraph")
    if not any(line.role == "body" for line in lines):  # verse, a list: short lines are the text
        for line in lines:
            if (line.role, line.reason) == _LINKS:
                line.role, line.reason = _ITEM
    return heading


def _by_words(line: Line) -> None:
    n = line.n_words
    if n > MAX_PROSE_RULE_WORDS or patterns.is_plain_sentence(line.text, n):
        return
    verdict = _known_verdict if len(line.text) <= boxes.MAX_LABEL_CHARS else _verdict
    role, reason = verdict(line.text, n)
    if role is not None:
        line.take(role, reason)


def _verdict(text: str, n: int) -> tuple[Role | None, str]:
    """What a line says it is, whatever stands around it; (None, "") where it says nothing."""
    if reason := pictures.caption(text, n):
        return "caption", reason
    if reason := patterns.credit(text, n):
        return "credit", reason
    if patterns.printed_date(text, n):
        return "furniture", "date of publication"
    if reason := boxes.furniture(text, n):
        return "furniture", reason
    if n <= 30 and bylines.byline(text):
        return "byline", "names the author"
    return None, ""


# Menus, offers and notes on authors stand in every article of an outlet: their lines are looked at once.
_known_verdict = lru_cache(maxsize=8_192)(_verdict)


def _by_collection(lines: list[Line], furniture: frozenset[str]) -> None:
    """Lines that stand in many articles of the outlet. A sentence must also stand at the end."""
    if not furniture:
        return
    for line in lines:
        if not is_strong(line) and is_heading_like(line) and line.key in furniture:
            line.take("furniture", "stands in many articles of the outlet")
    for line in reversed(lines):
        if line.settled:
            continue
        if line.key not in furniture:
            break
        line.take("furniture", "stands at the end of many articles of the outlet")


def _continued(lines: list[Line]) -> None:
    """A short line that begins in lower case goes on with the box above it."""
    for above, line in pairwise(lines):
        if (
            above.role == "furniture"
            and above.reason not in ("no words", "date of publication", "time of a post")
            and not line.settled
            and not line.gap
            and line.n_words <= 12
            and line.text[0].islower()
            and not is_terminal(line.text)
        ):
            line.take("furniture", f"goes on with the line above ({above.reason})")


def _names_with_roles(lines: list[Line]) -> None:
    """A name on one line and "Health correspondent" on the next."""
    for name, role in pairwise(lines):
        if role.role or name.role or name.n_words > bylines.MAX_NAME_WORDS:
            continue
        if bylines.is_role_line(role.text) and bylines.is_name(name.text):
            name.take("byline", "a name above its role")
            role.take("byline", "the role of the author")


def _repeated(lines: list[Line], extracted: bool) -> None:
    """The same line twice: a caption before the text, a label elsewhere."""
    if extracted:
        return
    texts = [line.text for line in lines if line.role != "title"]
    counts = Counter(texts)
    if len(counts) == len(texts) or 2 * len(counts) < len(lines):
        return  # nothing repeats, or nearly all does (a refrain, a table), which says as little
    seen: set[str] = set()
    for line in lines:
        if counts[line.text] < 2 or line.role == "title":
            continue
        again = line.text in seen
        seen.add(line.text)
        if line.settled:
            continue
        if line.n_words <= MAX_SUBHEAD_WORDS and is_heading_like(line):
            line.take("furniture", "the same short line stands more than once")
        elif again:
            line.take("furniture", "the same paragraph again")


def _marked_standfirsts(lines: list[Line], marked: frozenset[str]) -> None:
    """What the page itself marks as standfirst, among the first lines that are text."""
    if not marked:
        return
    for i in _open(lines, 0, MAX_STANDFIRST_LINES):
        if lines[i].n_words <= 2 * MAX_STANDFIRST_WORDS and lines[i].key in marked:
            lines[i].take("standfirst", "marked as such on the page")


def _captions(lines: list[Line]) -> None:
    """A line that a photo credit follows, or that a caption repeats, is that picture's caption."""
    captions = [line for line in lines if line.role == "caption"]
    if not captions:
        return
    captions = [line for line in captions if line.n_words > 8]
    for i, line in enumerate(lines):
        if line.settled or line.n_words > MAX_PROSE_RULE_WORDS:
            continue
        if line.n_words >= 6 and any(line.text in c.text for c in captions):
            line.take("caption", "a captioned picture repeats it")
            continue
        above, following = (lines[i - 1] if i else None), (lines[i + 1] if i + 1 < len(lines) else None)
        if above is not None and _is_photo_credit(above) and is_heading_like(line) and line.n_words >= 5:
            line.take("caption", "stands under a photo credit")
            continue
        if following is None or not _is_photo_credit(following):
            continue
        is_dated = pictures.FULL_DATE_AT_END.search(line.text) is not None
        is_one_sentence = line.text.count(". ") <= 1
        if is_one_sentence and (is_dated or pictures.SHOWN.search(line.text) or not is_terminal(line.text)):
            line.take("caption", "a photo credit follows")


def _is_photo_credit(line: Line) -> bool:
    return (
        line.role == "caption"
        and line.n_words <= 8
        and line.reason in ("photo credit", "labelled as a picture")
    )


def _open(lines: list[Line], start: int, count: int) -> list[int]:
    found = []
    for i in range(start, len(lines)):
        if not lines[i].settled:
            found.append(i)
            if len(found) == count:
                break
    return found


def _head(lines: list[Line], first: int, has_title: bool) -> None:
    """Standfirst, byline and dateline between the headline and the text."""
    candidates = _open(lines, first, MAX_STANDFIRST_LINES + 1)
    lead = next((n for n, i in enumerate(candidates) if _cut_dateline(lines[i])), None)
    if not has_title or not candidates:
        return
    mark = _byline_position(lines, first, candidates)
    if lead is not None:
        _standfirst(lines, candidates[:lead], "stands between title and dateline")
        return
    if mark is not None:
        above = [i for i in candidates if i < mark]
        if len(_open(lines, mark, 2)) == 2 and len(above) <= MAX_STANDFIRST_LINES:
            _standfirst(lines, above, "stands between title and byline or date")
        candidates = _open(lines, mark, 2)
    if len(candidates) > 1 and is_heading_like(lines[candidates[0]]):
        line = lines[candidates[0]]
        if 8 <= line.n_words <= MAX_STANDFIRST_WORDS:
            line.take("standfirst", "a heading under the title")
        elif (
            bylines.is_name(line.text) and (mark is not None or line.n_words <= 3) and candidates[0] == first
        ):
            line.take("byline", "a name under the title")


def _standfirst(lines: list[Line], above: list[int], reason: str) -> None:
    for i in above:
        line = lines[i]
        if line.n_words < 4 and is_heading_like(line):
            role: Role = "byline" if bylines.is_name(line.text) else "furniture"
            line.take(role, "a name under the title" if role == "byline" else "label under the title")
        elif line.n_words <= MAX_STANDFIRST_WORDS:
            line.take("standfirst", reason)


def _byline_position(lines: list[Line], first: int, candidates: list[int]) -> int | None:
    """Where the last byline or date line between the headline and the text stands."""
    end = candidates[min(len(candidates), MAX_STANDFIRST_LINES) - 1]
    found = None
    for i in range(first, min(end + 1, len(lines))):
        if lines[i].role == "byline" or lines[i].reason == "date of publication":
            found = i
    return found


def _cut_dateline(line: Line) -> bool:
    """Split a dateline off the paragraph it opens; whether there was one."""
    end, place, agency = bylines.dateline(line.flat, line.n_words)
    if not end:
        return False
    role: Role = "dateline" if place else "credit"
    reason = "place before the report" if place else "agency before the report"
    line.before.append(Part(role, line.start, line.start + end, f"{reason} ({agency})" if agency else reason))
    line.take("body", "paragraph after its dateline")
    return True


def _link_lists(lines: list[Line], first: int) -> None:
    """Headlines under a label such as "Related": links, up to the next sentence."""
    in_list, n_links = False, 0
    for i in range(first, len(lines)):
        line = lines[i]
        if line.role == "furniture":
            if line.reason == "label of a list of links":
                in_list, n_links = True, 0
            continue
        if line.settled or not in_list:
            in_list = in_list and line.role != "body"
            continue
        if is_heading_like(line) and line.text[0] not in '"“' and line.n_words <= 30:
            line.take("furniture", "headline in a list of links")
            n_links += 1
        elif n_links and line.n_words <= 30 and _is_teaser(lines, i):
            line.take("furniture", "teaser in a list of links")
        else:
            in_list = False


def _is_teaser(lines: list[Line], i: int) -> bool:
    """A sentence between two linked headlines, with another headline and teaser after it."""
    following = [line for line in lines[i + 1 : i + 4] if line.role is None or line.role == "furniture"]
    return bool(following) and following[0].role is None and is_heading_like(following[0])


def _tail(lines: list[Line], first: int, extracted: bool) -> None:
    """What follows the last paragraph: notes on the author, links, readers' comments."""
    bodies = [i for i in range(first, len(lines)) if lines[i].role in (None, "body")]
    for i in reversed(bodies):
        if i < first + 1 or len(bodies) < 2 or not _is_author_note(lines[i], lines):
            break
        lines[i].take("furniture", "note on the author")
    if extracted:
        return
    _comments(lines, bodies)
    end_label = next(
        (
            i
            for i in range(len(lines))
            if lines[i].reason in boxes.END_LABELS and _is_past_text(lines, i, bodies)
        ),
        None,
    )
    trailing: list[Line] = []
    for i in reversed(bodies[1:]):
        line = lines[i]
        if line.settled:
            continue
        is_short = line.n_words < 20 and end_label is not None and i > end_label
        is_loose = is_heading_like(line) and line.n_words <= 30 and not _opens_with_mark(line)
        is_loose = is_loose and not is_terminal(line.text)
        if not (is_loose or is_short) or _is_item(line):
            break
        trailing.append(line)
    n_text = sum(lines[i].n_words for i in bodies)
    if sum(line.n_words for line in trailing) <= MAX_TAIL_SHARE * n_text:
        for line in trailing:
            line.take("furniture", "after the last paragraph")


def _opens_with_mark(line: Line) -> bool:
    return line.text[0] in '"“„«' and line.n_words > 4


def _is_past_text(lines: list[Line], at: int, bodies: list[int]) -> bool:
    """Whether no strong paragraph stands after ``at`` and at least two stand before it."""
    before = sum(1 for i in bodies if i < at)
    return before >= 2 and not any(i > at and is_strong(lines[i]) for i in bodies)


def _is_author_note(line: Line, lines: list[Line]) -> bool:
    if line.settled or line.n_words > 60 or not patterns.AUTHOR_NOTE.match(line.text):
        return False
    signed = [bylines.byline(other.text) for other in lines if other.role == "byline"]
    names = [name.casefold() for byline in signed for name in bylines.each(byline)]
    return line.text.casefold().startswith(("the author", "the writer", *names))


def _comments(lines: list[Line], bodies: list[int]) -> None:
    """Readers' comments: everything after their label where replies and ages of posts follow."""
    for i, line in enumerate(lines):
        if line.reason != "comment box" or sum(1 for b in bodies if b < i) < 3:
            continue
        rest = lines[i + 1 :]
        n_marks = sum(1 for r in rest if r.n_words <= 8 and patterns.REPLY_MARK.match(r.text))
        if n_marks >= 2 and n_marks * 6 >= len(rest):
            for reader in rest:
                if reader.role in (None, "body"):
                    reader.role, reader.reason = "furniture", "readers' comments"
            return


_LINKS: tuple[Role, str] = ("furniture", "a run of headings without text: a list of links")
_ITEM: tuple[Role, str] = ("body", "item of a list")


def _subheads(lines: list[Line], first: int, *, keep_lists: bool, drop_lists: bool) -> None:
    """Short headings between paragraphs; three or more in a row are a list.

    Before the first paragraph a list is one of links; later it may be the text's own.
    """
    run: list[Line] = []
    seen_body = False
    for line in [*lines[first:], None]:
        if line is not None and line.role in ("furniture", "caption", "credit", "byline"):
            continue
        if line is not None and not line.settled and _is_subhead_like(line):
            run.append(line)
            continue
        if len(run) >= _LIST_MIN and not any(_is_item(r) for r in run):
            is_links = drop_lists or not (seen_body or keep_lists)
            for r in run:
                r.take(*_LINKS if is_links else _ITEM)
        else:
            for r in run:
                if _is_item(r):
                    r.take(*_ITEM)
                else:
                    r.take(
                        "subhead" if seen_body or line is not None else "body", "heading between paragraphs"
                    )
        run = []
        seen_body = seen_body or (line is not None and line.role in (None, "body"))


def _is_subhead_like(line: Line) -> bool:
    return (
        line.n_words <= MAX_SUBHEAD_WORDS
        and is_heading_like(line)
        and not (line.text[-1] == "?" and line.n_words > 10)
        and not line.text[0].islower()
    )


def _is_item(line: Line) -> bool:
    return line.text[0] in "•▪◦‣*-–—·" or line.text[:2].rstrip(".)").isdigit()
