"""Renders the pages of docs/ that come from the code: `make docs`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docs import commands, licences, measures
from framing.tables import CLASS_RESULTS, COMPARISON_EVIDENCE, TABLES, Column, Table

HERE = Path(__file__).resolve().parent


def tables() -> str:
    """Every exported table with its columns: the codebook as a page."""
    head = (
        "# Tables\n\nRendered from `framing/tables.py` by `make docs`. An empty cell is missing; "
        "*text* marks article text, which `--no-text` leaves out.\n"
    )
    return "\n".join([head, *(_table(table) for table in (*TABLES, COMPARISON_EVIDENCE, CLASS_RESULTS))])


def _table(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"{table.description}. Rows are in the order of {', '.join(table.key)}.",
        "",
        "| column | type | unit | |",
        "| --- | --- | --- | --- |",
        *(_column(column) for column in table.columns),
    ]
    return "\n".join(lines) + "\n"


def _column(column: Column) -> str:
    description = f"{column.description}; *text*" if column.text else column.description
    cells = (f"`{column.name}`", column.type, column.unit, description)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands.render,
    "licences.md": licences.render,
    "measures.md": measures.render,
    "tables.md": tables,
}


def main() -> None:
    """Write every page."""
    for name, render in PAGES.items():
        (HERE / name).write_text(render(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
