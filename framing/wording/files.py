"""Model files: arrays in ``models/<name>.npz`` (never unpickled) beside the card ``models/<name>.toml``."""

from __future__ import annotations

import functools
import hashlib
import io
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.article import FramingError
from framing.resources import folder

_FIELDS = ("title", "version", "sha256", "trained_by", "licence", "limits", "must_not", "whole_articles")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus that a model was trained on; ``licence`` is what was found stated, as found."""

    name: str
    citation: str
    licence: str


@dataclass(frozen=True, slots=True)
class ModelAccuracy:
    """A figure of a model: what was measured, on what, by which command (empty: the training)."""

    figure: str
    data: str
    of: str = ""  # "sentences" or "words", where a model says something of both
    command: str = ""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known about a model: origin, accuracy, limits. ``sha256`` is of the ``.npz``."""

    name: str
    title: str
    version: str
    sha256: str
    trained_by: str  # the command
    licence: str  # terms of the weights, with what was found and what was decided
    limits: str
    must_not: str  # what it must not be used for
    whole_articles: str  # what it scores on whole articles of another corpus
    corpora: tuple[Corpus, ...]
    accuracy: tuple[ModelAccuracy, ...]

    def as_text(self, indent: str = "") -> str:
        """The card as lines for a reader."""
        lines = [
            f"{self.title}, version {self.version}, sha256 {self.sha256}",
            *(f"accuracy  {a.figure}; {a.data}" for a in self.accuracy),
            f"trained   {self.trained_by}",
            *(f"corpus    {c.citation}; licence as found: {c.licence}" for c in self.corpora),
            f"licence   {self.licence}",
            f"limits    {self.limits}",
            f"must not  {self.must_not}",
            f"articles  {self.whole_articles}",
        ]
        return "\n".join(indent + " ".join(line.split("\n")) for line in lines)


def names() -> tuple[str, ...]:
    """The models that are installed, sorted; none where the folder is missing."""
    try:
        return tuple(sorted(path.stem for path in folder("models").glob("*.npz")))
    except FramingError:
        return ()


@functools.cache
def card(name: str) -> ModelCard:
    """The card of ``name``. Raises FramingError where it is missing or leaves a field out."""
    path = _path(name, ".toml")
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        texts = {field: str(data[field]).strip() for field in _FIELDS}
        corpora = tuple(Corpus(**corpus) for corpus in data["corpora"])
        accuracy = tuple(ModelAccuracy(**figure) for figure in data["accuracy"])
    except (KeyError, TypeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FramingError(
            f"models/{name}.toml is not a model card ({error}); expected {', '.join(_FIELDS)}, "
            f"corpora and accuracy. Install framing again, or train the model again"
        ) from error
    return ModelCard(name, **texts, corpora=corpora, accuracy=accuracy)


@functools.cache
def arrays(name: str) -> Mapping[str, NDArray[Any]]:
    """The arrays of model ``name``, read once a process and checked against the card.

    Raises FramingError where the file is missing, damaged or not the one its card describes.
    """
    data = _path(name, ".npz").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != card(name).sha256:
        raise FramingError(
            f"models/{name}.npz is not the model its card describes: its sha256 is {digest}, the card says "
            f"{card(name).sha256}. Install framing again, or train the model again"
        )
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            return {key: held[key] for key in held.files}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise FramingError(f"models/{name}.npz cannot be read ({error}); install framing again") from error


def _path(name: str, suffix: str) -> Path:
    path = folder("models") / f"{name}{suffix}"
    if not path.is_file():
        known = ", ".join(names()) or "none"
        raise FramingError(
            f"the model file models/{name}{suffix} is missing (installed: {known}); "
            "install framing again, or use the lexicon measures, which work without it"
        )
    return path
