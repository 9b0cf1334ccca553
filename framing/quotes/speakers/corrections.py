"""What a user has decided about speakers: kept as data, applied on every run, over what the rules found.

A correction file is a table with a column ``name`` (who speaks; empty = nobody was found)
and the quotations that it is about: ``quote_id`` for one of them, or ``speaker`` as the
tables name the speaker, everywhere or in one ``event_id``. ``role`` and ``anonymous``
may follow; empty leaves them as found.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from framing.annotation import AnnotatedArticle, Quotation
from framing.article import FramingError

_ANSWERS = {"true": True, "yes": True, "false": False, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class SpeakerCorrection:
    """One decision: the quotations that it is about, and who speaks them."""

    name: str
    speaker: str = ""
    event_id: str = ""
    quote_id: str = ""
    role: str = ""
    anonymous: bool | None = None

    def __post_init__(self) -> None:
        if bool(self.quote_id) == bool(self.speaker):
            raise FramingError(
                f"a correction to {self.name or 'nobody'!r} names"
                f" {'both quote_id and speaker' if self.quote_id else 'neither quote_id nor speaker'};"
                " give one of the two"
            )

    def is_about(self, quotation: Quotation, event_id: str) -> bool:
        """Whether the quotation, with its speaker's name as the event's tables have it, is meant."""
        if self.quote_id:
            return quotation.id == self.quote_id
        return quotation.speaker == self.speaker and self.event_id in ("", event_id)


def correct(
    annotated: AnnotatedArticle, event_id: str, corrections: Sequence[SpeakerCorrection]
) -> tuple[AnnotatedArticle, set[int]]:
    """``annotated`` with the decisions applied one after another, each to what the ones before made.

    With it the indices of the decisions that were about one of its quotations. A corrected name
    is certain (confidence 1); corrected to the empty name, a speaker counts as not found.
    """
    found = annotated.quotations
    applied = set()
    for n, correction in enumerate(corrections):
        if any(correction.is_about(q, event_id) for q in found):
            applied.add(n)
            found = tuple(_decided(q, correction) if correction.is_about(q, event_id) else q for q in found)
    return (replace(annotated, quotations=found) if applied else annotated), applied


def _decided(quotation: Quotation, correction: SpeakerCorrection) -> Quotation:
    return replace(
        quotation,
        speaker=correction.name,
        speaker_confidence=1.0 if correction.name else 0.0,
        speaker_role=correction.role or (quotation.speaker_role if correction.name else ""),
        anonymous=quotation.anonymous if correction.anonymous is None else correction.anonymous,
    )


def read_corrections(path: Path) -> list[SpeakerCorrection]:
    """The decisions of a correction file (CSV, UTF-8).

    Raises FramingError naming the file and the line that is not as expected.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FramingError(f"{path} cannot be read ({error}); expected a CSV file in UTF-8") from error
    table = csv.DictReader(text.splitlines(), strict=True)
    columns = [name.strip() for name in table.fieldnames or ()]
    known = [f.name for f in fields(SpeakerCorrection)]
    if "name" not in columns or not set(columns) <= set(known):
        raise FramingError(
            f"{path} has the columns {', '.join(columns) or '(none)'}; expected name and some of"
            f" {', '.join(known[1:])}"
        )
    table.fieldnames = columns
    found = []
    try:
        for row in table:
            found.append(_from_row(row))
    except (FramingError, csv.Error) as error:
        raise FramingError(f"{path}, line {table.line_num}: {error}") from error
    return found


def _from_row(row: Mapping[str | Any, Any]) -> SpeakerCorrection:
    if None in row or None in row.values():
        raise FramingError("the number of cells is not that of the header")
    cells = {name: value.strip() for name, value in row.items()}
    answer = cells.pop("anonymous", "").lower()
    if answer not in _ANSWERS:
        raise FramingError(f"anonymous is {answer!r}; expected true, false or nothing")
    return SpeakerCorrection(**cells, anonymous=_ANSWERS[answer])


def to_json(corrections: Iterable[SpeakerCorrection]) -> list[dict[str, Any]]:
    """As plain data that :func:`from_json` reads."""
    return [asdict(c) for c in corrections]


def from_json(data: Any) -> list[SpeakerCorrection]:
    """From plain data. Raises FramingError naming the decision that is not as expected."""
    known = {f.name for f in fields(SpeakerCorrection)}
    if not isinstance(data, list) or not all(isinstance(d, dict) and d.keys() <= known for d in data):
        raise FramingError(
            f"corrections of speakers are {data!r}; expected a list of objects with"
            f" {', '.join(sorted(known))}"
        )
    return [SpeakerCorrection(**{"name": "", **d}) for d in data]
