"""The settings of a lesson in one plain file, so that a lesson or an experiment can be repeated.

The file is TOML, as ``classroom/activities/*.toml`` show; :func:`dump` writes one, :func:`parse`
reads it back. What it leaves out is as in the activity's own file.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from framing.article import FramingError
from framing.classroom import activities
from framing.classroom.activities import Activity, Step
from framing.highlight import LAYERS
from framing.resources import folder

MAX_FILE = 64 * 1024  # bytes; the longest sensible file has about 4,000
MAX_TEXT = 400  # characters of a question, a sentence, a name
MAX_ITEMS = 12  # verbs, stakeholders: more do not fit a screen or a sheet of paper
BLANK = "____"


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale: whole numbers ``low`` to ``high`` with a label at either end."""

    low: int
    high: int
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True)
class Settings:
    """One lesson. The meaning of each field stands beside it in the activity's file."""

    activity: str
    event: str
    texts: tuple[str, ...]
    seed: int
    minutes: int
    names: str
    steps: tuple[str, ...]
    layers: tuple[str, ...]
    max_marks: int
    subject: str
    verbs: tuple[str, ...]
    sentence: str
    stakeholders: tuple[str, ...]
    scale: Scale
    wording: Mapping[str, str]

    @property
    def of(self) -> Activity:
        """The activity."""
        return activities.get(self.activity)

    @property
    def walk(self) -> tuple[Step, ...]:
        """The steps of this lesson in order."""
        return tuple(self.of.step(name) for name in self.steps)

    def say(self, key: str) -> str:
        """A question in the words of this lesson."""
        return self.wording[key].replace("{subject}", self.subject)

    @property
    def digest(self) -> str:
        """SHA-256 of the settings: two lessons with the same digest asked the same."""
        return hashlib.sha256(dump(self).encode("utf-8")).hexdigest()


def default(activity: str) -> Settings:
    """The settings of an activity as it is shipped."""
    return _read(_shipped(activity), f"{activity}.toml")


