"""Candidates of one step, and their honest scores."""

import numpy as np
from sklearn.metrics import roc_auc_score

from lab.benchmark import dataset_splits, fit_candidate
from lab.experiments import fold_seed
from lab.recipes import STEPS, Step


def step(key, **settings):
    return Step(choice=STEPS.choose(key, settings))


def honest(dataset, experiment):
    """Return the scores of all folds, as the bench computes them."""
    candidate, scores = experiment.candidates[0], []
    for split in dataset_splits(dataset, experiment):
        seed = fold_seed(experiment.seed, split.repeat, split.fold)
        fitted = fit_candidate(dataset, candidate, split.train, seed=seed)
        X = fitted.preparation.transform(dataset.X.iloc[split.test])
        chances = fitted.model.predict_proba(X)[:, 1]
        scores.append(roc_auc_score(dataset.y[split.test], chances))
    return np.array(scores)
