"""Generic frames: a calibrated probability for the article, and the words of each frame by voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from framing.annotation import AnnotatedArticle
from framing.measure import Accuracy, CannotMeasure, Citation, Evidence, Measure, Result, VoiceOrAll
from framing.measures._cards import accuracy
from framing.measures._checked import read_by_hand
from framing.measures._judged import SHOWN, Answers, passage_evidence, passages, texts
from framing.measures._once import OncePerArticle
from framing.measures._terms import hits
from framing.measures._voices import count, words_of
from framing.wording.topics import labels, probabilities

LEXICON = "frames"
# Narrower than the category of that name in LEXICON, whose words (agreement, measure, target)
# name a solution in articles on the climate, from which the model learned, and seldom elsewhere.
RESPONSIBILITY = "responsibility"
MODEL = "generic_frames"

# The model learned from whole articles; a note of a few lines is none.
MIN_ARTICLE_WORDS = 100

_SEMETKO = Citation(
    "semetko2000",
    "Semetko, H. A., & Valkenburg, P. M. (2000). Framing European politics: A content analysis of press and "
    "television news. Journal of Communication, 50(2), 93–109.",
)

# Category of the list -> label of the model, name of the measure, what it is about.
_FRAMES = {
    "conflict": ("CO", "conflict", "disagreement between persons, groups or countries"),
    "human interest": ("HI", "human_interest", "persons, their feelings and their lives"),
    "economic": ("EC", "economic", "costs, money, jobs and markets"),
    "morality": ("MO", "morality", "religion, duty, right and wrong"),
    "responsibility": ("RE", "resolution", "who is to solve the problem, and how"),
}

_CORPUS = "Narrative Frames Corpus, 257 development articles on climate change"
_RANKS = "python benchmarks/lists_on_gold.py --corpora DIR frames5"
_LIST: dict[str, tuple[Accuracy, ...]] = {
    "conflict": (Accuracy("AUC 0.71 of articles that have the frame", _CORPUS, _RANKS),),
    "human interest": (Accuracy("AUC 0.73 of articles that have the frame", _CORPUS, _RANKS),),
    "responsibility": (read_by_hand(44, 50, "hits", "words_of_responsibility", seed=3, corrected=True),),
}


def _article(category: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    label = _FRAMES[category][0]

    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        n = count(annotated, voice)
        if n < MIN_ARTICLE_WORDS:
            raise CannotMeasure(f"{n} words; a frame of an article needs at least {MIN_ARTICLE_WORDS}")
        value = _OF_ARTICLE(annotated)[annotated.article.text][labels(MODEL).index(label)]
        evidence = [hit for hit in hits(annotated, LEXICON) if hit.category == category]
        return Result(value, n, (*evidence, *_passages(annotated, label)))

    return compute


def _scores(asked_for: Sequence[str]) -> list[list[float]]:
    """The probabilities of each text, in the order of the labels."""
    scores: list[list[float]] = probabilities(asked_for, MODEL).tolist()
    return scores


_OF_ARTICLE = Answers(_scores, lambda annotated, key: [annotated.article.text])
_OF_SENTENCES = Answers(_scores, texts)


@OncePerArticle
def _by_label(annotated: AnnotatedArticle, key: None) -> dict[str, tuple[float, ...]]:
    """The score of each sentence for each label; they are no shares."""
    scores = _OF_SENTENCES(annotated)
    told = [scores[one.text] for one in passages(annotated, "all")]
    return dict(zip(labels(MODEL), zip(*told, strict=True), strict=True)) if told else {}


def _passages(annotated: AnnotatedArticle, label: str) -> list[Evidence]:
    """The sentences that the model ranks first for the frame."""
    found, scores = passages(annotated, "all"), _by_label(annotated, None).get(label, ())
    # They are in text order: of equal ones the first goes first.
    ranked = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    return [
        piece
        for rank, i in enumerate(ranked[:SHOWN], start=1)
        for piece in passage_evidence(found[i], f"rank {rank}", "passage")
    ]


def _words(category: str) -> Callable[[AnnotatedArticle, VoiceOrAll], Result]:
    own = category == RESPONSIBILITY

    def compute(annotated: AnnotatedArticle, voice: VoiceOrAll) -> Result:
        n = words_of(annotated, voice, f"a rate of words of {category}")
        words = hits(annotated, RESPONSIBILITY if own else LEXICON, voice)
        found = tuple(hit for hit in words if own or hit.category == category)
        return Result(1000 * len(found) / n, n, found)

    return compute


GENERIC_FRAMES: tuple[Measure, ...] = tuple(
    Measure(
        name=f"generic_{name}",
        label=f"Generic frame: {name.replace('_', ' ')}",
        unit="probability that readers find the frame in the article, 0 to 1",
        bounds=(0, 1),
        higher_means=f"the article is more likely framed by {subject}",
        limits=(
            "Learned from articles on climate change alone, and calibrated for them: on other subjects part "
            "of what it knows does not hold; compare articles on one event. A whole article, whoever speaks. "
            "The sentences shown are the ones that it ranks first."
        ),
        sources=(_SEMETKO,),
        compute=_article(category),
        voices=("all",),
        lexicons=(LEXICON,),
        accuracy=accuracy(MODEL),
    )
    for category, (_, name, subject) in _FRAMES.items()
)

GENERIC_WORDS: tuple[Measure, ...] = tuple(
    Measure(
        name=f"words_of_{category.replace(' ', '_')}",
        label=f"Words of {category}",
        unit="words of the frame per 1,000 words",
        bounds=(0, 1000),
        higher_means=f"more words that speak of {subject}",
        limits="Counts words of a list, which stand for the frame only in the mean of many articles.",
        sources=(_SEMETKO,),
        compute=_words(category),
        lexicons=(RESPONSIBILITY if category == RESPONSIBILITY else LEXICON,),
        accuracy=_LIST[category],
    )
    for category, subject in {
        "conflict": "disagreement between persons, groups or countries",
        "human interest": "persons, their feelings and their lives",
        "responsibility": "who caused a problem and who is to solve it",
    }.items()
)
