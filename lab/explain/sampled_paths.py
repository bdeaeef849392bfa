"""Shapley values of raw columns for any model, from sampled orders of the columns.

Štrumbelj and Kononenko (2014): a row is turned into a background row one column at a time, and
each change of the output is credited to the column that was turned. Orders come in pairs, each
with its reverse (Mitchell et al. 2022), which halves the error. The changes along an order add up
to the whole difference, so the values are additive exactly, whatever the sample.
"""

import numpy as np

from lab.explain.contributions import MOST_ROWS, Explainer, output_classes
from lab.explain.fitted_fold import FittedFold, Floats, Ints
from lab.explain.prediction_cost import prediction_seconds
from lab.models import predict_outputs

FEWEST_PATHS, MOST_PATHS = 32, 128
"""Orders, and background rows: one each."""
SECONDS = 20.0
FEWEST_ROWS, GOOD_ROWS = 50, 200
MOST_CELLS = 4_000_000


def sampled(fold: FittedFold) -> Explainer:
    """Return the explainer for models without a structure that can be used."""
    n_columns = len(fold.columns)
    affordable = SECONDS / (prediction_seconds(fold.fitted.model) * max(1, n_columns))
    n_paths = int(np.clip(affordable / GOOD_ROWS, FEWEST_PATHS, MOST_PATHS))
    usual = fold.prepared_dense(fold.sample(fold.split.train, n_paths))
    orders = _orders(n_columns, len(usual), fold.seed)
    _, scores, are_probabilities = predict_outputs(
        fold.fitted.model,
        usual,
        task=fold.dataset.roles.task,
        n_classes=len(fold.dataset.labels),
    )
    classified = "probability" if are_probabilities else "decision value"
    return Explainer(
        explain=lambda X: _credits(fold, X, usual, orders),
        base=_outputs(fold, usual).mean(axis=0),
        scale="target" if scores is None else classified,
        name=f"by {len(usual)} sampled orders of the columns and as many background rows",
        most_rows=int(np.clip(affordable / n_paths, FEWEST_ROWS, MOST_ROWS)),
        is_raw=True,
    )


def _orders(n_columns: int, n_paths: int, seed: int) -> list[Ints]:
    random = np.random.default_rng(seed)
    orders: list[Ints] = []
    while len(orders) < n_paths:
        order = random.permutation(n_columns)
        orders += [order, order[::-1]]
    return orders[:n_paths]


def _credits(fold: FittedFold, X: Floats, usual: Floats, orders: list[Ints]) -> Floats:
    whole = _outputs(fold, X)
    credit = np.zeros((len(X), len(fold.columns), whole.shape[1]))
    for row, order in zip(usual, orders, strict=True):
        before = np.broadcast_to(_outputs(fold, row[None]), whole.shape)
        for column, after in zip(order, _along(fold, X, row, order), strict=True):
            credit[:, column] += after - before
            before = after
    return credit / len(orders)


def _along(fold: FittedFold, X: Floats, row: Floats, order: Ints) -> list[Floats]:
    """Return the outputs while a background row takes on the rows' columns, one by one."""
    hybrid = np.tile(row, (len(X), 1))
    at_once = max(1, MOST_CELLS // max(X.size, 1))
    outputs: list[Floats] = []
    for start in range(0, len(order), at_once):
        stages = []
        for column in order[start : start + at_once]:
            features = fold.features_of(int(column))
            hybrid[:, features] = X[:, features]
            stages.append(hybrid.copy())
        answers = _outputs(fold, np.vstack(stages))
        outputs.extend(np.split(answers, len(stages)))
    return outputs


def _outputs(fold: FittedFold, X: Floats) -> Floats:
    """Return a column an output: the class scores that are explained, or the values."""
    predicted, scores, _ = predict_outputs(
        fold.fitted.model, X, task=fold.dataset.roles.task, n_classes=len(fold.dataset.labels)
    )
    if scores is None:
        return np.asarray(predicted, dtype=np.float64)[:, None]
    return scores[:, list(output_classes(fold))]
