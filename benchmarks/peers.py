"""Other tools on the same table: one small function each, run in an environment of the tool's own.

    .venv-peers/skore/bin/python benchmarks/peers.py skore TABLE MODEL,MODEL,...

Folds are stratified, five, of the same seed, and every learner is asked for the settings that ours
has as far as the tool lets one say so; `WORK` says what each does.
"""

import sys
import tempfile
from typing import Any

import numpy as np
import pandas as pd

FOLDS = 5
WORK = {
    "skore": "scores + predictions",
    "lazypredict": "scores, its own settings and preparation",
    "mljar": "scores + predictions, its own settings, one configuration a model",
    "flaml": "scores, its own settings, one configuration a model",
    "pycaret": "mean scores, its own preparation, older libraries",
}
ENVIRONMENTS = {
    "skore": "skore",
    "lazypredict": "automl",
    "mljar": "automl",
    "flaml": "automl",
    "pycaret": "pycaret",
}
MLJAR = {
    "logistic_regression": "Linear",
    "knn": "Nearest Neighbors",
    "decision_tree": "Decision Tree",
    "random_forest": "Random Forest",
    "extra_trees": "Extra Trees",
    "xgboost": "Xgboost",
    "lightgbm": "LightGBM",
    "mlp": "Neural Network",
}
FLAML = {
    "logistic_regression": "lrl2",
    "knn": "kneighbor",
    "random_forest": "rf",
    "extra_trees": "extra_tree",
    "hist_gradient_boosting": "histgb",
    "xgboost": "xgboost",
    "lightgbm": "lgbm",
}
PYCARET = {
    "logistic_regression": "lr",
    "knn": "knn",
    "gaussian_nb": "nb",
    "decision_tree": "dt",
    "random_forest": "rf",
    "extra_trees": "et",
    "xgboost": "xgboost",
    "lightgbm": "lightgbm",
    "mlp": "mlp",
}
KNOWN = {"mljar": MLJAR, "flaml": FLAML, "pycaret": PYCARET}


def skore(frame: pd.DataFrame, y: "np.ndarray[Any, Any]", models: list[str]) -> None:
    from plain_loop import pipeline_of
    from sklearn.model_selection import StratifiedKFold
    from skore import evaluate

    pipelines = {key: pipeline_of(key) for key in models}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    report = evaluate(pipelines, frame, y, splitter=folds, pos_label=1, n_jobs=-1)
    print(report.metrics.summarize().frame())


def lazypredict(frame: pd.DataFrame, y: "np.ndarray[Any, Any]", models: list[str]) -> None:
    from lazypredict.Supervised import LazyClassifier
    from library_models import library_model
    from sklearn.model_selection import train_test_split

    classes = [type(library_model(key, seed=0)) for key in models]
    parts = train_test_split(frame, y, test_size=1 / FOLDS, stratify=y, random_state=0)
    lazy = LazyClassifier(classifiers=classes, cv=FOLDS, n_jobs=-1, verbose=0, random_state=0)
    print(lazy.fit(*parts))


def mljar(frame: pd.DataFrame, y: "np.ndarray[Any, Any]", models: list[str]) -> None:
    from supervised import AutoML

    folds = {"validation_type": "kfold", "k_folds": FOLDS, "shuffle": True, "stratify": True}
    with tempfile.TemporaryDirectory() as folder:
        AutoML(
            results_path=folder,
            mode="Compete",
            algorithms=[MLJAR[key] for key in models if key in MLJAR],
            validation_strategy={**folds, "random_seed": 0},
            start_random_models=1,
            hill_climbing_steps=0,
            top_models_to_improve=0,
            train_ensemble=False,
            stack_models=False,
            golden_features=False,
            features_selection=False,
            kmeans_features=False,
            mix_encoding=False,
            boost_on_errors=False,
            explain_level=0,
            verbose=0,
        ).fit(frame, y)


def flaml(frame: pd.DataFrame, y: "np.ndarray[Any, Any]", models: list[str]) -> None:
    from flaml import AutoML

    for key in models:
        if key in FLAML:
            AutoML().fit(
                frame,
                y,
                task="classification",
                metric="roc_auc",
                estimator_list=[FLAML[key]],
                max_iter=1,
                eval_method="cv",
                n_splits=FOLDS,
                n_jobs=-1,
                sample=False,
                retrain_full=False,
                verbose=0,
            )


def pycaret(frame: pd.DataFrame, y: "np.ndarray[Any, Any]", models: list[str]) -> None:
    from pycaret.classification import ClassificationExperiment

    experiment = ClassificationExperiment()
    experiment.setup(
        frame.assign(answer=y),
        target="answer",
        train_size=1 - 20 / len(frame),
        fold=FOLDS,
        fold_shuffle=True,
        session_id=0,
        n_jobs=-1,
        html=False,
        system_log=False,
        verbose=False,
    )
    experiment.compare_models(
        include=[PYCARET[key] for key in models if key in PYCARET], verbose=False
    )
    print(experiment.pull())


def main() -> None:
    peer, table, models = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
    frame = pd.read_csv(table)
    y = (frame.pop("answer") == "yes").to_numpy().astype(int)
    {"skore": skore, "lazypredict": lazypredict, "mljar": mljar, "flaml": flaml,
     "pycaret": pycaret}[peer](frame, y, models)  # fmt: skip


if __name__ == "__main__":
    main()
