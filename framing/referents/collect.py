"""The referents of one event, corrected by the user, and their rows for the tables."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from framing.annotation import AnnotatedArticle
from framing.article import FramingError, Span
from framing.referents import naming, words
from framing.referents.corrections import Corrections, Step
from framing.referents.groups import Key
from framing.referents.merging import merge
from framing.referents.names import is_metonym
from framing.referents.portrayals import portrayals
from framing.referents.pronouns import pronouns
from framing.referents.records import Mention, MentionKind, Portrayal, Referent
from framing.referents.scene import Scene, scene

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Referents:
    """What the articles of one event name, and how.

    ``unapplied`` says which of the user's corrections found nothing to correct, and why.
    """

    event_id: str
    scene: Scene
    referents: tuple[Referent, ...]
    portrayals: tuple[Portrayal, ...]
    unapplied: tuple[str, ...] = ()

    def get(self, name: str) -> Referent:
        """The referent of that name; FramingError names those that come near."""
        for referent in self.referents:
            if referent.name == name:
                return referent
        raise FramingError(_unknown(name, self.event_id, [r.name for r in self.referents]))

    def label(self, mention: Mention) -> str:
        """The words of a label without determiner and possessor."""
        return naming.label(self.scene, mention)

    def label_rows(self) -> list[Row]:
        """One row a mention, with the columns of the table ``labels``, in text order."""
        return list(_label_rows(self))

    def portrayal_rows(self) -> list[Row]:
        """One row a description of a referent, with the columns of the table ``portrayals``."""
        return list(_portrayal_rows(self))


def referents(
    annotated: Sequence[AnnotatedArticle], event_id: str, *, corrections: Corrections | None = None
) -> Referents:
    """The referents of the articles of one event.

    Names, descriptions, pronouns and acts are found in each article and brought together
    across them. Time grows with the length of the articles and with the persons times the
    descriptions of persons, so never faster than quadratically in the mentions.
    """
    read = scene(sorted(annotated, key=lambda a: a.article.id))
    keys = merge(read)
    mentions = [_with_kind(read, m, key) for m, key in zip(read.mentions, keys, strict=True)]
    resolved = pronouns(read, keys)
    mentions += [m for m, _ in resolved]
    by_key: dict[Key, list[Mention]] = defaultdict(list)
    for m, key in zip(mentions, [*keys, *(key for _, key in resolved)], strict=True):
        if key[0] != "alone":  # "moment", "part": words that name nothing by themselves
            by_key[key].append(m)
    found = _named(read, by_key)
    steps = corrections.of_event(event_id) if corrections else ()
    found, unapplied = _corrected(read, found, steps)
    return Referents(event_id, read, tuple(found), tuple(portrayals(read, mentions)), tuple(unapplied))


def _with_kind(read: Scene, m: Mention, key: Key) -> Mention:
    if m.kind == "action":
        return m
    if key[0] == "country" and is_metonym(m, read):
        return _as(m, "metonym")
    if key[0] in ("thing", "alone") and naming.kind_of(read, key, [m]) == "thing":
        return _as(m, "abstract")
    return m


def _as(m: Mention, kind: MentionKind) -> Mention:
    return Mention(m.article, m.tree, m.head, m.span, m.phrase, kind, m.lemma, m.modifiers, m.is_title)


def _named(read: Scene, by_key: dict[Key, list[Mention]]) -> list[Referent]:
    """Referents with names of their own, the most mentioned first."""
    ordered = sorted(by_key.items(), key=lambda kv: (-len(kv[1]), _place(kv[1][0])))
    names = naming.apart([naming.name_of(read, key, mentions) for key, mentions in ordered])
    return [
        Referent(name, naming.kind_of(read, key, mentions), tuple(sorted(mentions, key=_place)))
        for name, (key, mentions) in zip(names, ordered, strict=True)
    ]


def _place(m: Mention) -> tuple[int, int, int]:
    return m.article, m.span.start, m.span.end


def _corrected(read: Scene, found: list[Referent], steps: Sequence[Step]) -> tuple[list[Referent], list[str]]:
    unapplied: list[str] = []
    for step in steps:
        one = _find(read, found, step.referent)
        if one is None:
            unapplied.append(
                f"{step.action}: {_unknown(step.referent, step.event_id, [r.name for r in found])}"
            )
            continue
        if step.action == "rename":
            found = [replace(r, name=step.name) if r is one else r for r in found]
        elif step.action == "merge":
            found, missing = _merged(read, found, one, step)
            unapplied += missing
        else:
            found, missing = _split(read, found, one, step)
            unapplied += missing
    return found, unapplied


def _find(read: Scene, found: Sequence[Referent], name: str) -> Referent | None:
    """The referent of that name, else the most mentioned one that has it among its labels."""
    exact = next((r for r in found if r.name == name), None)
    if exact is not None:
        return exact
    low = name.lower()
    holds = [r for r in found if any(naming.label(read, m).lower() == low for m in r.mentions)]
    return max(holds, key=lambda r: len(r.mentions)) if holds else None


def _merged(
    read: Scene, found: list[Referent], one: Referent, step: Step
) -> tuple[list[Referent], list[str]]:
    gone: list[Referent] = []
    unapplied = []
    for name in step.others:
        other = _find(read, found, name)
        if other is None or other is one:
            unapplied.append(
                f"merge into {one.name!r}: {_unknown(name, step.event_id, [r.name for r in found])}"
            )
        elif all(other is not g for g in gone):
            gone.append(other)
    mentions = sorted([*one.mentions, *(m for g in gone for m in g.mentions)], key=_place)
    whole = replace(one, mentions=tuple(mentions))
    kept = [whole if r is one else r for r in found if all(r is not g for g in gone)]
    return kept, unapplied


def _split(read: Scene, found: list[Referent], one: Referent, step: Step) -> tuple[list[Referent], list[str]]:
    wanted = {label.lower() for label in step.others}
    leave = [m for m in one.mentions if naming.label(read, m).lower() in wanted]
    stay = [m for m in one.mentions if naming.label(read, m).lower() not in wanted]
    if not leave or not stay:
        all_or_none = "no label" if not leave else "every label"
        return found, [
            f"split: {all_or_none} of {one.name!r} is among {', '.join(map(repr, step.others))}; "
            "name some of its labels, as the column label shows them"
        ]
    new = Referent(step.name, one.kind, tuple(leave))
    return [*(replace(one, mentions=tuple(stay)) if r is one else r for r in found), new], []


def _unknown(name: str, event_id: str, known: Sequence[str]) -> str:
    near = [k for k in known if name.lower() in k.lower() or k.lower() in name.lower()][:3] or list(known[:5])
    return f"event {event_id} has no referent {name!r}; near it: {', '.join(near) or 'none'}"


def _label_rows(found: Referents) -> Iterator[Row]:
    outlets = [a.article.outlet for a in found.scene.annotated]
    rows: list[tuple[tuple[int, int, int, str], Row]] = []
    where = [_Places(a) for a in found.scene.annotated]
    for referent in found.referents:
        used: dict[str, set[str]] = defaultdict(set)
        labels = [naming.label(found.scene, m) for m in referent.mentions]
        for m, label in zip(referent.mentions, labels, strict=True):
            used[label.lower()].add(outlets[m.article])
        named_by = set().union(*used.values())
        contested = _contested(found.scene, referent)
        for m, label in zip(referent.mentions, labels, strict=True):
            row = {
                "event_id": found.event_id,
                "referent": referent.name,
                **where[m.article].row(m.span),
                "referent_kind": referent.kind,
                "kind": m.kind,
                "label": label,
                "head": m.lemma,
                "modifiers": ";".join(m.modifiers),
                "contested": found.scene.set_of(m.lemma) if m.lemma in contested else "",
                "only_outlet": len(named_by) > 1 and m.kind != "pronoun" and len(used[label.lower()]) == 1,
                "phrase_start": m.phrase.start,
                "phrase_end": m.phrase.end,
                "sentence": where[m.article].sentence(m.span),
            }
            rows.append(((m.article, m.span.start, m.span.end, referent.name), row))
    rows.sort(key=itemgetter(0))
    yield from (row for _, row in rows)


def _contested(read: Scene, referent: Referent) -> set[str]:
    """The heads that are an argument here: at least two words of one contested set for one referent."""
    by_set: dict[str, set[str]] = defaultdict(set)
    for m in referent.mentions:
        if m.kind != "pronoun" and words.is_contested(m.lemma):
            by_set[read.set_of(m.lemma)].add(m.lemma)
    return {lemma for lemmas in by_set.values() if len(lemmas) > 1 for lemma in lemmas}


def _portrayal_rows(found: Referents) -> Iterator[Row]:
    of = {id_of(m): r for r in found.referents for m in r.mentions}
    where = [_Places(a) for a in found.scene.annotated]
    seen: Counter[tuple[Any, ...]] = Counter()
    for p in found.portrayals:
        referent = of.get(id_of(p.mention))
        if referent is None:
            continue
        row = {
            "event_id": found.event_id,
            "referent": referent.name,
            **where[p.mention.article].row(p.span),
            "property": p.word,
            "polarity": p.polarity,
            "relation": p.relation,
            "referent_kind": referent.kind,
            "mention_start": p.mention.span.start,
            "mention_end": p.mention.span.end,
            "sentence": where[p.mention.article].sentence(p.span),
        }
        key = (referent.name, row["article_id"], row["start"], row["end"], p.word)
        seen[key] += 1
        if seen[key] == 1:
            yield row


def id_of(m: Mention) -> tuple[int, int, int, str]:
    """What tells a mention from all others of its event."""
    return m.article, m.span.start, m.span.end, m.kind


class _Places:
    """The columns that say where a span stands and whose words it is, for many spans of one article."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        self._annotated = annotated
        self._voice_at = annotated.voice_finder()
        self._starts = [s.start for s in annotated.sentences]

    def row(self, span: Span) -> Row:
        """Article, outlet, offsets, text, voice and speaker."""
        article = self._annotated.article
        voice = self._voice_at(span.start)
        speaker = "" if voice.quotation is None else self._annotated.quotations[voice.quotation].speaker
        return {
            "article_id": article.id,
            "outlet": article.outlet,
            "start": span.start,
            "end": span.end,
            "text": span.of(article.text),
            "voice": voice.voice,
            "speaker": speaker,
        }

    def sentence(self, span: Span) -> str:
        """The sentence around a span."""
        at = bisect.bisect_right(self._starts, span.start) - 1
        return self._annotated.sentences[at].of(self._annotated.article.text) if at >= 0 else ""
