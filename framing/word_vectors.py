"""Vectors of words in context, as the model's own layers compute them, with less work.

Most of a parse are two networks of one kind (hash embeddings and four convolutions over the words
beside a word: Honnibal & Montani 2017, spaCy's ``MultiHashEmbed`` and ``MaxoutWindowEncoder``), one for
tags and heads and one for names. What a word brings before its neighbours are looked at depends on
the word alone and is remembered; the pieces of a maxout lie side by side, so that whole rows are
compared; a thousand words at a time go through all convolutions and stay in the processor's cache;
the last convolution leaves out the rows of zeros between documents. Sums run in the order of thinc's
layers. A network of another kind is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Floats = NDArray[np.float32]

_EMBED = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")
_MIX = "with_array(maxout>>layernorm>>dropout)"
_CONVOLUTION = "residual(expand_window>>maxout>>layernorm>>dropout)"

# Words kept, 384 bytes each in either network: names and numbers never end.
_MOST = 50_000
# Rows that go through the convolutions together: with windows and scores (2.3 kB each) they stay cached;
# of 4,096 each takes a fifth longer.
_ROWS = 1024
# New words are computed this many at a time or more: OpenBLAS adds up smaller products in another order.
_FEWEST = 16
_ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio (Knuth 1973, 6.4): powers of it part the features
_LAYERNORM_EPSILON = 1e-8  # thinc's


def remember_words(nlp: Language) -> None:
    """Let the networks of ``nlp`` that are of the known kind be computed by :class:`WordVectors`."""
    from thinc.api import Model

    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for node in list(model.walk()) if isinstance(model, Model) else ():
            if not _is_known(node):
                continue
            quick: Any = Model("word_vectors", _forward, dims={"nO": node.get_dim("nO")}, layers=[node])
            quick.attrs["vectors"] = WordVectors(node)
            if node is model:
                component.model = quick  # type: ignore[attr-defined]
            else:
                model.replace_node(node, quick)


def _forward(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Any]:
    if is_train:
        return model.layers[0](docs, is_train)  # type: ignore[no-any-return]
    return model.attrs["vectors"](docs), None


def _is_known(node: Any) -> bool:
    """Whether a layer of thinc is what :class:`WordVectors` computes."""
    if set(node.ref_names) != {"embed", "encode"}:
        return False
    embed, encode = node.get_ref("embed"), node.get_ref("encode")
    inner = encode.layers[0].layers if encode.name.startswith("with_array") else []
    return (
        tuple(layer.name.partition("(")[0] for layer in embed.layers) == _EMBED
        and embed.layers[3].name == _MIX
        and len(inner) > 1
        and all(layer.name == _CONVOLUTION for layer in inner)
        and all(layer.layers[0].layers[0].attrs["window_size"] == 1 for layer in inner)
        and encode.attrs["pad"] == len(inner)
    )


@dataclass(frozen=True, slots=True)
class _Convolution:
    """``weights`` has a column for each piece of each dimension, the pieces side by side."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    def of(self, windows: Floats, scores: Floats, best: Floats, squares: Floats) -> Floats:
        """What is added to each word of ``windows``; the other arrays are room for it, ``best`` its place."""
        width = best.shape[1]
        np.matmul(windows, self.weights, out=scores)
        scores += self.bias
        np.copyto(best, scores[:, :width])
        for piece in range(width, scores.shape[1], width):
            np.maximum(best, scores[:, piece : piece + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        np.multiply(best, best, out=squares)
        best *= (squares.mean(axis=1, keepdims=True) + _LAYERNORM_EPSILON) ** -0.5
        best *= self.scale
        best += self.shift
        return best


def _convolution(residual: Any) -> _Convolution:
    nodes = {node.name: node for node in residual.walk()}
    maxout, norm = nodes["maxout"], nodes["layernorm"]
    weights = maxout.get_param("W").transpose(1, 0, 2).reshape(-1, maxout.get_dim("nI"))
    return _Convolution(
        np.ascontiguousarray(weights.T),
        np.ascontiguousarray(maxout.get_param("b").T).reshape(-1),
        norm.get_param("G"),
        norm.get_param("b"),
    )


class WordVectors:
    """The network ``node``: documents to an array of shape (tokens, width) each."""

    def __init__(self, node: Any) -> None:
        embed, encode = node.get_ref("embed"), node.get_ref("encode")
        self._columns: list[int | str] = embed.layers[0].attrs["columns"]
        self._embed, self._mix = embed.layers[2], embed.layers[3]
        self._convolutions = [_convolution(residual) for residual in encode.layers[0].layers]
        self._width: int = node.get_dim("nO")
        self._pad = len(self._convolutions)
        powers = [pow(_ODD, n + 1, 1 << 64) for n in range(len(self._columns))]
        self._powers: NDArray[np.uint64] = np.array(powers, dtype=np.uint64)
        self._row: dict[int, int] = {}  # a word's features -> its row; the row before all words is zero
        self._table: Floats = np.zeros((1024, self._width), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of each of ``docs``; documents do not see each other."""
        rows = self._rows(docs)
        table, gap = self._table, [0] * self._pad
        out: list[Floats] = []
        at, sizes = list(gap), [0]
        for n, of_doc in enumerate(rows, start=1):
            at += of_doc
            at += gap
            sizes.append(len(of_doc))
            if len(at) >= _ROWS or n == len(rows):
                taken = np.array(at)
                encoded = self._encoded(table.take(taken, axis=0), np.flatnonzero(taken))
                out += [encoded[start:end] for start, end in pairwise(accumulate(sizes))]
                at, sizes = list(gap), [0]
        return out

    def _rows(self, docs: Sequence[Doc]) -> list[list[int]]:
        """The row in the table of each token, all of them filled afterwards."""
        features = [doc.to_array(self._columns) for doc in docs]
        every = np.concatenate(features) if features else np.zeros((0, len(self._columns)), dtype=np.uint64)
        keys = (every * self._powers).sum(axis=1, dtype=np.uint64).tolist()
        known = self._row
        unseen = {key: n for n, key in enumerate(keys) if key not in known}
        if unseen:
            if len(known) + len(unseen) > _MOST:
                known.clear()
                unseen = {key: n for n, key in enumerate(keys)}
            self._learn(unseen, every)
        flat = [known[key] for key in keys]
        ends = np.cumsum([len(doc) for doc in docs]).tolist()
        return [flat[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def _learn(self, unseen: dict[int, int], features: NDArray[np.uint64]) -> None:
        """Fill a row for each key of ``unseen``, a mapping to rows of ``features``."""
        first = len(self._row) + 1
        until = first + len(unseen)
        if until > len(self._table):
            grown: Floats = np.zeros((2 * until, self._width), dtype=np.float32)
            grown[:first] = self._table[:first]
            self._table = grown
        asked = [*unseen.values()]
        asked += asked[:1] * (_FEWEST - len(asked))
        mixed = self._mix.predict(self._embed.predict(features[asked]))
        self._table[first:until] = mixed[: len(unseen)]
        self._row.update(zip(unseen, range(first, until), strict=True))

    def _encoded(self, vectors: Floats, words: NDArray[np.int64]) -> Floats:
        """The rows ``words`` of ``vectors`` after all convolutions.

        Rows of zeros part what must not see each other; the last convolution is asked for words alone.
        """
        n, width = vectors.shape
        windows: Floats = np.zeros((n, 3 * width), dtype=np.float32)
        scores: Floats = np.empty((n, self._convolutions[0].weights.shape[1]), dtype=np.float32)
        best: Floats = np.empty((n, width), dtype=np.float32)
        squares: Floats = np.empty((n, width), dtype=np.float32)
        for layer in self._convolutions[:-1]:
            windows[1:, :width] = vectors[:-1]
            windows[:, width : 2 * width] = vectors
            windows[:-1, 2 * width :] = vectors[1:]
            vectors += layer.of(windows, scores, best, squares)
        m = len(words)
        beside = words[:, None] + np.array([-1, 0, 1])
        vectors.take(beside, axis=0, out=windows[:m].reshape(m, 3, width))
        best = self._convolutions[-1].of(windows[:m], scores[:m], best[:m], squares[:m])
        best += windows[:m, width : 2 * width]
        return best
