"""The user's groups of outlets, from a table of two columns."""

from __future__ import annotations

import csv
from pathlib import Path

from framing.article import FramingError


def read_groups(path: Path | str) -> dict[str, str]:
    """Which group each outlet is in, from a CSV file with the columns outlet and group.

    Raises FramingError where the file cannot be read, a column is missing, a cell is empty
    or an outlet stands in two groups.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FramingError(f"{path} cannot be read ({error}); name a CSV file in UTF-8") from error
    reader = csv.DictReader(text.splitlines())
    missing = [c for c in ("outlet", "group") if c not in (reader.fieldnames or [])]
    if missing:
        raise FramingError(f"{path} has no column {', '.join(missing)}; its first line must be outlet,group")
    groups: dict[str, str] = {}
    for row in reader:
        outlet, group = (row["outlet"] or "").strip(), (row["group"] or "").strip()
        if not (outlet and group):
            raise FramingError(f"{path}, line {reader.line_num}: expected an outlet and its group")
        if groups.setdefault(outlet, group) != group:
            raise FramingError(
                f"{path}, line {reader.line_num}: {outlet!r} is already in the group {groups[outlet]!r};"
                " an outlet belongs to one group"
            )
    if not groups:
        raise FramingError(f"{path} names no outlet; each line after the first is outlet,group")
    return groups
