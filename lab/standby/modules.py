"""What processes that fit models import beforehand."""

from collections.abc import Iterable

_FIRST = "lab.standby.first_import"
"""Comes first: the others take seconds."""
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
_RESAMPLING = ("imblearn.pipeline", "imblearn.over_sampling")
_REHEARSAL = "lab.benchmark.rehearsal"
"""Comes last: a first fit with all that was imported."""


def modules_for(models: Iterable[str], *, resampling: bool) -> tuple[str, ...]:
    """Return the modules that candidates need, in the order of import.

    Parameters
    ----------
    models : iterable of str
        Keys of the models; unknown ones are left out.
    resampling : bool
        Whether a recipe resamples.
    """
    from lab.models import MODELS  # not above: the first import of a forkserver passes here

    named = [MODELS[key].module for key in models if key in MODELS]
    extra = _RESAMPLING if resampling else ()
    return (_FIRST, *dict.fromkeys((*_ALWAYS, *named, *extra)), _REHEARSAL)


def all_modules() -> tuple[str, ...]:
    """Return the modules that any candidate may need."""
    from lab.models import MODELS

    return modules_for(MODELS.keys, resampling=True)
