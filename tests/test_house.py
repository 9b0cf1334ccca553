"""What holds for the project's own files: versions agree, the lock is closed, nothing names a machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
THIS = Path(__file__).resolve().relative_to(ROOT).as_posix()

# Written in pieces so that this file passes its own test.
ADDRESSES = re.compile(
    r"py" r"pi\.org|python" r"hosted|npm" r"js\.|deb\.deb" r"ian|conda\.anaconda"
    r"|/wo" r"rk/|/ro" r"ot/|/ho" r"me/[a-z]|/Us" r"ers/|C:\\Us" r"ers|/o" r"pt/|\.\./sha" r"red"
)  # fmt: skip
# Article text must never become code or markup.
MARKUP = re.compile(
    r"unsafe_allow_(html|javascript)\s*=\s*True|\.innerHTML|insertAdjacentHTML|document\.write\("
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError|pytest\.mark\.xfail")


@lru_cache(maxsize=1)
def files() -> dict[str, str]:
    """Name and text of every file of the project, the seeds (which are as they were found) aside."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout: the project's own files cannot be told from what was made in it")
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = {}
    for name in sorted(set(listed.stdout.split("\0"))):
        path = ROOT / name
        if not path.is_file() or name.startswith("seeds/"):
            continue
        data = path.read_bytes()
        if b"\0" not in data:
            found[name] = data.decode("utf-8")
    return found


def hits(pattern: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    """``file:line: text`` of every line that ``pattern`` is in."""
    return [
        f"{name}:{n}: {line.strip()[:120]}"
        for name, text in texts.items()
        for n, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_registry_or_a_machine() -> None:
    assert hits(ADDRESSES, files()) == []


def test_article_text_cannot_become_markup() -> None:
    code = {n: t for n, t in files().items() if n.endswith((".py", ".js", ".mjs", ".html")) and n != THIS}
    assert hits(MARKUP, code) == []


def test_nothing_is_left_unfinished() -> None:
    code = {n: t for n, t in files().items() if n.endswith((".py", ".js")) and n != THIS}
    assert hits(UNFINISHED, code) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (ADDRESSES, "--index-url https://py" + "pi.org/simple"),
        (ADDRESSES, "DATA = '/ro" + "ot/data'"),
        (ADDRESSES, "open('../sha" + "red/gold.csv')"),
        (MARKUP, "st.markdown(text, unsafe_allow_html=True)"),
        (MARKUP, "st.html(text, unsafe_allow_javascript = True)"),
        (MARKUP, "node.innerHTML = text"),
        (UNFINISHED, "raise NotImplementedError"),
    ],
)
def test_a_banned_line_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert hits(pattern, {"a": f"first\n{line}\n"}) == [f"a:2: {line}"]


def test_text_files_end_in_one_line_end_and_have_no_carriage_returns() -> None:
    texts = {n: t for n, t in files().items() if n != "LICENSE" and not n.startswith("tests/gold/")}
    assert [
        n for n, t in texts.items() if t and (not t.endswith("\n") or t.endswith("\n\n") or "\r" in t)
    ] == []


# --- versions -------------------------------------------------------------------------------------


