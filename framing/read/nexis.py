"""Nexis and LexisNexis downloads: DOCX (Nexis Uni, Lexis) and text (until 2018), many articles a file.

A document is title, outlet, date, labelled fields, a line ``Body``, the text, a line
``Classification`` and a line ``End of Document``. Labels come in the language of the
user's interface. The name of the person who downloaded stands on the cover and is
never kept. ``Length: 937 words`` and ``Documents (10)`` are checked against what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from framing.clean import RawArticle, dates
from framing.clean.bylines import credited
from framing.read.columns import language, with_title
from framing.read.decode import compose
from framing.read.docx import is_docx, paragraphs
from framing.read.files import InputFile
from framing.read.records import Found, Reader, Rejected

_END = re.compile(r"(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento)$", re.IGNORECASE)
_BODY = re.compile(r"(?:Body|Textkörper|Text|Corps|Cuerpo)$", re.IGNORECASE)
_CLASSIFICATION = re.compile(
    r"(?:Classification|Klassifizierung|Clasificación)$|(?:Load-Date|Update|Graphic|Language|Publication-Type|Sprache|Langue)\s*:",
    re.IGNORECASE,
)
_LABELS = {
    "section": "section", "rubrik": "section", "rubrique": "section", "length": "length", "länge": "length",
    "longueur": "length", "byline": "byline", "autor": "byline", "auteur": "byline", "highlight": "highlight",
    "dateline": "dateline", "language": "language", "sprache": "language", "langue": "language",
    "load-date": "loaded", "update": "loaded", "publication-type": "kind", "graphic": "graphic",
    "copyright": "copyright", "headline": "title", "encart": "highlight", "section-titre": "section",
    "date-chargement": "loaded", "type-publication": "kind", "pub-type": "kind", "grafik": "graphic",
    "sección": "section", "seccion": "section", "longitud": "length", "idioma": "language",
    "lieu": "dateline", "ort": "dateline",
}  # fmt: skip
_LABEL = re.compile(r"([^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)?)\s*:\s*(.*)$", re.DOTALL)
_COUNT = re.compile(r"(?:Documents|Dokumente|Documentos)\s*\((\d+)\)$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^[ \t]*(?:(\d+) of (\d+) DOCUMENTS?|Dokument (\d+) von (\d+)|Document (\d+) de (\d+)"
    r"|DOCUMENT (\d+) OF (\d+))[ \t\r]*$",
    re.MULTILINE,
)
_WORDS = re.compile(r"(\d[\d.,]*)\s*(?:words|wörter|mots|palabras)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:Copyright|©|Alle Rechte|Tous droits)\b", re.IGNORECASE)
_LENGTH_TOLERANCE = 0.1  # archives count words by other rules; more is a lost paragraph


def _recognises_docx(file: InputFile, mapping: Mapping[str, str]) -> bool:
    if not is_docx(file):
        return False
    return is_nexis(paragraphs(file.data))


def _read_docx(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    yield from documents(paragraphs(file.data))


def is_nexis(lines: Sequence[str]) -> bool:
    """Whether the lines of a word-processor file are a Nexis download."""
    return any(_END.match(line.strip()) for line in lines)


def documents(paragraphs_: Sequence[str]) -> Iterator[Found]:
    """The documents in the lines of a Nexis download."""
    lines = [line.replace("\u00a0", " ").strip() for line in paragraphs_]
    stated = next((int(m.group(1)) for line in lines[:200] if (m := _COUNT.match(line))), None)
    parts: list[list[str]] = [[]]
    for line in lines:
        if _END.match(line):
            parts.append([])
        else:
            parts[-1].append(line)
    parts = [part for part in parts if any(_BODY.match(line) for line in part)]
    for index, part in enumerate(parts):
        yield _document(part, index)
    if stated is not None and stated != len(parts):
        yield wrong_count(stated, len(parts))


def wrong_count(stated: int, n_found: int) -> Rejected:
    """The row that says that documents are missing or too many."""
    return Rejected("the file says how many documents it holds", f"{stated} documents", f"{n_found} found")


def _document(lines: Sequence[str], index: int) -> Found:
    body_at = next(n for n, line in enumerate(lines) if _BODY.match(line))
    end = next((n for n in range(body_at + 1, len(lines)) if _CLASSIFICATION.match(lines[n])), len(lines))
    head = [line for line in lines[:body_at] if line]
    date_at = max((n for n, line in enumerate(head) if _is_date(line)), default=None)
    if date_at is None or date_at < 2:
        title = next((line for line in head if line), "")
        outlet = published = ""
    else:
        title, outlet, published = head[date_at - 2], head[date_at - 1], dates.first_iso(head[date_at])
    fields = _fields([*head[(date_at or 0) + 1 :], *lines[end:]])
    body = [line for line in lines[body_at + 1 : end] if line]
    return record(title, outlet, published, fields, body, index)


def _is_date(line: str) -> bool:
    match = dates.DATE.search(line)
    return match is not None and len(line) < 80 and match.start() < 20 and ":" not in line[: match.start()]


def _fields(lines: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        match = _LABEL.match(line)
        if match and (name := _LABELS.get(match.group(1).casefold())):
            fields.setdefault(name, " ".join(match.group(2).split()))
    return fields


def record(
    title: str, outlet: str, published: str, fields: Mapping[str, str], body: Sequence[str], index: int
) -> Found:
    """One document of an archive, checked against the length that it states."""
    text = "\n\n".join(body)
    if not text.strip():
        return Rejected("no text", "paragraphs under Body", title[:60], index)
    warnings = []
    stated = _WORDS.search(fields.get("length", ""))
    if stated:
        n_stated = int(re.sub(r"\D", "", stated.group(1)))
        n_found = len(text.split())
        if abs(n_found - n_stated) > max(20, _LENGTH_TOLERANCE * n_stated):
            warnings.append(f"the archive counts {n_stated} words, the text has {n_found}")
    extra = tuple((name, fields[name]) for name in ("section", "loaded", "highlight") if fields.get(name))
    return RawArticle(
        source=with_title(title, compose(text)),
        outlet=outlet.strip(" .") if outlet else "",
        title=title,
        published=published,
        byline=credited(fields.get("byline", "")),
        dateline=fields.get("dateline", ""),
        language=language(fields.get("language", "").split(";")[0]),
        index=index,
        warnings=tuple(warnings),
        extra=extra,
        extracted=True,
    )


def _recognises_text(file: InputFile, mapping: Mapping[str, str]) -> bool:
    start = file.decoded.text[:20_000]
    if not ("DOCUMENT" in start or "Dokument " in start or "Document " in start):
        return False
    return _NUMBERED.search(start) is not None


def _read_text(file: InputFile, mapping: Mapping[str, str]) -> Iterator[Found]:
    text = file.decoded.text
    marks = list(_NUMBERED.finditer(text))
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        yield _wrapped_document(text[mark.end() : end], index)
    stated = max(int(n) for n in marks[-1].groups() if n)
    if stated != len(marks):
        yield wrong_count(stated, len(marks))


def _wrapped_document(text: str, index: int) -> Found:
    """A document of the old text form: blocks between blank lines, each hard-wrapped."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n[ \t\r]*\n", text) if block.strip()]
    return block_document([[block] for block in blocks], index)


