"""Measures of the wording models, passives and headlines: whose words count, and what is shown for it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import tables
from framing.annotate import annotate
from framing.annotation import AnnotatedArticle
from framing.article import Article, Paragraph, Span
from framing.measures import MEASURES, get
from framing.measures.paragraph_frames import NAMES, paragraph_frames
from framing.measures.passives import AGENTLESS, clauses
from framing.measures.toward import by_actor, mentions
from framing.wording import files, linear
from tests.made_articles import made

OWN = [
    "The council met on Tuesday to discuss roads and schools.",
    "Members voted on the budget for the coming year.",
    "The next meeting is planned for the first week of June.",
    "About forty residents came to the town hall to listen.",
    "The library will open two hours later on Mondays and Fridays.",
    "Work on the bridge began in spring and will last a year.",
]
CALM = ["the plan will be read by the members in two weeks", "the report has forty pages and a map"]
LOUD = [
    "these corrupt thugs and their pathetic cronies are destroying our beautiful town",
    "this disgraceful, shameless sham of a plan is an outrageous assault on decent families",
]
VOICED = ("biased_wording", "biased_words")


def paper(quoted: list[str]) -> AnnotatedArticle:
    pairs = zip(OWN, [*quoted, *[""] * len(OWN)], strict=False)
    return made(
        "\n\n".join(own + (f" «Ana Ruiz|{said}», Ana Ruiz said." if said else "") for own, said in pairs)
    )[0]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(CALM + LOUD), min_size=1, max_size=5))
def test_loaded_words_in_a_quotation_count_for_the_speaker(quoted: list[str]) -> None:
    calm, given_ = paper([CALM[0]] * len(quoted)), paper(quoted)
    for name in VOICED:
        measure = get(name)
        assert measure(calm, "outlet").value == measure(given_, "outlet").value
        inside = [
            e for e in measure(given_, "all").evidence if given_.voice_at(e.span.start).voice == "quoted"
        ]
        assert all(e.voice == "quoted" and e.speaker == "Ana Ruiz" for e in inside)


def test_the_louder_speaker_scores_higher() -> None:
    calm, loud = paper(CALM * 2), paper(LOUD * 2)
    for name in VOICED:
        low, high = get(name)(calm, "quoted"), get(name)(loud, "quoted")
        if low.value is not None:
            assert high.value is not None
            assert high.value > low.value
    found = get("biased_wording")(loud, "quoted")
    assert found.value is not None
    assert found.value > 0.6
    assert any(e.category == "carried it" for e in found.evidence)


def test_without_the_models_only_their_measures_abstain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "folder", lambda name: tmp_path)
    caches = (files.arrays, files.card, linear.load)
    for cached in caches:
        cached.cache_clear()
    lines = [
        f"{own} And this line is number {n} of a kind that nobody asked about." for n, own in enumerate(OWN)
    ]
    annotated = made("\n\n".join(lines))[0]
    found = get("biased_wording")(annotated, "outlet")
    lexical = get("loaded_terms")(annotated, "outlet")
    for cached in caches:
        cached.cache_clear()
    assert found.value is None
    assert "models/biased_wording.npz is missing" in found.why_none
    assert lexical.value is not None


# With the parser

STORY = """Mayor Doyle praised as tireless hero by voters

Two men were killed by police on Monday. A third man was arrested. The building was searched.
Three women were taken to hospital. The street was blocked by a truck. Officials opened an inquiry.
The mayor visited the site. Residents laid flowers. A reporter asked questions.
The city council met at noon. The school was evacuated. The fire destroyed two houses.

