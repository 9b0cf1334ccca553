"""The trained models: files that are what their cards say, words in place of outlets, sane answers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import FramingError, Span
from framing.resources import folder
from framing.wording import biased, files, hedging, loaded_language, toward
from framing.wording.features import matrix, word_features, word_vectors
from framing.wording.linear import CLIP, crc, load
from framing.wording.sentences import Sentences
from framing.wording.topics import labels, topics
from framing.wording.vectors import DIMENSIONS, PARTS, WIDE, WIDE_DIMENSIONS, places, vectors
from framing.wording.word_scores import word_scores
from framing.wording.words import mask, sentence

MEGABYTE = 1024 * 1024

quick = settings(max_examples=50, deadline=None)


# Files


@pytest.mark.parametrize("name", files.names())
def test_every_model_has_a_card_that_describes_it(name: str) -> None:
    card = files.card(name)
    assert files.arrays(name)
    assert card.corpora
    assert all(corpus.citation and corpus.licence for corpus in card.corpora)
    assert card.accuracy
    assert card.trained_by.startswith(
        ("python benchmarks/train_wording.py ", "python benchmarks/train_net.py")
    )
    assert card.licence
    assert card.must_not
    assert card.whole_articles
    shown = card.as_text()
    assert all(corpus.licence in shown and corpus.citation in shown for corpus in card.corpora)


def test_a_model_of_a_doubtful_licence_says_so_and_is_not_needed() -> None:
    """Whatever a corpus was found under is on the card; only free ones are offered like the code."""
    free = {"vectors", "vectors_100", "generic_frames"}
    for name in files.names():
        found = " ".join(corpus.licence for corpus in files.card(name).corpora)
        doubtful = any(word in found for word in ("AGPL", "NC", "none stated", "research use"))
        assert doubtful == (name not in free)
        assert doubtful == files.card(name).licence.startswith("Offered for research")


def test_all_models_together_are_small() -> None:
    assert {"vectors", "vectors_100", biased.MODEL, hedging.MODEL, toward.MODEL} <= set(files.names())
    assert sum(path.stat().st_size for path in folder("models").glob("*.npz")) <= 15 * MEGABYTE


@pytest.mark.parametrize("name", files.names())
def test_no_model_holds_a_phrase(name: str) -> None:
    """Text in a model is labels or single words: nothing of a corpus can be read from it."""
    for array in files.arrays(name).values():
        if array.dtype == np.uint8:
            lines = array.tobytes().decode("utf-8").split("\n")
            assert all(line and " " not in line for line in lines)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of models in place of the bundled one."""
    monkeypatch.setattr(files, "folder", lambda name: tmp_path)
    for cached in (files.arrays, files.card):
        cached.cache_clear()
    yield tmp_path
    for cached in (files.arrays, files.card):
        cached.cache_clear()


def put(home: Path, data: bytes, sha256: str = "") -> None:
    """A model "one" of ``data`` with a card that names its digest, or another."""
    import hashlib

    text = (Path(__file__).parent.parent / "models" / "vectors.toml").read_text(encoding="utf-8")
    lines = text.split("\n")
    digest = sha256 or hashlib.sha256(data).hexdigest()
    (home / "one.toml").write_text(
        "\n".join(f'sha256 = "{digest}"' if line.startswith("sha256 = ") else line for line in lines),
        encoding="utf-8",
    )
    (home / "one.npz").write_bytes(data)


def archive(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, array=array)
    return buffer.getvalue()


def test_a_sound_file_is_read(elsewhere: Path) -> None:
    put(elsewhere, archive(np.arange(3)))
    assert files.arrays("one")["array"].tolist() == [0, 1, 2]


def test_a_file_that_would_run_code_is_refused(elsewhere: Path) -> None:
    put(elsewhere, archive(np.array([{"a": 1}], dtype=object)))
    with pytest.raises(FramingError, match=r"models/one\.npz cannot be read"):
        files.arrays("one")


