"""Models that are asked about several sentences at one time: each is told as if it stood alone."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import lexicon
from framing.article import Span
from framing.measures import together
from framing.measures._once import OncePerArticle
from framing.rows import article_rows
from framing.wording import biased, hedging, loaded_language, sentences, topics, toward, vocabulary
from framing.wording.features import pairs, shape
from framing.wording.groups import Groups
from framing.wording.linear import crc, once
from framing.wording.numbers import joined
from framing.wording.sentences import AFTER, BEFORE, PAIR, Sentences
from framing.wording.vocabulary import Vocabulary
from framing.wording.words import sentence
from tests.made_articles import made

quick = settings(max_examples=50, deadline=None)

TEXTS = (
    "The disgraceful thugs may have waged a vicious war, officials said on Tuesday.",
    "",
    "It is expected that 0 of the war-torn towns' cafés could be rebuilt.",
    "War.",
    'They call it "reform" – a so-called reform, critics say, that would hurt ordinary families.',
    "... !",
    "The plan, which the mayor's allies praised, was not a failure and never hurt anyone.",
    "may may may might",
)


# Values in groups


@quick
@given(st.lists(st.lists(st.floats(-9, 9), max_size=6), max_size=8))
def test_a_group_is_worked_out_of_its_own_values(groups: list[list[float]]) -> None:
    flat = np.array([value for group in groups for value in group])
    of = Groups.of_lengths([len(group) for group in groups])
    assert np.allclose(of.sums(flat), [sum(group) for group in groups])
    assert np.allclose(of.products(flat), [np.prod(group) for group in groups])
    assert of.highest(flat).tolist() == [max(group, default=0.0) for group in groups]
    assert of.lowest(flat).tolist() == [min(group, default=0.0) for group in groups]
    assert of.cut(flat.tolist()) == groups
    assert of.inside.tolist() == [i for group in groups for i in range(len(group))]
    for by in (1, 2, -1):
        told = of.shifted(flat, by).tolist()
        assert told == [
            group[i - by] if 0 <= i - by < len(group) else 0 for group in groups for i in range(len(group))
        ]


@quick
@given(st.lists(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=6), max_size=8))
def test_extremes_are_the_highest_and_the_lowest(groups: list[list[tuple[float, float]]]) -> None:
    flat = np.array([pair for group in groups for pair in group]).reshape(-1, 2)
    of = Groups.of_lengths([len(group) for group in groups])
    high, low = of.extremes(flat)
    assert high.tolist() == of.highest(flat).tolist()
    assert low.tolist() == of.lowest(flat).tolist()


# What is known of words


def test_a_word_is_looked_up_once_and_what_is_known_of_it_stays() -> None:
    asked: list[str] = []

    def sizes(words: Sequence[str]) -> np.ndarray:
        asked.extend(words)
        return np.array([len(word) for word in words])

    known = Vocabulary("")
    first = known.places(["war", "a", "war"])
    assert first.tolist() == [1, 2, 1]
    assert known.told(sizes, first).tolist() == [3, 1, 3]
    more = known.places(["peace", "war", *map(str, range(100, 140))])
    assert known.told(sizes, more).tolist() == [5, 3, *[3] * 40]
    assert known.told(sizes, first).tolist() == [3, 1, 3]
    assert asked == ["", "war", "a", "peace", *map(str, range(100, 140))]
    assert [known[place] for place in first.tolist()] == ["war", "a", "war"]


def test_sentences_are_told_alike_where_the_words_were_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    before = biased.judge_all(TEXTS), hedging.cues_all(TEXTS), topics.topics_all(TEXTS, "policy_frames")
    monkeypatch.setattr(vocabulary, "_MOST", 0)  # everything is forgotten before every sentence
    for cached in (sentences.read, biased.read, topics.stems, topics._lists, topics._listed):
        cached.cache_clear()
    after = biased.judge_all(TEXTS), hedging.cues_all(TEXTS), topics.topics_all(TEXTS, "policy_frames")
    assert after == before


def test_entries_are_found_in_many_sentences_as_in_each() -> None:
    texts = (*TEXTS, "İn the ΣΟΦΌΣ war’s war, war; thugs", "so-called, so called: of course", "may")
    of = Sentences([sentence(text) for text in texts])
    for name in ("hedges", "loaded", "frames", "moral"):
        each = [lexicon.load(name).matches(one.text) for one in of.seen]
        told = [(row, start, end, entry) for row, (_, _, start, end, entry) in of.matches(name)]
        assert told == [
            (row, match.span.start, match.span.end, match.entry)
            for row, matches in enumerate(each)
            for match in matches
        ]
    assert of.marks == [mark for one in of.seen for mark in one.marks]


@quick
@given(st.lists(st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0]), max_size=5), min_size=1, max_size=6))
def test_the_highest_of_each_group_are_ranked_and_equal_ones_keep_their_order(
    groups: list[list[float]],
) -> None:
    flat = np.array([value for group in groups for value in group])
    of = Groups.of_lengths([len(group) for group in groups])
    best, there = of.ranked(flat, 3)
    for group, places, some, start in zip(groups, best, there, of.starts, strict=True):
        order = sorted(range(len(group)), key=lambda i: (-group[i], i))[:3]
        assert (places[some] - start).tolist() == order
        assert some.sum() == len(order)


def test_a_feature_counts_once_a_text() -> None:
    found = once(np.array([7, 5, 7, 7]), np.array([0, 0, 0, 1]), 3)
    assert found.at.tolist() == [5, 7, 7]
    assert found.texts.counts.tolist() == [2, 1, 0]


# Numbers of features


@quick
@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=70)), max_size=6))
def test_the_number_of_two_words_follows_from_theirs(words: list[tuple[str, str]]) -> None:
    """CRC-32, against zlib on the whole: words longer than the tables among them."""
    left, right = ([pair[side].encode("utf-8", "surrogatepass") for pair in words] for side in (0, 1))
    numbers = [np.array([zlib.crc32(word) for word in side], np.int64) for side in (left, right)]
    told = joined(*numbers, np.array([len(word) for word in right], np.int64))
    assert told.tolist() == [zlib.crc32(a + b) for a, b in zip(left, right, strict=True)]


def test_pairs_of_words_have_the_numbers_of_their_names() -> None:
    seen = [sentence(text) for text in TEXTS]
    keys = Sentences(seen).keys
    named, first = keys.pairs()
    assert named.tolist() == [n for one in seen for n in pairs(PAIR, one.keys)]
    assert len(first) == len(named)
    assert keys.with_before.tolist() == [
        n for one in seen for n in pairs(BEFORE, ("", *one.keys)) if one.keys
    ]
    assert keys.with_after.tolist() == [n for one in seen for n in pairs(AFTER, (*one.keys, "")) if one.keys]


def spelled(text: str, i: int) -> set[int]:
    """The features of a candidate, each by its name as it is written out."""
    seen = sentence(text)
    keys, n = seen.keys, len(seen)
    w = keys[i]
    b3, b2, b, _, a, a2, a3 = (keys[j] if 0 <= j < n else "#" for j in range(i - 3, i + 4))
    end = seen.starts[i] + len(seen.words[i])
    mark = seen.text[end : end + 1] + "|" + seen.text[max(0, seen.starts[i] - 2) : seen.starts[i]].strip()
    before, after = shape(seen.words[i - 1]) if i else "-", shape(seen.words[i + 1]) if i + 1 < n else "-"
    names = [
        *(f"w={w}", f"b={b}", f"a={a}", f"bb={b2}", f"aa={a2}", f"bw={b} {w}", f"wa={w} {a}"),
        *(f"bbw={b2} {b} {w}", f"waa={w} {a} {a2}", f"bwa={b} {w} {a}", f"w_bb={w}|{b2}", f"w_aa={w}|{a2}"),
        *(f"w_bbb={w}|{b3}", f"w_aaa={w}|{a3}", f"s3={w[-3:]}", f"p4={w[:4]}", f"mark={seen.marks[i]}"),
        *(f"w_as={w}|{a[-2:]}", f"w_bs={w}|{b[-2:]}", f"w_aas={w}|{a2[-3:]}", f"punct={w}|{mark}"),
        *(f"shape={shape(seen.words[i])}", f"w_shape={w}|{before}|{after}", f"quoted={w}|{seen.quoted[i]:d}"),
        *(f"early={w}|{i < 2:d}", f"long={w}|{min(4, n // 10)}", f"number={w}|{'0' in keys:d}"),
    ]
    far = [f"<{key}" for key in set(keys[max(0, i - 6) : i])] + [
        f">{key}" for key in set(keys[i + 1 : i + 7])
    ]
    setting = [f"~{key}" for key in hedging._SETTING if key in keys]
    return {*map(crc, names), *map(crc, far), *(crc(w + name) for name in (*far, *setting))}


@pytest.mark.parametrize("text", [text for text in TEXTS if len(sentence(text))])
def test_a_candidate_has_the_features_that_are_named(text: str) -> None:
    others = [sentence(other) for other in TEXTS]
    seen = sentence(text)
    of = Sentences([*others, seen, *others])
    start = sum(map(len, others))
    places = np.arange(start, start + len(seen))
    names, words = hedging.features(of, places)
    for i in range(len(seen)):
        assert set(names[words == i].tolist()) == spelled(text, i)


# Answers


def _tones(texts: Sequence[str]) -> list[object]:
    return [*toward.tones([(text, sentence(text).span(0)) for text in texts if len(sentence(text))])]


MODELS: dict[str, Callable[[Sequence[str]], Sequence[object]]] = {
    "biased": biased.judge_all,
    "loaded": loaded_language.judge_all,
    "hedges": hedging.cues_all,
    **{
        model: lambda texts, model=model: topics.topics_all(texts, model)
        for model in ("policy_frames", "moral_foundations", "generic_frames", "gun_violence_frames")
    },
}


@pytest.mark.parametrize("model", MODELS)
def test_a_sentence_is_judged_among_others_as_alone(model: str) -> None:
    ask = MODELS[model]
    alone = [ask([text])[0] for text in TEXTS]
    assert list(ask(TEXTS)) == alone
    assert list(ask(TEXTS[::-1])) == alone[::-1]
    assert list(ask([])) == []


def test_the_words_that_carried_a_sentence_are_the_same_among_others() -> None:
    judged = biased.judge_all(TEXTS)
    assert biased.carried(judged) == [one.carried for one in judged]
    assert biased.carried(judged)[0]
    assert biased.carried(judged[1:2]) == [()]


def test_a_tone_is_told_among_others_as_alone() -> None:
    """To rounding: a product of matrices may round otherwise at another place."""
    texts = [text for text in TEXTS if len(sentence(text))]
    for text, among in zip(texts, _tones(texts), strict=True):
        alone = toward.tone(text, sentence(text).span(0))
        assert isinstance(among, toward.Tone)
        assert among.words == alone.words
        assert among.balance == pytest.approx(alone.balance, abs=1e-6)


def test_two_targets_of_one_sentence_are_told_apart() -> None:
    text = "Brown praised the honest and courageous Clark, who condemned the corrupt liar Davis."
    targets = [Span(text.index(name), text.index(name) + 5) for name in ("Clark", "Davis")]
    clark, davis = toward.tones([(text, target) for target in targets])
    assert clark.balance > davis.balance
    assert davis == toward.tone(text, targets[1])


# Articles


MARKUP = "\n\n".join(
    f"The shameful plan of mayor Brown number {n} may fail, critics of Brown say. "
    f"Brown is expected to resign in disgrace over the costs. Nobody praised Brown."
    for n in range(6)
)


def test_articles_measured_together_have_the_rows_of_each_alone() -> None:
    articles = [made(MARKUP)[0], made(MARKUP.replace("Brown", "Clark"))[0], made("A short note.")[0]]
    rows = article_rows(articles)
    alone = [article_rows([one]) for one in articles]
    assert rows == {table: [row for one in alone for row in one[table]] for table in rows}
    assert any("biased_wording" in some.cells["measure"] for some in rows["evidence"])


def test_answers_are_kept_for_the_articles_that_are_measured_together() -> None:
    asked = []
    length = OncePerArticle(lambda annotated, key: asked.append(annotated) or len(annotated.tokens))
    first, second = made("One text.")[0], made("Another text of more words.")[0]
    with together([first, second]):
        assert [length(one, None) for one in (first, second, first)] == [2, 5, 2]
    assert asked == [first, second]
    third = made("A third.")[0]
    assert [length(one, None) for one in (third, first, second, first)] == [2, 2, 5, 2]
    assert asked == [first, second, third, first, second, first]