Mayor Susan Doyle is an honest and courageous leader. Doyle has won great respect for her work.
People love Doyle for her generous help.
"""


@lru_cache(maxsize=4)
def parsed(text: str) -> AnnotatedArticle:
    paragraphs, at = [], 0
    for n, block in enumerate(text.split("\n\n")):
        span = Span(at, at + len(block.rstrip("\n")))
        at += len(block) + 2
        paragraphs.append(Paragraph(n, "body" if n else "title", span, span, "made"))  # type: ignore[arg-type]
    article = Article("story", text, text, tuple(paragraphs), ((0, 0, len(text)),), language="en")
    return next(annotate([article]))


def test_the_missing_agent_is_shown() -> None:
    annotated = parsed(STORY)
    passive = {c.span.of(STORY): c.agent for c in clauses(annotated) if c.passive}
    assert passive["were killed"] == "by police"
    assert passive["was blocked"] == "by a truck"
    assert passive["was arrested"] == passive["was searched"] == passive["was evacuated"] == ""
    found = get("agentless_passives")(annotated, "outlet")
    assert found.value == pytest.approx(4 / 6)
    assert {e.cue for e in found.evidence} == {AGENTLESS}
    share = get("passives")(annotated, "all")
    assert share.value is not None
    assert 0.3 < share.value < 0.6
    assert {e.cue for e in share.evidence} == {AGENTLESS, "by police", "by a truck"}


def test_tone_toward_the_one_who_is_named() -> None:
    annotated = parsed(STORY)
    found = mentions(annotated, "outlet")
    assert {m.actor for m in found} == {"Susan Doyle"}
    assert len(found) == 3
    (actor,) = by_actor(annotated, "outlet")
    assert (actor.actor, len(actor.mentions)) == ("Susan Doyle", 3)
    value = get("tone_toward")(annotated, "outlet").value
    assert value is not None
    assert actor.balance == pytest.approx(value)
    assert value > 0.3
    assert "no person or body is named 3 times" in get("tone_toward")(annotated, "quoted").why_none


def test_headline_words_that_the_body_lacks() -> None:
    annotated = parsed(STORY)
    found = get("headline_new_words")(annotated)
    new = {e.span.of(STORY) for e in found.evidence}
    assert {"hero", "voters"} <= new
    assert not {"Mayor", "Doyle"} & new
    assert get("headline_tone_gap")(annotated).value is not None


def test_a_text_about_money_has_the_economic_frame() -> None:
    money = parsed(
        "Budget\n\nThe government raised taxes on companies. Prices of food rose and wages fell. "
        "Banks lent billions to investors. The trade deficit grew and jobs were lost."
    )
    shares = {m.name: get(m.name)(money, "outlet") for m in MEASURES if m.name.startswith("frame_")}
    top = max(shares.values(), key=lambda f: f.value or 0)
    assert top.measure == "frame_economic"
    assert any(e.lexicon == "frames" and e.cue == "taxes" for e in top.evidence)


def test_frames_of_paragraphs_make_the_frame_of_the_article() -> None:
    text = (
        "Budget and courts\n\n"
        "The government raised taxes on companies. Prices of food rose and wages fell.\n\n"
        "The supreme court ruled that the law violates the constitution. A judge jailed two men for fraud."
    )
    found = parsed(text)
    money, law = paragraph_frames(found)
    assert [text[p["start"] : p["end"]].split()[:2] for p in (money, law)] == [
        ["The", "government"],
        ["The", "supreme"],
    ]
    assert [p["n_sentences"] for p in (money, law)] == [2, 2]
    assert money["frame_economic"] > 0.5 > law["frame_economic"]
    assert law["frame_legality_crime"] > 0.5 > money["frame_legality_crime"]
    assert all(0 <= p[n] <= 1 for n in NAMES for p in (money, law))
    for name in NAMES:
        whole = get(name)(found)
        assert whole.value == pytest.approx((money[name] + law[name]) / 2)
    shown = [e for e in get("frame_economic")(found).evidence if e.category == "passage"]
    for part in (money, law):
        cues = {e.cue for e in shown if part["start"] <= e.span.start < part["end"]}
        assert cues == {f"{part['frame_economic']:.2f}"}
    assert {*NAMES} == {c.name for c in tables.get("frames").columns if c.unit == "0 to 1"}


def test_generic_frames_are_of_whole_articles() -> None:
    text = "Budget\n\n" + "\n\n".join(
        "The government raised taxes on companies. Prices of food rose and wages fell. "
        "Banks lent billions to investors. The trade deficit grew and jobs were lost."
        for _ in range(4)
    )
    found = {m.name: get(m.name)(parsed(text)) for m in MEASURES if m.name.startswith("generic_")}
    assert len(found) == 5
    assert max(found.values(), key=lambda f: f.value or 0).measure == "generic_economic"
    evidence = found["generic_economic"].evidence
    assert {e.category for e in evidence} == {"economic", "passage"}
    short = get("generic_economic")(parsed("Budget\n\nThe government raised taxes."))
    assert short.why_none == "5 words; a frame of an article needs at least 100"
