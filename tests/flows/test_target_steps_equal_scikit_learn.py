"""Steps on the target, run on the bench, equal scikit-learn's written out by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import TransformedTargetRegressor
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error
from sklearn.model_selection import KFold
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer, QuantileTransformer, StandardScaler

from lab.base import Task, Workspace
from lab.benchmark import dataset_splits, start, wait
from lab.data import Roles, load_sample, make_dataset
from lab.experiments import Candidate, Experiment
from lab.explain.fitted_fold import fit_fold
from lab.models import MODELS
from lab.recipes import STEPS, Recipe, Step
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

FOLDER = Path(__file__).resolve().parents[2] / "datasets"
SEED = 7
MODEL_CHOICES = {"ridge": {}, "knn": {"n_neighbors": 7}}
TRANSFORMS = {
    "log_target": {"func": np.log1p, "inverse_func": np.expm1},
    "yeo_johnson_target": {"transformer": PowerTransformer()},
    "quantile_target": {
        "transformer": QuantileTransformer(n_quantiles=824, output_distribution="normal")
    },
    "standard_target": {"transformer": StandardScaler()},
}


def recipe_with(key: str) -> Recipe:
    return Recipe(
        title=key,
        steps=(Step(choice=STEPS.choose("standard_scaler")), Step(choice=STEPS.choose(key))),
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return the store, data set and experiment of every step on the target with two models."""
    store = Store(Workspace(root=tmp_path_factory.mktemp("targets")))
    roles = Roles(target=target_name(), task=Task.REGRESSION)
    dataset = make_dataset(load_sample("concrete_strength"), roles)
    experiment = Experiment(
        name="targets",
        dataset_id=store.save_dataset(dataset),
        task=Task.REGRESSION,
        candidates=tuple(
            Candidate(
                name=f"{key} {model}",
                recipe=recipe_with(key),
                model=MODELS.choose(model, settings),
            )
            for key in TRANSFORMS
            for model, settings in MODEL_CHOICES.items()
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 5}), seed=SEED),
        metrics=("r2", "rmse", "mae"),
        seed=SEED,
    )
    experiment_id = store.save_experiment(experiment)
    start(store, experiment_id)
    job = wait(store, experiment_id)
    assert job.state is JobState.DONE, job.message
    return store, dataset, experiment


def target_name() -> str:
    return str(pd.read_csv(FOLDER / "concrete_strength.csv", nrows=1).columns[-1])


@pytest.mark.parametrize("model", MODEL_CHOICES)
@pytest.mark.parametrize("key", TRANSFORMS)
def test_predictions_and_scores_equal_those_written_by_hand(ran, key, model):
    store, _, experiment = ran
    frame = pd.read_csv(FOLDER / "concrete_strength.csv")
    y = frame.pop(target_name()).to_numpy(np.float64)
    records = {
        record.cell.fold: record
        for record in store.records(experiment.id)
        if experiment.candidates[record.cell.candidate].name == f"{key} {model}"
    }
    folds = KFold(5, shuffle=True, random_state=SEED).split(frame)
    for fold, (train, test) in enumerate(folds):
        plain = {"ridge": Ridge(), "knn": KNeighborsRegressor(7)}[model]
        by_hand = make_pipeline(
            StandardScaler(),
            TransformedTargetRegressor(plain, check_inverse=False, **TRANSFORMS[key]),
        )
        predicted = by_hand.fit(frame.iloc[train], y[train]).predict(frame.iloc[test])
        outputs = store.load_predictions(records[fold].cell.key).test
        np.testing.assert_array_equal(outputs.rows, np.sort(test))
        order = np.argsort(test)
        np.testing.assert_array_equal(outputs.truth, y[test][order])  # on the original scale
        np.testing.assert_allclose(outputs.predicted, predicted[order], rtol=0, atol=1e-9)
        scores = records[fold].result.test_scores
        for metric, score in (
            ("r2", r2_score(y[test], predicted)),
            ("rmse", root_mean_squared_error(y[test], predicted)),
            ("mae", mean_absolute_error(y[test], predicted)),
        ):
            assert scores[metric] == pytest.approx(score, abs=1e-9)


def test_the_model_that_is_explained_is_that_of_the_bench(ran):
    store, dataset, experiment = ran
    split = dataset_splits(dataset, experiment)[0]
    fold = fit_fold(dataset, experiment, 0, split)
    (record,) = [
        r for r in store.records(experiment.id) if (r.cell.candidate, r.cell.fold) == (0, 0)
    ]
    outputs = store.load_predictions(record.cell.key).test
    again = fold.fitted.model.predict(fold.prepared(split.test))
    np.testing.assert_allclose(again, outputs.predicted, rtol=0, atol=1e-12)


def test_all_of_them_share_one_preparation(ran):
    _, _, experiment = ran
    assert len({candidate.preparation_id for candidate in experiment.candidates}) == 1
    assert len({candidate.id for candidate in experiment.candidates}) == len(experiment.candidates)
