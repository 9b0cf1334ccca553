"""Log-odds equal a plain implementation of the paper; p-values come from shuffling whole articles."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from framing.annotate import annotate
from framing.article import Article, FramingError
from framing.distinctive import MIN_ARTICLES, PRIOR_WORDS, distinctive, log_odds, word_rows, word_tables
from framing.table_files import WORD_COUNTS, typed

COLUMNS = ["article_id", "outlet", "event_id", "voice", "term", "count"]


def counts(seed=0, *, n_events=20, outlets=("A", "B", "C"), planted=None, bursty=True, n_terms=60):
    """Articles of 200 words from one vocabulary; words come in bursts."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, n_terms + 1)
    rows = []
    for event in range(n_events):
        for outlet in outlets:
            p = share * (rng.gamma(0.5, size=n_terms) if bursty else 1)
            for term, n in enumerate(rng.multinomial(200, p / p.sum())):
                if n:
                    rows.append((f"{outlet}{event}", outlet, f"e{event}", "outlet", f"t{term}", int(n)))
            if outlet == planted:
                rows.append((f"{outlet}{event}", outlet, f"e{event}", "outlet", "regime", 2))
            elif event % 2:
                rows.append((f"{outlet}{event}", outlet, f"e{event}", "outlet", "regime", 1))
    return pd.DataFrame(rows, columns=COLUMNS)


def plain_log_odds(own, others, prior):
    """Monroe, Colaresi & Quinn (2008), equations 15 to 22, word by word."""
    result = {}
    n_own, n_others, total = sum(own.values()), sum(others.values()), sum(prior.values())
    for word, alpha in prior.items():
        y, k = own.get(word, 0), others.get(word, 0)
        omega_own = math.log((y + alpha) / (n_own + total - y - alpha))
        omega_others = math.log((k + alpha) / (n_others + total - k - alpha))
        variance = 1 / (y + alpha) + 1 / (k + alpha)
        result[word] = (omega_own - omega_others, (omega_own - omega_others) / math.sqrt(variance))
    return result


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 500), st.floats(0.01, 50)), min_size=2, max_size=30
    )
)
def test_log_odds_equal_a_plain_implementation(table):
    own, others, prior = (dict(enumerate(column)) for column in zip(*table, strict=True))
    expected = plain_log_odds(own, others, prior)
    delta, z = log_odds(*(np.array(list(d.values()), dtype=float) for d in (own, others, prior)))
    for word, (d, zed) in expected.items():
        assert delta[word] == pytest.approx(d, abs=1e-9)
        assert z[word] == pytest.approx(zed, abs=1e-9)


def test_one_event_gives_the_papers_numbers_on_its_counts():
    data = counts(n_events=6, outlets=("A", "B"))
    data["event_id"] = "e"
    rows = distinctive(data, n_shuffles=99, top=999).rows
    rows = rows[(rows.event_id == "e") & (rows.outlet == "A")]
    own = data[data.outlet == "A"].groupby("term")["count"].sum().to_dict()
    others = data[data.outlet == "B"].groupby("term")["count"].sum().to_dict()
    total = data.groupby("term")["count"].sum()
    expected = plain_log_odds(own, others, (PRIOR_WORDS * total / total.sum()).to_dict())
    assert len(rows) > 5
    for row in rows.itertuples():
        assert (row.log_odds, row.z) == pytest.approx(expected[row.term], abs=1e-9)
    shown = rows.set_index("term")
    assert shown["count"].to_dict() == {t: own.get(t, 0) for t in shown.index}
    assert shown["count_others"].to_dict() == {t: others.get(t, 0) for t in shown.index}


def test_a_planted_word_is_the_one_with_a_low_q():
    found = distinctive(counts(planted="B"), events=False).rows
    significant = found[(found.outlet == "B") & (found.q_value < 0.05)]
    assert significant.term.tolist() == ["regime"]
    assert significant[["count", "count_others"]].values.tolist() == [[40, 20]]


