"""What each line of the catalogue of steps promises; a new step is tested by being there."""

import pickle
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import isspmatrix_csr
from sklearn.base import clone

from lab.base import LabError, Task
from lab.recipes import (
    STEPS,
    Acts,
    Family,
    Recipe,
    Step,
    check_recipe,
    make_preparation,
    recipe_from_json,
    recipe_to_json,
)
from tests.recipes.around import UNSUITED, recipe_with, task_of

EVERY = pytest.mark.parametrize("key", STEPS.keys, scope="module")
pytestmark = [EVERY, pytest.mark.filterwarnings("ignore::lab.recipes.RowsChangedWarning")]


@pytest.fixture(scope="module")
def suited(example, key):
    """Return the example without the columns that the step cannot stand, in order if it asks."""
    data = example.only(*[name for name in example.X if name not in UNSUITED.get(key, ())])
    return data.in_order() if STEPS[key].needs_order else data


@pytest.fixture(scope="module")
def learned(suited, key):
    """Return the preparation fitted on the first 160 rows, and these rows prepared."""
    preparation = prepare(suited, key)
    return preparation, preparation.fit(suited.X.iloc[:160], suited.y[:160])


@pytest.fixture(scope="module")
def fitted(learned):
    """Return the preparation fitted on the first 160 rows."""
    return learned[0]


@pytest.fixture(scope="module")
def whole(suited, key):
    """Return the preparation fitted on all rows with weights, and these rows prepared."""
    preparation = prepare(suited, key)
    return preparation, preparation.fit(suited.X, suited.y, np.ones(240))


def prepare(data, key, *, dense=False):
    return make_preparation(recipe_with(key), data.schema, task=task_of(key), seed=3, dense=dense)


def plain(matrix):
    return matrix if isinstance(matrix, np.ndarray) else matrix.toarray()


def looks_across(key):
    """Return whether a column that comes out can depend on several that go in."""
    return STEPS[key].joint or STEPS[key].acts is Acts.FEATURES


def reached(preparation):
    """Return the raw columns that something which reaches the model is made of."""
    return {name for sources in preparation.sources for name in sources}


def test_it_says_what_it_is(key):
    entry = STEPS[key]
    assert entry.title
    assert entry.summary.endswith(".")
    assert entry.use_when.endswith(".")
    assert (entry.kinds == ()) == (entry.family in {Family.RESAMPLING, Family.TARGET})


def test_it_fits_the_example_without_problems(key, suited):
    task = task_of(key)
    problems = check_recipe(
        recipe_with(key), suited.schema, task=task, takes_missing=True, takes_categories=True
    )
    assert problems == ()


def test_it_makes_finite_or_missing_float64_with_a_name_for_each_column(suited, whole):
    preparation, prepared = whole
    test = preparation.transform(suited.X)
    assert prepared.X.dtype == test.dtype == np.float64
    assert prepared.X.shape[1] == test.shape[1] == len(preparation.feature_names)
    assert prepared.X.shape[0] == len(prepared.y)
    assert test.shape[0] == len(suited.y)
    assert not np.isinf(plain(test)).any()
    assert len(set(preparation.feature_names)) == len(preparation.feature_names)


def test_what_was_fitted_does_not_depend_on_test_rows(key, suited, learned):
    train, test = np.arange(160), np.arange(160, 240)
    poison = {"age": 1e9, "income": -1e9, "town": "poison", "note": "poisoned words"}
    there, kept = [name for name in poison if name in suited.X], np.arange(240) < 160
    poisoned = suited.change(**{name: suited.X[name].where(kept, poison[name]) for name in there})
    first, other = learned[1], prepare(poisoned, key)
    second = other.fit(poisoned.X.iloc[train], poisoned.y[train])
    np.testing.assert_array_equal(plain(first.X), plain(second.X))
    before = pickle.dumps(other)
    other.transform(poisoned.X.iloc[test])
    assert pickle.dumps(other) == before


def test_a_row_is_prepared_alike_alone_and_among_others(key, suited, fitted):
    together = plain(fitted.transform(suited.X.iloc[160:]))
    alone = [plain(fitted.transform(suited.X.iloc[[i]]))[0] for i in range(160, 165)]
    if looks_across(key):  # matrix products add up in another order for a single row
        np.testing.assert_allclose(together[:5], alone, rtol=1e-9, atol=1e-9)
    else:
        np.testing.assert_array_equal(together[:5], alone)


def test_rows_to_predict_are_never_dropped_or_made(suited, fitted):
    assert fitted.transform(suited.X.iloc[::-1]).shape[0] == len(suited.X)


def test_each_raw_column_reaches_only_the_columns_that_name_it_as_source(key, suited, fitted):
    if not looks_across(key):
        assert fitted.sources == tuple((origin,) for origin in fitted.origins)
    before = plain(fitted.transform(suited.X))
    for name in suited.X.columns:
        shuffled = suited.X.assign(**{name: suited.X[name].to_numpy()[::-1]})
        after = plain(fitted.transform(shuffled))
        same = (before == after) | (np.isnan(before) & np.isnan(after))
        changed = ~same.all(axis=0)
        depends = np.array([name in sources for sources in fitted.sources])
        assert not changed[~depends].any(), name
        assert looks_across(key) or changed.any(), name


