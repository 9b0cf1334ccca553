"""The scikit-learn face: parameters, names, frames, copies, pipelines, searches."""

import pickle
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

from framing import FramingFeatures
from framing.article import FramingError

PLAIN = "The council met on {day}. It voted on the road budget and closed the session after an hour. " * 6
QUOTING = 'The mayor said on {day}: "We will never accept this shameful plan, and nobody should." ' * 8
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")
TEXTS = [text.format(day=day) for day in DAYS for text in (PLAIN, QUOTING)]
Y = [0, 1] * len(DAYS)
FEW = {"measures": ["quoted_share", "length"], "voices": None}


@pytest.fixture(scope="module")
def fitted():
    return FramingFeatures(**FEW).fit(TEXTS)


def test_columns_have_names_and_values_mean_what_the_measures_mean(fitted):
    names = list(fitted.get_feature_names_out())
    assert names == [f"{m}__{v}" for m, v in fitted.features_]
    found = pd.DataFrame(fitted.transform(TEXTS), columns=names)
    quoted = found["quoted_share__all"]
    assert quoted[0] == 0
    assert quoted[1] > 0.5


def test_a_text_that_allows_no_measure_is_missing_and_not_zero(fitted):
    found = fitted.transform(["", TEXTS[0]])
    assert np.isnan(found[0]).all()
    assert not np.isnan(found[1]).all()


def test_set_output_gives_a_frame_with_the_index_of_the_texts():
    column = pd.Series(TEXTS[:2], index=["first", "second"])
    found = FramingFeatures(**FEW).set_output(transform="pandas").fit_transform(column)
    assert list(found.index) == ["first", "second"]
    assert "quoted_share__all" in found.columns


def test_parameters_are_stored_as_given_and_copies_are_equal(fitted):
    measures = ["quoted_share"]
    transformer = FramingFeatures(measures=measures, voices=["all"])
    assert transformer.measures is measures
    assert clone(transformer).get_params() == transformer.get_params()
    with pytest.raises(NotFittedError):
        clone(fitted).transform(TEXTS)
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.transform(TEXTS[:2]), fitted.transform(TEXTS[:2]))


def test_it_works_in_a_pipeline_and_a_grid_search():
    pipeline = make_pipeline(
        FramingFeatures(voices=["all"]), SimpleImputer(keep_empty_features=True), LogisticRegression()
    )
    search = GridSearchCV(
        pipeline, {"framingfeatures__measures": [["quoted_share"], ["quoted_share", "length"]]}, cv=2
    ).fit(TEXTS, Y)
    assert search.best_score_ == 1
    assert list(search.predict(TEXTS)) == Y
    names = search.best_estimator_[0].get_feature_names_out()
    assert "quoted_share__all" in names


@pytest.mark.filterwarnings("ignore:Can't test estimator")
def test_the_checks_of_scikit_learn_for_text_input_pass():
    done = check_estimator(FramingFeatures(**FEW), on_skip=None)
    assert done
    assert {check["status"] for check in done} <= {"passed", "skipped"}


def test_wrong_parameters_and_input_say_what_is_wrong():
    with pytest.raises(FramingError, match="no measure named 'nonsense'"):
        FramingFeatures(measures=["nonsense"]).fit(TEXTS)
    with pytest.raises(FramingError, match="no voice loud"):
        FramingFeatures(voices=["loud"]).fit(TEXTS)
    with pytest.raises(FramingError, match="several texts"):
        FramingFeatures().fit("one text")
    with pytest.raises(FramingError, match="found float"):
        FramingFeatures().fit(["a text", float("nan")])


def test_the_parser_is_loaded_late():
    code = (
        "import sys; from framing import FramingFeatures; FramingFeatures().fit(['a']);"
        " sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
