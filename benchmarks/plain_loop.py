"""The peer that anyone would write: a loop of ``cross_validate`` with ``n_jobs=-1``.

Nothing but pandas and scikit-learn prepares the columns, and the pipeline is fitted in each fold
for each model; the models are built with the playground's settings and seeds, one thread each, so
that both do the same fits: a neural network stops early, and when depends on its seed. The metrics
are those that the leaderboard shows.

    python benchmarks/plain_loop.py TABLE MODEL,MODEL,... [--predictions]

With ``--predictions`` it also collects out-of-fold predictions with ``cross_val_predict``, which
curves and comparisons need.
"""

import sys
from typing import ClassVar

import numpy as np
import pandas as pd
from library_models import library_model
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import StratifiedKFold, cross_val_predict, cross_validate
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

from lab.experiments import fold_seed
from lab.models import MODELS

SCORING = (
    "accuracy",
    "balanced_accuracy",
    "precision",
    "recall",
    "f1",
    "roc_auc",
    "average_precision",
    "neg_log_loss",
    "neg_brier_score",
    "matthews_corrcoef",
)
NUMBERS = make_column_selector(dtype_include="number")
CATEGORIES = make_column_selector(dtype_exclude="number")


def for_linear_models(*, sparse: bool) -> object:
    return make_column_transformer(
        (
            make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()),
            NUMBERS,
        ),
        (
            make_pipeline(
                SimpleImputer(strategy="constant", fill_value="missing"),
                OneHotEncoder(
                    handle_unknown="infrequent_if_exist",
                    min_frequency=2,
                    max_categories=200,
                    sparse_output=sparse,
                ),
            ),
            CATEGORIES,
        ),
    )


def for_trees() -> object:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    return make_column_transformer(("passthrough", NUMBERS), (codes, CATEGORIES))


class SeededPipeline(Pipeline):
    """A pipeline whose model takes the seed of the fold that it is fitted on, 0 on other rows."""

    seeds: ClassVar[dict[int, int]] = {}  # by the sum of the training rows' numbers

    def fit(self, X: pd.DataFrame, y: object, **params: object) -> "SeededPipeline":
        if "random_state" in self[-1].get_params():
            seed = self.seeds.get(int(X.index.to_numpy().sum()), 0)
            self[-1].set_params(random_state=seed)
        return super().fit(X, y, **params)


def pipeline_of(key: str) -> object:
    entry = MODELS[key]
    is_linear = entry.preset == "linear"
    columns = for_linear_models(sparse=entry.takes_sparse) if is_linear else for_trees()
    model = library_model(key, seed=0)
    return SeededPipeline([("columns", columns), ("model", model)])


def main() -> None:
    table, models = sys.argv[1], sys.argv[2].split(",")
    frame = pd.read_csv(table)
    y = (frame.pop("answer") == "yes").to_numpy().astype(int)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    SeededPipeline.seeds = {
        int(train.sum()): fold_seed(0, 0, fold)
        for fold, (train, _) in enumerate(folds.split(frame, y))
    }
    for key in models:
        pipeline = pipeline_of(key)
        scores = cross_validate(pipeline, frame, y, cv=folds, scoring=list(SCORING), n_jobs=-1)
        if "--predictions" in sys.argv:
            cross_val_predict(pipeline, frame, y, cv=folds, n_jobs=-1, method="predict_proba")
        print(key, repr(float(scores["test_roc_auc"].mean())), flush=True)


if __name__ == "__main__":
    main()
