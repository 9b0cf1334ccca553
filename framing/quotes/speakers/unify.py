"""One name and one role for one speaker across the articles of an event.

Kim Jong Un, Kim Jong-un and "the North's leader" are one person where the articles
say so: names that can be one person's are joined, and a description that stands before
a name somewhere in the event ("North Korean leader Kim Jong Un") means that name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from framing.annotation import AnnotatedArticle
from framing.quotes.speakers.names import name_parts, same_person
from framing.quotes.speakers.roles import is_person_noun
from framing.text import fold

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_STOP = frozenset(["the", "a", "an", "of", "and", "for", "in", "on", "at", "s", "former"])


def unify_speakers(articles: Iterable[AnnotatedArticle]) -> dict[str, str]:
    """Speaker name as found to the name that the event uses; names that stand alone are left out.

    Of the spellings of one person the fullest wins, of equally full ones the most
    frequent, then the first in the alphabet. A surname that two people of the event
    share stays as it is.
    """
    found = list(articles)
    counts = Counter(q.speaker for a in found for q in a.quotations if q.speaker)
    persons = _persons(found)
    groups = _groups({*persons, *(n for n in counts if n in persons)})
    canonical: dict[str, str] = {}
    for group in groups:
        best = min(group, key=lambda n: (-len(_key(n)), -(counts[n] + persons[n]), n))
        canonical.update(dict.fromkeys(group, best))
    out = {name: best for name, best in canonical.items() if name in counts and name != best}
    out.update(_described([n for n in counts if n not in persons], canonical, found))
    out.update(_spellings([n for n in counts if n not in persons and n not in out], counts))
    return out


def unify_roles(articles: Iterable[AnnotatedArticle]) -> dict[str, str]:
    """Speaker to the role that most of the quotations give; of equals the first in the alphabet."""
    roles: dict[str, Counter[str]] = {}
    for annotated in articles:
        for q in annotated.quotations:
            if q.speaker and q.speaker_role:
                roles.setdefault(q.speaker, Counter())[q.speaker_role] += 1
    return {name: min(found, key=lambda r: (-found[r], r)) for name, found in roles.items()}


def rename(annotated: AnnotatedArticle, names: Mapping[str, str]) -> AnnotatedArticle:
    """``annotated`` with its speakers called as ``names`` has it."""
    return replace(
        annotated,
        quotations=tuple(
            replace(q, speaker=names[q.speaker]) if q.speaker in names else q for q in annotated.quotations
        ),
    )


def with_roles(annotated: AnnotatedArticle, roles: Mapping[str, str]) -> AnnotatedArticle:
    """``annotated`` with a role for the speakers whose role the article does not say."""
    return replace(
        annotated,
        quotations=tuple(
            replace(q, speaker_role=roles[q.speaker]) if not q.speaker_role and q.speaker in roles else q
            for q in annotated.quotations
        ),
    )


def _persons(articles: Sequence[AnnotatedArticle]) -> Counter[str]:
    """Person names of the event and how often they are printed."""
    out: Counter[str] = Counter()
    for annotated in articles:
        text = annotated.article.text
        printed = {
            " ".join(_WORD.findall(e.span.of(text))) for e in annotated.entities if e.label == "PERSON"
        }
        names = [name.split() for name in printed]
        for speaker, n in Counter(q.speaker for q in annotated.quotations if q.speaker).items():
            words = speaker.split()
            if words and words[-1][:1].isupper() and any(same_person(words, name) for name in names):
                out[speaker] += n
        out.update(p for p in printed if " " in p)
    return out


def _key(name: str) -> tuple[str, ...]:
    return tuple(fold(name).lower().replace("-", " ").split())


def _groups(names: Iterable[str]) -> list[list[str]]:
    """Names that can be one person's, the fullest first; a short name that fits two groups joins none."""
    groups: list[list[str]] = []
    by_part: dict[str, list[int]] = {}  # names that can be one person's have a part in common
    for name in sorted(names, key=lambda n: (-len(_key(n)), n)):
        words = name.split()
        parts = set(name_parts(words))
        near = sorted({n for part in parts for n in by_part.get(part, ())})
        fits = [groups[n] for n in near if all(same_person(words, o.split()) for o in groups[n])]
        if len(fits) == 1:
            fits[0].append(name)
        else:
            for part in parts:
                by_part.setdefault(part, []).append(len(groups))
            groups.append([name])
    return groups


def _described(
    phrases: Iterable[str], canonical: Mapping[str, str], articles: Iterable[AnnotatedArticle]
) -> dict[str, str]:
    """Descriptions of a person to the name that they stand before somewhere in the event."""
    said: dict[str, list[str]] = {}
    for phrase in phrases:
        content = [w for w in map(_plain, _WORD.findall(phrase)) if w not in _STOP]
        if len(content) > 1 and is_person_noun(content[-1]):
            said[phrase] = content
    if not said:
        return {}
    titles = _titles(canonical, articles)
    out: dict[str, str] = {}
    for phrase, content in said.items():
        fits = [name for name, before in titles.items() if all(w in before for w in content)]
        if len(fits) == 1:
            out[phrase] = fits[0]
    return out


def _titles(canonical: Mapping[str, str], articles: Iterable[AnnotatedArticle]) -> dict[str, set[str]]:
    """The words that stand before the printed names of each person."""
    titles: dict[str, set[str]] = {}
    for annotated in articles:
        text = annotated.article.text
        for e in annotated.entities:
            if e.label != "PERSON":
                continue
            name = " ".join(_WORD.findall(e.span.of(text)))
            if name in canonical:
                before = text[max(0, e.span.start - 60) : e.span.start].rsplit("\n", 1)[-1]
                titles.setdefault(canonical[name], set()).update(map(_plain, _WORD.findall(before)[-5:]))
    return titles


def _plain(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")


def _spellings(names: Sequence[str], counts: Mapping[str, int]) -> dict[str, str]:
    """Bodies whose names differ in case, marks or a leading article only: the most frequent spelling wins."""
    by_key: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        key = tuple(w for w in _key(name) if w not in ("the", "a", "an"))
        by_key.setdefault(key, []).append(name)
    out: dict[str, str] = {}
    for same in by_key.values():
        best = min(same, key=lambda n: (-counts[n], n))
        out.update({n: best for n in same if n != best})
    return out
