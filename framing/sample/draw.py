"""A blind random sample of sentences, to see how often a measure is right on the user's own texts.

Half of it is drawn from the sentences in which the measure found something, half from the
rest: what is rare would otherwise hardly be met. What was drawn from how many is kept, so
that recall can be estimated for all sentences.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from framing.article import FramingError
from framing.study import Study


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence of the sample; ``found`` = the measure has evidence in it."""

    item: str
    article_id: str
    start: int
    end: int
    found: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn: ``n_found`` and ``n_rest`` count the sentences that it was drawn from."""

    measure: str
    voice: str
    seed: int
    n_found: int
    n_rest: int
    items: tuple[Item, ...]

    def to_json(self) -> dict[str, object]:
        """As it is kept in the study."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, object]) -> Sample:
        """The sample that :meth:`to_json` gave."""
        items = tuple(Item(**item) for item in kept.pop("items"))  # type: ignore[attr-defined]
        return cls(items=items, **kept)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the study with what the measure found in it."""

    article_id: str
    start: int
    end: int
    found: bool


def sentences(study: Study, measure: str, voice: str) -> Iterator[Sentence]:
    """Every sentence that the measure looks at; in one voice, those that have words of it.

    Raises FramingError where the study has no evidence of such a measure.
    """
    evidence = study.table("evidence")
    evidence = evidence[(evidence["measure"] == measure) & (evidence["voice"] == voice)]
    if evidence.empty:
        raise FramingError(
            f"{study.path} has no evidence of {measure!r} in voice {voice!r}, so there is nothing to check;"
            " `framing measures` lists the measures, voices are all, outlet, quoted and attributed"
        )
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in evidence[["article_id", "start", "end"]].itertuples(index=False, name=None):
        spans.setdefault(str(row[0]), []).append((int(row[1]), int(row[2])))
    for annotated in study.documents():
        own = spans.get(annotated.article.id, [])
        for sentence in annotated.sentences:
            if voice != "all" and not any(
                v.voice == voice and v.span.overlaps(sentence) for v in annotated.voices
            ):
                continue
            found = any(start < sentence.end and sentence.start < end for start, end in own)
            yield Sentence(annotated.article.id, sentence.start, sentence.end, found)


def draw(study: Study, *, measure: str, voice: str = "all", n: int = 100, seed: int = 1) -> Sample:
    """``n`` sentences in random order; the same study, measure, voice, n and seed give the same sample.

    Raises FramingError where there is nothing to draw from or ``n`` is below 2.
    """
    if n < 2:
        raise FramingError(f"a sample of {n}; draw at least 2 sentences")
    frame = sorted(sentences(study, measure, voice), key=lambda s: (s.article_id, s.start))
    strata = [[s for s in frame if s.found], [s for s in frame if not s.found]]
    rng = np.random.default_rng(seed)
    wanted = [min(len(strata[0]), max(n // 2, n - len(strata[1])))]
    wanted.append(min(len(strata[1]), n - wanted[0]))
    chosen = [s[i] for s, k in zip(strata, wanted, strict=True) for i in rng.choice(len(s), k, replace=False)]
    order = rng.permutation(len(chosen))
    items = tuple(_item(chosen[at], seed) for at in order.tolist())
    return Sample(measure, voice, seed, len(strata[0]), len(strata[1]), items)


def _item(sentence: Sentence, seed: int) -> Item:
    place = f"{seed} {sentence.article_id} {sentence.start}"
    digest = hashlib.blake2b(place.encode(), digest_size=5).hexdigest()
    return Item(f"i{digest}", sentence.article_id, sentence.start, sentence.end, sentence.found)


def texts(whole: Mapping[str, str], items: Sequence[Item]) -> list[tuple[str, str, str]]:
    """Each item's sentence with the characters before and after it; ``whole``: the articles' texts by id."""
    around = 300
    return [
        (
            whole[i.article_id][max(0, i.start - around) : i.start].strip(),
            whole[i.article_id][i.start : i.end],
            whole[i.article_id][i.end : i.end + around].strip(),
        )
        for i in items
    ]
