"""The tables hold what the contract lists, in its order."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from framing import tables
from framing.article import FramingError

# The contract, written out once more: a change of a header must be meant.
CONTRACT = {
    "articles": "article_id outlet title published url byline dateline wire_agency language n_words event_id"
    " reprint_of truncated source_file source_format inferred warnings",
    "paragraphs": "article_id n role start end text reason",
    "events": "event_id label keywords first_published last_published n_articles n_outlets locked",
    "quotes": "quote_id article_id outlet event_id start end text kind speaker speaker_mention speaker_role"
    " anonymous cue cue_stance medium n_words position in_headline",
    "terms": "article_id outlet event_id start end text lexicon category voice speaker sentence",
    "labels": "event_id referent article_id outlet start end text voice speaker",
    "portrayals": "event_id referent article_id outlet start end text property polarity voice speaker",
    "passages": "event_id passage_id text article_id outlet covered similarity start end",
    "measures": "article_id outlet event_id measure voice value unit n why_none",
    "comparisons": "event_id measure voice reprints outlet reference n_articles n_events estimate low high"
    " effect_size p_value q_value why_none",
    "distinctive": "event_id outlet voice term count count_others log_odds z q_value",
    "import_report": "source_file source_format article_index status reason expected found",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_contracts_columns_come_first_and_in_order(name):
    expected = CONTRACT[name].split()
    assert tables.get(name).names[: len(expected)] == expected


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda t: t.name)
def test_a_table_explains_itself(table):
    assert table.description
    assert set(table.key) <= set(table.names)
    assert all(c.description for c in table.columns)
    assert len(set(table.names)) == len(table.names)


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda t: t.name)
def test_no_rows_make_a_typed_frame(table):
    frame = table.sort(table.frame([]))
    assert list(frame.columns) == table.names
    assert not len(frame)


def test_empty_strings_and_nan_are_missing_and_zero_is_not():
    row = {"value": 0.0, "why_none": "", "n": 0, "unit": float("nan")}
    frame = tables.get("measures").frame([row])
    assert frame["value"][0] == 0
    assert frame["n"][0] == 0
    assert frame["why_none"].isna().all()
    assert frame["unit"].isna().all()


def test_an_unknown_column_is_refused_by_name():
    with pytest.raises(FramingError, match="events has no column colour"):
        tables.get("events").frame([{"event_id": "e1", "colour": "red"}])


def test_an_unknown_table_is_refused_with_the_known_ones():
    with pytest.raises(LookupError, match="no table named 'spans'; known: articles"):
        tables.get("spans")


def test_rows_are_sorted_by_key_whatever_their_order():
    table = tables.get("events")
    rows = [{"event_id": name} for name in ("e3", "e1", "e2")]
    pd.testing.assert_frame_equal(table.sort(table.frame(rows)), table.sort(table.frame(rows[::-1])))


def test_rows_for_the_disk_are_the_sorted_frame(tmp_path: Path) -> None:
    table = tables.get("presence")
    rows = [
        {
            "event_id": "e2",
            "kind": "speaker",
            "speaker": "Ünal",
            "present": True,
            "count": 2,
            "position": 0.5,
        },
        {"event_id": "e2", "kind": "speaker", "speaker": "", "present": False, "position": float("nan")},
        {"event_id": "", "kind": "entity", "count": "", "present": None},
        {"event_id": "e10", "kind": "speaker", "speaker": "Zoe", "count": 0.0, "position": 1},
    ]
    sorted_frame = table.sort(table.frame(rows))
    names = set[str]().union(*rows)
    together = [
        tables.Columns({name: [row.get(name) for row in some] for name in names})
        for some in (rows[:3], [], rows[3:])
    ]
    for given in (rows, table.frame(rows), together):
        pq.write_table(table.arrow(given), tmp_path / "presence.parquet")
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "presence.parquet"), sorted_frame)
    with pytest.raises(FramingError, match="presence has no column colour"):
        table.arrow([{"colour": "red"}])
    with pytest.raises(FramingError, match="presence has no column colour"):
        table.arrow([tables.Columns({"colour": ["red"]})])
