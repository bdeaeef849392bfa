"""The libraries that children of a forkserver find imported."""

from collections.abc import Sequence

from lab.experiments import Candidate
from lab.recipes import STEPS, Acts

_ALWAYS = (
    "lab.benchmark.calls",
    "pyarrow.feather",
    "scipy.sparse",
    "sklearn.compose",
    "sklearn.impute",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
)
_BY_MODEL = {
    "dummy": "sklearn.dummy",
    "logistic_regression": "sklearn.linear_model",
    "ridge": "sklearn.linear_model",
    "knn": "sklearn.neighbors",
    "gaussian_nb": "sklearn.naive_bayes",
    "decision_tree": "sklearn.tree",
    "random_forest": "sklearn.ensemble",
    "extra_trees": "sklearn.ensemble",
    "hist_gradient_boosting": "sklearn.ensemble",
    "xgboost": "xgboost",
    "lightgbm": "lightgbm",
    "linear_svm": "sklearn.svm",
    "rbf_svm": "sklearn.svm",
    "mlp": "sklearn.neural_network",
}


def modules_for(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the modules that these candidates need."""
    models = [_BY_MODEL.get(candidate.model.key, "") for candidate in candidates]
    steps = {step.choice.key for candidate in candidates for step in candidate.recipe.steps}
    resamples = any(STEPS[key].acts is Acts.ROWS for key in steps)
    extra = ("imblearn.pipeline", "imblearn.over_sampling") if resamples else ()
    return tuple(dict.fromkeys(name for name in (*_ALWAYS, *models, *extra) if name))
