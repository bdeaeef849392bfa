"""How long a model's fit takes, before anything is known of the machine or the data."""

from lab.base import Choice
from lab.models.catalogue import MODELS


def expected_seconds(choice: Choice, rows: int, columns: int, classes: int) -> float:
    """Return rough seconds of a fit on one core, with predictions of a quarter as many rows.

    Parameters
    ----------
    choice : Choice
        A line of `MODELS` with its settings.
    rows : int
        Training rows.
    columns : int
        Columns of the data set, before its recipe makes more or fewer of them.
    classes : int
        Of the target; 1 for numbers.
    """
    usual = MODELS[choice.key].fit_seconds(max(rows, 1), max(columns, 1), max(classes, 1))
    return usual * relative_seconds(choice)


def relative_seconds(choice: Choice) -> float:
    """Return how many times as long a fit takes as one with the default settings, roughly.

    Parameters
    ----------
    choice : Choice
        A line of `MODELS` with its settings.
    """
    entry = MODELS[choice.key]
    settings = {param.name: param.default for param in entry.params} | choice.settings
    return entry.relative_seconds(settings)
