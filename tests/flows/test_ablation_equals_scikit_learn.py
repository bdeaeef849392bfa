"""An ablation on the bench equals a plain scikit-learn loop, and runs nothing twice."""

from dataclasses import replace

import numpy as np
import pytest
from imblearn.over_sampling import SMOTE
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import RobustScaler, StandardScaler

from lab.base import Task, Workspace
from lab.benchmark import cancel, start, wait
from lab.comparison import TOGETHER, choice_effects
from lab.data import Roles, load_sample, make_dataset
from lab.experiments import Candidate, CellState, Experiment, ablation, fold_seed
from lab.models import MODELS
from lab.recipes import RecipeChange, preset_recipe
from lab.store import JobState, Store
from lab.validation import SPLITTERS, ValidationPlan

TOLERANCE = 1e-9
FOLDS = 4
MODEL_KEYS = ("knn", "logistic_regression")
CHANGES = (
    RecipeChange(step="standard_scaler"),
    RecipeChange(step="standard_scaler", instead="robust_scaler"),
    RecipeChange(instead="smote"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(Workspace(root=tmp_path_factory.mktemp("ablation")))


@pytest.fixture(scope="module")
def tumours():
    return make_dataset(load_sample("breast_cancer"), Roles(target="diagnosis", task=Task.BINARY))


@pytest.fixture(scope="module")
def experiment(store, tumours):
    """Return a finished experiment of nearest neighbours and a logistic regression."""
    settings = {"logistic_regression": {"max_iter": 10_000}}
    made = Experiment(
        name="tumours",
        dataset_id=store.save_dataset(tumours),
        task=Task.BINARY,
        candidates=tuple(
            Candidate(
                name=key,
                recipe=preset_recipe("linear"),
                model=MODELS.choose(key, settings.get(key)),
            )
            for key in MODEL_KEYS
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": FOLDS})),
        metrics=("roc_auc",),
    )
    run(store, made)
    return made


@pytest.fixture(scope="module")
def study(store, tumours, experiment):
    """Return a finished ablation; only the cells of what it changes are run."""
    made = ablation(experiment, (0, 1), CHANGES, features=tumours.features)
    before = predictions(store)
    run(store, made)
    after = predictions(store)
    assert before.items() <= after.items()
    assert len(after) - len(before) == len(CHANGES) * len(MODEL_KEYS) * FOLDS
    return made


def run(store, made):
    start(store, store.save_experiment(made))
    job = wait(store, made.id)
    assert job.state is JobState.DONE, job.message
    assert {record.state for record in store.records(made.id)} == {CellState.DONE}


def predictions(store):
    folder = store.workspace.root / "predictions"
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.npz")}


def plain_scores(dataset, scaler=None, *, smote=False):
    """Return scores by model and fold of a loop without anything of ours."""
    X, y = dataset.X.to_numpy(), dataset.y
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(X, y)
    scores = np.empty((len(MODEL_KEYS), FOLDS))
    for fold, (train, test) in enumerate(folds):
        X_train, y_train, X_test = X[train], y[train], X[test]
        if scaler is not None:
            fitted = scaler().fit(X_train)
            X_train, X_test = fitted.transform(X_train), fitted.transform(X_test)
        if smote:
            sampler = SMOTE(random_state=fold_seed(0, 0, fold))
            X_train, y_train = sampler.fit_resample(X_train, y_train)
        models = (KNeighborsClassifier(), LogisticRegression(max_iter=10_000))
        for place, model in enumerate(models):
            chances = model.fit(X_train, y_train).predict_proba(X_test)[:, 1]
            scores[place, fold] = roc_auc_score(y[test], chances)
    return scores


def by_hand(differences):
    """Return mean, low and high of the corrected resampled t-test (Nadeau & Bengio, 2003)."""
    error = np.sqrt(np.var(differences, ddof=1) * (1 / FOLDS + 1 / (FOLDS - 1)))
    reach = stats.t.ppf(0.975, FOLDS - 1) * error
    return np.mean(differences) + np.array([0.0, -reach, reach])


def test_effects_are_those_of_a_plain_loop(store, tumours, study):
    effects = choice_effects(study, store.records(study.id), "roc_auc")
    base = plain_scores(tumours, StandardScaler)
    expected = {
        "Standardise": base - plain_scores(tumours),
        CHANGES[1].title: plain_scores(tumours, RobustScaler) - base,
        CHANGES[2].title: plain_scores(tumours, StandardScaler, smote=True) - base,
    }
    assert len(effects) == 3 * 3
    for row in effects.to_dict("records"):
        differences = expected[row["choice"]]
        if row["model"] == TOGETHER:
            differences = differences.mean(axis=0)
        else:
            differences = differences[MODEL_KEYS.index(row["model"])]
        found = [row["effect"], row["low"], row["high"]]
        np.testing.assert_allclose(found, by_hand(differences), atol=TOLERANCE, rtol=0)


def test_an_ablation_asked_for_again_runs_nothing(store, tumours, experiment, study):
    before = predictions(store)
    again = ablation(experiment, (0, 1), CHANGES, features=tumours.features)
    assert again.id == study.id
    run(store, again)
    assert predictions(store) == before


def test_an_ablation_that_is_cancelled_goes_on_where_it_was(store, tumours, experiment):
    change = RecipeChange(instead="smote", settings={"k_neighbors": 3})
    made = ablation(experiment, (0, 1), (change,), features=tumours.features)
    start(store, store.save_experiment(made))
    cancel(store, made.id)
    assert wait(store, made.id).state is JobState.CANCELLED
    before = predictions(store)
    run(store, made)
    assert before.items() <= predictions(store).items()
    effects = choice_effects(made, store.records(made.id), "roc_auc")
    assert effects["effect"].notna().all()


def test_on_a_single_split_effects_come_from_its_rows(store, tumours, experiment):
    plan = ValidationPlan(splitter=SPLITTERS.choose("holdout"))
    base = replace(experiment, plan=plan)
    made = ablation(base, (0, 1), CHANGES[:1], features=tumours.features)
    run(store, made)
    effects = choice_effects(
        made,
        store.records(made.id),
        "roc_auc",
        outputs=lambda cell: store.load_predictions(cell.key).test,
    )
    assert (effects["low"] <= effects["effect"]).all()
    assert (effects["effect"] <= effects["high"]).all()
    assert effects["effect"].iloc[2] == pytest.approx(effects["effect"].iloc[:2].mean())
