"""From a row of the comparison to its evidence; groups of outlets; the comparison made in other ways."""

import csv
import shutil

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from framing.analysis import analyze
from framing.annotate import annotate
from framing.article import FramingError
from framing.clean import RawArticle, clean
from framing.cli import app
from framing.compare import compare, contributions
from framing.compare.adjust import adjusted
from framing.comparing import comparison, findings, grouped, read_groups, table_rows
from framing.comparing.evidence import evidence
from framing.comparing.made import KINDS
from framing.comparing.parts import headline, without_headline
from framing.comparing.sensitivity import sensitivity
from framing.comparing.words import words
from framing.engine import Here, Outcome
from framing.measures import MEASURES
from framing.methods import methods_text
from framing.relate import relate
from framing.study import Study
from tests import made_findings

OUTLETS = ("Herald", "Post", "Times")
# Place, who speaks, what it is about: seven happenings with no word in common.
TOPICS = (
    ("Norville", "Ines Corvo", "bridge", "repair", "river", "cracks", "engineers"),
    ("Tarnow", "Karl Brandt", "school", "strike", "teachers", "wages", "classrooms"),
    ("Lisbo", "Anna Dahl", "harbour", "oil", "tanker", "leak", "fishermen"),
    ("Kirkton", "Omar Said", "museum", "theft", "paintings", "guards", "curators"),
    ("Valdora", "Rosa Lind", "flood", "dam", "villages", "rainfall", "rescuers"),
    ("Ostberg", "Piet Claes", "airport", "runway", "noise", "flights", "residents"),
    ("Quenby", "Mary Okoye", "hospital", "ward", "nurses", "closure", "patients"),
)
WORDINGS = {
    "Herald": (
        "{c} in {p} over {a} {b}\n\n{s} said on Monday that the {a} in {p} needs a new {b} after {d} were"
        " found near the {c}. “This is a shameful {b},” {s} said while {e} waited outside the {a} of {p}.\n\n"
        "The {e} want to see the {d} for themselves before the {b} of the {a} begins next month.\n"
    ),
    "Post": (
        "{p}: {e} wait for the {b}\n\nNobody among the {e} of {p} had heard of the {d} until this week. The"
        " {a} stayed open, and the {c} with it, {s} said after a long meeting on the {b}.\n\nWhen the {b}"
        " ends, the {a} will cost twice as much as the {c}, {s} said. Few of the {e} believe in that.\n"
    ),
    "Times": (
        "What the {d} mean for {p}\n\nA report on the {a} lists eleven {d} and blames the {c}. Its authors"
        " spoke with {e} for a year. The {b} cannot wait until winter, {s} said in a letter.\n\nThe council"
        " of {p} decides on Friday whether the {a} gets its {b}; the {e} will be heard first, {s} said.\n"
    ),
}


def text(topic, outlet):
    p, s, a, b, c, d, e = topic
    return WORDINGS[outlet].format(p=p, s=s, a=a, b=b, c=c, d=d, e=e)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    home = tmp_path_factory.mktemp("comparing")
    for outlet in OUTLETS:
        (home / "in" / outlet).mkdir(parents=True)
        for topic in TOPICS:
            (home / "in" / outlet / f"{topic[0]}.txt").write_text(text(topic, outlet), encoding="utf-8")
    analyze([home / "in"], home / "study", outlet_from="folder")
    opened = Study.open(home / "study")
    assert opened.table("events").n_articles.tolist() == [3] * len(TOPICS)
    assert opened.table("articles").reprint_of.isna().all()
    return opened


class Losing(Here):
    """Loses the tables of the comparison, as if each ended every process that took it."""

    def run(self, work, tasks):
        for task in tasks:
            yield Outcome(task, None if task[0] in KINDS else work(task))


def test_tables_whose_making_ends_every_process_are_made_in_this_one(study, tmp_path):
    shutil.copytree(study.path, tmp_path / "study")
    for name in ("comparisons", "distinctive"):
        (tmp_path / "study" / "tables" / f"{name}.parquet").unlink()
    again = Study.open(tmp_path / "study")
    assert relate(again, on=Losing()) == []
    for name in ("comparisons", "distinctive", "outlet_map", "outlet_axes", "outlet_tree"):
        pd.testing.assert_frame_equal(again.table(name), study.table(name))


made = st.builds(
    made_findings.findings,
    st.integers(0, 999),
    outlets=st.sampled_from([("A", "B"), ("A", "B", "C")]),
    n_events=st.integers(6, 9),
    missing=st.sampled_from([0.0, 0.3]),
    n_each=st.integers(1, 3),
)


