"""Alpha equals published examples; sheets are blind; rates of error and corrected rates hold."""

import csv
import shutil

import numpy as np
import openpyxl
import pytest

from framing.article import FramingError
from framing.sample import agreement, alpha, alpha_interval, take
from framing.sample.draw import Item, Sample, Sentence, draw
from framing.sample.rates import corrected_rates, errors, figures, rogan_gladen
from framing.sample.sheet import COLUMNS, read_sheet, write_sheet
from framing.study import Study

N = None


# Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Sections A to C.
@pytest.mark.parametrize(
    ("labels", "level", "expected"),
    [
        ([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], "nominal", 0.095),
        (
            [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]],
            "nominal", 0.692,
        ),
        *[
            (
                [
                    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
                    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
                ],
                level, expected,
            )
            for level, expected in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849))
        ],
    ],
)  # fmt: skip
def test_alpha_equals_the_published_examples(labels, level, expected):
    assert alpha(labels, level) == pytest.approx(expected, abs=0.0006)
    low, high = alpha_interval(labels, level, n_resamples=300)
    assert low < expected < high <= 1


def test_alpha_says_when_it_cannot():
    assert alpha([[1, 1], [1, 1]]) is None
    assert alpha([[1, N], [N, 1]]) is None
    assert alpha([[1, 0, 1], [1, 0, 1]]) == 1
    with pytest.raises(FramingError, match="unequal numbers"):
        alpha([[1], [1, 0]])


def test_the_correction_undoes_known_errors():
    true, sensitivity, specificity = 0.2, 0.7, 0.95
    observed = true * sensitivity + (1 - true) * (1 - specificity)
    assert rogan_gladen(np.array([observed]), np.array(sensitivity), np.array(specificity))[0] == (
        pytest.approx(true)
    )
    assert np.isnan(rogan_gladen(np.array([0.3]), np.array(0.5), np.array(0.5))[0])


def made(rng, *, n_articles=60, n_each=20, truth=0.15, sensitivity=0.8, false=0.03):
    """Sentences of one outlet, each with the truth and with what a measure finds."""
    frame, really = [], {}
    for a in range(n_articles):
        for s in range(n_each):
            holds = rng.random() < truth
            found = rng.random() < (sensitivity if holds else false)
            frame.append(Sentence(f"a{a}", s * 10, s * 10 + 9, bool(found)))
            really[f"a{a}", s * 10] = bool(holds)
    return frame, really