def test_what_events_are_about_does_not_pass_for_an_outlets_words():
    """A writes much on the events that are about "t-fire", B little; each event's articles use it alike."""
    rows = []
    for event in range(16):
        about = event < 8
        for outlet, n in (("A", 3 if about else 1), ("B", 1 if about else 3)):
            for k in range(n):
                article = f"{outlet}{event}-{k}"
                rows.append((article, outlet, f"e{event}", "outlet", "fire", 20 if about else 1))
                rows.append((article, outlet, f"e{event}", "outlet", "other", 80 if about else 99))
    found = distinctive(pd.DataFrame(rows, columns=COLUMNS), n_shuffles=199, events=False).rows
    raw = pd.DataFrame(rows, columns=COLUMNS).groupby(["outlet", "term"])["count"].sum().unstack()
    assert raw.loc["A", "fire"] / raw.loc["A"].sum() > 1.8 * raw.loc["B", "fire"] / raw.loc["B"].sum()
    assert found.log_odds.abs().max() < 0.05
    assert found.p_value.min() > 0.5


def test_no_word_stands_out_between_equal_outlets_though_z_says_so():
    """Bursty words: z against the normal distribution is no test, shuffled articles are."""
    naive, shuffled = [], []
    for seed in range(8):
        rows = distinctive(counts(seed, outlets=("A", "B")), n_shuffles=399, events=False, top=999).rows
        rows = rows[(rows.outlet == "A") & (rows.term != "regime")]
        naive += (2 * stats.norm.sf(rows.z.abs()) < 0.05).tolist()
        shuffled += (rows.p_value < 0.05).tolist()
    assert np.mean(naive) > 0.12
    assert np.mean(shuffled) < 0.1


def test_order_and_names_change_no_number():
    data = counts(planted="B")
    before = distinctive(data, n_shuffles=199).rows
    pd.testing.assert_frame_equal(
        before, distinctive(data.sample(frac=1, random_state=1), n_shuffles=199).rows
    )
    renamed = distinctive(data.replace({"outlet": {"A": "Zeitung"}}), n_shuffles=199).rows
    after = renamed.replace({"outlet": {"Zeitung": "A"}}).sort_values(
        ["outlet", "z"], ascending=[True, False]
    )
    pd.testing.assert_frame_equal(
        after.reset_index(drop=True).drop(columns="term"), before.drop(columns="term"), check_exact=False
    )


def test_too_few_articles_abstain_with_the_reason():
    found = distinctive(counts(n_events=MIN_ARTICLES - 1))
    assert found.rows.empty
    reason = found.why_none["", "A", "outlet"]
    assert reason == (
        "4 articles from A and 8 from others on the same events; distinctive words need at least 5 of each"
    )


def test_an_outlet_alone_on_its_events_has_no_one_to_be_compared_with():
    data = counts(outlets=("A", "B"))
    data.loc[data.outlet == "A", "event_id"] = "a" + data.event_id
    assert distinctive(data).rows.empty


def test_unknown_outlets_and_events_are_left_out():
    data = counts()
    lost = data.assign(article_id=data.article_id + "x", outlet=None)
    loose = data.assign(article_id=data.article_id + "y", event_id="")
    both = distinctive(pd.concat([data, lost, loose]), n_shuffles=99)
    pd.testing.assert_frame_equal(both.rows, distinctive(data, n_shuffles=99).rows)


def test_wrong_counts_say_what_is_wrong():
    with pytest.raises(FramingError, match="without the column term"):
        distinctive(counts().drop(columns="term"))


def test_words_are_counted_by_voice():
    text = "The mayor’s party won. “We won the vote,” said Ines Corvo."
    (annotated,) = annotate([Article("a", text, text, (), ((0, 0, len(text)),))])
    found = {
        (row["voice"], term): n
        for row in word_rows(annotated)
        for term, n in zip(row["terms"], row["counts"], strict=True)
    }
    assert found["quoted", "won"] == 1
    assert found["outlet", "won"] == 1
    assert found["outlet", "mayor"] == 1
    assert ("outlet", "vote") not in found


