"""Who and what stands in the coverage of one outlet and not in that of another.

Passages, speakers and named entities of an event, each found in the articles of an outlet or
not found there, with the first place where it stands. "Not found" is about these texts: an
outlet may have reported it elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from framing.annotation import AnnotatedArticle

Kind = Literal["passage", "speaker", "entity"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MIN_OUTLETS = 2  # with one outlet there is nothing that it could lack
# What a reader would call somebody or something with a name; amounts, actions and issues are none.
ENTITIES = frozenset(("person", "organisation", "place", "country", "group"))
_NAME_COLUMN: Mapping[Kind, str] = {"passage": "passage_id", "speaker": "speaker", "entity": "referent"}


class _Source(NamedTuple):
    """An outlet, or an article without one."""

    outlet: str
    unnamed: str


class _Found(NamedTuple):
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
    kept = [a for a in articles if a.article.id not in reprints]
    included = _counted(event_id, "included", found, articles)
    if len(kept) == len(articles) and "why_none" not in included[0]:
        return included + [row | {"reprints": "excluded"} for row in included]
    return included + _counted(event_id, "excluded", found, kept)


def _counted(
    event_id: str,
    counted: str,
    found: Mapping[Kind, Sequence[_Found]],
    articles: Iterable[AnnotatedArticle],
) -> list[dict[str, Any]]:
    """The rows with reprints ``counted`` ("included" or "excluded"); ``articles`` are those counted."""
    outlets = _by_outlet(articles)
    rows: list[dict[str, Any]] = []
    for kind in KINDS:
        head = {"event_id": event_id, "kind": kind, "reprints": counted}
        if len(outlets) < MIN_OUTLETS:
            rows.append(head | {"n_outlets": len(outlets), "why_none": _why(len(outlets), counted)})
        else:
            rows += _table(head, _NAME_COLUMN[kind], found[kind], outlets)
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
    head: Mapping[str, Any],
    name_column: str,
    found: Iterable[_Found],
    outlets: Mapping[_Source, Sequence[AnnotatedArticle]],
) -> Iterator[dict[str, Any]]:
    """One row a name and outlet, for the names that stand in one of the outlets at least."""
    outlet_of = {a.article.id: outlet for outlet, own in outlets.items() for a in own}
    length = {a.article.id: max(1, len(a.article.text)) for own in outlets.values() for a in own}
    # By name and outlet: how near to the top of its article each place is, and the place.
    places: dict[str, dict[_Source, list[tuple[float, _Found]]]] = {}
    for place in found:
        outlet = outlet_of.get(place.article_id)
        if outlet is not None:
            at = place.start / length[place.article_id], place
            places.setdefault(place.name, {}).setdefault(outlet, []).append(at)
    absent = {
        outlet: {
            **head,
            "outlet": outlet.outlet,
            "unnamed": outlet.unnamed,
            "present": False,
            "count": 0,
            "n_articles": len(own),
            "n_articles_with": 0,
            "n_outlets": len(outlets),
            "only_outlet": False,
            "truncated": any(a.article.truncated for a in own),
        }
        for outlet, own in outlets.items()
    }
    for name, by_outlet in sorted(places.items()):
        n_with = len(by_outlet)
        only_without = n_with == len(outlets) - 1
        for outlet, nothing in absent.items():
            row = nothing | {name_column: name, "n_outlets_with": n_with, "only_without": only_without}
            here = by_outlet.get(outlet)
            if here is not None:
                position, first = min(here, key=_order) if len(here) > 1 else here[0]
                row |= {
                    "present": True,
                    "count": len(here),
                    "n_articles_with": len({place.article_id for _, place in here}),
                    "only_outlet": n_with == 1,
                    "only_without": False,
                    "position": round(position, 4),
                    "article_id": first.article_id,
                    "start": first.start,
                    "end": first.end,
                }
            yield row


def _order(found: tuple[float, _Found]) -> tuple[float, str, int]:
    return found[0], found[1].article_id, found[1].start
