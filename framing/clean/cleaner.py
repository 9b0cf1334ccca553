"""One article: lines judged, metadata gathered, cleaned text built with its way back to the source."""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import TEXT_ROLES, Article, Paragraph, Role, Span, article_id
from framing.clean import language_id, limits, lines, metadata, patterns, roles
from framing.clean.lines import Line, Part
from framing.clean.raw import RawArticle, visible

_BREAK = "\n\n"


def clean(raw: RawArticle) -> Article:
    """The article in ``raw``: text, role and reason of every line, metadata that is printed.

    What ``raw`` gives wins over what is printed in the text. The text is empty where
    no line is part of an article.
    """
    raw = visible(raw)
    source = lines.split(raw.source)
    found = source.lines
    heading = roles.assign(source, raw)
    _mark_credits(found)
    meta = metadata.gather(found, heading, raw)
    _mark_cut_off(found)
    shortened = limits.shorten(found) if len(source.flat) > limits.LONG_LINE_CHARS else ""
    text, paragraphs, pieces = _assemble(source)
    unseen = lines.unseen_warnings(raw.source) if source.has_unseen else []
    warnings = [*raw.warnings, *unseen, *meta.warnings, *filter(None, [shortened])]
    language, inferred = raw.language, list(dict.fromkeys([*raw.inferred, *meta.inferred]))
    if not language and text:
        language = language_id.identify(text)
        inferred += ["language"] if language else []
    truncated = raw.truncated or bool(shortened) or is_truncated(found, text)
    return Article(
        id=article_id(raw.source, meta.outlet),
        text=text,
        source=raw.source,
        paragraphs=paragraphs,
        pieces=pieces,
        outlet=meta.outlet,
        title=meta.title,
        published=meta.published,
        url=raw.url,
        byline=meta.byline,
        dateline=meta.dateline,
        wire_agency=meta.wire_agency,
        language=language,
        truncated=truncated,
        source_file=raw.source_file,
        source_format=raw.source_format,
        inferred=tuple(inferred),
        warnings=tuple(dict.fromkeys(warnings)),
        extra=raw.extra,
    )


MAX_STUB_WORDS = 120  # a page this short that asks for a subscription shows a teaser


def is_truncated(found: list[Line], text: str) -> bool:
    """Whether the page shows the beginning only: a count of missing characters, or a paywall."""
    if any(part.reason == "mark of a cut text" for line in found for part in line.after):
        return True
    if text.count(" ") >= MAX_STUB_WORDS:
        return False
    return any(line.role == "furniture" and patterns.STUB.search(line.text[:500]) for line in found)


_MAX_CREDIT_CHARS = 120


def _mark_credits(found: list[Line]) -> None:
    """Split "… (With inputs from Reuters)" off one of the last paragraphs."""
    for line in found[-3:]:
        tail = line.flat[-_MAX_CREDIT_CHARS:].rstrip(" .")
        if line.role != "body" or not tail.endswith(")") or "(" not in tail[1:]:
            continue
        at = tail.rindex("(")
        credit = tail[at:]
        start = line.end - min(_MAX_CREDIT_CHARS, len(line.flat)) + at
        if len(credit) > 2 and start > line.start and patterns.credit(credit, lines.count_words(credit)):
            line.after.append(Part("credit", start, line.end, "wire credit at the end of the paragraph"))


def _mark_cut_off(found: list[Line]) -> None:
    """Split "… [+2219 chars]", the mark of an excerpt, off the last paragraph."""
    for line in found[-3:]:
        if line.flat[-1] != "]":
            continue
        tail_at = max(0, len(line.flat) - 40)
        match = patterns.TRUNCATED.search(line.flat, tail_at)
        if match and line.role in TEXT_ROLES:
            cut = line.start + match.start()
            line.after.append(Part("furniture", cut, line.end, "mark of a cut text"))


_Runs = tuple[tuple[int, str], ...]


def _parts(found: list[Line]) -> Iterator[tuple[Role, int, int, str, _Runs]]:
    """(role, start, end, reason, runs) of every line, of its parts where it has some, in the source's order.

    The runs are the text, each with its place, where they are known without another look.
    """
    for line in found:
        role = line.role or "body"
        if not (line.before or line.after):
            whole = ((line.start, line.flat),) if line.text == line.flat else ()
            yield role, line.start, line.end, line.reason, whole
            continue
        start = line.before[-1].end if line.before else line.start
        end = min((part.start for part in line.after), default=line.end)
        middle = [Part(role, start, end, line.reason)] if end > start else []
        for part in (*line.before, *middle, *sorted(line.after, key=lambda part: part.start)):
            yield part.role, part.start, part.end, part.reason, ()


def _assemble(
    source: lines.Source,
) -> tuple[str, tuple[Paragraph, ...], tuple[tuple[int, int, int], ...]]:
    flat = source.flat
    text: list[str] = []
    length = 0
    paragraphs: list[Paragraph] = []
    pieces: list[tuple[int, int, int]] = []
    for role, start, end, reason, runs in _parts(source.lines):
        if not runs:
            start, end = _trim(flat, start, end)
        span = None
        if role in TEXT_ROLES and end > start:
            if text:
                text.append(_BREAK)
                length += len(_BREAK)
            first = length
            for at, run in runs or lines.pieces(flat, start, end):
                text.append(run)
                pieces.append((length, at, len(run)))
                length += len(run)
            span = Span(first, length)
        paragraphs.append(Paragraph(len(paragraphs), role, Span(start, end), span, reason))
    return "".join(text), tuple(paragraphs), tuple(pieces)


def _trim(source: str, start: int, end: int) -> tuple[int, int]:
    if start < end and not (source[start].isspace() or source[end - 1].isspace()):
        return start, end
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end
