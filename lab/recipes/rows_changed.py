"""Rows to predict that a step could not take as they are: told, never silent."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


class RowsChangedWarning(UserWarning):
    """Rows to predict held values that a step could not take as they are."""


def tell_rows_changed(what: str) -> None:
    """Tell what was done with rows to predict."""
    warnings.warn(what, RowsChangedWarning, stacklevel=3)


@contextmanager
def rows_changed() -> Iterator[list[str]]:
    """Yield a list that holds, after the block, what was told of rows to predict in it.

    Other warnings go where they would have gone.

    Examples
    --------
    >>> with rows_changed() as told:
    ...     tell_rows_changed("3 values were cut off")
    >>> told
    ['3 values were cut off']
    """
    told: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield told
    for warning in caught:
        if issubclass(warning.category, RowsChangedWarning):
            told.append(str(warning.message))
        else:
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
    told[:] = dict.fromkeys(told)
