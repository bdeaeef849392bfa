"""What processes that fit models import beforehand."""

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
"""Take as long as a tenth of all others, and few recipes resample."""
_REHEARSAL = "lab.benchmark.rehearsal"
"""Comes last: the libraries of the models, and a first fit with all that was imported."""


def modules_for(*, resampling: bool) -> tuple[str, ...]:
    """Return the modules that fits need, in the order of import.

    Parameters
    ----------
    resampling : bool
        Whether a recipe may resample.
    """
    return (_FIRST, *_ALWAYS, *(_RESAMPLING if resampling else ()), _REHEARSAL)
