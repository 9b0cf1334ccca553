"""One name and role for a speaker, the user's decisions over it, and the share of voice."""

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from framing.article import FramingError
from framing.measures import MEASURES
from framing.quotes.speakers.corrections import SpeakerCorrection, read_corrections
from framing.referents import Step
from framing.relate import correct_referents, correct_speakers, relate
from framing.rows import article_rows
from framing.study import BY_SPEAKER, Study
from framing.tables import TABLES, get, records
from framing.voices import share_rows, unify
from tests.made_articles import made

BAKERS = """# Bakers strike

The head of the union <say:neutral|said>: «Ann Lee|We will not bake tonight». She
<claim:doubting|claimed> that ‹Ann Lee|the mills owe them eight weeks of pay›. A man at the gate who would
not be named <say:neutral|said>: «?|The flour is gone». «|Nobody asked us at all»."""


@pytest.fixture
def study(seeds_study: Path, tmp_path: Path) -> Study:
    shutil.copytree(seeds_study, tmp_path / "study")
    return Study.open(tmp_path / "study")


def test_the_shares_of_an_outlet_in_an_event_add_up_to_one(seeds_study: Path) -> None:
    voices = Study.open(seeds_study).table("voices")
    assert len(voices)
    assert set(voices["reprints"]) == {"included", "excluded"}
    sums = voices.groupby(["event_id", "outlet", "reprints"], dropna=False)[
        ["share_words", "share_quotations"]
    ].sum()
    assert ((sums - 1).abs() < 1e-9).all().all()


def test_share_rows_count_cues_once_and_keep_who_was_not_found_apart() -> None:
    annotated, _ = made(BAKERS)
    quotes = get("quotes").frame(article_rows([annotated])["quotes"])
    rows = {
        (r["speaker"], r["anonymous"]): r
        for r in share_rows(records(quotes), ())
        if r["reprints"] == "included"
    }
    assert set(rows) == {("Ann Lee", False), ("", True), ("", False)}
    ann = rows["Ann Lee", False]
    assert (ann["n_quotations"], ann["n_direct"], ann["n_indirect"]) == (2, 1, 1)
    assert (ann["n_words"], ann["n_cues_neutral"], ann["n_cues_doubting"]) == (13, 1, 1)
    assert ann["share_words"] == pytest.approx(13 / 22)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["union", "union", "ngo"], "union"),
        (["union", "ngo", ""], "ngo"),
        (["", "", "union"], "union"),
        ([None, "", ""], ""),
    ],
    ids=["most frequent", "of equals the first by name", "the only one", "none"],
)
def test_the_role_of_a_share_is_the_one_said_most_often(roles: list[str | None], expected: str) -> None:
    annotated, _ = made(BAKERS)
    quotes = get("quotes").frame(article_rows([annotated])["quotes"]).head(3)
    quotes = quotes.assign(speaker="Ann Lee", anonymous=False, speaker_role=roles)
    rows = share_rows(records(quotes), ())
    assert [(r["speaker"], r["speaker_role"]) for r in rows] == [("Ann Lee", expected)] * 2


def test_reprints_are_left_out_of_one_half_of_the_rows() -> None:
    annotated, _ = made(BAKERS)
    quotes = get("quotes").frame(article_rows([annotated])["quotes"])
    rows = share_rows(records(quotes), {annotated.article.id})
    assert rows
    assert {r["reprints"] for r in rows} == {"included"}


def test_a_role_that_one_article_says_holds_for_the_event() -> None:
    one, _ = made(BAKERS)
    two, _ = made("«Ann Lee|No bread», <say:neutral|said> Ann Lee.")
    two = replace(two, quotations=(replace(two.quotations[0], id="other"),))
    assert {q.speaker_role for q in (*one.quotations, *two.quotations)} == {""}
    decided = unify(
        [one, two], "e1", [SpeakerCorrection("Ann Lee", quote_id=one.quotations[0].id, role="ngo")]
    )
    ours = [q for a in decided.articles for q in a.quotations if q.speaker == "Ann Lee"]
    assert len(ours) == 3
    assert {q.speaker_role for q in ours} == {"ngo"}
    assert [a.article.id for a in decided.corrected] == [one.article.id]
    assert decided.applied == {0}


def test_decisions_apply_one_after_another() -> None:
    steps = [SpeakerCorrection("A. Lee", speaker="Ann Lee"), SpeakerCorrection("Anna Lee", speaker="A. Lee")]
    decided = unify([made(BAKERS)[0]], "e1", steps)
    assert {q.speaker for q in decided.articles[0].quotations if q.speaker} == {"Anna Lee"}
    elsewhere = unify([made(BAKERS)[0]], "e1", [SpeakerCorrection("X", speaker="Ann Lee", event_id="e2")])
    assert elsewhere.applied == set()
    assert elsewhere.corrected == []


