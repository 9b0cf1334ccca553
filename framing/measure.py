"""A measure explains itself as data; a finding carries its evidence or its reason for none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from framing.annotation import VOICES, AnnotatedArticle, Voice
from framing.article import FramingError, Span

# "all" is the article whatever the voice; a measure that has no voice (length) has only this.
VoiceOrAll = Literal["all", "outlet", "quoted", "attributed"]
BY_VOICE: tuple[VoiceOrAll, ...] = ("all", *VOICES)


class CannotMeasure(FramingError):
    """The measure abstains on this article; the message is the reason that users read."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source: a BibTeX-like key and the reference in full."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What a measure scored on public gold data: figure, data set, command that gives it."""

    figure: str
    data: str
    command: str


class Evidence(NamedTuple):
    """A span that a value rests on, and the lexicon entry or rule that fired.

    A tuple, since an article has some thousand: a frozen dataclass takes three times as long to make.
    """

    span: Span
    cue: str
    lexicon: str = ""
    category: str = ""
    voice: Voice = "outlet"
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a measure's function returns: the value, what it was counted over, the evidence."""

    value: float
    n: int  # size of the base: words, quotations or sentences, as the unit says
    evidence: tuple[Evidence, ...] = ()


class Finding(NamedTuple):
    """One measure on one article in one voice. ``value`` is None where ``why_none`` says why.

    A tuple as :class:`Evidence`: an article has some two hundred.
    """

    measure: str
    article_id: str
    voice: VoiceOrAll
    value: float | None
    n: int = 0
    evidence: tuple[Evidence, ...] = ()
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One question that is asked of an article, with all that a reviewer asks about it."""

    name: str
    label: str  # as a heading
    unit: str
    bounds: tuple[float, float]
    higher_means: str
    limits: str  # what it does not show
    sources: tuple[Citation, ...]
    compute: Callable[[AnnotatedArticle, VoiceOrAll], Result]
    voices: tuple[VoiceOrAll, ...] = BY_VOICE
    languages: tuple[str, ...] = ("en",)  # empty: any
    lexicons: tuple[str, ...] = ()
    speakers: bool = False  # rests on who was found to speak: measured again where the user corrects that
    accuracy: tuple[Accuracy, ...] = field(default=())

    def __call__(self, annotated: AnnotatedArticle, voice: VoiceOrAll = "all") -> Finding:
        """Measure one article; abstains with the reason in place of raising."""
        article = annotated.article
        try:
            if self.languages and article.language and article.language not in self.languages:
                known = ", ".join(self.languages)
                raise CannotMeasure(f"the text is in {article.language!r}; {self.name} is for {known}")
            result = self.compute(annotated, voice)
        except CannotMeasure as reason:
            return Finding(self.name, article.id, voice, None, why_none=str(reason))
        return Finding(self.name, article.id, voice, result.value, result.n, result.evidence)

    def findings(self, annotated: AnnotatedArticle) -> list[Finding]:
        """One finding per voice that the measure is reported in."""
        return [self(annotated, voice) for voice in self.voices]