@settings(max_examples=15, deadline=None)
@given(made, st.booleans())
def test_weights_times_values_add_up_to_the_estimate(data, copies):
    data = data.assign(reprint_of=None)
    if copies:
        again = data.head(12).assign(reprint_of=data.article_id, article_id=data.article_id + "-copy")
        data = pd.concat([data, again], ignore_index=True)
    result = compare(data, n_shuffles=19, n_resamples=9)
    for row in result[result.estimate.notna()].to_dict("records"):
        keys = ("measure", "voice", "outlet", "reference", "event_id", "reprints")
        found = contributions(data, **{key: row[key] for key in keys})
        assert (found.weight * found.value).sum() == pytest.approx(row["estimate"], abs=1e-9)
        assert found.weight[found.outlet == row["outlet"]].sum() == pytest.approx(1)


def test_a_row_leads_to_the_words_it_rests_on(study):
    rows = study.table("comparisons")
    row = rows[
        (rows.measure == "quoted_share") & (rows.voice == "all") & (rows.outlet == "Herald")
        & (rows.reference == "others") & rows.event_id.isna() & (rows.reprints == "included")
    ].iloc[0]  # fmt: skip
    assert row.estimate > 0
    found = evidence(study, measure=row.measure, voice=row.voice, outlet="Herald")
    articles = found.drop_duplicates("article_id")
    assert (articles.weight * articles.value).sum() == pytest.approx(row.estimate)
    assert len(articles) == row.n_articles
    own = found[found.outlet == "Herald"]
    assert own.text.str.contains("This is a shameful").all()
    assert (own.weight > 0).all()
    assert found[found.outlet != "Herald"].text.isna().all()


def test_no_such_row_says_what_there_is(study):
    with pytest.raises(FramingError, match="no measure 'nonsense' in voice 'all'; measures: "):
        evidence(study, measure="nonsense", voice="all", outlet="Herald")
    with pytest.raises(FramingError, match="no article of Mirror in an event; there are Herald, Post, Times"):
        evidence(study, measure="hedges", voice="all", outlet="Mirror")