def test_a_corrected_speaker_changes_every_table_that_rests_on_speakers(study: Study) -> None:
    before = {table.name: study.table(table.name) for table in TABLES}
    quotes = before["quotes"]
    old = str(quotes["speaker"].value_counts().index[0])
    mine = quotes[(quotes["speaker"] == old).fillna(False)]
    correct_speakers(study, [SpeakerCorrection("Somebody Else", speaker=old, role="celebrity")])
    after = Study.open(study.path)
    now = after.table("quotes").set_index("quote_id")
    assert len(now) == len(quotes)
    for quote_id in mine["quote_id"]:
        assert (now["speaker"][quote_id], now["speaker_role"][quote_id]) == ("Somebody Else", "celebrity")
        assert now["speaker_confidence"][quote_id] == 1
    for name in ("terms", "voices", "labels", "portrayals"):
        assert old not in set(after.table(name)["speaker"].dropna())
    measures, evidence = after.table("measures"), after.table("evidence")
    celebrities = measures[measures["measure"] == "voice_celebrity"].set_index(["article_id", "voice"])[
        "value"
    ]
    touched = set(mine["article_id"])
    assert all(celebrities[a, "all"] > 0 for a in touched)
    assert len(measures) == len(before["measures"])
    by_speaker = {m.name for m in MEASURES if m.speakers}
    key = ["article_id", "measure", "voice"]
    kept = ~measures["measure"].isin(by_speaker)
    assert (
        measures[kept]
        .reset_index(drop=True)
        .equals(before["measures"][~before["measures"]["measure"].isin(by_speaker)].reset_index(drop=True))
    )
    assert not measures.duplicated(key).any()
    own = evidence[evidence["measure"] == "voice_celebrity"]
    assert set(own["article_id"]) == touched


def test_taken_back_a_decision_leaves_no_trace(study: Study) -> None:
    before = {name: study.table(name) for name in BY_SPEAKER}
    quote_id = str(before["quotes"].dropna(subset=["speaker"])["quote_id"].iloc[0])
    correct_speakers(study, [SpeakerCorrection("Somebody Else", quote_id=quote_id)])
    study.write_corrections({})
    assert relate(study) == []
    for name, frame in before.items():
        assert Study.open(study.path).table(name).equals(frame), name


@pytest.mark.parametrize(
    ("decision", "named"),
    [
        (SpeakerCorrection("X", speaker="Nobody Atall"), "Nobody Atall"),
        (SpeakerCorrection("X", quote_id="q-none"), "q-none"),
        (SpeakerCorrection("X", speaker="Kim Jong Un", event_id="e-none"), "e-none"),
    ],
)
def test_what_the_study_does_not_have_is_refused_and_nothing_kept(
    study: Study, decision: SpeakerCorrection, named: str
) -> None:
    with pytest.raises(FramingError, match=named):
        correct_speakers(study, [decision])
    assert study.corrections == {}


def test_a_decision_that_no_longer_finds_anything_is_told(study: Study) -> None:
    study.write_corrections(
        {
            "speakers": [{"speaker": "Gone Away", "name": "X"}],
            "referents": [{"event_id": "e-gone", "action": "rename", "referent": "war", "name": "x"}],
        }
    )
    notes = relate(study)
    assert any("Gone Away" in note for note in notes)
    assert any("e-gone" in note for note in notes)


def test_referents_are_corrected_by_name(study: Study) -> None:
    labels = study.table("labels")
    event = str(labels["event_id"].iloc[0])
    own = labels[labels["event_id"] == event]
    old = str(own["referent"].value_counts().index[0])
    correct_referents(study, Step(event, "rename", old, name="the one renamed"))
    assert "the one renamed" in set(study.table("labels")["referent"])
    with pytest.raises(FramingError, match="no such thing"):
        correct_referents(study, Step(event, "merge", "the one renamed", ("no such thing",)))
    assert len(study.corrections["referents"]) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("who,speaker\nA,B\n", "expected name"),
        ("name,speaker\nA\n", "line 2.*number of cells"),
        ("name,speaker\nA,\n", "line 2.*neither quote_id nor speaker"),
        ("name,speaker,quote_id\nA,B,q1\n", "line 2.*both quote_id and speaker"),
        ("name,speaker,anonymous\nA,B,perhaps\n", "line 2.*'perhaps'"),
        ("", "expected name"),
    ],
)
def test_a_bad_file_of_decisions_is_refused_by_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FramingError, match=message):
        read_corrections(file)


def test_the_command_applies_a_file(study: Study, framing) -> None:
    quotes = study.table("quotes").dropna(subset=["speaker"])
    quote_id = str(quotes["quote_id"].iloc[0])
    file = study.path.parent / "decisions.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, ["quote_id", "name", "anonymous"])
        writer.writeheader()
        writer.writerow({"quote_id": quote_id, "name": "", "anonymous": "false"})
    done = framing("speakers", study.path, "correct", file, cwd=study.path)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert any(row["speaker"] == "" and row["anonymous"] == "false" for row in rows)
    kept = json.loads((study.path / "corrections.json").read_text(encoding="utf-8"))
    assert kept["speakers"][0]["quote_id"] == quote_id
    bad = framing("speakers", study.path, "correct", study.path.parent / "none.csv", cwd=study.path)
    assert bad.returncode == 2
    assert "none.csv" in bad.stderr