def test_the_same_seed_gives_the_same_bytes(key, suited, whole):
    first = whole[1]
    second = prepare(suited, key).fit(suited.X, suited.y, np.ones(240))
    assert plain(first.X).tobytes() == plain(second.X).tobytes()
    assert first.y.tobytes() == second.y.tobytes()
    assert first.weight.tobytes() == second.weight.tobytes()


def test_fitting_again_gives_the_same_as_fitting_once(key, suited, whole):
    preparation = prepare(suited, key)
    preparation.fit(suited.X.iloc[:50], suited.y[:50])
    again = preparation.fit(suited.X, suited.y)
    np.testing.assert_array_equal(plain(again.X), plain(whole[1].X))


def test_it_survives_pickle(key, suited, fitted):
    copy = pickle.loads(pickle.dumps(fitted))
    expected = plain(fitted.transform(suited.X))
    tolerance = 1e-12 if looks_across(key) else 0  # arrays lie otherwise in memory, and add up so
    np.testing.assert_allclose(
        plain(copy.transform(suited.X)), expected, rtol=tolerance, atol=tolerance
    )
    assert copy.feature_names == fitted.feature_names
    assert copy.origins == fitted.origins
    assert copy.sources == fitted.sources


def test_its_estimators_can_be_cloned(key, suited):
    for _, estimator in prepare(suited, key).steps:
        assert type(clone(estimator)) is type(estimator)
        assert repr(clone(estimator)) == repr(estimator)


def test_it_survives_json(key):
    recipe = recipe_with(key)
    copy = recipe_from_json(recipe_to_json(recipe))
    assert copy == recipe
    assert copy.id == recipe.id


def test_levels_and_words_not_seen_in_training_are_no_error(suited, fitted):
    strange = suited.X.assign(town="nowhere", job="astronaut")
    strange.loc[5:9, ["town", "job"]] = np.nan
    if "note" in strange:
        strange["note"] = "quite unheard of"
    assert fitted.transform(strange).shape[0] == len(strange)


def test_a_column_without_a_value_in_training_is_left_out(key, suited):
    for emptied in ({"age", "town", "joined"}, {"income", "smoker", "job", "note"}):
        names = emptied & set(suited.X.columns)
        holed = suited.change(
            **{name: suited.X[name].where(np.arange(240) >= 160) for name in names}
        )
        preparation = prepare(holed, key)
        if key == "drop_missing_rows":
            with pytest.raises(LabError, match="every training row"):
                preparation.fit(holed.X.iloc[:160], holed.y[:160])
            continue
        preparation.fit(holed.X.iloc[:160], holed.y[:160])
        left = set(suited.X.columns) - names
        chooses = STEPS[key].family is Family.SELECTION
        assert reached(preparation) <= left if chooses else reached(preparation) == left
        assert preparation.transform(holed.X.iloc[160:]).shape[0] == 80


def test_constant_columns_are_no_error(key, suited):
    values = {"age": 1.0, "smoker": 1.0, "town": "one", "joined": pd.Timestamp("2024-05-05 12:00")}
    values = {name: value for name, value in values.items() if name in suited.X}
    constant = suited.change(**values)
    preparation = prepare(constant, key)
    prepared = preparation.fit(constant.X, constant.y)
    assert not np.isinf(plain(prepared.X)).any()
    chooses = STEPS[key].family is Family.SELECTION
    assert chooses or set(values) <= reached(preparation)


def test_one_training_row_works_or_is_refused_in_plain_words(key, suited):
    preparation = prepare(suited, key)
    row = suited.rows([8])
    entry = STEPS[key]
    refused = entry.acts is Acts.ROWS and key != "drop_missing_rows"
    refused = refused or entry.fewest_rows > 1 or entry.needs_target
    refused = refused or "folds" in STEPS.choose(key).settings
    with pytest.raises(LabError) if refused else nullcontext():
        preparation.fit(row.X, row.y)
        assert preparation.transform(suited.X).shape[0] == 240


def test_a_dense_array_holds_the_same_numbers(key, suited, whole):
    sparse = whole[1]
    dense = prepare(suited, key, dense=True).fit(suited.X, suited.y)
    assert isinstance(dense.X, np.ndarray)
    np.testing.assert_allclose(plain(sparse.X), dense.X, rtol=0, atol=1e-12)


def test_mostly_empty_columns_come_out_sparse_unless_an_array_is_asked_for(example, key):
    names = [name for name in ("town", "note") if example.schema[name].kind in STEPS[key].kinds]
    if not names or not STEPS[key].makes_many:
        return
    notes = [f"word{i % 40} word{i % 31} word{i % 23}" for i in range(240)]
    data = example.only(*names).change(**dict.fromkeys(set(names) & {"note"}, notes))
    recipe = Recipe(title=key, steps=(Step(choice=STEPS.choose(key)),))
    made = make_preparation(recipe, data.schema, task=Task.BINARY, seed=0).fit(data.X, data.y)
    assert isspmatrix_csr(made.X)
    assert made.X.nnz < 0.3 * np.prod(made.X.shape)


def test_it_is_refused_where_it_makes_no_sense(key, suited):
    takes = {"takes_missing": True, "takes_categories": True}
    problems = check_recipe(recipe_with(key), suited.schema, task=Task.REGRESSION, **takes)
    refused = Task.REGRESSION not in STEPS[key].tasks
    assert any(problem.field == key for problem in problems) == refused
