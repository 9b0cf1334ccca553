"""What a class is shown, as rows: distributions, means, class beside tool. Never who answered what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from framing import lexicon
from framing.article import Span
from framing.classroom import headlines, marking, stakeholders, verbs
from framing.classroom.agreement import among, by_item, explain
from framing.classroom.marking import Labelled
from framing.classroom.session import Answer, ClassSession
from framing.classroom.texts import ClassText, Kind, Shown
from framing.highlight import Mark
from framing_dashboard.safe import visible
from framing_dashboard.views.reading import Reading
from framing_dashboard.views.rows import plural

DOT = "●"
SIDES = {"both": "class and marks", "class only": "class only", "tool only": "marks only"}
WHOSE: dict[Kind, str] = {"hand": "made by hand", "tool": "made by the tool"}
CODE_NAMES = {"quoted": "quoted", "mentioned": "mentioned", "absent": "not found"}

Pool = Mapping[int, Sequence[Answer]]


def text_html(text: Shown) -> str:
    """A text without marks as escaped HTML, its paragraphs numbered."""
    parts = [
        f'<p class="framing-class-{"title" if role == "title" else "body"}" dir="auto">'
        f'<span class="framing-class-n">{n}</span> {escape(visible(span.of(text.text)))}</p>'
        for n, (role, span) in enumerate(text.paragraphs, start=1)
    ]
    lang = f' lang="{escape(text.language)}"' if text.language else ""
    return f'<div class="framing-class-text"{lang}><h2>{escape(text.name)}</h2>{"".join(parts)}</div>'


def sentence_html(sentence: str) -> str:
    """A sentence that is looked at, large."""
    return f'<p class="framing-class-sentence" dir="auto">{escape(visible(sentence))}</p>'


def counts(
    pool: Pool, question: str, options: Sequence[str], names: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """One row an option: how many groups chose it, as a number and as dots."""
    given = [a.answer for answers in pool.values() for a in answers if a.question == question]
    return [
        {"option": (names or {}).get(o, o), "dots": DOT * given.count(o), "n": given.count(o)}
        for o in options
    ]


def means(session: ClassSession, question: str, items: Sequence[str]) -> list[dict[str, Any]]:
    """One row an item (a verb): the ratings as dots along the scale, their mean with interval, n."""
    scale = session.lesson.settings.scale
    pool = session.pooled("rate" if question == "rate" else "commit")
    rows = []
    for item in items:
        given = [
            a.number
            for answers in pool.values()
            for a in answers
            if a.question == question and a.item == item and a.number is not None
        ]
        row: dict[str, Any] = {"item": item, "n": len(given)} | _mean(given)
        for value in range(scale.low, scale.high + 1):
            row[f"v{value}"] = DOT * sum(g == value for g in given) or " "
        rows.append(row)
    return rows


def _mean(given: Sequence[float]) -> dict[str, str]:
    if not given:
        return {"mean": "", "interval": ""}
    mean, low, high = headlines.mean_interval(given)
    interval = "" if low is None or high is None else f"{low:.1f} to {high:.1f}"
    return {"mean": f"{mean:.1f}", "interval": interval or "too few groups"}


def rank_rows(session: ClassSession) -> tuple[list[dict[str, Any]], str]:
    """One row a headline, the most favourable on average first; and how far the groups agree."""
    texts = session.lesson.shown
    own = {
        str(group): {a.item: a.number for a in answers if a.number is not None}
        for group, answers in session.pooled("rank").items()
    }
    found = headlines.ranks(own, [t.key for t in texts])
    rows = []
    for text in texts:
        given = found[text.key]
        row: dict[str, Any] = {"name": text.name, "title": text.title, "n": len(given)} | _mean(given)
        for place in range(1, len(texts) + 1):
            row[f"v{place}"] = DOT * sum(g == place for g in given) or " "
        row["order"] = sum(given) / len(given) if given else len(texts) + 1.0
        rows.append(row)
    rows.sort(key=lambda row: (row["order"], row["name"]))
    return rows, explain(among(by_item({g: dict(items) for g, items in own.items()}), "ordinal"))


def headline_rows(texts: Sequence[Shown], kind: Kind) -> tuple[list[dict[str, Any]], list[str]]:
    """One row a headline with what can be seen in it, and the names of what is seen in any."""
    rows: list[dict[str, Any]] = [
        {"name": text.name, "title": text.title, **dict(headlines.features(text, kind))} for text in texts
    ]
    return rows, list(dict.fromkeys(what for row in rows for what in row if what not in ("name", "title")))


def labelled(pool: Pool) -> dict[str, list[Labelled]]:
    """The phrases that each group marked."""
    return {
        str(group): [
            Labelled(a.text, Span(a.start, a.end), a.layer)
            for a in answers
            if a.question == "mark" and a.start is not None and a.end is not None
        ]
        for group, answers in pool.items()
    }


def layer_rows(session: ClassSession, kind: Kind) -> list[dict[str, Any]]:
    """One row a layer: phrases of the class and of the marks, how many of each the other has, alpha."""
    lesson = session.lesson
    marked = labelled(session.pooled("read"))
    names = marking.layer_names(lesson.settings.layers)
    return [
        {
            "layer": names[row.layer],
            "n_class": row.n_class,
            "n_tool": row.n_tool,
            "class_found": _percent(row.class_found_by_tool),
            "tool_found": _percent(row.tool_found_by_class),
            "alpha": _two(row.alpha_groups),
            "alpha_tool": _two(row.alpha_tool),
        }
        for row in marking.agreement(marked, lesson.shown, kind, tuple(names))
    ]


def region_rows(session: ClassSession, kind: Kind) -> list[dict[str, Any]]:
    """One row a phrase that the class or the marks have: most groups first, then what only the marks have."""
    lesson = session.lesson
    pool = session.pooled("read")
    names = marking.layer_names(lesson.settings.layers)
    called = {t.key: t.name for t in lesson.shown}
    found = marking.compare(labelled(pool), lesson.shown, kind, tuple(names))
    found.sort(key=lambda r: (-r.groups, r.side, r.text, r.span))
    return [
        {
            "words": r.words,
            "name": called[r.text],
            "layer": names[r.layer],
            "groups": f"{r.groups} of {len(pool)}",
            "side": SIDES[r.side],
            "reason": r.reason,
        }
        for r in found
    ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def verb_rows(session: ClassSession, kind: Kind, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a speaker: the verbs that introduce the speaker in each text, with their stance."""
    rows = []
    for speaker, of in verbs.pattern(session.lesson.shown, kind):
        row: dict[str, Any] = {"speaker": speaker}
        for key in names:
            cues = [f"{verb} ({stance})" if stance else verb for verb, stance, _ in of.get(key, [])]
            counted = {cue: cues.count(cue) for cue in cues}
            row[key] = ", ".join(cue if n == 1 else f"{n} × {cue}" for cue, n in counted.items())
        rows.append(row)
    return rows


