"""Tone toward the main actors: what the words around a name say about the one who bears it."""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import dataclass

from framing.annotation import AnnotatedArticle
from framing.article import Span
from framing.measure import BY_VOICE, CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import Answers, Passage, PerPassage, asked, passages, word_evidence
from framing.measures._once import OncePerArticle
from framing.measures._voices import where
from framing.wording.toward import MODEL, Tone, target_words, tones
from framing.wording.words import sentence

# An actor is main from this many mentions on; the tone of one or two says little.
MIN_MENTIONS = 3
# So many of the most mentioned actors are looked at.
MOST_ACTORS = 5

_KINDS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor's name in one sentence of one voice, with the tone toward it."""

    actor: str
    span: Span
    tone: Tone


@OncePerArticle
def mentions(annotated: AnnotatedArticle, voice: VoiceOrAll) -> list[Mention]:
    """Every mention of the main actors in ``voice``, in text order. Raises FramingError without the model.

    The model is asked about these alone, and sees no names of outlets and agencies: they do not count.
    """
    told = _TONES(annotated)
    main = [Mention(actor, span, told[question]) for actor, span, question in _main(annotated, voice)]
    return sorted(main, key=lambda mention: mention.span)


@OncePerArticle
def _main(annotated: AnnotatedArticle, voice: VoiceOrAll) -> list[tuple[str, Span, tuple[str, Span]]]:
    """The mentions of the main actors in ``voice``: whose, where, and what the model is asked about it."""
    found: dict[str, list[tuple[Span, tuple[str, Span]]]] = defaultdict(list)
    for of_passage in _questions(annotated, passages(annotated, voice)):
        for actor, span, question in of_passage:
            found[actor].append((span, question))
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        (actor, span, question)
        for actor, several in ranked[:MOST_ACTORS]
        if len(several) >= MIN_MENTIONS
        for span, question in several
    ]


@PerPassage
def _questions(annotated: AnnotatedArticle, passage: Passage) -> list[tuple[str, Span, tuple[str, Span]]]:
    """The actors that are named in a passage: who, where, and what the model is asked about it."""
    named, starts = _named(annotated, None)
    around = passage.part.sentence
    first, last = bisect.bisect_left(starts, around.start), bisect.bisect_left(starts, around.end)
    asked_of = []
    for span, actor in named[first:last]:
        target = passage.from_article(span) if span.end <= around.end else None
        if target is not None and target_words(sentence(passage.text), target) is not None:
            asked_of.append((actor, span, (passage.text, target)))
    return asked_of


# In whatever voice they are mentioned.
_TONES = Answers(tones, lambda annotated, key: [q for voice in BY_VOICE for *_, q in _main(annotated, voice)])


@dataclass(frozen=True, slots=True)
class ActorTone:
    """What one voice's wording makes of one main actor."""

    actor: str
    balance: float  # mean over the mentions, -1 to 1
    mentions: tuple[Mention, ...]


def by_actor(annotated: AnnotatedArticle, voice: VoiceOrAll = "outlet") -> list[ActorTone]:
    """The tone toward each main actor, the most mentioned first. Raises FramingError without the model."""
    held: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions(annotated, voice):
        held[mention.actor].append(mention)
    ranked = sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        ActorTone(actor, sum(m.tone.balance for m in own) / len(own), tuple(own)) for actor, own in ranked
    ]


def _bare(name: str) -> str:
    words = name.replace("’", "'").removesuffix("'s").removesuffix("'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() == "the" else words)


@OncePerArticle
def _named(annotated: AnnotatedArticle, key: None) -> tuple[list[tuple[Span, str]], list[int]]:
    """Where an actor is named, in text order, and by the longest name ("Merkel" -> "Angela Merkel").

    The starts of these stand beside them, to be searched.
    """
    text = annotated.article.text
    named = [(e.span, e.label, _bare(e.span.of(text))) for e in annotated.entities if e.label in _KINDS]
    label_of = {name: label for _, label, name in named}
    people = sorted((n for n, label in label_of.items() if label == "PERSON"), key=lambda n: (-len(n), n))
    longest = {
        name: next((full for full in people if full == name or full.endswith(f" {name}")), name)
        for name in label_of
    }
    return [(span, longest[name]) for span, _, name in named], [span.start for span, _, _ in named]


def _toward(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found = asked(mentions, annotated, voice)
    if not found:
        raise CannotMeasure(
            f"no person or body is named {MIN_MENTIONS} times or more{where(voice)}; tone needs that many"
        )
    of_actor = {one.actor: one.balance for one in by_actor(annotated, voice)}
    evidence: list[Evidence] = [
        word_evidence(
            annotated,
            m.span,
            f"{m.actor}: {m.tone.balance:+.2f} here, {of_actor[m.actor]:+.2f} in all",
            m.tone.label,
        )
        for m in found
    ]
    return Result(sum(m.tone.balance for m in found) / len(found), len(found), tuple(evidence))


TONE_TOWARD = Measure(
    name="tone_toward",
    label="Tone toward the main actors (model)",
    unit="mean of positive less negative probability, -1 to 1",
    bounds=(-1, 1),
    higher_means="the main actors are spoken of more favourably",
    limits=(
        "Over the names that are mentioned three times or more; the evidence gives each mention by actor. "
        "Pronouns are not followed. A person to whom bad things happen may score as one who is blamed. One "
        "in three mentions is misjudged: read means of many."
    ),
    sources=(
        Citation(
            "hamborg2021",
            "Hamborg, F., & Donnay, K. (2021). NewsMTSC: A dataset for (multi-)target-dependent sentiment "
            "classification in political news articles. Proceedings of EACL 2021, 1663–1675.",
        ),
    ),
    compute=_toward,
    accuracy=accuracy(MODEL),
)