def test_a_changed_file_is_refused(elsewhere: Path) -> None:
    put(elsewhere, archive(np.arange(3)), sha256="0" * 64)
    with pytest.raises(FramingError, match=r"not the model its card describes"):
        files.arrays("one")


def test_a_cut_file_is_refused(elsewhere: Path) -> None:
    put(elsewhere, archive(np.arange(3))[:-40])
    with pytest.raises((FramingError, zipfile.BadZipFile), match=r"models/one\.npz cannot be read"):
        files.arrays("one")


def test_a_missing_file_is_named(elsewhere: Path) -> None:
    with pytest.raises(FramingError, match=r"models/one\.npz is missing \(installed: none\)"):
        files.arrays("one")


# Words


@pytest.mark.parametrize(
    "text",
    [
        "LONDON (Reuters) - The minister resigned.",
        "(CNN) The minister resigned.",
        "WASHINGTON, Jan. 5 (AP) — The minister resigned.",
    ],
)
def test_datelines_are_masked(text: str) -> None:
    assert mask(text).strip() == "The minister resigned."
    assert len(mask(text)) == len(text)


OUTLETS = [
    "Reuters",
    "Breitbart News",
    "Fox News",
    "MSNBC",
    "HuffPost",
    "The New York Times",
    "Associated Press",
]


@pytest.mark.parametrize("outlet", OUTLETS[1:])
def test_the_model_reads_wording_and_not_the_outlet(outlet: str) -> None:
    def told(name: str) -> float:
        return biased.judge(f"The corrupt mayor told {name} on Monday that taxes would rise.").probability

    assert told(outlet) == told(OUTLETS[0])


def test_spans_point_at_the_words() -> None:
    text = "The “so-called” experts don’t agree."
    seen = sentence(text)
    spans = [seen.span(i) for i in range(len(seen))]
    assert [span.of(text) for span in spans] == ["The", "so-called", "experts", "don’t", "agree"]
    assert seen.quoted == (False, True, False, False, False)
    assert seen.marks[1] == "loaded:doubt"


VOCABULARY = [
    *(
        "The",
        "so-called",
        "EXPERTS",
        '"corrupt"',
        "don\u2019t",
        "agree,",
        "war-torn",
        "Xqzxqz",
        "3,000",
        "may",
    ),
    *("thugs", '"', "shameless", "of"),
]


def test_a_feature_is_kept_at_one_place() -> None:
    """CRC-32, known answer: a model is worth nothing where another hash is used."""
    assert crc("123456789") == 0xCBF43926
    assert crc("6789", crc("12345")) == crc("123456789")


@pytest.mark.parametrize("model", [biased.MODEL, loaded_language.MODEL])
@quick
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12))
def test_what_is_remembered_of_words_is_what_their_features_say(model: str, words: list[str]) -> None:
    seen = sentence(" ".join([*words, "plan"]))
    one = load(model, "words_")
    named = [one.sparse[np.array(at) % len(one.sparse), 0].sum() for at in word_features(seen)]
    dense = np.clip(word_vectors(matrix(seen.keys)), -CLIP, CLIP) @ one.dense[: 4 * DIMENSIONS, 0]
    meanings = files.arrays(model)["words_meanings"]
    own = [float(np.mean(meanings[at])) if (at := places(k, WIDE)[:PARTS]) else 0.0 for k in seen.keys]
    told = word_scores(model).odds(Sentences([seen]))
    assert np.allclose(told, one.intercept[0] + named + dense + own, atol=2e-3)


def test_vectors_know_words_and_parts_of_compounds() -> None:
    found = vectors(["king", "queen", "xqzxqz", "war-torn", "king's"])
    assert found.shape == (5, DIMENSIONS)
    assert np.allclose(np.linalg.norm(found[0]), 1, atol=1e-3)
    assert not found[2].any()
    assert found[3].any()
    assert np.array_equal(found[0], found[4])
    cold = vectors(["cabbage"])[0]
    assert found[0] @ found[1] > found[0] @ cold


