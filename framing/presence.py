"""Who and what stands in the coverage of one outlet and not in that of another.

Passages, speakers and named entities of an event, each found in the articles of an outlet or
not found there, with the first place where it stands. "Not found" is about these texts: an
outlet may have reported it elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from framing.annotation import AnnotatedArticle

Kind = Literal["passage", "speaker", "entity"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MIN_OUTLETS = 2  # with one outlet there is nothing that it could lack
# What a reader would call somebody or something with a name; amounts, actions and issues are none.
ENTITIES = frozenset(("person", "organisation", "place", "country", "group"))
_NAME_COLUMN: Mapping[Kind, str] = {"passage": "passage_id", "speaker": "speaker", "entity": "referent"}


@dataclass(frozen=True, slots=True, order=True)
class _Source:
    """An outlet, or an article without one."""

    outlet: str
    unnamed: str


@dataclass(frozen=True, slots=True)
class _Found:
    """One place: of what, in which article, from where to where."""

    name: str
    article_id: str
    start: int
    end: int


def presence(
    event_id: str,
    articles: Sequence[AnnotatedArticle],
    passages: Iterable[Mapping[str, Any]],
    labels: Iterable[Mapping[str, Any]],
    reprints: Collection[str],
) -> list[dict[str, Any]]:
    """Rows of ``presence.csv`` of one event, all articles counted and without ``reprints`` (article ids).

    ``articles`` have one name for each speaker, ``passages`` and ``labels`` are the event's rows of
    these tables. An article without an outlet stands for itself (``unnamed``). With fewer than
    :data:`MIN_OUTLETS` outlets there is one row a kind, which says so.
    """
    found: dict[Kind, list[_Found]] = {
        "passage": [
            _Found(row["passage_id"], row["article_id"], row["start"], row["end"])
            for row in passages
            if row["covered"]
        ],
        "speaker": _speakers(articles),
        "entity": _entities(labels),
    }
    rows: list[dict[str, Any]] = []
    for counted in ("included", "excluded"):
        taken = [a for a in articles if counted == "included" or a.article.id not in reprints]
        outlets = _by_outlet(taken)
        for kind in KINDS:
            head = {"event_id": event_id, "kind": kind, "reprints": counted}
            if len(outlets) < MIN_OUTLETS:
                rows.append(head | {"n_outlets": len(outlets), "why_none": _why(len(outlets), counted)})
            else:
                rows += [head | row for row in _table(kind, found[kind], outlets)]
    return rows


def unknown(event_id: str, why: str) -> list[dict[str, Any]]:
    """Rows of ``presence.csv`` of an event on which the analysis broke down."""
    return [
        {
            "event_id": event_id,
            "kind": kind,
            "reprints": counted,
            "why_none": f"the analysis broke down: {why}",
        }
        for counted in ("included", "excluded")
        for kind in KINDS
    ]


def _why(n: int, counted: str) -> str:
    of = "" if counted == "included" else ", reprints left out"
    outlets = "one outlet" if n == 1 else f"{n} outlets"
    return f"{outlets}{of}; to be present or absent by outlet needs at least {MIN_OUTLETS}"


def _speakers(articles: Iterable[AnnotatedArticle]) -> list[_Found]:
    """Every quotation with a named speaker; one that continues another is not counted again."""
    return [
        _Found(q.speaker, annotated.article.id, q.span.start, q.span.end)
        for annotated in articles
        for q in annotated.quotations
        if q.speaker and q.kind != "scare" and not q.continues
    ]


def _entities(labels: Iterable[Mapping[str, Any]]) -> list[_Found]:
    """Every mention of a referent that the event calls by a name somewhere."""
    rows = [row for row in labels if row["referent_kind"] in ENTITIES]
    named = {row["referent"] for row in rows if row["kind"] == "name"}
    return [
        _Found(row["referent"], row["article_id"], row["start"], row["end"])
        for row in rows
        if row["referent"] in named
    ]


def _by_outlet(articles: Iterable[AnnotatedArticle]) -> dict[_Source, list[AnnotatedArticle]]:
    outlets: dict[_Source, list[AnnotatedArticle]] = {}
    for annotated in articles:
        article = annotated.article
        source = _Source(article.outlet, "" if article.outlet else article.id)
        outlets.setdefault(source, []).append(annotated)
    return dict(sorted(outlets.items()))


def _table(
    kind: Kind, found: Sequence[_Found], outlets: Mapping[_Source, Sequence[AnnotatedArticle]]
) -> list[dict[str, Any]]:
    """One row a name and outlet, for the names that stand in one of the outlets at least."""
    outlet_of = {a.article.id: outlet for outlet, own in outlets.items() for a in own}
    length = {a.article.id: len(a.article.text) for own in outlets.values() for a in own}
    places: dict[str, dict[_Source, list[_Found]]] = {}
    for place in found:
        if place.article_id in outlet_of:
            by_outlet = places.setdefault(place.name, {})
            by_outlet.setdefault(outlet_of[place.article_id], []).append(place)
    rows = []
    for name, by_outlet in sorted(places.items()):
        for outlet, own in outlets.items():
            here = by_outlet.get(outlet, [])
            row = {
                _NAME_COLUMN[kind]: name,
                "outlet": outlet.outlet,
                "unnamed": outlet.unnamed,
                "present": bool(here),
                "count": len(here),
                "n_articles": len(own),
                "n_articles_with": len({p.article_id for p in here}),
                "n_outlets": len(outlets),
                "n_outlets_with": len(by_outlet),
                "only_outlet": bool(here) and len(by_outlet) == 1,
                "only_without": not here and len(by_outlet) == len(outlets) - 1,
                "truncated": any(a.article.truncated for a in own),
            }
            rows.append(row | _first(here, length))
    return rows


def _first(places: Sequence[_Found], length: Mapping[str, int]) -> dict[str, Any]:
    """Where it stands nearest to the top of an article of the outlet."""
    if not places:
        return {}
    position, first = min(((p.start / max(1, length[p.article_id]), p) for p in places), key=_order)
    return {
        "position": round(position, 4),
        "article_id": first.article_id,
        "start": first.start,
        "end": first.end,
    }


def _order(found: tuple[float, _Found]) -> tuple[float, str, int]:
    return found[0], found[1].article_id, found[1].start