def parse(text: str | bytes, name: str = "settings") -> Settings:
    """Settings from a file's text. Raises FramingError that names the field and what was expected."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    if len(data) > MAX_FILE:
        raise FramingError(f"{name}: {len(data)} bytes; a settings file has at most {MAX_FILE}")
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FramingError(f"{name} is no TOML in UTF-8: {error}") from error
    activity = found.get("activity")
    if activity not in activities.ACTIVITY_IDS:
        raise FramingError(
            f"{name}: activity = {activity!r}; expected one of {', '.join(activities.ACTIVITY_IDS)}"
        )
    shipped = _shipped(str(activity))
    merged = {**shipped, **found}
    for table in ("scale", "wording"):
        if not isinstance(merged[table], dict):
            raise FramingError(f"{name}: {table} must be a table, [{table}]")
        merged[table] = {**shipped[table], **merged[table]}
    return _read(merged, name)


def load(path: Path) -> Settings:
    """Settings from a file. Raises FramingError where it cannot be read."""
    try:
        return parse(path.read_bytes(), str(path))
    except OSError as error:
        raise FramingError(f"{path} cannot be read ({error.strerror}); name a settings file") from error


def dump(settings: Settings) -> str:
    """The file that :func:`parse` reads back to the same settings."""
    lines = ["# A lesson, whole: with this file and the same texts it is repeated."]
    for field in fields(settings):
        value = getattr(settings, field.name)
        if field.name not in ("scale", "wording"):
            lines.append(f"{field.name} = {_toml(value)}")
    scale = [f"{f.name} = {_toml(getattr(settings.scale, f.name))}" for f in fields(Scale)]
    wording = [f"{key} = {_toml(text)}" for key, text in settings.wording.items()]
    return "\n".join([*lines, "", "[scale]", *scale, "", "[wording]", *wording, ""])


def _toml(value: object) -> str:
    """A string, number or list of strings; JSON's escapes are TOML's too, once DEL is escaped."""
    encoded = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return encoded.replace("\x7f", "\\u007f")


@lru_cache(maxsize=8)
def _shipped(activity: str) -> dict[str, Any]:
    path = folder("classroom") / "activities" / f"{activity}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read(found: Mapping[str, Any], name: str) -> Settings:
    known = {f.name for f in fields(Settings)}
    if extra := sorted(found.keys() - known):
        raise FramingError(f"{name}: unknown field {', '.join(extra)}; known: {', '.join(sorted(known))}")
    take = _Fields(found, name)
    settings = Settings(
        activity=str(found["activity"]),
        event=take.text("event"),
        texts=take.texts("texts", 6),
        seed=take.number("seed", 0, 2**31),
        minutes=take.number("minutes", 1, 600),
        names=take.text("names"),
        steps=take.texts("steps", 20),
        layers=take.texts("layers", len(LAYERS)),
        max_marks=take.number("max_marks", 1, 20),
        subject=take.text("subject"),
        verbs=take.texts("verbs", MAX_ITEMS),
        sentence=take.text("sentence"),
        stakeholders=take.texts("stakeholders", MAX_ITEMS),
        scale=_scale(found["scale"], name),
        wording=_wording(found["wording"], str(found["activity"]), name),
    )
    _check(settings, name)
    return settings


@dataclass(frozen=True, slots=True)
class _Fields:
    """Typed access that names the file and the field in every complaint."""

    found: Mapping[str, Any]
    name: str

    def text(self, key: str) -> str:
        value = self.found[key]
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise FramingError(f"{self.name}: {key} must be a text of at most {MAX_TEXT} characters")
        return value

    def number(self, key: str, low: int, high: int) -> int:
        value = self.found[key]
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise FramingError(f"{self.name}: {key} = {value!r}; expected a whole number {low} to {high}")
        return value

    def texts(self, key: str, most: int) -> tuple[str, ...]:
        value = self.found[key]
        if not isinstance(value, list) or not all(
            isinstance(v, str) and 0 < len(v) <= MAX_TEXT for v in value
        ):
            raise FramingError(f"{self.name}: {key} must be a list of texts")
        if len(value) > most or len(set(value)) < len(value):
            raise FramingError(f"{self.name}: {key} must hold at most {most} texts, none twice")
        return tuple(value)


def _scale(found: Mapping[str, Any], name: str) -> Scale:
    if extra := sorted(found.keys() - {f.name for f in fields(Scale)}):
        raise FramingError(f"{name}: unknown field {', '.join(extra)} in [scale]")
    take = _Fields(found, f"{name}, [scale]")
    low, high = take.number("low", 0, 1), take.number("high", 2, 11)
    return Scale(low, high, take.text("low_label"), take.text("high_label"))


def _wording(found: Mapping[str, Any], activity: str, name: str) -> dict[str, str]:
    known = _shipped(activity)["wording"]
    if extra := sorted(found.keys() - known.keys()):
        raise FramingError(f"{name}: unknown {', '.join(extra)} in [wording]; known: {', '.join(known)}")
    take = _Fields(found, f"{name}, [wording]")
    return {key: take.text(key) for key in known}


def _check(settings: Settings, name: str) -> None:
    order = [step.id for step in settings.of.steps]
    if not settings.steps or [s for s in order if s in settings.steps] != list(settings.steps):
        # Another order could show the class's answers before every group has committed.
        raise FramingError(f"{name}: steps = {list(settings.steps)}; expected some of {order}, in this order")
    layers = [layer.id for layer in LAYERS]
    if not settings.layers or not set(settings.layers) <= set(layers):
        raise FramingError(f"{name}: layers = {list(settings.layers)}; expected some of {layers}")
    if settings.sentence and settings.sentence.count(BLANK) != 1:
        raise FramingError(f"{name}: sentence must hold {BLANK} once, in place of the verb")
    if settings.activity == "swap_the_verb" and len(settings.verbs) < 2:
        raise FramingError(f"{name}: verbs must hold at least two verbs")
    if not settings.names.strip():
        raise FramingError(f"{name}: names must not be empty; the texts are called by it")
