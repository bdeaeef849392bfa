"""The peer that anyone would write: a loop of ``cross_validate`` with ``n_jobs=-1``.

Nothing but pandas and scikit-learn prepares the columns, and the pipeline is fitted in each fold
for each model; the models are built with the playground's settings and seeds, one thread each, so
that both do the same fits: a neural network stops early, and when depends on its seed. The metrics
are those that the leaderboard shows.

    python benchmarks/plain_loop.py TABLE MODEL,MODEL,... [--predictions]

With ``--predictions`` it also has the fitted pipelines predict the rows of their test parts, which
curves and comparisons need: sooner done than ``cross_val_predict``, which fits all again.
"""

import sys
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from library_models import library_model, takes_sparse
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import StratifiedKFold, cross_validate
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
    is_linear = MODELS[key].preset == "linear"
    columns = for_linear_models(sparse=takes_sparse(key)) if is_linear else for_trees()
    model = library_model(key, seed=0)
    return SeededPipeline([("columns", columns), ("model", model)])


def predict(fitted: list[Any], tests: list[Any], frame: pd.DataFrame) -> "np.ndarray[Any, Any]":
    """Return the probabilities of all rows, each from the pipeline that has not learnt from it."""
    parts = Parallel(n_jobs=-1)(
        delayed(pipeline.predict_proba)(frame.iloc[test])
        for pipeline, test in zip(fitted, tests, strict=True)
    )
    made = np.empty((len(frame), parts[0].shape[1]))
    made[np.concatenate(tests)] = np.concatenate(parts)
    return made


def main() -> None:
    table, models = sys.argv[1], sys.argv[2].split(",")
    frame = pd.read_csv(table)
    y = (frame.pop("answer") == "yes").to_numpy().astype(int)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    SeededPipeline.seeds = {
        int(train.sum()): fold_seed(0, 0, fold)
        for fold, (train, _) in enumerate(folds.split(frame, y))
    }
    keeps_predictions = "--predictions" in sys.argv
    for key in models:
        pipeline = pipeline_of(key)
        scores = cross_validate(
            pipeline,
            frame,
            y,
            cv=folds,
            scoring=list(SCORING),
            n_jobs=-1,
            return_estimator=keeps_predictions,
            return_indices=keeps_predictions,
        )
        if keeps_predictions:
            predict(scores["estimator"], scores["indices"]["test"], frame)
        print(key, repr(float(scores["test_roc_auc"].mean())), flush=True)


if __name__ == "__main__":
    main()
