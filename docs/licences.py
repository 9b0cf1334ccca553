"""Licences of everything that framing installs or carries, for docs/licences.md.

Packages are those of ``requirements.lock``; what each states is read from its installed metadata.
A package that the lock asks for on some platforms or Python versions only may be missing here, and
another version of it may state the same in other words; for these the statement is in :data:`READ`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from framing.lexicon import bundled, load
from framing.resources import folder
from framing.seeds import card as seeds_card
from framing.wording import files

ROOT = Path(__file__).resolve().parent.parent

# Read from the metadata (axe-playwright-python: from its licence file) by hand.
READ = {
    "axe-playwright-python": "MIT",
    "colorama": "BSD-3-Clause",
    "confection": "MIT",
    "httpcore": "BSD-3-Clause",
    "httpx": "BSD-3-Clause",
    "importlib-metadata": "Apache-2.0",
    "langcodes": "MIT",
    "lazy-importer": "Apache-2.0",
    "librt": "MIT",
    "numpy": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "smart-open": "MIT",
    "spacy": "MIT",
    "thinc": "MIT",
    "typer-slim": "MIT",
    "watchdog": "Apache-2.0",
    "weasel": "MIT",
    "zipp": "MIT",
}

# The identifiers of SPDX for what older metadata say in words; "BSD" alone does not tell which.
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0",
    "BSD License": "BSD",
    "GNU General Public License (GPL)": "GPL-2.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
# What framing can be installed beside without a duty beyond notices and, for the MPL, the source of changes
# to the package itself. GPL is not among them; a choice of several licences is met by one of them.
ACCEPTED = frozenset(
    {
        *("MIT", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Apache-2.0", "PSF-2.0"),
        *("MPL-1.1", "MPL-2.0", "CNRI-Python", "Zlib", "CC0-1.0"),
    }
)
_LONGEST_STATEMENT = 60  # a longer "License" field is the licence's text


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the lock with its pinned versions and the part of framing that asks for it by name."""

    name: str
    versions: tuple[str, ...]
    asked_by: str


def packages() -> list[Package]:
    """The packages of the lock by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = {"framing": project["dependencies"], **project["optional-dependencies"]}
    asked = {Requirement(text).name.lower(): part for part, texts in parts.items() for text in texts}
    versions: dict[str, list[str]] = {}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in lock.splitlines():
        if line.strip():
            pin = Requirement(line.partition(" --hash")[0])
            versions.setdefault(pin.name.lower(), []).append(next(iter(pin.specifier)).version)
    return [Package(name, tuple(versions[name]), asked.get(name, "")) for name in sorted(versions)]


def licence(name: str) -> str:
    """The licence of a package of the lock, as an SPDX expression where its words allow one.

    Raises LookupError where the package is neither installed nor in :data:`READ`, or states nothing.
    """
    return READ.get(name) or installed(name)


def installed(name: str) -> str:
    """What the installed package states; LookupError where it is not installed or states nothing."""
    try:
        about = metadata(name)
    except PackageNotFoundError as error:
        raise LookupError(
            f"{name} is in the lock but not installed, and docs/licences.py has no line for it"
        ) from error
    expression, field = about.get("License-Expression"), (about.get("License") or "").strip()
    classifiers = [
        c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or [] if c.startswith("License")
    ]
    if expression:
        return expression
    if len(classifiers) > 1 or not field or len(field) > _LONGEST_STATEMENT or "\n" in field:
        stated = list(dict.fromkeys(_SPDX.get(c, c) for c in classifiers))
        if not stated:
            raise LookupError(f"{name} states no licence; read it and write it into docs/licences.py")
        return " OR ".join(stated)
    return _SPDX.get(field, field)


def accepted(expression: str) -> bool:
    """Whether one can keep to the licence beside Apache-2.0: every AND part has a choice that is accepted.

    >>> accepted("MPL-2.0 AND (MIT OR GPL-3.0-only)"), accepted("GPL-2.0-or-later")
    (True, False)
    """
    parts = re.split(r"\s+AND\s+", expression)
    return all(ACCEPTED.intersection(re.split(r"\s+OR\s+", part.strip("() "))) for part in parts)


def render() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, *_carried(), "", _PACKAGES, *_packages()]) + "\n"


_HEAD = """\
# Licences

Rendered by `make docs` from `requirements.lock`, the metadata of the installed packages and the cards of the
files that framing carries.

The code of framing and its documents: Apache-2.0.

## Files that framing carries

**research** marks a model that was learned from a corpus whose licence is missing, contested or for research:
it is offered for research use, apart from the licence of the code; **not commercial** one that may not be
used to earn money. The full statement stands on the model's card and in [measures.md](measures.md). Each
may be deleted: the measures that ask it then abstain and say so, all others stay as they are.

| file | what | licence | use |
| --- | --- | --- | --- |"""

_PACKAGES = """\
## Packages

What each states of itself; *BSD* where it does not say which. *asked for by*: the part of framing that names
it in `pyproject.toml` (`framing` is the core, the others are extras); empty where another package needs it.
Nothing here is copied into framing; `pip` installs it. Where a package leaves a choice, its kindest licence
is taken (pyphen: MPL-1.1). text-unidecode comes with frictionless, which only the tests ask for.

| package | version | licence | asked for by |
| --- | --- | --- | --- |"""


def _packages() -> Iterator[str]:
    for package in packages():
        versions = ", ".join(package.versions)
        yield f"| {package.name} | {versions} | {licence(package.name)} | {package.asked_by} |"


def _carried() -> Iterator[str]:
    for name in bundled():
        card = load(name).card
        yield _row(f"lexicons/{name}.txt", card.title, card.licence)
    for name in files.names():
        model = files.card(name)
        yield _row(f"models/{name}.npz", model.title, model.licence, _use(model.licence))
    for path in sorted((ROOT / "framing").rglob("*.toml")):
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        if "licence" in about:
            (data,) = (p for p in path.parent.glob(f"{path.stem}.t*") if p != path)
            yield _row(data.relative_to(ROOT).as_posix(), about["title"], about["licence"])
    lessons: dict[str, Any] = tomllib.loads(
        (folder("classroom") / "classroom.toml").read_text(encoding="utf-8")
    )
    yield _row("classroom/", lessons["title"], lessons["licence"])
    yield _row(
        "docs/examples/", "Seven invented events in three invented newspapers", "Apache-2.0, as the project"
    )
    yield _row("seeds/", seeds_card()["title"], seeds_card()["rights"], "**not part of the licence**")


def _row(file: str, title: str, stated: str, use: str = "") -> str:
    words = " ".join(stated.split()).replace("|", "\\|")
    # A model's card says at length why; the page has its first sentence.
    first = (
        re.split(r"(?<=[.:;]) (?=[A-Za-z])", words)[0].rstrip(".:;") if file.startswith("models/") else words
    )
    return f"| `{file}` | {title} | {first} | {use} |"


def _use(stated: str) -> str:
    """The restriction that a model's licence states; empty where there is none.

    >>> _use("Offered for research use, apart from the code"), _use("for research, not for commercial use")
    ('**research**', '**research, not commercial**')
    """
    words = " ".join(stated.split())
    if "for research" not in words:
        return ""
    return "**research, not commercial**" if "not for commercial" in words else "**research**"
