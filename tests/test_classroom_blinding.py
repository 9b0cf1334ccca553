"""Blindness: nothing that a class reads says whose a text is."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Span
from framing.classroom import handouts, lesson, settings
from framing.classroom.activities import ACTIVITY_IDS
from framing.classroom.blinding import Blinder, blinder, persons
from framing.study import Study
from tests.classroom_studies import OUTLETS, fifty, name_words
from tests.dashboard_studies import make


@pytest.fixture
def blind() -> Blinder:
    return blinder(
        {"The Manila Times": "Paper 1", "Ellery Courier": "Paper 2", "Nimbus": "Paper 3"},
        ["By Edmund Sorley and Lena Marsh"],
        ["Time", "Korea JoongAng Daily"],
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("She told the Manila Times.", "She told Paper 1."),
        ("THE MANILA TIMES and ManilaTimes", "Paper 1 and Paper 1"),
        ("He told the Courier that", "He told Paper 2 that"),
        ("the Courier Club won", "the Courier Club won"),
        ("Town saves – Ellery Courier", "Town saves"),
        ("Town saves | The Manila Times\n\nMore", "Town saves\n\nMore"),
        ("Town saves - Nimbus", "Town saves"),
        (
            "NIMBUS has learned, Nimbus says; nimbus clouds",
            "Paper 3 has learned, Paper 3 says; nimbus clouds",
        ),
        ("by EDMUND SORLEY, Lena Marsh reports", "by [reporter], [reporter] reports"),
        ("Write to desk@courier.example or @ellery.", "Write to [link] or [link]."),
        ("See https://manilatimes.example/a?b=c and www.x.org", "See [link] and [link]"),
        ("Additional reporting by Jo Bell and Al Fry.", "Additional reporting by [reporter]."),
        ("Jo Bell contributed to this report.", "[reporter] contributed to this report."),
        ("ELLERY (EC) – The EC met.", "ELLERY (Paper 2) – The EC met."),
        ("Time magazine and Korea JoongAng Daily", "[another outlet] magazine and [another outlet]"),
        ("This time the U.S. said no. 5.5 of them.", "This time the U.S. said no. 5.5 of them."),
        ("Mr. Sorley, a farmer, said so.", "Mr. Sorley, a farmer, said so."),
    ],
)
def test_names_and_links_are_taken_out(blind: Blinder, text: str, seen: str) -> None:
    assert blind.string(text) == seen


def test_an_author_line_is_taken_apart() -> None:
    assert persons("By Ann Lee, Bo Ray and Staff") == ["Ann Lee", "Bo Ray"]
    assert persons("") == []


PIECES = st.lists(
    st.sampled_from(
        ["Ellery Courier", " ", "the Courier", "x@y.example", "word", ".", "\n", "Nimbus", "é😀"]
    ),
    max_size=12,
).map("".join)


@given(text=PIECES, start=st.integers(0, 80), length=st.integers(1, 30))
def test_places_are_found_again_in_both_directions(text: str, start: int, length: int) -> None:
    found = blinder({"Ellery Courier": "Paper 1", "Nimbus": "N"}, [])(text)
    span = Span(min(start, len(text)), min(start + length, len(text)))
    there = found.to_blind(span)
    assert 0 <= there.start <= there.end <= len(found.text)
    untouched = all(not cut.overlaps(span) for cut, _ in found.cuts)
    if untouched and len(span):
        assert there.of(found.text) == span.of(text)
        assert found.to_original(there) == span
    elif len(there):
        assert found.to_original(there).contains(span) or not all(i for _, i in found.cuts)


@given(text=st.text(max_size=200))
def test_a_text_without_names_stays_as_it_is(text: str) -> None:
    found = blinder({"Quillmoor Sentinel": "Paper 1"}, ["By Imogen Tarquay"])(text)
    if not found.cuts:
        assert found.text == text


class Read:
    """A study whose tables are read once."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.texts = functools.cache(study.texts)

    def table(self, name: str, article_ids: Sequence[str] | None = None, /) -> pd.DataFrame:
        whole = self._whole(name)
        return whole if article_ids is None else whole[whole["article_id"].isin(article_ids)]

    @functools.cache  # noqa: B019 - one study, as long as the tests
    def _whole(self, name: str) -> pd.DataFrame:
        return self.study.table(name)


@pytest.fixture(scope="module")
def fifty_articles(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("fifty") / "study"
    return Read(Study.open(make(folder, fifty(), label=f"{OUTLETS[0]} on the dam")))


@pytest.mark.parametrize("activity", ACTIVITY_IDS)
def test_fifty_articles_do_not_say_whose_they_are(activity: str, fifty_articles: Read) -> None:
    for n in range(10):
        chosen = replace(settings.default(activity), event=f"e{n}", texts=())
        made = lesson.build(chosen, fifty_articles.table, fifty_articles.texts)
        seen = [made.label, made.card, handouts.sheet(made)]
        seen += [repr((t.title, t.text, t.tool)) for t in made.shown]
        seen += [repr((made.facts, made.stakeholders, made.gap))]
        everything = "\n".join(seen).lower()
        assert [name for name in name_words() if name.lower() in everything] == []
        assert len(everything) > 2000


def test_the_fifty_articles_do_name_themselves() -> None:
    for sample in fifty():
        assert sample.outlet in sample.text
        assert sample.byline.removeprefix("By ").split(" and ")[0] in sample.text


@pytest.mark.parametrize("seed", range(4))
def test_the_order_depends_on_the_seed_alone(seed: int, fifty_articles: Read) -> None:
    chosen = replace(settings.default("rank_headlines"), event="e0", texts=(), seed=seed)
    orders = []
    for texts in ((), ("g04", "g00", "g02", "g01", "g03")):
        made = lesson.build(replace(chosen, texts=texts), fifty_articles.table, fifty_articles.texts)
        orders.append([t.id for t in made.originals])
    assert orders[0] == orders[1]


def test_seeds_give_different_orders(fifty_articles: Read) -> None:
    chosen = replace(settings.default("rank_headlines"), event="e0", texts=())
    orders = {
        tuple(
            t.outlet
            for t in lesson.build(
                replace(chosen, seed=s), fifty_articles.table, fifty_articles.texts
            ).originals
        )
        for s in range(6)
    }
    assert len(orders) > 2


def test_no_two_texts_of_a_lesson_share_a_name(tmp_path: Path) -> None:
    samples = [replace(s, event="e0", outlet=OUTLETS[0]) for s in fifty()[:3]]
    study = Study.open(make(tmp_path / "s", samples))
    made = lesson.build(
        replace(settings.default("rank_headlines"), event="e0", texts=()), study.table, study.texts
    )
    assert [t.name for t in made.shown] == ["Paper 1", "Paper 2", "Paper 3"]
