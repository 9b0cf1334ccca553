"""Outlet, date, byline, dateline and agency from the lines that print them; the rest stays empty."""

from __future__ import annotations

from dataclasses import dataclass

from framing.clean import agencies, bylines, dates, outlets
from framing.clean.lines import Line
from framing.clean.raw import RawArticle
from framing.clean.titles import Heading

_ABOVE_TITLE = 6  # a date further above the title is today's, in the head of the site


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article; empty strings where nothing is given or printed."""

    outlet: str
    title: str
    published: str
    byline: str
    dateline: str
    wire_agency: str
    inferred: tuple[str, ...]
    warnings: tuple[str, ...]


def gather(lines: list[Line], heading: Heading, raw: RawArticle) -> Metadata:
    """What ``raw`` gives, and for the rest what the lines print."""
    inferred: list[str] = []
    warnings: list[str] = []
    outlet = raw.outlet or heading.outlet or _outlet(lines)
    if not outlet:
        outlet = outlets.from_address([line.text for line in lines if line.role in ("byline", "furniture")])
        outlet = outlet or outlets.of_url(raw.url)
        inferred += ["outlet"] if outlet else []
    near = _near_title(lines, heading.line)
    published = raw.published or heading.published
    if not published:
        published, is_update = _published(near, warnings)
        inferred += ["published"] if is_update else []
    byline, signed_by_agency = _byline(near)
    place, agency = _dateline(lines)
    return Metadata(
        outlet=outlet,
        title=heading.title or raw.title,
        published=published,
        byline=raw.byline or byline,
        dateline=raw.dateline or place,
        wire_agency=raw.wire_agency or agency or _wire_credit(lines) or signed_by_agency,
        inferred=tuple(inferred),
        warnings=tuple(warnings),
    )


def _outlet(lines: list[Line]) -> str:
    boxes: list[str] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if line.role not in ("furniture", "byline"):
            continue
        if above is not None and line.reason.startswith("goes on with") and boxes:
            boxes[-1] += " " + line.text
        else:
            boxes.append(line.text)
    return outlets.in_furniture([b for b in boxes if len(b) < 600])


def _near_title(lines: list[Line], title: int | None) -> list[Line]:
    """The lines in the order in which they speak for the article: after the title, then just above it."""
    if title is None:
        return lines
    return lines[title:] + lines[max(0, title - _ABOVE_TITLE) : title][::-1]


def _published(lines: list[Line], warnings: list[str]) -> tuple[str, bool]:
    """(date, whether it is only the date of an update) from lines that print when the page came out."""
    plain = updated = ""
    for line in lines:
        is_date_line = line.reason == "date of publication"
        if not is_date_line and line.role != "byline":
            continue
        text = line.text[:300]
        for match in dates.DATE.finditer(text):
            found = dates.iso(match)
            if not found:
                if dates.is_ambiguous(match.group()):
                    warnings.append(f"date {match.group().strip()!r} reads two ways; published is left empty")
                continue
            label = text[: match.start()].casefold()[-25:]
            if "updated" in label or "modified" in label:
                updated = updated or found
            elif "published" in label or "posted" in label:
                return found, False
            else:
                plain = plain or found
    return (plain, False) if plain else (updated, bool(updated))


def _byline(lines: list[Line]) -> tuple[str, str]:
    """(names, agency where the byline is an agency's). A full name speaks before a single word."""
    single = ""
    for line in lines:
        if line.role != "byline":
            continue
        names = bylines.byline(line.text) or line.text
        if agencies.is_agency(names):
            return "", agencies.found_in(names)
        if " " in names:
            return names, ""
        single = single or names
    return single, ""


def _dateline(lines: list[Line]) -> tuple[str, str]:
    for line in lines:
        for part in line.before:
            if part.role == "dateline" or part.reason.startswith("agency"):
                return bylines.dateline(line.flat, line.n_words)[1:]
    return "", ""


def _wire_credit(lines: list[Line]) -> str:
    """Agencies in credits to the text. Photo credits are captions, quoted agencies are body."""
    for line in lines:
        if line.role != "credit" and not line.after:
            continue
        texts = [line.text] if line.role == "credit" else []
        texts += [line.flat[p.start - line.start :] for p in line.after if p.role == "credit"]
        for text in texts:
            if found := agencies.found_in(text):
                return found
    return ""
