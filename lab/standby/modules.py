"""What processes that fit models import beforehand."""

from lab.models import MODELS

ALWAYS = (
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
RESAMPLING = ("imblearn.pipeline", "imblearn.over_sampling")


def all_modules() -> tuple[str, ...]:
    """Return the modules that any candidate may need."""
    return tuple(dict.fromkeys((*ALWAYS, *(entry.module for entry in MODELS), *RESAMPLING)))
