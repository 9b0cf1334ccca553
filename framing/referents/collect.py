"""The referents of one event, corrected by the user, and their rows for the tables."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import Any

from framing.annotation import AnnotatedArticle
from framing.article import FramingError
from framing.referents import naming, words
from framing.referents.corrections import Corrections, Step
from framing.referents.groups import Key
from framing.referents.merging import merge
from framing.referents.names import is_metonym
from framing.referents.portrayals import portrayals
from framing.referents.pronouns import pronouns
from framing.referents.records import Mention, Portrayal, Referent
from framing.referents.scene import Scene, scene

Row = dict[str, Any]

_place = attrgetter("article", "start", "end")
# What tells a mention from all others of its event.
_id_of = attrgetter("article", "start", "end", "kind")


@dataclass(frozen=True, slots=True)
class Referents:
    """What the articles of one event name, and how.

    ``unapplied`` says which of the user's corrections found nothing to correct, and why. ``places`` are
    whose words stand where in each article.
    """

    event_id: str
    scene: Scene
    places: tuple[Places, ...]
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
        return _label_rows(self)

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
    mentions = [_with_kind(m, key) for m, key in zip(read.mentions, keys, strict=True)]
    resolved = pronouns(read, keys)
    mentions += [m for m, _ in resolved]
    by_key: dict[Key, list[Mention]] = defaultdict(list)
    for m, key in zip(mentions, [*keys, *(key for _, key in resolved)], strict=True):
        if key[0] != "alone":  # "moment", "part": words that name nothing by themselves
            by_key[key].append(m)
    found = _named(read, by_key)
    steps = corrections.of_event(event_id) if corrections else ()
    found, unapplied = _corrected(read, found, steps)
    places = tuple(map(Places, read.annotated))
    described = tuple(portrayals(read, mentions))
    return Referents(event_id, read, places, tuple(found), described, tuple(unapplied))


def _with_kind(m: Mention, key: Key) -> Mention:
    if m.kind == "action":
        return m
    if key[0] == "country" and is_metonym(m):
        return m.of_kind("metonym")
    if key[0] == "alone" or (key[0] == "thing" and not naming.names_group(key, m.lemma)):
        return m.of_kind("abstract")
    return m


def _named(read: Scene, by_key: dict[Key, list[Mention]]) -> list[Referent]:
    """Referents with names of their own, the most mentioned first."""
    ordered = sorted(by_key.items(), key=lambda kv: (-len(kv[1]), _place(kv[1][0])))
    names = naming.apart([naming.name_of(read, key, mentions) for key, mentions in ordered])
    return [
        Referent(name, naming.kind_of(read, key, mentions), tuple(sorted(mentions, key=_place)))
        for name, (key, mentions) in zip(names, ordered, strict=True)
    ]


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


def _label_rows(found: Referents) -> list[Row]:
    scene = found.scene
    articles = [a.article for a in scene.annotated]
    outlets = [article.outlet for article in articles]
    where = found.places
    rows: list[list[tuple[tuple[int, int, str], Row]]] = [[] for _ in articles]
    for referent in found.referents:
        labels = [naming.label(scene, m) for m in referent.mentions]
        alone, contested = _labels_of_one_outlet(referent, labels, outlets), _contested(scene, referent)
        for m, label in zip(referent.mentions, labels, strict=True):
            article, start, end, phrase_start, phrase_end = m[:5]
            lemma, modifiers = m.lemma, m.modifiers
            voice, speaker, sentence = where[article].at(start)
            row = {
                "event_id": found.event_id,
                "referent": referent.name,
                "article_id": articles[article].id,
                "outlet": outlets[article],
                "start": start,
                "end": end,
                "text": m.text,
                "voice": voice,
                "speaker": speaker,
                "referent_kind": referent.kind,
                "kind": m.kind,
                "label": label,
                "head": lemma,
                "modifiers": ";".join(modifiers) if modifiers else "",
                "contested": scene.set_of(lemma) if lemma in contested else "",
                "only_outlet": m.kind != "pronoun" and label.lower() in alone,
                "phrase_start": phrase_start,
                "phrase_end": phrase_end,
                "sentence": sentence,
            }
            rows[article].append(((start, end, referent.name), row))
    return [row for of_one in rows for _, row in sorted(of_one, key=itemgetter(0))]


def _labels_of_one_outlet(referent: Referent, labels: Sequence[str], outlets: Sequence[str]) -> set[str]:
    """The labels, in lower case, that one outlet alone uses of those that name the referent."""
    by = [outlets[m.article] for m in referent.mentions]
    if len(by) == 1 or len(set(by)) == 1:
        return set()
    used: dict[str, set[str]] = {}
    for label, outlet in zip(labels, by, strict=True):
        used.setdefault(label.lower(), set()).add(outlet)
    return {label for label, own in used.items() if len(own) == 1}


def _contested(read: Scene, referent: Referent) -> set[str]:
    """The heads that are an argument here: at least two words of one contested set for one referent."""
    if len(referent.mentions) == 1:
        return set()
    lemmas = {m.lemma for m in referent.mentions if m.kind != "pronoun"} & words.contested()
    if len(lemmas) < 2:
        return set()
    by_set: dict[str, set[str]] = defaultdict(set)
    for lemma in lemmas:
        by_set[read.set_of(lemma)].add(lemma)
    return {lemma for own in by_set.values() if len(own) > 1 for lemma in own}


def _portrayal_rows(found: Referents) -> Iterator[Row]:
    of = {_id_of(m): r for r in found.referents for m in r.mentions}
    articles = [a.article for a in found.scene.annotated]
    where = found.places
    seen: set[tuple[str, int, int, int, str]] = set()
    for p in found.portrayals:
        m, start, end = p.mention, p.start, p.end
        referent = of.get(_id_of(m))
        if referent is None:
            continue
        key = referent.name, m.article, start, end, p.word
        if key in seen:
            continue
        seen.add(key)
        article = articles[m.article]
        voice, speaker, sentence = where[m.article].at(start)
        yield {
            "event_id": found.event_id,
            "referent": referent.name,
            "article_id": article.id,
            "outlet": article.outlet,
            "start": start,
            "end": end,
            "text": article.text[start:end],
            "voice": voice,
            "speaker": speaker,
            "property": p.word,
            "polarity": p.polarity,
            "relation": p.relation,
            "referent_kind": referent.kind,
            "mention_start": m.start,
            "mention_end": m.end,
            "sentence": sentence,
        }


class Places:
    """Whose words stand at an offset and in which sentence, for many offsets of one article."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        said, text = annotated.quotations, annotated.article.text
        voices = [
            (v.voice, "" if v.quotation is None else said[v.quotation].speaker) for v in annotated.voices
        ]
        sentences = ["", *(s.of(text) for s in annotated.sentences)]
        voice_starts = [v.span.start for v in annotated.voices]
        sentence_starts = [s.start for s in annotated.sentences]
        self._starts = sorted({*voice_starts, *sentence_starts})
        self._here = [
            (
                *(voices[max(0, bisect_right(voice_starts, start) - 1)] if voices else ("", "")),
                sentences[bisect_right(sentence_starts, start)],
            )
            for start in (-1, *self._starts)
        ]

    def at(self, offset: int) -> tuple[str, str, str]:
        """Voice, speaker and the last sentence that begins before; empty where none does."""
        return self._here[bisect_right(self._starts, offset)]
