"""Hedge cues in context: which "may", "could" or "expected" leaves a claim open."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from framing.article import Span
from framing.wording.features import shape
from framing.wording.files import arrays
from framing.wording.linear import crc, crcs, load
from framing.wording.words import Sentence, sentence

MODEL = "hedge_cues"

# How far the words on each side are looked at.
_WINDOW = 6
# Words that tell a kind of text (company news, encyclopedia, film) or a frame for the claim.
_SETTING = frozenset(
    {
        *("said", "says", "percent", "company", "u", "s", "would", "if", "will", "not", "mr", "president"),
        *(
            "government",
            "officials",
            "i",
            "he",
            "is",
            "was",
            "are",
            "were",
            "film",
            "album",
            "game",
            "series",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class HedgeCue:
    """A word that may be a hedge cue, with its calibrated probability, 0 to 1."""

    span: Span
    probability: float
    marked: bool  # at or above the threshold of the card


@functools.cache
def candidates() -> frozenset[str]:
    """The words that are looked at: those that were a cue in the training corpora."""
    return frozenset(arrays(MODEL)["candidates"].tobytes().decode("utf-8").split("\n"))


def cues(text: str) -> tuple[HedgeCue, ...]:
    """The candidates in a sentence, in order. Raises FramingError where the model is not installed."""
    seen = sentence(text)
    at = [i for i, key in enumerate(seen.keys) if key in candidates()]
    if not at:
        return ()
    model = load(MODEL)
    odds = model.rows([features(seen, i) for i in at])
    p = model.probability(odds)[:, 0].tolist()
    least = float(model.threshold[0])
    return tuple([HedgeCue(seen.span(i), q, q >= least) for i, q in zip(at, p, strict=True)])


def features(seen: Sentence, i: int) -> tuple[int, ...]:
    """The features of word ``i`` as numbers: itself with its neighbours, near and far."""
    keys, n = seen.keys, len(seen)
    w = keys[i]
    b3, b2, b, _, a, a2, a3 = (keys[j] if 0 <= j < n else "#" for j in range(i - 3, i + 4))
    start, end = seen.starts[i], seen.starts[i] + len(seen.words[i])
    mark = seen.text[end : end + 1] + "|" + seen.text[max(0, start - 2) : start].strip()
    before, after = shape(seen.words[i - 1]) if i else "-", shape(seen.words[i + 1]) if i + 1 < n else "-"
    near = [
        *(f"w={w}", f"b={b}", f"a={a}", f"bb={b2}", f"aa={a2}", f"bw={b} {w}", f"wa={w} {a}"),
        *(f"bbw={b2} {b} {w}", f"waa={w} {a} {a2}", f"bwa={b} {w} {a}", f"w_bb={w}|{b2}", f"w_aa={w}|{a2}"),
        *(f"w_bbb={w}|{b3}", f"w_aaa={w}|{a3}", f"s3={w[-3:]}", f"p4={w[:4]}", f"mark={seen.marks[i]}"),
        *(f"w_as={w}|{a[-2:]}", f"w_bs={w}|{b[-2:]}", f"w_aas={w}|{a2[-3:]}", f"punct={w}|{mark}"),
        *(f"shape={shape(seen.words[i])}", f"w_shape={w}|{before}|{after}", f"quoted={w}|{seen.quoted[i]:d}"),
        *(f"early={w}|{i < 2:d}", f"long={w}|{min(4, n // 10)}", f"number={w}|{'0' in keys:d}"),
    ]
    before_it, after_it = set(keys[max(0, i - _WINDOW) : i]), set(keys[i + 1 : i + 1 + _WINDOW])
    far = [f"<{key}" for key in sorted(before_it)] + [f">{key}" for key in sorted(after_it)]
    here = crc(w)
    return (
        *(*crcs(near), *crcs(far), *(crc(name, here) for name in far)),
        *(crc(f"~{key}", here) for key in _SETTING.intersection(keys)),
    )