def test_wide_vectors_know_the_same_of_words() -> None:
    king, queen, cabbage, unknown = vectors(["king", "queen", "cabbage", "xqzxqz"], WIDE)
    assert king.shape == (WIDE_DIMENSIONS,)
    assert king @ queen > king @ cabbage
    assert not unknown.any()


# Answers

PLAIN = [
    "The committee will meet on Tuesday to discuss the budget.",
    "Police said two people were taken to hospital.",
    "The company reported sales of 4 million units in the second quarter.",
]
LOADED = [
    "The disgraceful hypocrites in charge are waging a vicious war on ordinary families.",
    "His unhinged rant was a pathetic attempt to whitewash a shameful record.",
    "Radical thugs and their media cronies keep peddling this absurd hoax.",
]


def test_loaded_sentences_score_above_plain_ones() -> None:
    plain = [biased.judge(text).probability for text in PLAIN]
    loaded = [biased.judge(text).probability for text in LOADED]
    assert max(plain) < 0.5 < min(loaded)


@pytest.mark.parametrize("text", LOADED)
def test_the_words_that_carried_a_sentence_are_shown(text: str) -> None:
    judgement = biased.judge(text)
    assert judgement.carried
    assert all(word.contribution > 0 for word in judgement.carried)
    assert judgement.marked
    assert not any(word.span.of(text).lower() in {"the", "and", "in", "a", "to"} for word in judgement.marked)


@pytest.mark.parametrize("text", LOADED)
def test_loaded_language_is_found_in_loaded_lines(text: str) -> None:
    assert loaded_language.judge(text).probability > max(loaded_language.judge(t).probability for t in PLAIN)


@quick
@given(st.text(max_size=120))
def test_every_text_has_an_answer(text: str) -> None:
    judgement = biased.judge(text)
    assert 0 <= judgement.probability <= 1
    assert all(0 <= word.probability <= 1 and word.span.of(text) for word in judgement.words)
    assert all(0 <= cue.probability <= 1 for cue in hedging.cues(text))
    assert biased.judge(text) == judgement


def test_a_modal_is_a_hedge_and_a_month_is_not() -> None:
    def highest(text: str) -> float:
        return max((cue.probability for cue in hedging.cues(text)), default=0.0)

    assert highest("The plan may fail, officials said.") > 0.5
    assert highest("The plan was adopted in May 2019.") < 0.5


def test_tone_follows_the_target() -> None:
    def balance(text: str, name: str) -> float:
        at = text.index(name)
        return toward.tone(text, Span(at, at + len(name))).balance

    praise = "Senator Brown was praised as an honest and courageous leader."
    blame = "Senator Brown was condemned as a corrupt and incompetent liar."
    assert balance(praise, "Brown") > 0.2
    assert balance(blame, "Brown") < -0.2
    told = toward.tone(blame, Span(8, 13))
    assert abs(told.negative + told.neutral + told.positive - 1) < 1e-5
    shown = {span.of(blame) for span in told.words}
    assert shown
    assert shown <= {"condemned", "corrupt", "incompetent", "liar"}


def test_tone_without_a_target_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no word of the sentence lies in the target 0:1"):
        toward.tone("... but nobody came.", Span(0, 1))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Rising prices and taxes cost companies billions and kill jobs.", "economic"),
        ("The supreme court ruled that the law violates the constitution.", "legality_crime"),
        ("Troops and missiles were moved to the border after the attack.", "security_defense"),
        ("Doctors say the disease puts patients in hospitals at risk.", "health_safety"),
    ],
)
def test_policy_frames_of_plain_cases(text: str, label: str) -> None:
    found = topics(text, "policy_frames")
    assert [t.label for t in found if t.assigned] == [label]
    assert max(found, key=lambda t: t.probability).label == label


@pytest.mark.parametrize(
    "model", ["policy_frames", "gun_violence_frames", "generic_frames", "moral_foundations"]
)
def test_topics_answer_for_every_label(model: str) -> None:
    found = topics("The senator spoke about guns.", model)
    assert tuple(t.label for t in found) == labels(model)
    assert all(0 <= t.probability <= 1 for t in found)
    assert tuple(t.label for t in topics("", model)) == labels(model)
