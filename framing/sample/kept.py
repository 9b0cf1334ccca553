"""Samples and the labels that coders give them, kept in the study: ``DIR/samples``.

Each coder has a file, so that two who label at the same time never overwrite each other.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from framing.article import FramingError
from framing.disk import write_text
from framing.sample.draw import Sample
from framing.study import Study

_FOLDER = "samples"
_LABELS = "labels"
_CODER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}")
Labels = dict[str, float | None]


def keep(study: Study, sample: Sample, n: int) -> str:
    """Keep what was drawn; the name under which it is kept."""
    name = f"{sample.measure}-{sample.voice}-{n}-{sample.seed}"
    _write(study.path / _FOLDER / f"{name}.json", sample.to_json())
    return name


def samples(study: Study) -> dict[str, Sample]:
    """The samples that were drawn from a study, by name."""
    files = sorted((study.path / _FOLDER).glob("*.json"))
    return {f.stem: Sample.from_json(json.loads(f.read_text(encoding="utf-8"))) for f in files}


def labels(study: Study, name: str) -> dict[str, Labels]:
    """The labels of each coder of a sample: 1 = it is there, 0 = it is not, None = cannot be told."""
    files = sorted((study.path / _FOLDER / _LABELS / name).glob("*.json"))
    return {f.stem: json.loads(f.read_text(encoding="utf-8")) for f in files}


def label(study: Study, name: str, coder: str, given: Labels) -> None:
    """Keep all that one coder has labelled.

    Raises FramingError for an unknown sample, items that are not in it, or a coder's name
    that cannot be the name of a file.
    """
    known = samples(study)
    if name not in known:
        raise FramingError(f"{study.path} has no sample {name!r}; draw one first")
    if not _CODER.fullmatch(coder):
        raise FramingError(f"the coder {coder!r}; expected 1 to 30 letters, digits, - and _")
    strange = given.keys() - {item.item for item in known[name].items}
    if strange:
        raise FramingError(f"{min(strange)} is no item of the sample {name}")
    _write(study.path / _FOLDER / _LABELS / name / f"{coder}.json", given)


def _write(file: Path, data: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, json.dumps(data, indent=1, sort_keys=True) + "\n")
