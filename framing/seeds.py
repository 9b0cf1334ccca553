"""The bundled articles, checked against their card."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from framing import resources
from framing.article import Article, FramingError
from framing.read import read

_CARD = "seeds.toml"


def folder() -> Path:
    """Where the seeds lie; an input that :func:`framing.read.read` takes."""
    return resources.folder("seeds")


def card(seeds: Path | None = None) -> dict[str, Any]:
    """The card: title, source, rights, day of retrieval, limits, sha256 of each file.

    Raises FramingError where there is none, or it is no TOML.
    """
    path = (seeds or folder()) / _CARD
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise FramingError(f"{path} is missing; the seeds need their card: install framing again") from error
    except tomllib.TOMLDecodeError as error:
        raise FramingError(f"{path} is no TOML: {error}") from error


def check(seeds: Path | None = None) -> list[str]:
    """What differs between the seeds and their card, one line each; empty where nothing does."""
    place = seeds or folder()
    expected: dict[str, str] = card(place).get("sha256", {})
    problems = []
    for name, digest in expected.items():
        path = place / name
        if not path.is_file():
            problems.append(f"{path}: named on the card, but missing")
        elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) != digest:
            problems.append(f"{path}: not the file its card describes (sha256 {found}, expected {digest})")
    present = {p.name for p in place.iterdir() if p.suffix == ".txt"}
    problems += [f"{place / name}: not on the card" for name in sorted(present - expected.keys())]
    return problems


def articles(seeds: Path | None = None) -> list[Article]:
    """The bundled articles in the order of their file names.

    Raises FramingError naming the files that are not what the card describes.
    """
    place = seeds or folder()
    if problems := check(place):
        raise FramingError(
            "; ".join(problems)
            + f". If the edit is meant, write the new sha256 into {place / _CARD}; else install framing again"
        )
    return [item.article for item in read([place]) if item.article is not None]
