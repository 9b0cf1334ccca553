"""A study on disk: what is written comes back, half-written files do not exist, errors say what to do."""

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import store
from framing.annotation import AnnotatedArticle, Entity, Quotation, Token, VoiceSpan
from framing.article import Article, FramingError, Paragraph, Span
from framing.disk import replacing
from framing.study import PER_ARTICLE, Study

SETTINGS = {"model": "m 1"}


@st.composite
def annotated_articles(draw):
    text = draw(st.text(st.characters(codec="utf-8"), min_size=2, max_size=60))
    cut = draw(st.integers(1, len(text) - 1))
    article = Article(
        draw(st.text("abcdef", min_size=6, max_size=6)),
        text,
        text + "\nMENU",
        (
            Paragraph(0, "title", Span(0, cut), Span(0, cut), "first line"),
            Paragraph(1, "furniture", Span(len(text) + 1, len(text) + 5), None, "navigation"),
        ),
        ((0, 0, len(text)),),
        outlet=draw(st.text(st.characters(codec="utf-8"), max_size=8)),
        inferred=("outlet",),
        extra=(("section", "world"),),
    )
    quotation = Quotation(
        "q1", Span(0, cut), "mixed", (Span(0, 1),), "Kim", Span(cut, len(text)), cue="say", anonymous=True
    )
    return AnnotatedArticle(
        article,
        (
            Token(0, cut, text[:cut], "lemma", "NOUN", "NN", "nsubj", 1, 0),
            Token(cut, len(text), text[cut:], "x", "VERB", "VBD", "ROOT", 1, 0),
        ),
        (Span(0, len(text)),),
        (Entity(Span(0, cut), "PERSON"),),
        (quotation,),
        (VoiceSpan(Span(0, cut), "quoted", 0), VoiceSpan(Span(cut, len(text)), "outlet")),
    )


def rows_of(annotated, **more):
    rows = {name: [] for name in PER_ARTICLE}
    rows["articles"] = [{"article_id": a.article.id, "outlet": a.article.outlet} | more for a in annotated]
    return rows


@settings(max_examples=25, deadline=None)
@given(st.lists(annotated_articles(), min_size=1, max_size=4))
def test_an_annotated_article_comes_back_as_it_was_written(tmp_path_factory, annotated):
    path = tmp_path_factory.mktemp("store") / "part.parquet"
    store.write(path, annotated)
    assert list(store.read(path)) == annotated


@settings(max_examples=10, deadline=None)
@given(annotated_articles())
def test_parts_make_the_tables_and_the_assignments_are_joined(tmp_path_factory, annotated):
    study = Study.create(tmp_path_factory.mktemp("study"), SETTINGS)
    study.write_part([annotated], rows_of([annotated]))
    study.assign([{"article_id": annotated.article.id, "event_id": "e1", "reprint_of": None}])
    again = Study.open(study.path)
    assert again.table("articles")["event_id"].tolist() == ["e1"]
    assert again.table("articles")["reprint_of"].isna().all()
    assert again.texts() == {annotated.article.id: annotated.article.text}
    assert again.article_ids() == {annotated.article.id}


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    file = tmp_path / "tables" / "x.txt"
    file.parent.mkdir()
    file.write_text("old")

    def write():
        with replacing(file) as temporary:
            temporary.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert [(p.name, p.read_text()) for p in file.parent.iterdir()] == [("x.txt", "old")]


def test_a_part_exists_only_with_its_documents(tmp_path, monkeypatch):
    annotated = _one()
    study = Study.create(tmp_path / "s", SETTINGS)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        study.write_part([annotated], rows_of([annotated]))
    assert study.table("articles").empty
    monkeypatch.undo()
    study.write_part([annotated], rows_of([annotated]))
    assert len(study.table("articles")) == 1


def _one(**changes):
    article = Article("a1", "Some text", "Some text", (), ((0, 0, 9),))
    return AnnotatedArticle(
        dataclasses.replace(article, **changes), (), (), (), (), (VoiceSpan(Span(0, 9), "outlet"),)
    )


def test_a_folder_that_is_no_study_is_refused_with_the_next_step(tmp_path):
    with pytest.raises(FramingError, match=r"is not a study.*framing analyze"):
        Study.open(tmp_path)


def test_a_folder_of_something_else_is_not_written_into(tmp_path):
    (tmp_path / "thesis.docx").write_text("")
    with pytest.raises(FramingError, match="name a new or empty folder"):
        Study.create(tmp_path, SETTINGS)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_an_unknown_format_is_refused(tmp_path):
    study = Study.create(tmp_path / "s", SETTINGS)
    (study.path / "study.json").write_text(json.dumps({"format": 99, "settings": {}}))
    with pytest.raises(FramingError, match="study of format 99"):
        Study.open(study.path)


def test_a_damaged_manifest_is_named(tmp_path):
    study = Study.create(tmp_path / "s", SETTINGS)
    (study.path / "study.json").write_text("{")
    with pytest.raises(FramingError, match=r"study.json is damaged"):
        Study.open(study.path)


def test_another_model_is_refused_for_the_same_study(tmp_path):
    Study.create(tmp_path / "s", SETTINGS)
    with pytest.raises(FramingError, match="was analysed with model 'm 1', now it is 'm 2'"):
        Study.create(tmp_path / "s", {"model": "m 2"})


def test_corrections_are_kept(tmp_path):
    study = Study.create(tmp_path / "s", SETTINGS)
    assert study.corrections == {}
    study.write_corrections({"events": {"locked": ["e1"]}})
    assert Study.open(study.path).corrections == {"events": {"locked": ["e1"]}}
