"""The limit of a benchmark: the processor time of the bare fits and predictions that it needs.

Each recipe is fitted once per split; every model is fitted once per split, with one thread, and
predicts the test rows once; then the sum is divided by the number of cores. Nothing is read from a
file, scored, written or shared between processes: no bench can be faster with these libraries.

    python benchmarks/limit.py TABLE MODEL,MODEL,...
"""

import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from library_models import library_model, takes_sparse
from ours import experiment_of

from lab.base import Task
from lab.data import Roles, make_dataset, read_table
from lab.experiments import fold_seed
from lab.models import predict_outputs
from lab.recipes import make_preparation
from lab.validation import Rows, make_splits


def main() -> None:
    table, models = Path(sys.argv[1]), sys.argv[2].split(",")
    warnings.simplefilter("ignore")
    data = make_dataset(read_table(table), Roles(target="answer", task=Task.BINARY))
    experiment = experiment_of(data, data.id, models)
    recipes = {one.model.key: one.recipe for one in experiment.candidates}
    for key in models:
        library_model(key, seed=0)  # imports its library
    seconds = dict.fromkeys((*models, "prepare"), 0.0)
    rows = Rows(n=data.n_rows, classes=data.y.astype("int64"), labels=data.labels)
    X = data.X
    for split in make_splits(experiment.plan, rows):
        seed = fold_seed(experiment.seed, split.repeat, split.fold)
        raw_train, raw_test, y = X.iloc[split.train], X.iloc[split.test], data.y[split.train]
        prepared = {}
        for recipe in recipes.values():
            if recipe.id not in prepared:
                started = time.process_time()
                preparation = make_preparation(recipe, data.features, task=Task.BINARY, seed=seed)
                train = preparation.fit(raw_train, y).X
                prepared[recipe.id] = (train, preparation.transform(raw_test))
                seconds["prepare"] += time.process_time() - started
        for key in models:
            train, test = (_suited(key, part) for part in prepared[recipes[key].id])
            if not seconds[key]:  # what only a first fit costs is no part of the limit
                library_model(key, seed=0).fit(train[:500], y[:500])
            started = time.process_time()
            model = library_model(key, seed=seed)
            model.fit(train, y)
            predict_outputs(model, test, task=Task.BINARY, n_classes=2)
            seconds[key] += time.process_time() - started
    for key, spent in seconds.items():
        print(f"{key:24} {spent:8.2f} s")
    cores = len(os.sched_getaffinity(0))
    total = sum(seconds.values())
    print(f"limit {total / cores:.2f} s = {total:.2f} s of processor time on {cores} cores")


def _suited(key: str, matrix: Any) -> Any:
    return matrix if takes_sparse(key) or isinstance(matrix, np.ndarray) else matrix.toarray()


if __name__ == "__main__":
    main()
