"""Lexicon entries found in an article, each in its voice and in its sense."""

from __future__ import annotations

from framing.annotation import AnnotatedArticle, Token
from framing.article import Span
from framing.lexicon import load, own
from framing.measure import Evidence, Result, VoiceOrAll
from framing.measures._once import OncePerArticle
from framing.measures._voices import evidence_of, speaker, words_of
from framing.text import tokens

# Fixed phrases that shield an entry ("as soon as possible"): matched so that the
# longest match wins, and never counted.
NOT_COUNTED = "not counted"

ANY_POS = "-"


def hits(annotated: AnnotatedArticle, lexicon: str, voice: VoiceOrAll = "all") -> list[Evidence]:
    """Every entry of ``lexicon`` in ``voice``, in text order.

    Left out are entries that run over the border of two voices, that stand there as
    another part of speech than the list's ``pos`` column names ("May" the month), and
    proper nouns outside the title ("Mr Savage"). Names that a user's own list has are
    meant, and count.
    """
    return _of_voice(annotated, (lexicon, voice))


def of_category(
    annotated: AnnotatedArticle, lexicon: str, voice: VoiceOrAll, category: str
) -> list[Evidence]:
    """Those of :func:`hits` that are of one category of the list."""
    return _by_category(annotated, (lexicon, voice)).get(category, [])


def rate(annotated: AnnotatedArticle, voice: VoiceOrAll, lexicon: str, question: str) -> Result:
    """Entries per 1,000 words of ``voice``; abstains below the least number of words."""
    n = words_of(annotated, voice, question)
    found = hits(annotated, lexicon, voice)
    return Result(1000 * len(found) / n, n, tuple(found))


@OncePerArticle
def _tokens(annotated: AnnotatedArticle, key: None) -> dict[int, Token]:
    """The tokens by where they start."""
    return {token.start: token for token in annotated.tokens}


@OncePerArticle
def _of_voice(annotated: AnnotatedArticle, of: tuple[str, VoiceOrAll]) -> list[Evidence]:
    lexicon, voice = of
    found = _hits(annotated, lexicon)
    return found if voice == "all" else [hit for hit in found if hit.voice == voice]


@OncePerArticle
def _by_category(annotated: AnnotatedArticle, of: tuple[str, VoiceOrAll]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for hit in _of_voice(annotated, of):
        found.setdefault(hit.category, []).append(hit)
    return found


@OncePerArticle
def _hits(annotated: AnnotatedArticle, lexicon: str) -> list[Evidence]:
    text = annotated.article.text
    voice_at = annotated.voice_finder()
    by_start = _tokens(annotated, None)
    title = annotated.article.title_span
    names_count = lexicon in own()
    one = load(lexicon)
    pos_at = one.card.columns.index("pos") - 2 if "pos" in one.card.columns else -1
    found: list[Evidence] = []
    for _, _, start, end, entry in one.found(tokens(text)):
        spoken = voice_at(start)
        if entry.category == NOT_COUNTED or not spoken.span.start <= start <= end <= spoken.span.end:
            continue
        named = names_count or (title is not None and title.start <= start and end <= title.end)
        pos = entry.columns[pos_at] if 0 <= pos_at < len(entry.columns) else ANY_POS
        if _in_sense(pos, by_start.get(start), text[start], named):
            name = speaker(annotated, spoken)
            span = Span(start, end)
            found.append(evidence_of((span, entry.text, lexicon, entry.category, spoken.voice, name)))
    return found


def _in_sense(pos: str, token: Token | None, begins_with: str, named: bool) -> bool:
    """``named``: proper nouns count. Headlines in title case make one of every word."""
    if token is None:
        return True
    if pos != ANY_POS and token.pos != pos:
        return False
    return named or token.pos != "PROPN" or not begins_with.isupper()