def sampled(frame, really, rng, n=200):
    strata = [[s for s in frame if s.found], [s for s in frame if not s.found]]
    items, labels = [], {}
    for stratum in strata:
        for i in rng.choice(len(stratum), n // 2, replace=False):
            s = stratum[i]
            name = f"i{len(items)}"
            items.append(Item(name, s.article_id, s.start, s.end, s.found))
            labels[name] = really[s.article_id, s.start]
    return Sample("m", "all", 1, len(strata[0]), len(strata[1]), tuple(items)), labels


def test_intervals_cover_what_was_made_and_recall_is_that_of_all_sentences():
    """Half of the sample are finds, a sixth of the sentences: recall must not be the sample's."""
    covered = {"precision": [], "recall": [], "rate": []}
    naive = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        frame, really = made(rng)
        sample, labels = sampled(frame, really, rng)
        found, _ = errors(sample, labels, seed)
        rows = {r["figure"]: r for r in figures(found, "", 100, 100)}
        true_found = sum(s.found and really[s.article_id, s.start] for s in frame)
        truth = {
            "precision": true_found / sum(s.found for s in frame),
            "recall": true_found / sum(really.values()),
        }
        for name, value in truth.items():
            covered[name].append(rows[name]["low"] <= value <= rows[name]["high"])
        rates = corrected_rates(frame, {s.article_id: "A" for s in frame}, found, "", seed).iloc[0]
        covered["rate"].append(rates.low <= 0.15 <= rates.high)
        true = sum(labels[i.item] and i.found for i in sample.items)
        naive.append(true / sum(labels.values()))
    assert {name: np.mean(c) > 0.88 for name, c in covered.items()} == dict.fromkeys(covered, True)
    assert np.mean(naive) > 0.92  # recall within the sample; of all sentences it is 0.8


def test_too_few_labels_abstain_with_the_reason():
    frame, really = made(np.random.default_rng(0))
    sample, labels = sampled(frame, really, np.random.default_rng(0), n=8)
    found, why = errors(sample, labels, 1)
    assert found is None
    assert why.startswith("4 labelled sentences in which the measure found something and 4 in which")
    assert [r["why_none"] for r in figures(found, why, 4, 4)] == [why] * 3


@pytest.fixture(scope="module")
def study(seeds_study, tmp_path_factory):
    """A study of one's own to keep samples in."""
    path = tmp_path_factory.mktemp("study") / "s"
    shutil.copytree(seeds_study, path)
    return Study.open(path)


def cells(sheet):
    with sheet.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def fill(sheet, label):
    rows = cells(sheet)
    for row in rows[1:]:
        row[4] = label(row[2])
    with sheet.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def test_a_sheet_is_blind_and_the_labels_find_their_way_back(study, tmp_path):
    sheet, second = tmp_path / "one.csv", tmp_path / "two.csv"
    sample = take(study, sheet, measure="loaded_terms", n=40, seed=7)
    again = take(study, second, measure="loaded_terms", n=40, seed=7)
    assert sample == again
    assert sheet.read_bytes() == second.read_bytes()
    rows = cells(sheet)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 41
    assert sum(i.found for i in sample.items) == min(20, sample.n_found) >= 5
    order = [i.found for i in sample.items]
    assert order not in (sorted(order), sorted(order, reverse=True))
    by_sentence = {i.item: i.found for i in sample.items}
    truth = {row[2]: by_sentence[row[0]] for row in rows[1:]}
    fill(sheet, lambda sentence: "yes" if truth[sentence] else "no")
    fill(second, lambda sentence: "1" if truth[sentence] else "0")
    found = agreement(study, [sheet, second])
    figures_ = found.figures.set_index("figure")
    assert found.measure == "loaded_terms"
    assert figures_.value[["precision", "recall", "specificity", "alpha (nominal)"]].tolist() == [1, 1, 1, 1]
    assert figures_.low["precision"] > 0.8
    assert len(found.rates) >= 2
    np.testing.assert_allclose(found.rates.rate_corrected.astype(float), found.rates.rate_found.astype(float))
    fill(second, lambda sentence: "0" if truth[sentence] else "1")
    opposite = agreement(study, [sheet, second]).figures.set_index("figure")
    assert opposite.value["alpha (nominal)"] < 0
    assert "0 labelled sentences" in opposite.why_none["precision"]


def test_a_workbook_holds_the_same_as_a_csv(study, tmp_path):
    sample = draw(study, measure="loaded_terms", n=10, seed=1)
    texts = [("before", f"=sentence {n}", "after") for n in range(10)]
    write_sheet(tmp_path / "s.xlsx", sample.items, texts)
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    page = book.worksheets[0]
    for y in range(2, 12):
        page.cell(y, 5, y % 2)
    book.save(tmp_path / "s.xlsx")
    labels = read_sheet(tmp_path / "s.xlsx")
    assert labels == {item.item: float(y % 2) for y, item in enumerate(sample.items, start=2)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("item,text\ni1,x\n", "has no column label"),
        ("", "has no column item, label"),
        ("item,label\ni1,1\ni1,0\n", "line 3: the item i1 stands twice"),
        ("item,label\ni1,maybe\n", "line 2: the label 'maybe'; expected 1 or yes"),
        ("item,label\ni1,\ni2,?\n", "holds no label"),
    ],
)
def test_a_bad_sheet_says_what_is_wrong(tmp_path, text, message):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(text, encoding="utf-8")
    with pytest.raises(FramingError, match=message):
        read_sheet(sheet)


def test_semicolons_and_decimal_commas_of_other_countries_are_read(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("item;label\ni1;2,5\ni2;n\n", encoding="utf-8")
    assert read_sheet(sheet) == {"i1": 2.5, "i2": 0.0}


def test_wrong_samples_say_what_is_wrong(study, tmp_path):
    with pytest.raises(FramingError, match="no evidence of 'nonsense'"):
        draw(study, measure="nonsense")
    with pytest.raises(FramingError, match="written as"):
        take(study, tmp_path / "sheet.doc", measure="loaded_terms", n=10)
    with pytest.raises(FramingError, match="is not there"):
        agreement(study, [tmp_path / "none.csv"])
    alien = tmp_path / "alien.csv"
    alien.write_text("item,label\nzzz,1\n", encoding="utf-8")
    with pytest.raises(FramingError, match="in no sample of"):
        agreement(study, [alien])