def matrix_rows(session: ClassSession, kind: Kind) -> list[dict[str, Any]]:
    """One row a stakeholder and text: the class, the marks, the teacher's correction, whether they differ."""
    rows = []
    given = [(a.item, a.text, a) for answers in session.pooled("tick").values() for a in answers]
    for who, text in _cells(session):
        cell = stakeholders.found(who, text, kind)
        own = [a for item, key, a in given if item == who.name and key == text.key]
        code, n, of = stakeholders.majority([a.answer for a in own])
        by_hand = session.lesson.codes.get(who.name, {}).get(text.key) if kind == "hand" else None
        theirs = session.corrections.get((who.name, text.key)) or by_hand or cell.code
        corrected = (who.name, text.key) in session.corrections
        first = stakeholders.paragraph(text, cell.places[0]) if cell.places else None
        rows.append(
            {
                "who": who.name,
                "name": text.name,
                "key": text.key,
                "class": f"{CODE_NAMES[code]} ({n} of {of})" if code else "no majority" if of else "not read",
                "theirs": CODE_NAMES[theirs] + (" (corrected)" if corrected else ""),
                "first": first,
                "differs": "differ" if code and code != theirs else "",
                "places": [stakeholders.sentence(text.text, place) for place in cell.places],
            }
        )
    return rows


