"""Who speaks in the coverage of an event: one name and role for each speaker, and the share of voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framing.annotation import STANCES, AnnotatedArticle
from framing.quotes.speakers.corrections import SpeakerCorrection, correct
from framing.quotes.speakers.unify import rename, unify_roles, unify_speakers, with_roles


@dataclass(frozen=True, slots=True)
class Spoken:
    """The articles of an event with one name and role for each speaker.

    ``corrected`` holds those that the user's decisions are about, ``applied`` the indices of these
    decisions; ``names`` are the rows of speakers.csv.
    """

    articles: list[AnnotatedArticle]
    corrected: list[AnnotatedArticle]
    names: list[dict[str, Any]]
    applied: set[int]


def unify(
    members: Sequence[AnnotatedArticle], event_id: str, corrections: Sequence[SpeakerCorrection] = ()
) -> Spoken:
    """One name and role for each speaker of an event; the user's ``corrections`` win over both."""
    names = unify_speakers(members)
    decided = [correct(rename(annotated, names), event_id, corrections) for annotated in members]
    roles = unify_roles(annotated for annotated, _ in decided)
    articles = [with_roles(annotated, roles) for annotated, _ in decided]
    in_article = sorted({q.speaker for annotated in members for q in annotated.quotations if q.speaker})
    return Spoken(
        articles,
        [article for article, (_, applied) in zip(articles, decided, strict=True) if applied],
        [
            {
                "event_id": event_id,
                "speaker_in_article": name,
                "speaker": names.get(name, name),
                "speaker_role": roles.get(names.get(name, name), ""),
            }
            for name in in_article
        ],
        {n for _, applied in decided for n in applied},
    )


def share_rows(quotes: Iterable[Mapping[str, Any]], reprints: Collection[str]) -> list[dict[str, Any]]:
    """One row an event, outlet and speaker, counted with and without ``reprints`` (article ids).

    ``quotes`` are rows of quotes.csv in its order. Quotations whose speaker was not found are one row
    with an empty speaker, so that the shares of an outlet in an event add up to 1; marks without a
    speaker (kind "scare") are no speech and left out. The words of a quotation inside another count for
    both speakers.
    """
    # What was said in reprints apart from the rest, so that each quotation is counted once.
    own: dict[_Key, _Share] = {}
    reprinted: dict[_Key, _Share] = {}
    keys: dict[_Key, None] = {}
    cues: set[tuple[str, int, int]] = set()
    for row in quotes:
        if row["kind"] in ("scare", None):
            continue
        key = (
            row.get("event_id") or "",
            row["outlet"] or "",
            row["speaker"] or "",
            bool(row["anonymous"]),
        )
        # One cue may introduce several spans; it counts once.
        cue = row["article_id"], row["cue_start"], row["cue_end"]
        new = row["cue_start"] is None or cue not in cues
        cues.add(cue)
        keys[key] = None
        shares = reprinted if row["article_id"] in reprints else own
        if key not in shares:
            shares[key] = _Share()
        shares[key].count(row, new)
    nothing = _Share()
    included = {key: own.get(key, nothing) + reprinted.get(key, nothing) for key in keys}
    return [*_rows(included, "included"), *_rows(own, "excluded")]


_Key = tuple[str, str, str, bool]  # event, outlet, speaker, anonymous


class _Share:
    """What one speaker has said in the articles of an outlet on an event."""

    def __init__(self) -> None:
        self.first_position = 1.0
        self.n_words = 0
        self.articles: set[str] = set()
        self.kinds: Counter[str] = Counter()  # of quotations; one that continues another is not counted again
        self.stances: Counter[str] = Counter()
        self.roles: Counter[str] = Counter()

    def count(self, row: Mapping[str, Any], new_cue: bool) -> None:
        """Add a row of quotes.csv."""
        self.first_position = min(self.first_position, row["position"])
        self.n_words += row["n_words"]
        self.articles.add(row["article_id"])
        self.kinds[row["kind"]] += not row["continues"]
        self.stances[row["cue_stance"] or ""] += new_cue
        self.roles[row["speaker_role"] or ""] += 1

    def __add__(self, other: _Share) -> _Share:
        """Both together."""
        if not other.articles:
            return self
        both = _Share()
        both.first_position = min(self.first_position, other.first_position)
        both.n_words = self.n_words + other.n_words
        both.articles = self.articles | other.articles
        both.kinds = self.kinds + other.kinds
        both.stances = self.stances + other.stances
        both.roles = self.roles + other.roles
        return both

    @property
    def role(self) -> str:
        """The most frequent role, where there is one; of equals the first in the alphabet."""
        named = [role for role in self.roles if role]
        return min(named, key=lambda role: (-self.roles[role], role), default="")


def _rows(shares: Mapping[_Key, _Share], reprints: str) -> Iterator[dict[str, Any]]:
    n_words: Counter[tuple[str, str]] = Counter()
    n_quotations: Counter[tuple[str, str]] = Counter()
    for (event_id, outlet, *_), share in shares.items():
        n_words[event_id, outlet] += share.n_words
        n_quotations[event_id, outlet] += share.kinds.total()
    for (event_id, outlet, speaker, anonymous), share in shares.items():
        all_words, all_quotations = n_words[event_id, outlet], n_quotations[event_id, outlet]
        yield {
            "event_id": event_id,
            "outlet": outlet,
            "speaker": speaker,
            "anonymous": anonymous,
            "reprints": reprints,
            "speaker_role": share.role,
            "n_articles": len(share.articles),
            "n_quotations": share.kinds.total(),
            "n_words": share.n_words,
            "share_quotations": share.kinds.total() / all_quotations if all_quotations else None,
            "share_words": share.n_words / all_words if all_words else None,
            "first_position": share.first_position,
            **{f"n_{kind}": share.kinds[kind] for kind in ("direct", "mixed", "indirect")},
            **{f"n_cues_{stance}": share.stances[stance] for stance in STANCES},
        }
