"""A word inside a quotation counts for its speaker, never for the outlet: every measure, made-up articles."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framing import lexicon
from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article, Paragraph, Span
from framing.measure import Finding, Measure
from framing.measures import MEASURES
from tests.made_articles import made

# What the outlet says: enough words and sentences that no measure abstains for want of them.
OWN = [
    "The council met on Tuesday to discuss roads and schools in the valley.",
    "Members voted on the budget for the coming year after a short debate.",
    "The next meeting is planned for the first week of June in the town hall.",
    "About forty residents came to listen, and some of them were perhaps angry.",
    "The library will open two hours later on Mondays and on Fridays from May.",
    "Work on the bridge began in spring and will clearly last for a whole year.",
    "A regime of fees was brought in by the board, which some called a disgrace.",
    "The mayor may visit the school again before the summer, her office wrote.",
]


def _loud() -> list[str]:
    """Words of every list that a measure counts, and of every category of it."""
    chosen = []
    for name in sorted({name for m in MEASURES for name in m.lexicons} - {"cues"}):
        entries = lexicon.load(name).entries.values()
        for category in sorted({e.category for e in entries} - {"not counted"}):
            chosen += [e.text for e in entries if e.category == category][:3]
    return chosen


LOUD = _loud()
CALM = ["the table", "a wet road", "two cups", "the third page", "a green coat"]

words = st.lists(st.sampled_from(LOUD + CALM), min_size=3, max_size=8).map(" and ".join)
VOICED = [m for m in MEASURES if "outlet" in m.voices]


def paper(said: list[str], form: str) -> AnnotatedArticle:
    """The outlet's sentences with a quotation after each, in ``form``."""
    rounds = [OWN[i % len(OWN)] + " " + form.format(one) for i, one in enumerate(said)]
    return made("# Council meets on roads\n\n" + "\n\n".join([*rounds, *OWN]))[0]


def voice_of_first_word(annotated: AnnotatedArticle, span: Span) -> str:
    """A sentence may begin with a mark, which is the outlet's."""
    text = annotated.article.text
    return annotated.voice_at(next(i for i in range(span.start, span.end) if text[i].isalnum())).voice


def shown(annotated: AnnotatedArticle, finding: Finding) -> list[tuple[str, str]]:
    return [(e.span.of(annotated.article.text), e.cue) for e in finding.evidence]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    said=st.lists(st.tuples(words, words), min_size=1, max_size=6),
    form=st.sampled_from(["«Ana Ruiz|{}», Ana Ruiz told them.", "She told them that ‹Ana Ruiz|{}›."]),
)
def test_no_measure_of_the_outlet_hears_what_others_say(said: list[tuple[str, str]], form: str) -> None:
    """Other words in the quotations, as many of them: nothing that is the outlet's moves."""
    one, two = (paper([pair[i] for pair in said], form) for i in (0, 1))
    for measure in VOICED:
        first, second = measure(one, "outlet"), measure(two, "outlet")
        assert (first.value, first.why_none) == (second.value, second.why_none), measure.name
        assert shown(one, first) == shown(two, second), measure.name


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=st.lists(words, min_size=4, max_size=6))
def test_what_a_speaker_says_is_the_speakers(said: list[str]) -> None:
    annotated = paper(said, "«Ana Ruiz|{}», Ana Ruiz told them.")
    for measure in VOICED:
        found = measure(annotated, "all")
        for e in found.evidence:
            inside = voice_of_first_word(annotated, e.span) == "quoted"
            assert (e.voice == "quoted") == inside, measure.name
            assert e.speaker == ("Ana Ruiz" if inside else ""), measure.name


@pytest.mark.parametrize(
    "measure", [m for m in VOICED if m.lexicons and "quoted" in m.voices], ids=lambda m: m.name
)
def test_a_list_finds_its_words_in_a_quotation(measure: Measure) -> None:
    """The property above would hold for a measure that hears nothing: each of them hears its list's words."""
    lists = [lexicon.load(name) for name in measure.lexicons]
    plain = [
        e
        for one in lists
        for e in one.entries.values()
        if e.category != "not counted" and ("pos" not in one.card.columns or e.columns[0] == "-")
    ]
    said = [" and ".join(e.text for e in plain[i::40][:30]) for i in range(40)]
    annotated = made("\n\n".join(f"{own} «Ana Ruiz|{one}.»" for own, one in zip(OWN * 5, said, strict=True)))[
        0
    ]
    heard = {e.voice for e in measure(annotated, "quoted").evidence if e.lexicon}
    assert heard == {"quoted"}
    assert {e.speaker for e in measure(annotated, "quoted").evidence} == {"Ana Ruiz"}


# With the parser and the finder of quotations

SPEAKERS = ["Ana Ruiz", "Tom Lindqvist", "Maria Okafor"]
FORMS = [
    "“{said},” said {name}.",
    "{name} said: “{said}.”",
    "“{said},” {name} told reporters on Monday.",
]


def read(text: str) -> AnnotatedArticle:
    paragraphs, at = [], 0
    for n, block in enumerate(text.split("\n\n")):
        span = Span(at, at + len(block))
        at += len(block) + 2
        paragraphs.append(Paragraph(n, "body" if n else "title", span, span, "made"))  # type: ignore[arg-type]
    return next(
        annotate([Article("made", text, text, tuple(paragraphs), ((0, 0, len(text)),), language="en")])
    )


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(SPEAKERS), words), min_size=3, max_size=5))
def test_in_a_parsed_article_no_quoted_word_is_the_outlets(quotes: list[tuple[str, str, str]]) -> None:
    blocks, marks, at = ["Council meets on roads"], [], len("Council meets on roads") + 2
    for own, (form, name, said) in zip(OWN, quotes, strict=False):
        block = own + " " + form.format(said=f"We saw {said}", name=name)
        start = at + block.index("We saw ")
        marks.append((Span(start, start + len(f"We saw {said}")), name))
        blocks.append(block)
        at += len(block) + 2
    annotated = read("\n\n".join(blocks + OWN[len(quotes) :]))
    for measure in VOICED:
        for e in measure(annotated, "outlet").evidence:
            assert not any(span.overlaps(e.span) for span, _ in marks), (measure.name, e)
        for e in measure(annotated, "all").evidence:
            for span, name in marks:
                if span.contains(e.span):
                    assert (e.voice, e.speaker) == ("quoted", name), (measure.name, e)
