"""A study on disk: what is written comes back, half-written files do not exist, errors say what to do."""

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import store, table_files
from framing.annotation import AnnotatedArticle, Entity, Quotation, Token, VoiceSpan
from framing.article import Article, FramingError, Paragraph, Span
from framing.comparing import findings
from framing.disk import replacing
from framing.study import PER_ARTICLE, Study
from framing.tables import get

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

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        study.write_part([annotated], rows_of([annotated]))
    assert study.table("articles").empty
    monkeypatch.undo()
    study.write_part([annotated], rows_of([annotated]))
    assert len(study.table("articles")) == 1


def test_what_is_left_of_an_earlier_run_adds_no_part(tmp_path):
    study = Study.create(tmp_path / "s", SETTINGS)
    study.begin()
    earlier = study.for_workers()
    study.begin()
    with pytest.raises(FramingError, match="another run has begun"):
        earlier.write_part([_one()], rows_of([_one()]))
    assert study.article_ids() == set()
    study.for_workers().write_part([_one()], rows_of([_one()]))
    assert study.article_ids() == {"a1"}


def test_half_written_files_of_a_killed_run_are_swept_away(tmp_path):
    study = Study.create(tmp_path / "s", SETTINGS)
    study.write_part([_one()], rows_of([_one()]))
    left = tmp_path / "s" / "documents" / ".0f.parquet.1a2b3c4d.tmp"
    left.write_text("half")
    study.begin()
    assert not left.exists()
    assert study.article_ids() == {"a1"}


def test_a_study_whose_tables_are_not_whole_is_refused(tmp_path):
    study = Study.create(tmp_path / "s", SETTINGS)
    study.write_part([_one()], rows_of([_one()]))
    study.assign([{"article_id": "a1", "event_id": "e1"}])
    with pytest.raises(KeyboardInterrupt), study.relating():
        raise KeyboardInterrupt
    with pytest.raises(FramingError, match="stopped before it was done"):
        Study.open(study.path)
    with study.relating():
        pass
    assert Study.open(study.path).article_ids() == {"a1"}


def test_a_table_written_piece_by_piece_is_the_same_table(tmp_path, monkeypatch):
    monkeypatch.setattr(table_files, "GROUP_ROWS", 3)
    rows = [
        {"event_id": f"e{e}", "speaker_in_article": f"S{n}", "speaker": "S"}
        for e in (1, 2, 3)
        for n in (2, 1)
    ]
    whole, pieces = (Study.create(tmp_path / name, SETTINGS) for name in ("whole", "pieces"))
    whole.write_table("speakers", rows)
    with pieces.writing(["speakers"]) as out:
        for n in range(0, 6, 2):
            out["speakers"].add(get("speakers").arrow(rows[n : n + 2]))
    assert pieces.table("speakers").equals(whole.table("speakers"))
    with pytest.raises(KeyboardInterrupt), pieces.writing(["speakers"]):
        raise KeyboardInterrupt
    assert pieces.table("speakers").equals(whole.table("speakers"))


def test_articles_are_taken_out_of_a_large_part(tmp_path):
    many = [_one(id=f"a{n}") for n in range(2 * store.GROUP_ARTICLES + 1)]
    store.write(tmp_path / "part.parquet", many)
    assert list(store.read(tmp_path / "part.parquet", {"a1", "a64", "b"})) == [many[1], many[64]]
    assert list(store.read(tmp_path / "part.parquet", set())) == []


@pytest.mark.parametrize("held", [1, 2**26], ids=["nothing is held", "all is held"])
def test_articles_that_are_asked_for_again_are_those_of_the_file(tmp_path, monkeypatch, held):
    monkeypatch.setattr(store, "_HELD_BYTES", held)
    many = [_one(id=f"a{n}") for n in range(store.GROUP_ARTICLES + 2)]
    paths = [tmp_path / name for name in ("one.parquet", "other.parquet")]
    for path, written in zip(paths, (many, many[::-1]), strict=True):
        store.write(path, written)
    for _ in range(2):
        assert list(store.read(paths[0], {"a0", "a1", "a33"})) == [many[0], many[1], many[33]]
        assert list(store.read(paths[1], {"a0", "a1"})) == [many[1], many[0]]
    store.write(paths[0], many[::-1])
    assert list(store.read(paths[0], {"a0", "a1"})) == [many[1], many[0]]


def test_what_is_compared_has_the_event_and_the_values_of_measures(tmp_path):
    study = Study.create(tmp_path / "s", SETTINGS)
    values = {"a1": 1.0, "a2": None}
    for article_id, value in values.items():
        row = {"article_id": article_id, "outlet": "Post", "measure": "m", "voice": "all", "value": value}
        one = _one(id=article_id)
        study.write_part([one], rows_of([one]) | {"measures": [row]})
    study.assign([{"article_id": "a2", "event_id": "e1"}, {"article_id": "a1"}])
    found = study.findings()
    assert found.index.tolist() == ["a1", "a2"]
    assert found["m", "all"].isna().tolist() == [False, True]
    compared = findings(study)
    assert compared["article_id"].tolist() == ["a1", "a2"]
    assert compared["event_id"].isna().tolist() == [True, False]
    assert compared["value"].isna().tolist() == [False, True]


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