def matrix(cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row a stakeholder, one column a text (by key): the class, the marks, ≠ where they differ."""
    rows: dict[str, dict[str, Any]] = {}
    for cell in cells:
        row = rows.setdefault(str(cell["who"]), {"who": cell["who"], "marked": False})
        place = f", paragraph {cell['first']}" if cell["first"] else ""
        sign = "≠ " if cell["differs"] else ""
        row[str(cell["key"])] = f"{sign}class: {cell['class']}; marks: {cell['theirs']}{place}"
        row["marked"] = row["marked"] or bool(cell["differs"])
    return list(rows.values())


def _cells(session: ClassSession) -> list[tuple[stakeholders.Stakeholder, Shown]]:
    known = {who.name: who for who in session.lesson.stakeholders}
    chosen = [known.get(name) or stakeholders.parse(name) for name in session.stakeholders]
    return [(who, text) for who in chosen for text in session.lesson.shown]


def fact_rows(session: ClassSession, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a fact: in how many of the texts it is, and the sentence of each."""
    texts = session.lesson.shown
    rows = []
    for fact in session.lesson.facts:
        row: dict[str, Any] = {
            "fact": fact.text,
            "in": f"in {len(fact.places)} of {plural(len(texts), 'text')}",
        }
        for text in texts:
            place = fact.places.get(text.key)
            row[text.key] = place.of(text.text) if place is not None else "not found"
        rows.append({key: value for key, value in row.items() if key in ("fact", "in") or key in names})
    return rows


def still_loaded(headline: str) -> list[str]:
    """The words of a headline that the tool's list holds."""
    return [match.span.of(headline) for match in lexicon.load("loaded").matches(headline)]


def caveat_rows(session: ClassSession) -> list[dict[str, Any]]:
    """One row a text: length, time, agency, whether it was cut: reasons that take no side."""
    named = session.names()
    return [
        {
            "name": text.name,
            "outlet": named[text.key].outlet or "not stated",
            "n_words": text.n_words,
            "published": named[text.key].published or "no date",
            "wire": "credits an agency" if text.wire else "no agency credited",
            "cut": "cut off in the source" if text.truncated else "whole",
        }
        for text in session.lesson.shown
    ]


def name_rows(session: ClassSession) -> list[dict[str, Any]]:
    """One row a text with its name. Raises NotYet before the names are shown."""
    named = session.names()
    return [
        {
            "name": text.name,
            "outlet": named[text.key].outlet or "not stated",
            "title": named[text.key].title,
            "byline": named[text.key].byline or "none printed",
            "published": named[text.key].published or "no date",
        }
        for text in session.lesson.shown
    ]


def readings(texts: Sequence[Shown], kind: Kind) -> list[Reading]:
    """The texts without names for the reading pane, with marks of a kind."""
    return [
        _reading(
            {"article_id": t.key, "outlet": t.name, "n_words": t.n_words, "language": t.language},
            t.text,
            t.paragraphs,
            t.marks(kind),
        )
        for t in texts
    ]


def named_readings(named: Mapping[str, ClassText], kind: Kind) -> list[Reading]:
    """The texts with their names for the reading pane."""
    return [
        _reading(
            {
                "article_id": key,
                "outlet": text.outlet or "Outlet not stated",
                "published": text.published,
                "n_words": text.extra.get("n_words") or len(text.text.split()),
                "language": text.extra.get("language"),
            },
            text.text,
            text.paragraphs,
            text.marks(kind),
        )
        for key, text in named.items()
    ]


def _reading(
    article: dict[str, Any], text: str, paragraphs: tuple[tuple[str, Span], ...], marks: tuple[Mark, ...]
) -> Reading:
    empty = {"published": None, "wire_agency": None, "truncated": False}
    grounds = {"quote": "quoted", "reported": "attributed"}
    voices = tuple((m.span, grounds[m.layer]) for m in marks if m.layer in grounds)
    return Reading(empty | article, text, paragraphs, marks, voices)
