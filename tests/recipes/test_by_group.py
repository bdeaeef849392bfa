"""Columns prepared group by group are, to the bit, what scikit-learn makes of the whole frame."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.compose import ColumnTransformer

from lab.base import Task
from lab.recipes import (
    STEPS,
    Sampled,
    SideBySide,
    as_parts,
    make_preparation,
    preset_recipe,
    sample,
)
from lab.recipes.by_group import goes_by_group
from lab.recipes.suiting import suit
from tests.recipes.around import UNSUITED, recipe_with, task_of


class Asked:
    """Raw rows that note which columns were asked for together."""

    def __init__(self, frame):
        self.frame, self.columns, self.asked = frame, list(frame.columns), []

    def __len__(self):
        return len(self.frame)

    def __getitem__(self, names):
        self.asked.append(tuple(names))
        return self.frame[names]


def plainly(preparation, X, y, test):
    """Return training and test rows as the estimators make them of whole frames."""
    rows, steps = Sampled(X, y, None), []
    for name, unfitted in preparation.steps:
        estimator = clone(unfitted)
        steps.append(estimator)
        if hasattr(estimator, "fit_resample"):
            rows = sample(estimator, rows)
            continue
        suit(name, estimator, rows.X, rows.y)
        rows = rows._replace(X=estimator.fit_transform(rows.X, rows.y))
        test = estimator.transform(test)
    return steps, rows.X, test


def same_bytes(made, expected):
    """Check that two matrices are equal, missing values and their order in memory included."""
    if sparse.issparse(expected):
        assert sparse.issparse(made)
        for part in ("data", "indices", "indptr"):
            np.testing.assert_array_equal(getattr(made, part), getattr(expected, part))
        assert made.indices.dtype == expected.indices.dtype
        return
    expected = np.asarray(expected, dtype=np.float64)
    assert made.tobytes("A") == expected.tobytes("A")
    assert made.flags.f_contiguous == expected.flags.f_contiguous
    assert made.shape == expected.shape


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("key", STEPS.keys)
def test_every_step_makes_the_same_of_its_group_as_of_the_whole_frame(example, key):
    names = [name for name in example.X if name not in UNSUITED.get(key, ())]
    data = example.only(*names)
    data = data.in_order() if STEPS[key].needs_order else data
    preparation = make_preparation(recipe_with(key), data.schema, task=task_of(key), seed=0)
    train, test, y = data.X.iloc[:160], data.X.iloc[160:], data.y[:160]
    _, learned, transformed = plainly(preparation, train, y, test)
    same_bytes(preparation.fit(train, y).X, learned)
    same_bytes(preparation.transform(test), transformed)
    same_bytes(preparation.fit_parts(Asked(train), y).X.whole(), learned)
    same_bytes(preparation.transform_parts(Asked(test)).whole(), transformed)


@pytest.mark.parametrize("recipe", ["linear", "trees", "minimal"])
@pytest.mark.parametrize("emptied", [(), ("age", "income"), ("town",)])
def test_a_stage_is_left_as_its_own_fit_would_leave_it(example, recipe, emptied):
    data = example.change(**{name: example.X[name].where(np.arange(240) < 9) for name in emptied})
    X, y = data.X.iloc[9:], data.y[9:]
    preparation = make_preparation(preset_recipe(recipe), data.schema, task=Task.BINARY, seed=0)
    (plain,), _, _ = plainly(preparation, X, y, X)
    preparation.fit(X, y)
    ((_, ours),) = preparation.steps
    assert goes_by_group(ours)
    assert isinstance(ours, ColumnTransformer)
    assert vars(ours).keys() == vars(plain).keys()
    for name in ("output_indices_", "sparse_output_", "_transformer_to_input_indices"):
        assert getattr(ours, name) == getattr(plain, name)
    assert ours.feature_names_in_.tolist() == plain.feature_names_in_.tolist()
    assert repr(ours.transformers) == repr(plain.transformers)
    assert [(name, repr(part), own) for name, part, own in ours.transformers_] == [
        (name, repr(part), own) for name, part, own in plain.transformers_
    ]
    same_bytes(ours.transform(X), plain.transform(X))


def test_only_the_columns_of_one_group_are_held_at_once(example):
    preparation = make_preparation(
        preset_recipe("linear"), example.schema, task=Task.BINARY, seed=0
    )
    rows = Asked(example.X)
    preparation.fit_parts(rows, example.y)
    preparation.transform_parts(rows)
    groups = [("age", "income"), ("smoker",), ("town", "job"), ("joined",), ("note",)]
    assert rows.asked == groups * 2


def test_a_frame_that_samplers_need_is_asked_for_whole(example):
    data = example.only("age", "town")
    preparation = make_preparation(recipe_with("smote_nc"), data.schema, task=Task.BINARY, seed=0)
    rows = Asked(data.X)
    preparation.fit_parts(rows, data.y)
    assert rows.asked == [("age", "town")]


PARTS = {
    "rows": (np.arange(12.0).reshape(6, 2), np.arange(6).reshape(6, 1)),
    "columns": (np.asfortranarray(np.arange(12.0).reshape(6, 2)), pd.DataFrame({"a": range(6)})),
    "mixed": (np.arange(12.0).reshape(6, 2), np.asfortranarray(np.ones((6, 3)))),
    "one": (np.asfortranarray(np.arange(12.0).reshape(6, 2)),),
    "sparse": (np.eye(6), sparse.random(6, 9, 0.3, format="csr", random_state=0)),
    "one sparse": (sparse.random(6, 9, 0.3, format="csr", random_state=0),),
    "one row": (np.ones((1, 3)), np.zeros((1, 2))),
    "no column": (np.ones((4, 0)),),
}


@pytest.mark.parametrize("key", PARTS)
@pytest.mark.parametrize("cells", [1, 25, 1 << 19])
def test_parts_put_together_a_few_rows_at_a_time_are_as_numpy_and_scipy_put_them(key, cells):
    parts = PARTS[key]
    n_rows, is_sparse = parts[0].shape[0], "sparse" in key
    made = SideBySide(parts=parts, n_rows=n_rows, is_sparse=is_sparse, cells_at_once=cells)
    expected = sparse.hstack(parts).tocsr() if is_sparse else np.hstack(parts)
    same_bytes(made.whole(), expected)
    assert made.shape == expected.shape
    blocks = list(made.blocks())
    assert all(block.shape[0] == 1 or np.prod(block.shape) <= cells for block in blocks)
    stack = sparse.vstack(blocks).toarray() if is_sparse else np.vstack(blocks)
    np.testing.assert_array_equal(stack, expected.toarray() if is_sparse else expected)


def test_sparse_parts_can_come_out_as_an_array():
    parts = (np.asfortranarray(np.eye(3)), sparse.csr_matrix(np.ones((3, 2))))
    made = SideBySide(parts=parts, n_rows=3, cells_at_once=4)
    same_bytes(made.whole(), np.hstack([parts[0], parts[1].toarray()]))
    np.testing.assert_array_equal(np.vstack(list(made.blocks())), made.whole())
    np.testing.assert_array_equal(np.vstack(list(made.columns())).T, made.whole())


def test_a_matrix_is_one_part_and_comes_back_as_it_was():
    wide = np.arange(20.0).reshape(4, 5)
    for matrix in (wide, wide.T, wide[:, ::2], sparse.csr_matrix(wide)):
        same_bytes(
            as_parts(matrix).whole(), matrix if sparse.issparse(matrix) else matrix.copy("K")
        )