def citation() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_versions_agree() -> None:
    version = PYPROJECT["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert str(Version(version)) == version
    assert citation()["version"] == version
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == version


def test_installed_version_is_the_one_of_the_project() -> None:
    from framing.provenance import version

    assert version() == PYPROJECT["project"]["version"]


# --- citation -------------------------------------------------------------------------------------

# Citation File Format 1.2.0, https://doi.org/10.5281/zenodo.5171937.
CFF_REQUIRED = {"cff-version", "message", "title", "authors"}
CFF_OPTIONAL = {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license"),
    *("license-url", "preferred-citation", "references", "repository", "repository-artifact"),
    *("repository-code", "type", "url", "version"),
}
CFF_PERSON = {
    *("address", "affiliation", "alias", "city", "country", "email", "family-names", "fax", "given-names"),
    *("name-particle", "name-suffix", "orcid", "post-code", "region", "tel", "website"),
}
CFF_ENTITY = {
    *("address", "alias", "city", "country", "date-end", "date-start", "email", "fax", "location", "name"),
    *("orcid", "post-code", "region", "tel", "website"),
}


def cff_problems(cff: dict[str, Any]) -> list[str]:
    """What in ``cff`` goes against the rules of the format for the fields that this project uses."""
    problems = [f"{key} is missing" for key in sorted(CFF_REQUIRED - cff.keys())]
    problems += [
        f"{key} is no field of the format" for key in sorted(cff.keys() - CFF_REQUIRED - CFF_OPTIONAL)
    ]
    if cff.get("cff-version") != "1.2.0":
        problems.append("cff-version must be the text 1.2.0")
    if cff.get("type", "software") not in ("software", "dataset"):
        problems.append("type must be software or dataset")
    for key in ("message", "title", "abstract", "version", "license"):
        if key in cff and not (isinstance(cff[key], str) and cff[key].strip()):
            problems.append(f"{key} must be a text")
    keywords = cff.get("keywords", ["-"])
    if not keywords or len(set(keywords)) != len(keywords):
        problems.append("keywords must be a list without repeats")
    if "date-released" in cff and not isinstance(cff["date-released"], date):
        problems.append("date-released must be a date, YYYY-MM-DD")
    authors = cff.get("authors")
    if not isinstance(authors, list) or not authors:
        return [*problems, "authors must be a list of at least one"]
    for author in authors:
        allowed = CFF_ENTITY if "name" in author else CFF_PERSON
        if not author or author.keys() - allowed:
            problems.append(f"author {author} is neither a person nor an entity of the format")
    return problems


def test_citation_follows_the_format() -> None:
    assert cff_problems(citation()) == []
    assert citation()["license"] == PYPROJECT["project"]["license"]
    assert citation()["keywords"] == PYPROJECT["project"]["keywords"]


@pytest.mark.parametrize(
    "change",
    [
        {"cff-version": 1.2},
        {"authors": []},
        {"authors": [{"name": "A", "given-names": "B"}]},
        {"titel": "x"},
        {"version": 1.0},
        {"keywords": ["a", "a"]},
        {"type": "program"},
        {"date-released": "soon"},
    ],
    ids=str,
)
def test_a_broken_citation_is_found(change: dict[str, Any]) -> None:
    assert cff_problems(citation() | change)


# --- lock and package -----------------------------------------------------------------------------


def lock_blocks() -> list[str]:
    """The entries of the lock, each with its continuation lines joined."""
    joined = LOCK.replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip()]


def locked() -> dict[str, list[Requirement]]:
    entries: dict[str, list[Requirement]] = {}
    for block in lock_blocks():
        requirement = Requirement(block.partition(" --hash")[0])
        entries.setdefault(requirement.name.lower(), []).append(requirement)
    return entries


def test_every_line_of_the_lock_is_pinned_by_hash_and_has_no_address() -> None:
    assert "://" not in LOCK
    for block in lock_blocks():
        assert re.fullmatch(r"[\w.\-]+==[^\s;]+( ;[^\\]*?)?( +--hash=sha256:[0-9a-f]{64})+", block), block[
            :100
        ]


def test_lock_holds_what_the_project_asks_for() -> None:
    project = PYPROJECT["project"]
    extras = [text for texts in project["optional-dependencies"].values() for text in texts]
    wanted = [
        Requirement(t) for t in [*project["dependencies"], *extras, *PYPROJECT["build-system"]["requires"]]
    ]
    entries = locked()
    for requirement in wanted:
        pins = [str(next(iter(r.specifier)).version) for r in entries.get(requirement.name.lower(), [])]
        assert any(requirement.specifier.contains(pin) for pin in pins), (
            f"{requirement}: locked {pins}; `make lock`"
        )


def build_wheel(out: Path) -> zipfile.ZipFile:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
        capture_output=True,
        check=True,
    )
    (wheel,) = out.glob("framing-*-py3-none-any.whl")
    return zipfile.ZipFile(wheel)


def test_wheel_carries_everything_and_is_the_same_each_time(tmp_path: Path) -> None:
    homes = {
        "framing": ROOT / "framing",
        "framing_dashboard": ROOT / "dashboard" / "framing_dashboard",
        "framing/_data/classroom": ROOT / "classroom",
        "framing/_data/lexicons": ROOT / "lexicons",
        "framing/_data/models": ROOT / "models",
        "framing/_data/seeds": ROOT / "seeds",
    }
    expected = {
        f"{place}/{path.relative_to(folder).as_posix()}"
        for place, folder in homes.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with build_wheel(tmp_path / "1") as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == expected
    assert "framing/py.typed" in held
    for place in homes:
        assert any(name.startswith(f"{place}/") for name in held), place
    build_wheel(tmp_path / "2").close()
    first, second = (next((tmp_path / n).glob("*.whl")).read_bytes() for n in ("1", "2"))
    assert first == second


def test_license_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PYPROJECT["project"]["license"] == "Apache-2.0"


def test_hooks_are_local_and_run_what_is_locked() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    for hook in (hook for repo in config["repos"] for hook in repo["hooks"]):
        tool = re.fullmatch(r"\.venv/bin/python -m (\w+)( .*)?", hook["entry"])
        assert tool, hook["entry"]
        assert tool[1] in locked()


def test_readme_names_files_that_exist_and_verbs_that_work() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "@@" not in readme, "a figure is still to be filled in"
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", readme)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z]+)\b`", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
