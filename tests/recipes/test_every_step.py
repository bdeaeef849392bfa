"""What each line of the catalogue of steps promises; a new step is tested by being there."""

import pickle
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import isspmatrix_csr
from sklearn.base import clone

from lab.base import ColumnKind, LabError, Schema, Task
from lab.recipes import (
    STEPS,
    Acts,
    Family,
    Recipe,
    Step,
    add_step,
    check_recipe,
    make_preparation,
    recipe_from_json,
    recipe_to_json,
)

EVERY = pytest.mark.parametrize("key", STEPS.keys, scope="module")
pytestmark = [EVERY, pytest.mark.filterwarnings("ignore::lab.recipes.RowsChangedWarning")]


QUICKER = {"sequential_selection": {"k": 2}, "shadow_selection": {"rounds": 8, "keep_open": True}}
"""Settings of steps that fit many models."""
WIDE = {"polynomial": 40, "sequential_selection": 40}
"""Columns of a wide table for steps that make or try very many."""


def recipe_with(key: str) -> Recipe:
    """Return a recipe with one step of interest and what any table needs around it."""
    family = STEPS[key].family
    around = {
        Family.MISSING: ("median_imputer", "most_frequent_imputer"),
        Family.DATES: ("date_parts",),
        Family.TEXT: ("tfidf",),
        Family.ENCODING: ("one_hot",),
    }
    keys = [key, *(other for f, keys in around.items() if f is not family for other in keys)]
    recipe = Recipe(title=key, steps=())
    for each in keys:
        if not (key in UNSUITED and each == "tfidf"):
            recipe = add_step(recipe, STEPS.choose(each, QUICKER.get(each, {})))
    return recipe


UNSUITED = {"smote_nc": {"note"}, "smote_n": {"note", "age", "income", "joined"}}
"""Columns that a step cannot stand."""


@pytest.fixture(scope="module")
def suited(example, key):
    """Return the example without the columns that the step cannot stand, in order if it asks."""
    data = example.only(*[name for name in example.X if name not in UNSUITED.get(key, ())])
    return data.in_order() if STEPS[key].needs_order else data


@pytest.fixture(scope="module")
def fitted(suited, key):
    """Return the preparation fitted on the first 160 rows."""
    preparation = prepare(suited, key)
    preparation.fit(suited.X.iloc[:160], suited.y[:160])
    return preparation


def task_of(key: str) -> Task:
    """Return a task that the step is for."""
    return Task.BINARY if Task.BINARY in STEPS[key].tasks else Task.REGRESSION


def prepare(example, key, *, seed=0, dense=False, task=None, schema=None):
    schema, task = schema or example.schema, task or task_of(key)
    return make_preparation(recipe_with(key), schema, task=task, seed=seed, dense=dense)


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


def test_it_makes_finite_or_missing_float64_with_a_name_for_each_column(key, suited):
    preparation = prepare(suited, key)
    prepared = preparation.fit(suited.X, suited.y)
    test = preparation.transform(suited.X)
    assert prepared.X.dtype == test.dtype == np.float64
    assert prepared.X.shape[1] == test.shape[1] == len(preparation.feature_names)
    assert prepared.X.shape[0] == len(prepared.y)
    assert test.shape[0] == len(suited.y)
    assert not np.isinf(plain(test)).any()
    assert len(set(preparation.feature_names)) == len(preparation.feature_names)


def test_what_was_fitted_does_not_depend_on_test_rows(key, suited):
    train, test = np.arange(160), np.arange(160, 240)
    poison = {"age": 1e9, "income": -1e9, "town": "poison", "note": "poisoned words"}
    there, kept = [name for name in poison if name in suited.X], np.arange(240) < 160
    poisoned = suited.change(**{name: suited.X[name].where(kept, poison[name]) for name in there})
    honest, other = prepare(suited, key), prepare(poisoned, key)
    first = honest.fit(suited.X.iloc[train], suited.y[train])
    second = other.fit(poisoned.X.iloc[train], poisoned.y[train])
    before = pickle.dumps(honest)
    np.testing.assert_array_equal(plain(first.X), plain(second.X))
    honest.transform(poisoned.X.iloc[test])
    assert pickle.dumps(honest) == before


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


def test_the_same_seed_gives_the_same_bytes(key, suited):
    first = prepare(suited, key, seed=3).fit(suited.X, suited.y, np.ones(240))
    second = prepare(suited, key, seed=3).fit(suited.X, suited.y, np.ones(240))
    assert plain(first.X).tobytes() == plain(second.X).tobytes()
    assert first.y.tobytes() == second.y.tobytes()
    assert first.weight.tobytes() == second.weight.tobytes()


def test_fitting_again_gives_the_same_as_fitting_once(key, suited):
    preparation = prepare(suited, key)
    preparation.fit(suited.X.iloc[:50], suited.y[:50])
    again = preparation.fit(suited.X, suited.y)
    once = prepare(suited, key).fit(suited.X, suited.y)
    np.testing.assert_array_equal(plain(again.X), plain(once.X))


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


def test_a_dense_array_holds_the_same_numbers(key, suited):
    sparse = prepare(suited, key).fit(suited.X, suited.y)
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


def test_many_columns_are_no_error(example, key):
    entry, n = STEPS[key], WIDE.get(key, 200)
    kinds = entry.default_kinds or entry.kinds or (ColumnKind.NUMBER,)
    kinds = {"smote_n": (ColumnKind.CATEGORY,), "smote_nc": tuple(ColumnKind)[:3]}.get(key, kinds)
    sources = [name for name in example.X if example.schema[name].kind in kinds]
    filled = example.X[sources].bfill().iloc[:40]
    wide = pd.concat([filled.add_suffix(f" {i}") for i in range(n // len(sources))], axis=1)
    whole = {name: example.schema[name.rsplit(" ", 1)[0]] for name in wide}
    columns = tuple(replace(old, name=name, has_missing=False) for name, old in whole.items())
    roles = {"time": "when", "group": "shop"} if entry.needs_order else {}
    wide = wide.assign(**dict.fromkeys(roles.values(), 1.0))
    preparation = prepare(example, key, schema=Schema(columns=columns, **roles))
    prepared = preparation.fit(wide, np.arange(40) % 3 // 2)
    mixes = entry.family in {Family.SELECTION, Family.REDUCTION}
    assert reached(preparation) == set(wide) or (mixes and reached(preparation) < set(wide))
    assert prepared.X.shape[1] == len(set(preparation.feature_names))
    assert preparation.transform(wide).shape == (40, prepared.X.shape[1])


def test_it_is_refused_where_it_makes_no_sense(key, suited):
    takes = {"takes_missing": True, "takes_categories": True}
    problems = check_recipe(recipe_with(key), suited.schema, task=Task.REGRESSION, **takes)
    refused = Task.REGRESSION not in STEPS[key].tasks
    assert any(problem.field == key for problem in problems) == refused
