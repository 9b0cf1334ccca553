"""What must never stand in the dashboard's source: doors through which text could become code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dashboard" / "framing_dashboard"
FRONTEND = ROOT / "framing" / "highlight"
PYTHON = sorted([*PACKAGE.rglob("*.py"), *FRONTEND.rglob("*.py")])
SCRIPTS = sorted([*FRONTEND.rglob("*.js"), *FRONTEND.rglob("*.css"), *PACKAGE.rglob("*.css")])

PYTHON += sorted((ROOT / "framing" / "classroom").rglob("*.py"))
SCRIPTS += sorted((ROOT / "framing" / "classroom" / "frontend").iterdir())

BANNED = {
    PYTHON[0].suffix: (
        "unsafe_allow_html",
        "unsafe_allow_javascript",
        "st.write(",
        "st.table(",
        "components.v1",
    ),
    ".js": (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "new Function",
        "DOMParser",
        "srcdoc",
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "//cdn",
    ),
    ".css": ("url(", "@import", "expression("),
}


def test_there_is_something_to_check() -> None:
    assert {p.suffix for p in (*PYTHON, *SCRIPTS)} == {".py", ".js", ".css"}


@pytest.mark.parametrize("path", [*PYTHON, *SCRIPTS], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_door_for_code(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert [word for word in BANNED[path.suffix] if word in source] == []
    addresses = re.findall(r"https?://(?!127\.0\.0\.1|h/i\.png|\{)[^\s\"')]+", source)
    assert addresses == []


@pytest.mark.parametrize("path", [p for p in PYTHON if p.parent.name == "app_pages"], ids=lambda p: p.stem)
def test_pages_are_thin(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("path", [p for p in PYTHON if p.parent.name == "views"], ids=lambda p: p.stem)
def test_views_know_no_streamlit(path: Path) -> None:
    assert not re.search(r"^\s*(import|from) streamlit", path.read_text(encoding="utf-8"), re.MULTILINE)
