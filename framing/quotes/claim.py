"""One stretch of speech before the name behind its speaker is known."""

from __future__ import annotations

from dataclasses import dataclass

from framing.article import Span
from framing.quotes import subjects
from framing.quotes.cues import Cue
from framing.quotes.tree import Tree

# Spans are trimmed of these at both ends.
_EDGE = " \t\n\r\u00a0,;:–—-"
# The reporter's, not the speaker's: "Furthermore, according to …".
NO_CUE = "quotation without a cue"


@dataclass(frozen=True, slots=True)
class Claim:
    """One contiguous stretch of speech with who and how, before the name is known.

    ``speaker`` is the mention in the text, ``head`` its head word's place (tree, token).
    ``first`` is the index of the claim that this one carries on.
    """

    span: Span
    speaker: Span | None = None
    head: tuple[int, int] | None = None
    cue: Span | None = None
    cue_text: str = ""
    stance: str = ""
    rule: str = ""
    inside: int | None = None  # the paragraph's quotation whose content it was found in
    paragraph: int = 0
    first: int | None = None
    cue_token: tuple[int, int] | None = None  # (tree, token), where the medium is looked for
    verbatim: bool = False  # the speaker's own words although no marks stand around them


def of_cue(
    tree: Tree, n: int, cue: Cue, subject: int | None, span: Span, rule: str, first: int | None = None
) -> Claim:
    mention = None if subject is None else tree.span(subjects.noun_phrase(tree, subject, [cue.head]))
    if mention is not None and mention.start + 1 < span.start < mention.end:
        mention = Span(mention.start, span.start - 1)  # "asked by a caller why …"
    return Claim(
        span=span,
        speaker=mention,
        head=None if subject is None else (n, subject),
        cue=cue.span(tree),
        cue_text=cue.form.text,
        stance=cue.form.stance,
        rule=rule,
        inside=tree.unit.inside,
        paragraph=tree.unit.paragraph,
        first=first,
        cue_token=(n, cue.head),
    )


def introduced(tree: Tree, n: int, verb: int, subject: int, inner: Span) -> Claim:
    """The claim of a quotation that ``verb`` introduces although it is no cue of the lexicon."""
    mention = tree.span(subjects.noun_phrase(tree, subject, [verb]))
    return Claim(
        inner, mention, (n, subject), tree.span([verb]), tree.lemmas[verb].lower(), "neutral",
        "quotation after a pause", tree.unit.inside, tree.unit.paragraph, cue_token=(n, verb),
    )  # fmt: skip


def tidy(text: str, span: Span) -> Span:
    """``span`` without space and loose punctuation at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)
