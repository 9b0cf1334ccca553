"""The shape of the code: no circle of imports, short modules and functions, nothing written twice."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.test_layers import PACKAGES, ROOT, modules

MAX_LINES = 400  # of a module; more needs a reason in its docstring, in the words of REASON
REASON = re.compile(r"\bOver 400\s+lines\s+because\b")
MAX_FUNCTION_LINES = 60  # in framing/, signature and docstring included
REPEATED = 10  # lines that stand twice are written twice
NO_CODE = re.compile(r"^(?:#.*|//.*|/?\*.*|[\W_]*)$")  # comments and lone punctuation
# Streamlit takes one script for a component, so the two that it shows hold the same first lines.
COMPONENTS = {"framing/classroom/frontend/marker.js", "framing/highlight/frontend/reader.js"}


@lru_cache(maxsize=1)
def sources() -> dict[str, str]:
    """Path and text of every Python, script and style file of the project."""
    folders = ("framing", "dashboard", "benchmarks", "tests", "docs")
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    wanted = [path for path in paths if path.suffix in (".py", ".js", ".css") and path.is_file()]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in wanted}


@cache
def parsed(source: str) -> ast.Module:
    """The syntax tree, made once for all questions."""
    return ast.parse(source)


def at_import(source: str) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run when the module is loaded: none inside functions or for type checkers only."""
    waiting: list[ast.AST] = [parsed(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def needed(source: str, code: Mapping[str, str]) -> set[str]:
    """The modules of ``code`` that ``source`` asks for by name when it is loaded."""
    found: set[str] = set()
    for node in at_import(source):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        else:
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(name if name in code else str(node.module) for name in below)
    return found & code.keys()


def circle(code: Mapping[str, str]) -> list[str]:
    """Modules that import each other in a circle; empty where there is none."""
    try:
        TopologicalSorter({name: needed(source, code) - {name} for name, source in code.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(modules()) == []


def test_a_circle_is_found() -> None:
    code = {"p": "", "p.a": "from p import b", "p.b": "from p.c import x", "p.c": "import p.a"}
    assert set(circle(code)) == {"p.a", "p.b", "p.c"}
    late = code | {"p.c": "def f():\n    import p.a"}
    assert circle(late) == []


def too_long(name: str, source: str) -> str:
    """What is wrong with the length of a module; empty where nothing is."""
    n = source.count("\n")
    said = REASON.search(ast.get_docstring(parsed(source)) or "")
    return f"{name}: {n} lines, and its docstring gives no reason" if n > MAX_LINES and not said else ""


def test_long_modules_say_why() -> None:
    code = {n: text for n, text in sources().items() if n.endswith(".py") and not n.startswith("tests/")}
    assert [found for name, text in code.items() if (found := too_long(name, text))] == []


def test_a_long_module_without_a_reason_is_found() -> None:
    assert too_long("m", '"""M."""\n' + "x = 1\n" * MAX_LINES)
    assert not too_long("m", '"""M. (Over 400 lines because\nit is a list.)"""\n' + "x = 1\n" * MAX_LINES)


def long_functions(source: str) -> list[tuple[str, int]]:
    """Functions of more than :data:`MAX_FUNCTION_LINES` lines, decorators left out."""
    found = (n for n in ast.walk(parsed(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    sized = [(n.name, (n.end_lineno or n.lineno) - n.lineno + 1) for n in found]
    return [(name, n) for name, n in sized if n > MAX_FUNCTION_LINES]


def test_functions_of_the_core_fit_on_a_screen() -> None:
    code = {n: text for n, text in modules().items() if n.partition(".")[0] == "framing"}
    assert {n: found for n, text in code.items() if (found := long_functions(text))} == {}


def test_a_long_function_is_found() -> None:
    assert long_functions("def f():\n" + "    x = 1\n" * MAX_FUNCTION_LINES) == [
        ("f", MAX_FUNCTION_LINES + 1)
    ]


def code_lines(name: str, text: str) -> list[tuple[int, str]]:
    """Number and content of the lines that hold code; imports are none, blanks and comments neither."""
    passed: set[int] = set()
    if name.endswith(".py"):
        for node in ast.walk(parsed(text)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                passed.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = ((n, line.strip()) for n, line in enumerate(text.split("\n"), start=1) if n not in passed)
    return [(n, line) for n, line in lines if not NO_CODE.match(line)]


def repeated(texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Places (``file:line``) where the same :data:`REPEATED` lines of code begin."""
    runs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, text in texts.items():
        code = code_lines(name, text)
        for start in range(len(code) - REPEATED + 1):
            run = code[start : start + REPEATED]
            runs[tuple(line for _, line in run)].append(f"{name}:{run[0][0]}")
    return [tuple(places) for places in runs.values() if len(places) > 1]


def test_nothing_is_written_twice() -> None:
    found = repeated(sources())
    assert [places for places in found if {p.partition(":")[0] for p in places} != COMPONENTS] == []


def test_a_copy_is_found() -> None:
    lines = [f"x{n} = {n}" for n in range(REPEATED)]
    assert repeated({"a": "\n".join(lines), "b": "import re\n\n" + "\n\n".join(lines)}) == [("a:1", "b:3")]
    assert repeated({"a": "\n".join(lines), "b": "\n".join(lines[1:])}) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_both_packages_are_looked_at(package: str) -> None:
    assert sum(name.partition(".")[0] == package for name in modules()) > 30