def block_document(blocks: Sequence[Sequence[str]], index: int) -> Found:
    """A document in blocks: outlet, date, title, then labelled fields and text in any order."""
    heads = [" ".join(block) for block in blocks[:6]]
    date_at = next((n for n, head in enumerate(heads) if _is_date(head)), None)
    if date_at is None:
        return Rejected("no date line", "outlet, date, title", heads[0][:60] if heads else "", index)
    outlet = heads[date_at - 1] if date_at else ""
    published = dates.first_iso(heads[date_at])
    rest = list(blocks[date_at + 1 :])
    title = ""
    if rest and not _is_labelled(rest[0][0]):
        title = " ".join(rest.pop(0))
    labelled = [" ".join(block) for block in rest if _is_labelled(block[0])]
    body = [
        line
        for block in rest
        if not _is_labelled(block[0]) and not _COPYRIGHT.match(block[0])
        for line in block
    ]
    return record(title, outlet, published, _fields(labelled), body, index)


def _is_labelled(block: str) -> bool:
    match = _LABEL.match(block)
    return match is not None and match.group(1).isupper() and len(match.group(1)) > 3


DOCX_READER = Reader("nexis_docx", _recognises_docx, _read_docx)
TEXT_READER = Reader("lexisnexis_text", _recognises_text, _read_text)
