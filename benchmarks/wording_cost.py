"""CPU time of the wording models, milliseconds a sentence on one core.

    python benchmarks/wording_cost.py [--texts FILE.jsonl] [--repeats 3]

Each model alone (what it shares with the others counted in), then all of them on the same sentence, as
an article is measured. No sentence is asked for twice within a repeat; what is known of single words is
kept between repeats, as it is between the articles of a run. Without ``--texts`` (JSON Lines with ``text``)
the sentences of the bundled articles. Loading of the files is not counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from threadpoolctl import threadpool_limits

from framing import language, lexicon
from framing.read import read
from framing.resources import folder
from framing.wording import biased, features, hedging, loaded_language, toward
from framing.wording import topics as topics_module
from framing.wording.topics import topics
from framing.wording.words import sentence

Model = Callable[[str], object]


def _toward(text: str) -> object:
    """The tone toward the first word, whatever it is: a target costs the same wherever it stands."""
    seen = sentence(text)
    return toward.tone(text, seen.span(0)) if len(seen) else None


MODELS: dict[str, Model] = {
    biased.MODEL: biased.judge,
    loaded_language.MODEL: loaded_language.judge,
    hedging.MODEL: hedging.cues,
    toward.MODEL: _toward,
    "policy_frames": lambda text: topics(text, "policy_frames"),
    "moral_foundations": lambda text: topics(text, "moral_foundations"),
    "generic_frames": lambda text: topics(text, "generic_frames"),
    "gun_violence_frames": lambda text: topics(text, "gun_violence_frames"),
}
# What is remembered of whole sentences; each repeat begins without.
OF_SENTENCES = (
    *(lexicon._read, sentence, biased.read),
    *(features.pairs, features.ngrams, features.matrix, features.pooled, features.style, toward._matrix),
    *(
        topics_module._singles,
        topics_module._lists,
        topics_module.characters,
        topics_module.stems,
        topics_module._counted,
    ),
)


def bundled() -> list[str]:
    """The sentences of the bundled articles."""
    nlp = language.load(None)
    texts = [outcome.article.text for outcome in read([folder("seeds")]) if outcome.article]
    return [s.text.strip() for text in texts for line in text.split("\n") if line for s in nlp(line).sents]


def milliseconds(asked: list[Model], texts: list[str]) -> float:
    """CPU time a sentence of all ``asked``, one after the other on each sentence."""
    for cached in OF_SENTENCES:
        cached.cache_clear()
    start = time.process_time()
    for text in texts:
        for model in asked:
            model(text)
    return 1000 * (time.process_time() - start) / len(texts)


def main() -> None:
    """Print one line a model and one for all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    if given.texts:
        lines = given.texts.read_text(encoding="utf-8").split("\n")
        texts = sorted({json.loads(line)["text"] for line in lines if line.strip()})
    else:
        texts = sorted(set(bundled()))
    with threadpool_limits(1):
        milliseconds(list(MODELS.values()), texts[:5])  # loads the files
        print(f"{len(texts)} sentences, {sum(len(sentence(t)) for t in texts) / len(texts):.1f} words each")
        for name, model in [*MODELS.items(), ("all together", None)]:
            asked = [model] if model else list(MODELS.values())
            runs = [milliseconds(asked, texts) for _ in range(given.repeats)]
            print(f"{name}: {statistics.median(runs):.2f} ms ({', '.join(f'{run:.2f}' for run in runs)})")


if __name__ == "__main__":
    main()
