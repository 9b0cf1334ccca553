"""The trainers: the same files give the same bytes, and what they write is what the product reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

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
