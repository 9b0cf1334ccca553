"""Hedge cues by the trained model: a word counts where its neighbours say that it leaves a claim open."""

from __future__ import annotations

import functools

from framing.annotation import AnnotatedArticle
from framing.measure import CannotMeasure, Citation, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import asked, passages, word_evidence
from framing.measures._voices import MIN_WORDS, where
from framing.wording.hedging import MODEL, HedgeCue, cues


# Most sentences are in one voice: "all" and that voice ask for the same.
@functools.lru_cache(maxsize=2048)
def _cues(text: str) -> tuple[HedgeCue, ...]:
    return cues(text)


def _hedge_cues(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found = passages(annotated, voice)
    n = sum(passage.part.n_words for passage in found)
    if n < MIN_WORDS:
        raise CannotMeasure(f"{n} words{where(voice)}; a rate of hedge cues needs at least {MIN_WORDS}")
    evidence = []
    for passage in found:
        for cue in asked(_cues, passage.text):
            span = passage.in_article(cue.span) if cue.marked else None
            if span is not None:
                evidence.append(word_evidence(annotated, span, f"{cue.probability:.2f}", "hedge cue"))
    return Result(1000 * len(evidence) / n, n, tuple(evidence))


HEDGE_CUES = Measure(
    name="hedge_cues",
    label="Hedge cues (model)",
    unit="hedge cues per 1,000 words",
    bounds=(0, 1000),
    higher_means="more claims are left open",
    limits=(
        "Learned from business news of the 1990s and from Wikipedia; finds only words that were a cue "
        "there. Beside the list of hedges, never added to it. Says nothing about whether the reserve is "
        "honest."
    ),
    sources=(
        Citation(
            "szarvas2012",
            "Szarvas, G., Vincze, V., Farkas, R., Móra, G., & Gurevych, I. (2012). Cross-genre and "
            "cross-domain detection of semantic uncertainty. Computational Linguistics, 38(2), 335–367.",
        ),
    ),
    compute=_hedge_cues,
    accuracy=accuracy(MODEL),
)
