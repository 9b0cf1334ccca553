"""The trainers: the same files give the same bytes, and what they write is what the product reads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing.article import Span
from framing.wording import toward
from framing.wording.linear import crc
from framing.wording.sentences import Sentences
from framing.wording.triggers import PART, Network
from framing.wording.words import sentence

ROOT = Path(__file__).resolve().parent.parent
TRAIN = ROOT / "benchmarks" / "train_wording.py"

SUBJECTS = {
    "CO": "Both parties clashed and rivals attacked each other over the plan",
    "HI": "A mother and her children told of their grief and tears",
    "EC": "Prices, taxes and jobs weigh on companies and the market",
    "MO": "Faith, duty and conscience call for what is right",
    "RE": "An agreement on targets will solve the problem",
}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Sixty made-up articles of one or two frames."""
    names = list(SUBJECTS)
    folder = tmp_path / "corpora"
    folder.mkdir()
    with (folder / "frames5.jsonl").open("w", encoding="utf-8") as out:
        for n in range(60):
            labels = sorted({names[n % 5], names[(n * 7 + n // 5) % 5]})
            text = ". ".join(SUBJECTS[label] for label in labels) + f". This was text number {n}."
            out.write(json.dumps({"id": f"made-{n}", "text": text, "labels": labels}) + "\n")
    return folder


def train(corpora: Path, out: Path) -> list[dict[str, object]]:
    out.mkdir()
    command = [sys.executable, str(TRAIN), "generic_frames", "--corpora", str(corpora), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_same_files_give_the_same_bytes(corpora: Path, tmp_path: Path) -> None:
    said = train(corpora, tmp_path / "one")
    train(corpora, tmp_path / "two")
    one, two = ((tmp_path / n / "generic_frames.npz").read_bytes() for n in ("one", "two"))
    assert one == two
    figures, file = said
    assert figures["macro_f1"] > 0.8  # type: ignore[operator]
    assert file["bytes"] == len(one)
    with np.load(tmp_path / "one" / "generic_frames.npz", allow_pickle=False) as held:
        assert held["labels"].tobytes().decode() == "\n".join(SUBJECTS)
        assert held["sparse"].shape[1] == len(SUBJECTS)


def test_the_digest_goes_to_the_card(corpora: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "generic_frames.toml").write_text('title = "kept"\nsha256 = "-"\n', encoding="utf-8")
    command = [sys.executable, str(TRAIN), "generic_frames", "--corpora", str(corpora), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    digest = json.loads(done.stdout.splitlines()[-1])["sha256"]
    card = (out / "generic_frames.toml").read_text(encoding="utf-8")
    assert card == f'title = "kept"\nsha256 = "{digest}"\n'


TOLD = {
    "positive": "was praised as an honest and courageous leader",
    "neutral": "will travel to the second meeting on Tuesday",
    "negative": "was condemned as a corrupt and incompetent liar",
}


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """The rows as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


# What only a teacher says something of.
TAUGHT = {"negative": "was scorned as a crooked fraud", "positive": "was hailed as a gifted saviour"}


def test_the_network_learns_tones_of_people_and_of_a_teacher(tmp_path: Path) -> None:
    corpora, out = tmp_path / "corpora", tmp_path / "out"
    corpora.mkdir()
    out.mkdir()
    rows = []
    for n in range(240):
        label = list(TOLD)[n % 3]
        text = f"Senator Brown {TOLD[label]}, town number {n} heard."
        rows.append({"id": f"made-{n}", "text": text, "from": 8, "to": 13, "label": label})
    write_rows(corpora / "newsmtsc.jsonl", rows)
    told = []
    for n in range(240):
        label = list(TAUGHT)[n % 2]
        said = [[0.9 if one == label else 0.05 for one in toward.LABELS]] * 6
        told.append({"text": f"Mayor Green {TAUGHT[label]} in year {n}.", "from": 6, "to": 11, "told": said})
    write_rows(corpora / "newsmtsc_told.jsonl", told)
    command = [sys.executable, str(TRAIN), "tone_toward", "--corpora", str(corpora), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(done.stdout.splitlines()[0])["macro_f1"] > 0.95
    with np.load(out / "tone_toward.npz", allow_pickle=False) as held:
        trained = toward.as_network({key: held[key] for key in held.files})
    texts = ("Senator Brown was condemned as corrupt.", "Senator Brown was scorned as a fraud.")
    seen = [sentence(text) for text in texts]
    at = [words for one in seen if (words := toward.target_words(one, Span(8, 13)))]
    told = trained.probabilities(*toward.features(seen, at))
    assert told.shape == (2, 3)
    assert told.sum(axis=1) == pytest.approx(1)
    assert [toward.LABELS[i] for i in told.argmax(axis=1)] == ["negative", "negative"]


def test_a_teacher_adds_to_the_labels_of_texts(corpora: Path, tmp_path: Path) -> None:
    with (corpora / "frames5_told.jsonl").open("w", encoding="utf-8") as out:
        for n in range(40):
            said = [[float(name == "EC" if n % 2 else name == "HI") for name in SUBJECTS]] * 6
            text = f"Turbines and dynamos hum, {n}" if n % 2 else f"Shepherds and orphans sing, {n}"
            out.write(json.dumps({"text": text, "told": said}) + "\n")
    train(corpora, tmp_path / "out")
    with np.load(tmp_path / "out" / "generic_frames.npz", allow_pickle=False) as held:
        sparse, names = held["sparse"], held["labels"].tobytes().decode().split("\n")
    weights = sparse[crc("1:dynamo") % len(sparse)].astype(float)
    assert names[int(weights.argmax())] == "EC"
    assert weights[names.index("HI")] < 0


# A sentence of each foundation with the word that tells of it, and one without.
TOLD_BY_A_WORD = {
    "care": ("The soldiers wounded the people of the town", "wounded"),
    "fairness": ("The company cheated the people of the town", "cheated"),
    "authority": ("The mayor obeyed the people of the town", "obeyed"),
    "": ("The visitors photographed the people of the town", ""),
}


def test_the_words_that_tell_of_a_foundation_are_learned(tmp_path: Path) -> None:
    corpora, out = tmp_path / "corpora", tmp_path / "out"
    corpora.mkdir()
    out.mkdir()
    rows: list[dict[str, Any]] = []
    for n in range(480):
        label = list(TOLD_BY_A_WORD)[n % 4]
        text, word = TOLD_BY_A_WORD[label]
        marked = {"labels": [label], "triggers": [word]} if word else {"labels": [], "triggers": []}
        rows.append({"id": n, "event": f"event {n // 24}", "text": f"{text}, {n} heard."} | marked)
    for n, label in enumerate(("loyalty", "sanctity") * 6):  # so that each foundation has some
        row = {"id": f"{label}-{n}", "event": f"event {n}", "text": f"Of {label}."}
        rows.append(row | {"labels": [label], "triggers": []})
    write_rows(corpora / "moralevents.jsonl", rows)
    told = []
    for n in range(240):
        said = [[0.95 * (n % 2), 0.01, 0.01, 0.01, 0.01]] * 6
        word = "tormented" if n % 2 else "recognised"
        told.append({"text": f"The soldiers {word} the people of the village, {n} heard.", "told": said})
    write_rows(corpora / "moralevents_told.jsonl", told)
    command = [sys.executable, str(TRAIN), "moral_foundations", "--corpora", str(corpora), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert min(json.loads(done.stdout.splitlines()[0])["by_label"][i] for i in (0, 1, 3)) > 0.9
    with np.load(out / "moral_foundations.npz", allow_pickle=False) as held:
        parts = [key for key in held.files if key.startswith(PART)]
        network = Network(**{key.removeprefix(PART): held[key].astype(np.float32) for key in parts})
    for text, word, label in [
        ("The soldiers wounded the people.", "wounded", 0),
        ("The company cheated the people.", "cheated", 1),
        ("The soldiers tormented the people.", "tormented", 0),
    ]:
        odds = network.odds(Sentences([sentence(text)]).keys)
        assert odds[:, label].argmax() == text.split().index(word)
