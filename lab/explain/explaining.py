"""The whole explanation of a candidate, from its folds' parts."""

from collections.abc import Sequence

from lab.base import LabError, Task
from lab.data import Dataset
from lab.experiments import Experiment
from lab.explain.explanation import Explanation
from lab.explain.fitted_fold import fit_fold
from lab.explain.permutation import REPEATS, FoldLosses, combine_folds, fold_losses
from lab.explain.shap_values import ShapPart, shap_part
from lab.metrics import METRICS, default_metrics
from lab.models import MODELS
from lab.validation import Split

MOST_FOLDS = 5
MOST_SLOW_FOLDS = 3
QUICK_FIT_SECONDS = 5.0
SHARED = (
    "Columns that say the same share their importance or hide each other: when one is shuffled, "
    "the model still reads the other, so two strongly related columns can both look unimportant."
)


def explain(
    dataset: Dataset,
    experiment: Experiment,
    candidate: int,
    splits: Sequence[Split],
    *,
    most_rows: int = 0,
) -> Explanation:
    """Return the explanation of a candidate, computed in this process.

    Parameters
    ----------
    dataset : Dataset
        The experiment's data.
    experiment : Experiment
        The experiment.
    candidate : int
        Position of the candidate.
    splits : sequence of Split
        The experiment's splits, of which the last `fold_count` are taken.
    most_rows : int, default 0
        Test rows to shuffle at most; 0 for as many as are quick enough, at most 2,000.
    """
    n_folds = fold_count(experiment, candidate, dataset.n_rows, len(dataset.features))
    folds = [fit_fold(dataset, experiment, candidate, split) for split in splits[-n_folds:]]
    metrics = metrics_to_try(experiment)
    losses = [fold_losses(fold, metrics, most_rows=most_rows) for fold in folds]
    name = experiment.candidates[candidate].name
    return assemble(name, metrics[0], losses, shap_part(folds[-1]))


def fold_count(experiment: Experiment, candidate: int, n_rows: int, n_columns: int) -> int:
    """Return how many folds are explained at most: more where a fit takes only seconds."""
    entry = MODELS[experiment.candidates[candidate].model.key]
    n_classes = {Task.REGRESSION: 1, Task.BINARY: 2, Task.MULTICLASS: 5}[experiment.task]
    is_quick = entry.fit_seconds(n_rows, n_columns, n_classes) <= QUICK_FIT_SECONDS
    return MOST_FOLDS if is_quick else MOST_SLOW_FOLDS


def metrics_to_try(experiment: Experiment) -> tuple[str, ...]:
    """Return the experiment's primary metric and what stands in where it is not defined."""
    return tuple(dict.fromkeys((*experiment.metrics, *default_metrics(experiment.task))))


def assemble(
    name: str,
    primary: str,
    losses: Sequence[FoldLosses],
    shap: ShapPart | None,
    failures: Sequence[str] = (),
) -> Explanation:
    """Return the explanation that the parts of the folds make up.

    Parameters
    ----------
    name : str
        The candidate's name.
    primary : str
        Key of the metric that was wanted.
    losses : sequence of FoldLosses
        One a fold that could be explained.
    shap : ShapPart or None
        SHAP values of one fold, when they could be computed.
    failures : sequence of str
        What could not be computed, one sentence each.

    Raises
    ------
    LabError
        When no fold could be explained.
    """
    if not losses:
        raise LabError(failures[0] if failures else "there is no fold to explain")
    metric = losses[0].metric
    same = [fold for fold in losses if fold.metric == metric]
    notes = [_how(same), SHARED, *([shap.note] if shap else []), *failures]
    if metric != primary:
        notes.insert(1, f"{METRICS[primary].title} is not defined for this model's predictions.")
    return Explanation(
        candidate=name,
        metric=metric,
        permutation=combine_folds(same),
        n_rows=max(fold.n_rows for fold in same),
        n_repeats=len(same[0].losses[0]),
        n_folds=len(same),
        summaries=shap.summaries if shap else (),
        notes=tuple(notes),
    )


def _how(folds: Sequence[FoldLosses]) -> str:
    title, rows = METRICS[folds[0].metric].title, max(fold.n_rows for fold in folds)
    text = f"Permutation importance: how much worse {title} gets when a column is shuffled among "
    where = f"{rows:,} test rows, {REPEATS} times"
    if len(folds) == 1:
        return f"{text}{where}. There is one fold, so the intervals (95 %) show only the shuffling."
    return f"{text}{where} in each of {len(folds)} folds, with 95 % intervals over the folds."