def test_groups_of_the_user_are_compared_in_place_of_outlets(study, tmp_path):
    file = tmp_path / "groups.csv"
    file.write_text("outlet,group\nPost,calm\nTimes,calm\nHerald,loud\n", encoding="utf-8")
    groups = read_groups(file)
    result = comparison(study, groups=groups)
    assert set(result.outlet) == {"calm", "loud"}
    chosen = result[(result.measure == "quoted_share") & (result.voice == "all") & result.event_id.isna()]
    row = chosen[(chosen.outlet == "calm") & (chosen.reference == "loud")].iloc[0]
    assert row.estimate < 0
    assert row.n_articles == 21
    words_ = words(study, groups=groups, reference="calm", events=False)
    assert set(words_.rows.outlet) <= {"loud"}
    part = comparison(study, groups={"Herald": "x", "Post": "y"})
    assert set(part.outlet) == {"x", "y"}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("name,group\nA,b\n", "has no column outlet"),
        ("outlet,group\nA,\n", "line 2: expected an outlet and its group"),
        ("outlet,group\nA,b\nA,c\n", "line 3: 'A' is already in the group 'b'"),
        ("outlet,group\n", "names no outlet"),
    ],
)
def test_a_bad_file_of_groups_says_what_is_wrong(tmp_path, lines, message):
    (tmp_path / "g.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(FramingError, match=message):
        read_groups(tmp_path / "g.csv")


def test_a_group_of_an_unknown_outlet_is_refused(study):
    with pytest.raises(FramingError, match="the groups name Mirror, of which there is no article"):
        findings(study, groups={"Mirror": "x"})
    assert grouped(study.table("articles").set_index("article_id"), by="source_format").notna().all()


def test_every_variant_is_there_and_what_changes_is_what_it_says(study):
    table = sensitivity(study)
    assert set(table.variant) == {
        "main", "texts under 150 words left out", "adjusted for length", "adjusted for time",
        "without headlines", "headlines alone",
    }  # fmt: skip
    quoting = table[(table.measure == "quoted_share") & (table.voice == "all")]
    one = quoting[(quoting.outlet == "Herald") & (quoting.reference == "others")].set_index("variant")
    assert one.estimate["main"] == one.main_estimate["main"] > 0
    assert one.estimate["without headlines"] > 0
    assert bool(one.same_sign["without headlines"])
    assert one.why_none["texts under 150 words left out"] == "no such article is left in this variant"
    assert pd.isna(one.estimate["adjusted for time"])
    assert "an adjustment needs 30" in one.why_none["adjusted for time"]
    length = table[(table.measure == "headline_length") & (table.reference == "others")]
    alone = length[(length.variant == "headlines alone") & length.estimate.notna()]
    assert len(alone) == 3
    assert length[(length.variant == "without headlines")].estimate.isna().all()


def test_an_article_cut_to_a_part_measures_that_part():
    body = "The mayor resigned on Monday. He gave no reason for it."
    (whole,) = annotate(
        [clean(RawArticle(source=f"Shameful plan stopped\n{body}", title="Shameful plan stopped"))]
    )
    title, rest = headline(whole), without_headline(whole)
    assert title is not None
    assert title.article.text.split() == ["Shameful", "plan", "stopped"]
    assert rest.article.text.strip() == body
    assert len(title.article.text) == len(rest.article.text) == len(whole.article.text)
    for part in (title, rest):
        for n, token in enumerate(part.tokens):
            assert part.article.text[token.start : token.end] == token.text
            assert part.tokens[token.head].sentence == token.sentence
            assert part.sentences[token.sentence].start <= part.tokens[n].start
    assert len(title.tokens) + len(rest.tokens) == len(whole.tokens)
    length = next(m for m in MEASURES if m.name == "length")
    assert length(title).value + length(rest).value == length(whole).value


def test_an_adjustment_takes_out_length_and_leaves_the_outlet():
    rng = np.random.default_rng(3)
    rows, length = [], {}
    for event in range(60):
        level = rng.normal(0, 3)
        for outlet, usual in (("A", 6.0), ("B", 5.0)):
            name = f"{outlet}{event}"
            length[name] = usual + rng.normal()
            value = level + 2.0 * length[name] + (0.5 if outlet == "A" else 0) + rng.normal(0, 0.3)
            rows.append((name, outlet, f"e{event}", "m", "all", value))
    data = pd.DataFrame(rows, columns=["article_id", "outlet", "event_id", "measure", "voice", "value"])
    raw = compare(data, events=False, n_shuffles=99).iloc[0]
    assert raw.estimate > 2
    changed, slopes = adjusted(data, pd.Series(length))
    assert slopes.slope[0] == pytest.approx(2.0, abs=0.1)
    found = compare(changed, events=False, n_shuffles=99).iloc[0]
    assert found.low < 0.5 < found.high
    assert found.high - found.low < 0.5


def test_the_methods_paragraph_says_what_was_done(study):
    text_ = methods_text(study)
    rows = study.table("comparisons")
    assert "3 outlets (Herald, Post, Times)" in text_
    assert "in 7 events that two of them or more report" in text_
    assert f"over all {rows.p_value.notna().sum()} tests of the table" in text_
    assert f"Of {len(rows)} comparisons {rows.estimate.isna().sum()} have no estimate" in text_
    assert "No reprints were found" in text_
    assert "sensitivity.csv" not in text_
    before = study.table("sensitivity")
    try:
        study.write_table("sensitivity", table_rows(sensitivity(study, headlines=False), "sensitivity"))
        told = methods_text(study)
    finally:
        study.write_table("sensitivity", table_rows(before, "sensitivity"))
    assert "was made anew in 3 other ways" in told
    assert "adjusted for length" in told


def test_the_verbs_print_tables_and_keep_them(study, tmp_path):
    """Each verb as a user runs it, on a copy of the study."""
    copy = tmp_path / "study"
    shutil.copytree(study.path, copy)

    def framing(*arguments):
        done = CliRunner().invoke(app, [str(a) for a in arguments])
        assert done.exit_code == 0, (arguments, done.output, done.exception)
        return list(csv.DictReader(done.stdout.splitlines()))

    assert framing("compare", copy, "--outlets", "Herald,Post")
    assert framing("evidence", copy, "--measure", "quoted_share", "--outlet", "Herald")
    assert {row["reference"] for row in framing("words", copy, "--reference", "Post")} == {"Post"}
    assert framing("sensitivity", copy, "--no-headlines")
    assert {row["outlet"] for row in framing("map", copy)} == set(OUTLETS)
    assert framing("separate", copy, "--shuffles", "9") == []
    kept = Study.open(copy)
    assert "telling outlets apart needs at least 2 on 10" in kept.table("separability").why_none[0]
    assert len(kept.table("sensitivity")) > 0
    sheet = tmp_path / "s.csv"
    framing("sample", copy, "--measure", "loaded_terms", "--n", "20", "--out", sheet)
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    labelled = [f"{row['item']},{int('shameful' in row['sentence'])}" for row in rows]
    sheet.write_text("\n".join(["item,label", *labelled]), encoding="utf-8")
    framing("agreement", copy, sheet)
    figures = Study.open(copy).table("sample_figures").set_index("figure")
    assert figures.value["recall"] == 1
    assert figures.why_none["alpha (nominal)"].startswith("one coder")
    assert "was checked on a blind sample of 20 sentences" in methods_text(Study.open(copy))
