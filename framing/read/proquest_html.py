"""ProQuest's HTML export and the mails that carry it: labelled fields, a text in paragraphs.

Tags are broken and nested wrongly (a page inside a paragraph), so fields are found by
their bold labels in the order of the page, not by the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.clean import dates
from framing.read import markup, proquest
from framing.read.columns import iso_date
from framing.read.files import InputFile
from framing.read.records import Found, Reader

_WHAT = "a page saved from ProQuest"
_ANCHOR = re.compile(r"<a\s+name=[\"']?DocID_", re.IGNORECASE)
_LABEL = re.compile(r"([^\W\d_][\w /]{1,40}):\s*$")
_SCRAP = re.compile(r"</?[a-z]{1,10}>?$|[a-z]{1,10}>$", re.IGNORECASE)  # left over from a broken tag
_PLACE_AND_DATE = re.compile(r"\](?P<date>[^\[\]:]{8,30}):")
_TEXT_LABELS = frozenset({"full text", "volltext", "texte intégral", "texto completo"})
_START_CHARS = 100_000


def _recognises(file: InputFile, mapping: Mapping[str, str]) -> bool:
    if b"<" not in file.start[:2_000]:
        return False
    start = file.decoded.text[:_START_CHARS]
    return "DocID_" in start and _ANCHOR.search(start) is not None and "proquest" in start.casefold()


def _read(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    text = file.decoded.text
    starts = [match.start() for match in _ANCHOR.finditer(text)]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        yield _document(markup.html_tree(text[start:end], _WHAT), index)


def _document(tree: Any, index: int) -> Found:
    labelled = {strong: label for strong in tree.iter("strong", "b") if (label := _label(strong))}
    fields: dict[str, list[str]] = {"": []}
    current = ""
    for label, line in markup.labelled_lines(tree, labelled):
        if label:
            current = label
            fields.setdefault(current, [])
        if line and not _SCRAP.match(line):
            fields[current].append(line)
    body = next((fields[label] for label in _TEXT_LABELS if label in fields), [])
    flat = {label: " ".join(lines) for label, lines in fields.items()}
    info = flat.get("publication info", "")
    if info:
        flat.setdefault("publication title", info.split(";")[0].strip())
        if "publication date" not in flat and (match := _PLACE_AND_DATE.search(info)):
            flat["publication date"] = iso_date(match.group("date")) or dates.first_iso(match.group("date"))
    title = flat.get("title") or (fields[""][0] if fields[""] else "")
    return proquest.record(title, flat, "\n\n".join(body), index)


def _label(strong: Any) -> str:
    match = _LABEL.match(markup.one_line(strong))
    return match.group(1).casefold() if match else ""


READER = Reader("proquest_html", _recognises, _read)
