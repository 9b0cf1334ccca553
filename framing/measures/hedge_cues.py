"""Hedge cues by the trained model: a word counts where its neighbours say that it leaves a claim open."""

from __future__ import annotations

import functools

from framing.annotation import AnnotatedArticle
from framing.measure import Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._judged import Answers, Passage, PerPassage, enough_words, texts, words_evidence
from framing.wording.hedging import MODEL, cues_all

_CUES = Answers(functools.partial(cues_all, marked_only=True), texts)


@PerPassage
def _of_sentence(annotated: AnnotatedArticle, passage: Passage) -> list[Evidence]:
    """The cues in a passage."""
    return [
        one
        for cue in _CUES(annotated)[passage.text]
        for one in words_evidence(annotated, passage, cue.span, f"{cue.probability:.2f}", "hedge cue")
    ]


def _hedge_cues(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
    found, n = enough_words(annotated, voice, "a rate of hedge cues")
    evidence = [cue for of_sentence in _of_sentence(annotated, found) for cue in of_sentence]
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
