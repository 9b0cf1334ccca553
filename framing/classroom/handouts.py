"""Handouts that print on A4 and Letter: a sheet for students without names, and a key apart with them."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from framing import highlight
from framing.classroom import headlines, stakeholders, verbs
from framing.classroom.lesson import Lesson
from framing.classroom.marking import layer_names, why
from framing.classroom.texts import Kind, Shown

SHEET, KEY = "handout.html", "handout-key-for-the-teacher.html"
MAX_GAPS = 10
_WHOSE: dict[Kind, str] = {"hand": "coded by hand", "tool": "found by the tool"}

_environment = Environment(
    loader=PackageLoader("framing", "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def sheet(lesson: Lesson) -> str:
    """The students' sheet as HTML: no outlet, no author, no address is in it."""
    settings = lesson.settings
    kinds = layer_names(settings.layers).values()
    return _environment.get_template("handout.html").render(
        title=settings.of.title,
        heading=settings.of.title,
        card=lesson.card,
        activity=settings.activity,
        settings=settings,
        say=settings.say,
        names=[text.name for text in lesson.shown],
        shown=[_printed(text) for text in lesson.shown],
        kinds="; ".join(kinds).lower(),
        gaps=[gap.blank for gap in _gaps(lesson)],
        stakeholders=[who.name for who in lesson.stakeholders],
        style="",
    )


def _printed(text: Shown) -> dict[str, Any]:
    return {
        "key": text.key,
        "name": text.name,
        "title": text.title,
        "language": text.language,
        "paragraphs": [(role, span.of(text.text)) for role, span in text.paragraphs if len(span)],
    }


def _gaps(lesson: Lesson) -> list[verbs.Gap]:
    """The sentences of the sheet: the one of the screen first, then others, no two alike."""
    if lesson.gap is None:
        return []
    kind = lesson.kinds[0] if lesson.kinds else "tool"
    others = verbs.gaps(lesson.shown, kind, lesson.settings.verbs)
    unique = {gap.blank: gap for gap in (lesson.gap, *others)}
    return list(unique.values())[:MAX_GAPS]


def key(lesson: Lesson) -> str:
    """The teacher's key as HTML: names, marks with their reasons, what each step is for."""
    settings, activity = lesson.settings, lesson.settings.of
    kind: Kind = lesson.kinds[0] if lesson.kinds else "tool"
    called = {text.key: text.name for text in lesson.shown}
    who = activity.id == "who_is_missing"
    layers = {mark.layer for text in lesson.shown for mark in text.marks(kind)}
    return _environment.get_template("handout_key.html").render(
        title=f"{activity.title}: key",
        heading=activity.title,
        guard=activity.guard,
        settings=settings,
        names=list(called.values()),
        named=[
            {
                "name": shown.name,
                "outlet": text.outlet,
                "title": text.title,
                "byline": text.byline,
                "published": text.published,
                "n_words": shown.n_words,
            }
            for shown, text in zip(lesson.shown, lesson.originals, strict=True)
        ],
        gaps=[(gap.blank, gap.printed, called.get(gap.text, "")) for gap in _gaps(lesson)],
        headlines=[(t.name, t.title, headlines.features(t, kind)) for t in lesson.shown]
        if activity.id == "rank_headlines"
        else [],
        matrix=_matrix(lesson, kind) if who else [],
        facts=_facts(lesson) if who else [],
        whose=_WHOSE[kind],
        legend=Markup(highlight.legend([la for la in highlight.LAYERS if la.id in layers])),
        marked=[_marked(lesson, n, kind) for n in range(len(lesson.shown))],
        style=Markup(highlight.STYLE),
    )


def _matrix(lesson: Lesson, kind: Kind) -> list[tuple[str, list[str]]]:
    """Codes by hand where there are any, else what the tool finds."""
    return [
        (
            who.name,
            [
                lesson.codes.get(who.name, {}).get(text.key) or stakeholders.found(who, text, kind).code
                for text in lesson.shown
            ],
        )
        for who in lesson.stakeholders
    ]


def _facts(lesson: Lesson) -> list[tuple[str, list[str]]]:
    return [
        (
            fact.text,
            [
                fact.places[text.key].of(text.text) if text.key in fact.places else "not found"
                for text in lesson.shown
            ],
        )
        for fact in lesson.facts
    ]


def _marked(lesson: Lesson, n: int, kind: Kind) -> dict[str, Any]:
    text = lesson.originals[n]
    found = text.marks(kind)
    return {
        "name": lesson.shown[n].name,
        "outlet": text.outlet,
        "html": Markup(highlight.static_html(text.text, found)),
        "speakers": Markup(highlight.speaker_legend(found)),
        "notes": [
            (mark.span.of(text.text), why(mark)) for mark in found if mark.layer in lesson.settings.layers
        ],
    }
