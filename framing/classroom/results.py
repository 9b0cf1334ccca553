"""What a teacher keeps of a lesson: the answers as a table, its codebook, the settings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pandas as pd

from framing import tables
from framing.classroom.session import ClassSession
from framing.classroom.settings import dump
from framing.export import codebook_frame, encode

_DATE = (1980, 1, 1, 0, 0, 0)  # the format's first: the file says nothing of when the lesson was
FILE_NAME = "class-results.zip"


def frame(session: ClassSession) -> pd.DataFrame:
    """The rows of ``class_results``; outlets only where the class has seen the names.

    Raises NotYet before the class has been shown.
    """
    return tables.CLASS_RESULTS.sort(tables.CLASS_RESULTS.frame(_rows(session)))


def _rows(session: ClassSession) -> Iterator[dict[str, Any]]:
    settings = session.lesson.settings
    digest = settings.digest
    originals = session.names() if session.shows("names") else {}
    called = {text.key: text.name for text in session.lesson.shown}
    for step, groups in session.results().items():
        for group, answers in groups.items():
            for answer in answers:
                key = answer.text or answer.item
                original = originals.get(key)
                yield {
                    "settings_sha256": digest,
                    "activity": settings.activity,
                    "event_id": settings.event,
                    "step": step,
                    "group": group,
                    "question": answer.question,
                    "item": called.get(answer.item, answer.item),
                    "paper": called.get(key),
                    "answer": called.get(answer.answer, answer.answer),
                    "value": answer.number,
                    "layer": answer.layer,
                    "start": answer.start,
                    "end": answer.end,
                    "article_id": original.article_id if original else None,
                    "outlet": original.outlet if original else None,
                }


def archive(session: ClassSession) -> bytes:
    """A ZIP file with class_results.csv, codebook.csv and settings.toml; the same lesson, the same bytes."""
    table = tables.CLASS_RESULTS
    files = {
        "class_results.csv": encode(frame(session), table, "csv"),
        "codebook.csv": encode(codebook_frame((table,)), table, "csv", verbatim=True),
        "settings.toml": dump(session.lesson.settings).encode("utf-8"),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            written.writestr(info, data)
    return buffer.getvalue()
