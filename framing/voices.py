"""Who speaks in the coverage of an event: one name and role for each speaker, and the share of voice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.annotation import STANCES, AnnotatedArticle
from framing.quotes.speakers.corrections import SpeakerCorrection, correct
from framing.quotes.speakers.unify import rename, unify_roles, unify_speakers, with_roles

_KEY = ["event_id", "outlet", "speaker", "anonymous"]


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


def share_rows(quotes: pd.DataFrame, reprints: Collection[str]) -> list[dict[str, Any]]:
    """One row an event, outlet and speaker, counted with and without ``reprints`` (article ids).

    ``quotes`` has the columns of quotes.csv. Quotations whose speaker was not found are one row with an
    empty speaker, so that the shares of an outlet in an event add up to 1; marks without a speaker
    (kind "scare") are no speech and left out. The words of a quotation inside another count for both
    speakers.
    """
    spoken = quotes[(quotes["kind"] != "scare").fillna(False)]
    own = spoken[~spoken["article_id"].isin(list(reprints))]
    return [*_rows(spoken, "included"), *_rows(own, "excluded")]


def _rows(spoken: pd.DataFrame, reprints: str) -> list[dict[str, Any]]:
    if not len(spoken):
        return []
    first = spoken["continues"].isna()
    frame = pd.DataFrame(
        {
            "event_id": spoken["event_id"].astype(object).where(spoken["event_id"].notna(), ""),
            "outlet": spoken["outlet"].astype(object).where(spoken["outlet"].notna(), ""),
            "speaker": spoken["speaker"].astype(object).where(spoken["speaker"].notna(), ""),
            "anonymous": spoken["anonymous"].fillna(False).astype(bool),
            "article_id": spoken["article_id"].astype(object),
            "speaker_role": spoken["speaker_role"].astype(object).where(spoken["speaker_role"].notna(), ""),
            "position": spoken["position"].astype(float),
            "n_words": spoken["n_words"].astype(int),
            "n_quotations": first.astype(int),
        }
        | {f"n_{k}": ((spoken["kind"] == k) & first).astype(int) for k in ("direct", "mixed", "indirect")}
        | {f"n_cues_{s}": (spoken["cue_stance"] == s).fillna(False).astype(int) for s in STANCES}
    )
    # One cue may introduce several spans; it counts once.
    again = spoken.duplicated(["article_id", "cue_start", "cue_end"]) & spoken["cue_start"].notna()
    frame.loc[again.to_numpy(), [f"n_cues_{s}" for s in STANCES]] = 0
    groups = frame.groupby(_KEY, sort=True)
    counts = groups[[c for c in frame.columns if c.startswith("n_")]].sum()
    counts["n_articles"] = groups["article_id"].nunique()
    counts["first_position"] = groups["position"].min()
    counts["speaker_role"] = _most_frequent(frame).reindex(counts.index, fill_value="")
    whole = counts.groupby(level=["event_id", "outlet"])[["n_words", "n_quotations"]].transform("sum")
    counts["share_words"] = counts["n_words"] / whole["n_words"].where(whole["n_words"] > 0)
    counts["share_quotations"] = counts["n_quotations"] / whole["n_quotations"].where(
        whole["n_quotations"] > 0
    )
    return [{str(k): v for k, v in row.items()} | {"reprints": reprints}
            for row in counts.reset_index().to_dict("records")]  # fmt: skip


def _most_frequent(frame: pd.DataFrame) -> pd.Series[str]:
    """The role that each speaker has most often, where there is one; of equals the first by name."""
    named = frame[frame["speaker_role"] != ""]
    uses = named.groupby([*_KEY, "speaker_role"]).size().rename("n").reset_index()
    uses = uses.sort_values([*_KEY, "n", "speaker_role"], ascending=[*[True] * len(_KEY), False, True])
    return uses.drop_duplicates(_KEY).set_index(_KEY)["speaker_role"]
