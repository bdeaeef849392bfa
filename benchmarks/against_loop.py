"""The whole ``python -m lab run`` against a plain loop of ``cross_validate``.

Ten models x 5 folds on the 53,940 diamonds (mixed columns), as a question of two classes (dearer
than the median?) or of a number (the price). Both do the same work: same models and settings, one
thread each, same folds, the same preparation (inside the pipeline in the loop). Ours also yields
out-of-fold predictions, training scores and a report. Whole processes, one after the other.

    python benchmarks/against_loop.py [--task binary|regression] [--rows N] [--times 3]
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
MODELS = {
    "binary": [
        "logistic_regression",
        "knn",
        "gaussian_nb",
        "decision_tree",
        "random_forest",
        "extra_trees",
        "hist_gradient_boosting",
        "xgboost",
        "lightgbm",
        "mlp",
    ],
    "regression": [
        "ridge",
        "knn",
        "decision_tree",
        "random_forest",
        "extra_trees",
        "hist_gradient_boosting",
        "xgboost",
        "lightgbm",
        "linear_svm",
        "mlp",
    ],
}
LOOP = """
import sys
from pathlib import Path
from sklearn.model_selection import KFold, StratifiedKFold, cross_validate
from lab.data import make_dataset, read_table, Roles
from lab.base import Task
from lab.models import MODELS, build_model
from lab.recipes import as_pipeline, auto_recipe, make_preparation

path, target, task, models = Path(sys.argv[1]), sys.argv[2], Task(sys.argv[3]), sys.argv[4].split()
data = make_dataset(read_table(path), Roles(target=target, task=task))
scoring = (["roc_auc", "accuracy", "f1", "neg_log_loss"] if task.is_classification
           else ["r2", "neg_root_mean_squared_error", "neg_mean_absolute_error"])
folds = (StratifiedKFold if task.is_classification else KFold)(5, shuffle=True, random_state=0)
for key in models:
    recipe = auto_recipe(MODELS[key].preset, takes_missing=MODELS[key].takes_missing)
    preparation = make_preparation(recipe, data.features, task=task, seed=0)
    pipeline = as_pipeline(preparation, build_model(MODELS.choose(key), task, seed=0))
    scores = cross_validate(pipeline, data.X, data.y, cv=folds, scoring=scoring, n_jobs=-1)
    name = f"test_{scoring[0]}"
    print(f"{key:24} {scoring[0]} {scores[name].mean():.4f}", flush=True)
"""


def write_table(path: Path, task: str, rows: int) -> str:
    frame = pd.read_csv(ROOT / "datasets" / "diamonds.csv").head(rows)
    if task == "regression":
        frame.to_csv(path, index=False)
        return "price"
    frame["dear"] = (frame.pop("price") > 2401).map({True: "yes", False: "no"})
    frame.to_csv(path, index=False)
    return "dear"


def timed(command: list[str], log: Path) -> tuple[float, float]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with log.open("wb") as output:
        subprocess.run(command, check=True, stdout=output, stderr=output, env=environment, cwd=ROOT)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_both(task: str, rows: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Wall and CPU seconds of ours and of the loop, one after the other."""
    models = MODELS[task]
    cv = "stratified" if task == "binary" else "kfold"
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "diamonds.csv"
        target = write_table(table, task, rows)
        ours = [sys.executable, "-m", "lab", "run", str(table), "--target", target, "--task", task]
        ours += ["--models", ",".join(models), "--cv", cv]
        ours += ["--home", f"{folder}/home", "--out", f"{folder}/out"]
        loop = [sys.executable, "-c", LOOP, str(table), target, task, " ".join(models)]
        return timed(ours, Path(folder) / "ours.log"), timed(loop, Path(folder) / "loop.log")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", choices=tuple(MODELS), default="binary")
    parser.add_argument("--rows", type=int, default=53_940)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    ratios = []
    for number in range(options.times):
        ours, loop = run_both(options.task, options.rows)
        ratios.append(ours[0] / loop[0])
        print(
            f"{number + 1}: lab run {ours[0]:.1f} s wall, {ours[1]:.1f} s CPU · "
            f"loop {loop[0]:.1f} s wall, {loop[1]:.1f} s CPU · ratio {ratios[-1]:.2f}",
            flush=True,
        )
    print(
        f"median ratio of wall times {statistics.median(ratios):.2f} "
        f"({len(MODELS[options.task])} models, 5 folds, {options.rows:,} rows, "
        f"{os.cpu_count()} cores)"
    )


if __name__ == "__main__":
    main()
