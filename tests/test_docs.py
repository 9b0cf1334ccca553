"""The pages that are rendered from the code are those of the code as it is."""

from __future__ import annotations

import ast
import doctest
import re
from importlib.metadata import distributions

import pytest
import typer

from docs import commands, licences
from docs.commands import verbs
from docs.licences import READ, accepted, installed, licence, packages
from docs.render import HERE, PAGES
from framing.cli import app
from framing.tables import CLASS_RESULTS, COMPARISON_EVIDENCE, TABLES


@pytest.mark.parametrize("page", PAGES)
def test_page_is_up_to_date(page: str) -> None:
    path = HERE / page
    assert path.is_file(), f"docs/{page} is missing; run `make docs`"
    assert path.read_text(encoding="utf-8") == PAGES[page](), f"docs/{page} is out of date; run `make docs`"


def test_the_page_of_tables_holds_every_column() -> None:
    sections = dict(section.split("\n", 1) for section in PAGES["tables.md"]().split("\n## ")[1:])
    every = (*TABLES, COMPARISON_EVIDENCE, CLASS_RESULTS)
    assert list(sections) == [table.name for table in every]
    for table in every:
        assert sections[table.name].count("\n| `") == len(table.columns)


def test_every_package_has_a_licence_that_can_stand_beside_apache_2() -> None:
    refused = {p.name: licence(p.name) for p in packages() if not accepted(licence(p.name))}
    # It comes with frictionless, which the tests ask for and nothing else does.
    assert refused.keys() <= {"text-unidecode"}, refused


def test_licences_read_by_hand_are_those_that_installed_packages_state() -> None:
    """The first words only: another version of numpy or scipy may name the licences of more of its parts."""
    stated = {
        name: installed(name)
        for name in READ.keys() - {"axe-playwright-python"}
        if list(distributions(name=name))
    }
    assert len(stated) > 10
    assert {n: s for n, s in stated.items() if READ[n].split("-")[0] != s.split(" ")[0].split("-")[0]} == {}


def test_examples_in_the_renderers_hold() -> None:
    tried = [doctest.testmod(module) for module in (commands, licences)]
    assert sum(result.attempted for result in tried) >= 2
    assert [result.failed for result in tried] == [0, 0]


def test_models_for_research_are_flagged() -> None:
    rows = PAGES["licences.md"]().splitlines()
    (moral,) = (row for row in rows if row.startswith("| `models/moral_foundations.npz`"))
    assert "**research, not commercial**" in moral
    (vectors,) = (row for row in rows if row.startswith("| `models/vectors.npz`"))
    assert "research" not in vectors


def test_the_page_of_commands_has_every_verb_with_an_example() -> None:
    sections = PAGES["commands.md"]().split("\n## ")[1:]
    assert len(sections) == len(list(verbs(typer.main.get_command(app)))) > 20
    assert [section.partition("\n")[0] for section in sections if "Example:" not in section] == []


def test_every_place_that_the_design_names_exists() -> None:
    design = (HERE / "design.md").read_text(encoding="utf-8")
    section = design[design.index("## In one look") : design.index("## Where the next thing goes")]
    places = re.findall(r"`(\w+)` in `([\w/]+\.py)`", section)
    assert len(places) > 10
    for name, path in places:
        tree = ast.parse((HERE.parent / path).read_text(encoding="utf-8"))
        defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        assigned = [n.target if isinstance(n, ast.AnnAssign) else n.targets[0]
                    for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign)]  # fmt: skip
        assert name in defined | {t.id for t in assigned if isinstance(t, ast.Name)}, f"{path} has no {name}"


def test_commands_named_in_running_text_exist() -> None:
    """``framing VERB --option`` between back quotes, in every document and docstring of a command."""
    root = typer.main.get_command(app)
    pages = [HERE.parent / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
    named = [
        (page.name, command)
        for page in [*pages, *sorted(HERE.rglob("*.md"))]
        for command in re.findall(r"`framing ([a-z][^`\n]*)`", page.read_text(encoding="utf-8"))
    ]
    assert len(named) > 30
    wrong = []
    for page, command in named:
        verb, *words = command.split()
        known = root.commands.get(verb)  # type: ignore[attr-defined]
        below = [known, *getattr(known, "commands", {}).values()]
        options = {o for c in below if c for p in c.params for o in (*p.opts, *p.secondary_opts)}
        if known is None or {w for w in words if w.startswith("--")} - options - {"--help"}:
            wrong.append(f"{page}: framing {command}")
    assert wrong == []
