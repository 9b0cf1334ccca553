"""Vectors of words in context: the same as the model's own layers give, whatever is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from framing import language, resources, word_vectors

if TYPE_CHECKING:
    from spacy.language import Language

ODD = ("", " ", "One", "Don't!  Two blanks\n\nand 3½ İstanbul…", "Qwertzy zxcvbned the Blorbs' geese.")


def texts() -> list[str]:
    """Texts without a word, with one, and the lines of an article, longer and shorter ones mixed."""
    path = min(resources.folder("seeds").glob("*.txt"))
    return [*ODD, *path.read_text(encoding="utf-8").splitlines(), " ".join(ODD * 60)]


@pytest.fixture
def nlp() -> Language:
    path = language.load().path  # imports spaCy, with the warnings that it may give
    import spacy

    return spacy.load(path)


def known(nlp: Language) -> Iterator[Any]:
    """The networks of the pipeline that are computed by framing."""
    models = (getattr(component, "model", None) for _, component in nlp.pipeline)
    return (node for m in models if m is not None for node in m.walk() if node.name == "word_vectors")


@pytest.mark.parametrize("kept", [0, 40, 50_000])
def test_the_vectors_are_those_of_the_layers(
    nlp: Language, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_vectors, "_MOST", kept)
    word_vectors.remember_words(nlp)
    docs = [nlp.make_doc(text) for text in texts()]
    networks = list(known(nlp))
    assert len(networks) == 2  # for tags and heads, and for names
    for network in networks:
        for batch in (docs, docs[:1], docs[:3], docs[::-1]):
            found, expected = network.predict(batch), network.layers[0].predict(batch)
            assert [f.shape for f in found] == [e.shape for e in expected]
            for f, e in zip(found, expected, strict=True):
                np.testing.assert_allclose(f, e, rtol=0, atol=1e-4)


def test_a_document_has_the_same_vectors_beside_any_other(nlp: Language) -> None:
    word_vectors.remember_words(nlp)
    docs = [nlp.make_doc(text) for text in texts()]
    network = next(known(nlp))
    together = network.predict(docs)
    for doc, vectors in zip(docs, together, strict=True):
        np.testing.assert_allclose(network.predict([doc])[0], vectors, rtol=0, atol=1e-5)


def test_training_goes_through_the_layers_of_the_model(nlp: Language) -> None:
    word_vectors.remember_words(nlp)
    docs = [nlp.make_doc("One of two.")]
    network = next(known(nlp))
    vectors, backprop = network(docs, is_train=True)
    backprop([np.ones_like(v) for v in vectors])
    assert any(node.has_grad("W") for node in network.layers[0].walk() if "W" in node.param_names)


def test_a_network_of_another_kind_is_left_as_it_is(nlp: Language) -> None:
    from spacy.ml.models.tok2vec import MishWindowEncoder, build_Tok2Vec_model

    component: Any = nlp.get_pipe("tok2vec")
    encode = MishWindowEncoder(width=96, window_size=1, depth=4)
    other = build_Tok2Vec_model(component.model.get_ref("embed"), encode)
    component.model = other
    word_vectors.remember_words(nlp)
    assert component.model is other
    assert len(list(known(nlp))) == 1