def test_words_read_some_articles_at_a_time_are_one_table():
    rows = [
        {"article_id": "b", "voice": "outlet", "terms": ["harbour", "vote"], "counts": [2, 1]},
        {"article_id": "c", "voice": "outlet", "terms": ["ash", "vote"], "counts": [1, 3]},
        {"article_id": "a", "voice": "outlet", "terms": ["zebra"], "counts": [4]},
        {"article_id": "a", "voice": "quoted", "terms": ["vote"], "counts": [1]},
        {"article_id": "unknown", "voice": "outlet", "terms": ["lost"], "counts": [9]},
    ]
    some = [typed(WORD_COUNTS, rows[:2]), typed(WORD_COUNTS, rows[2:])]
    found = word_tables(some, {"a": "Post", "b": "Post", "c": "Times"}, {"a": "e1", "b": "e1", "c": "e2"})
    assert sorted(found) == ["outlet", "quoted"]
    table = found["outlet"]
    assert table.terms == ["ash", "harbour", "vote", "zebra"]
    assert table.outlets.tolist() == ["Post", "Post", "Times"]
    assert table.events.tolist() == ["e1", "e1", "e2"]
    assert table.counts.toarray().tolist() == [[0, 0, 0, 4], [0, 2, 1, 0], [1, 0, 3, 0]]


def test_a_reference_of_the_users_choice():
    data = counts(planted="B")
    found = distinctive(data, reference="C", n_shuffles=199, events=False).rows
    assert set(found.outlet) == {"A", "B"}
    assert set(found.reference) == {"C"}
    only = data[data.outlet != "A"]
    alone = distinctive(only, n_shuffles=199, events=False).rows
    one, two = (r[(r.outlet == "B") & (r.term == "regime")].iloc[0] for r in (found, alone))
    assert (one.log_odds, one.low, one.high) == pytest.approx((two.log_odds, two.low, two.high))
    with pytest.raises(FramingError, match="no article of 'D' to compare with; there are A, B, C"):
        distinctive(data, reference="D")


def test_intervals_hold_the_log_odds_and_come_from_whole_events():
    found = distinctive(counts(planted="B"), n_shuffles=99, events=False, top=999).rows
    assert ((found.low <= found.log_odds) & (found.log_odds <= found.high)).mean() > 0.95
    row = found[(found.outlet == "B") & (found.term == "regime")].iloc[0]
    assert 0 < row.low < row.high
    # A bursty word: the interval that takes words for independent is far too narrow.
    bursty = found[(found.outlet == "A") & (found.term == "t5")]
    for row in bursty.itertuples():
        assert row.high - row.low > 2 * 1.96 * row.log_odds / row.z


def test_one_word_among_very_many_is_found_though_shuffles_are_few():
    """With Benjamini-Hochberg over 400 words and 199 shuffles the least q-value would be 1."""
    data = counts(planted="B", n_events=30, outlets=("A", "B"), n_terms=400, bursty=False)
    found = distinctive(data, n_shuffles=199, events=False, top=999).rows
    row = found[(found.outlet == "B") & (found.term == "regime")].iloc[0]
    assert row.p_value == pytest.approx(1 / 200)
    assert row.p_family == pytest.approx(1 / 200)
    assert row.q_value < 0.05


def test_false_discoveries_are_as_rare_as_the_q_values_say():
    """Equal outlets, bursty words, 12 times: a set with any q below 0.1 must be rare."""
    any_found = [
        (distinctive(counts(seed, outlets=("A", "B")), n_shuffles=199, events=False, top=999).rows
         .query("term != 'regime'").q_value < 0.1).any()
        for seed in range(12)
    ]  # fmt: skip
    assert np.mean(any_found) <= 0.25
