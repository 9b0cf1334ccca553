"""A study's distinctive words, with the user's reference and groups."""

from __future__ import annotations

from collections.abc import Mapping

from framing import distinctive
from framing.comparing import grouped
from framing.distinctive import Distinctive
from framing.study import Study


def words(
    study: Study,
    *,
    reference: str | None = None,
    by: str | None = None,
    groups: Mapping[str, str] | None = None,
    events: bool = True,
    top: int = 50,
) -> Distinctive:
    """Words that set each outlet (or group) apart; reprints are left out.

    Raises FramingError for an unknown column, outlet or reference.
    """
    articles = study.table("articles").set_index("article_id")
    articles = articles[articles["reprint_of"].isna()]
    named, event_of = grouped(articles, by=by, groups=groups).dropna(), articles["event_id"].dropna()
    counts = distinctive.word_tables(
        study.word_counts(),
        dict(zip(named.index.tolist(), named.tolist(), strict=True)),
        dict(zip(event_of.index.tolist(), event_of.tolist(), strict=True)),
    )
    return distinctive.distinctive(counts, reference=reference, events=events, top=top)
