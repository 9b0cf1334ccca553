"""Imports point one way: docs/design.md lists the rooms in a table, and a room knows only those above it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DESIGN = ROOT / "docs" / "design.md"
PACKAGES = {"framing": ROOT / "framing", "framing_dashboard": ROOT / "dashboard" / "framing_dashboard"}

# What opens connections. urllib.parse, which only takes addresses apart, is not among them.
NETWORK = (
    *("socket", "socketserver", "ssl", "ftplib", "smtplib", "http.client", "http.server", "urllib.request"),
    *("requests", "urllib3", "httpx", "aiohttp", "websockets", "nltk", "spacy.cli"),
)
# The dashboard serves and draws: it neither fetches nor computes.
NOT_IN_DASHBOARD = (
    *("urllib.request", "requests", "urllib3", "httpx", "aiohttp", "spacy", "sklearn", "scipy"),
    *("framing.analysis", "framing.annotate", "framing.language", "framing.quotes", "framing.read"),
    *("framing.clean", "framing.cli"),
)


def within(module: str, packages: tuple[str, ...]) -> bool:
    """Whether ``module`` is one of ``packages`` or inside one.

    >>> within("http.client", ("http.client",)), within("httpx2", ("httpx",))
    (True, False)
    """
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def imports(source: str) -> Iterator[str]:
    """Every module that ``source`` imports, wherever it does so; ``from a import b`` gives ``a`` and ``a.b``.

    >>> list(imports("from framing import text\\nimport re"))
    ['framing', 'framing.text', 're']
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write the import in full, framing.…"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    """The first part of a module's name below ``framing``; the dashboard is one room.

    >>> room("framing.measures.hedges"), room("framing_dashboard.views.start"), room("framing")
    ('measures', 'framing_dashboard', '')
    """
    package, _, rest = module.partition(".")
    return package if package == "framing_dashboard" else rest.partition(".")[0]


@lru_cache(maxsize=1)
def rooms() -> tuple[str, ...]:
    """The rooms in the order of the table of docs/design.md, the lowest first."""
    rows = re.findall(r"^\| (`[^|]*) \|", DESIGN.read_text(encoding="utf-8"), re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    return tuple(Path(name).stem for name in names)


@lru_cache(maxsize=1)
def modules() -> dict[str, str]:
    """Name and source of every module of the two packages."""
    found = {}
    for package, folder in PACKAGES.items():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join((package, *(part for part in parts if part != "__init__")))
            found[name] = path.read_text(encoding="utf-8")
    return found


def upward(module: str, source: str, order: tuple[str, ...]) -> list[str]:
    """The imports of ``module`` that go against ``order``."""
    assert room(module) in order, f"{module} has no row in the table of docs/design.md"
    at = order.index(room(module))
    theirs = {name: room(name) for name in imports(source) if name.partition(".")[0] in PACKAGES}
    return sorted({name for name, of in theirs.items() if of in order and order.index(of) > at})


def prints(source: str) -> list[int]:
    """The lines on which ``source`` calls ``print``."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return sorted(
        call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"
    )


ENTRY = {"framing", "framing.__main__"}  # the package itself, and the door to framing.cli
HOUSED = sorted(modules().keys() - ENTRY)


def test_design_lists_every_room_once() -> None:
    built = {room(name) for name in HOUSED}
    assert sorted(rooms()) == sorted(built), "docs/design.md and the code name different rooms"


@pytest.mark.parametrize("module", HOUSED)
def test_imports_point_one_way(module: str) -> None:
    assert upward(module, modules()[module], rooms()) == []


@pytest.mark.parametrize("module", sorted(name for name in modules() if room(name) != "framing_dashboard"))
def test_core_has_no_network_no_screen_and_no_printing(module: str) -> None:
    source = modules()[module]
    network = () if room(module) == "fetch" else NETWORK
    assert [name for name in imports(source) if within(name, (*network, "streamlit", "altair"))] == []
    assert room(module) == "cli" or prints(source) == []


@pytest.mark.parametrize("module", [name for name in HOUSED if room(name) == "framing_dashboard"])
def test_dashboard_only_draws(module: str) -> None:
    assert [name for name in imports(modules()[module]) if within(name, NOT_IN_DASHBOARD)] == []


def test_only_the_command_line_opens_the_dashboard() -> None:
    knows = {
        name
        for name, source in modules().items()
        if room(name) != "framing_dashboard"
        and any(within(i, ("framing_dashboard",)) for i in imports(source))
    }
    assert knows <= {"framing.cli.showing"}


def defines_a_measure(source: str) -> bool:
    """Whether ``source`` makes a ``Measure``; what measures share does not."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(isinstance(function, ast.Name) and function.id == "Measure" for function in calls)


def test_a_measure_knows_no_other_measure() -> None:
    measures = {n for n, source in modules().items() if room(n) == "measures" and defines_a_measure(source)}
    assert len(measures) > 5
    known = {n: sorted(measures.intersection(imports(modules()[n])) - {n}) for n in sorted(measures)}
    assert {n: others for n, others in known.items() if others} == {}, (
        "what two measures share lies below both"
    )


def test_comparing_knows_no_particular_measure() -> None:
    comparing = [name for name in modules() if room(name) in ("compare", "distinctive")]
    assert len(comparing) >= 2
    assert not [i for n in comparing for i in imports(modules()[n]) if within(i, ("framing.measures",))]


ORDER = ("article", "text", "measures", "cli")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from framing.article import Span", []),
        ("from framing import measures", ["framing.measures"]),
        (
            "from framing.measures.hedges import HEDGES",
            ["framing.measures.hedges", "framing.measures.hedges.HEDGES"],
        ),
        ("def f():\n    import framing.cli", ["framing.cli"]),
    ],
)
def test_an_import_against_the_order_is_found(source: str, found: list[str]) -> None:
    assert upward("framing.text", source, ORDER) == found


@pytest.mark.parametrize(
    "source",
    ["import socket", "from urllib.request import urlopen", "from urllib import request", "import spacy.cli"],
)
def test_a_network_module_is_found(source: str) -> None:
    assert any(within(name, NETWORK) for name in imports(source))


def test_taking_an_address_apart_is_no_network() -> None:
    assert not any(within(name, NETWORK) for name in imports("from urllib.parse import urlsplit"))


def test_a_print_is_found() -> None:
    assert prints('def f():\n    """print(1)"""\n    print(2)') == [3]
