"""CPU time of the wording models, milliseconds a sentence on one core.

    python benchmarks/wording_cost.py [--texts FILE.jsonl] [--repeats 3] [--at-once 25]

Each model alone (what it shares with the others counted in), then all of them on the same sentences, so
many at one time: an article has some 25, and each model is asked about all of them together. ``--at-once 1``
asks sentence by sentence. No sentence is asked for twice within a repeat; what is known of single words is
kept between repeats, as it is between the articles of a run. Without ``--texts`` (JSON Lines with ``text``)
the sentences of the bundled articles. Loading of the files is not counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from framing import language
from framing.read import read
from framing.resources import folder
from framing.text import tokens
from framing.wording import biased, hedging, loaded_language, sentences, topics, toward
from framing.wording.words import sentence

Model = Callable[[Sequence[str]], object]


def _toward(texts: Sequence[str]) -> object:
    """The tone toward the first word, whatever it is: a target costs the same wherever it stands."""
    return toward.tones([(text, sentence(text).span(0)) for text in texts if len(sentence(text))])


def _topics(model: str) -> Model:
    return lambda texts: topics.topics_all(texts, model)


MODELS: dict[str, Model] = {
    biased.MODEL: biased.judge_all,
    loaded_language.MODEL: loaded_language.judge_all,
    hedging.MODEL: hedging.cues_all,
    toward.MODEL: _toward,
    **{
        model: _topics(model)
        for model in ("policy_frames", "moral_foundations", "generic_frames", "gun_violence_frames")
    },
}
# What is remembered of whole sentences; each repeat begins without.
OF_SENTENCES = (
    *(tokens, sentence, sentences.read, biased.read),
    *(topics.stems, topics._lists, topics._listed),
)


def bundled() -> list[str]:
    """The sentences of the bundled articles."""
    nlp = language.load(None)
    texts = [outcome.article.text for outcome in read([folder("seeds")]) if outcome.article]
    return [s.text.strip() for text in texts for line in text.split("\n") if line for s in nlp(line).sents]


def milliseconds(asked: list[Model], texts: Sequence[str], at_once: int) -> float:
    """CPU time a sentence of all ``asked``, one after the other on ``at_once`` sentences."""
    for cached in OF_SENTENCES:
        cached.cache_clear()
    start = time.process_time()
    for first in range(0, len(texts), at_once):
        for model in asked:
            model(texts[first : first + at_once])
    return 1000 * (time.process_time() - start) / len(texts)


def main() -> None:
    """Print one line a model and one for all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--at-once", type=int, default=25)
    given = parser.parse_args()
    if given.texts:
        lines = given.texts.read_text(encoding="utf-8").split("\n")
        texts = sorted({json.loads(line)["text"] for line in lines if line.strip()})
    else:
        texts = sorted(set(bundled()))
    with threadpool_limits(1):
        milliseconds(list(MODELS.values()), texts[:5], 5)  # loads the files
        words = sum(len(sentence(t)) for t in texts) / len(texts)
        print(f"{len(texts)} sentences, {words:.1f} words each, {given.at_once} at one time")
        for name, model in [*MODELS.items(), ("all together", None)]:
            asked = [model] if model else list(MODELS.values())
            runs = [milliseconds(asked, texts, given.at_once) for _ in range(given.repeats)]
            print(f"{name}: {statistics.median(runs):.2f} ms ({', '.join(f'{run:.2f}' for run in runs)})")


if __name__ == "__main__":
    main()
