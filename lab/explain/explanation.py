"""What an explanation says, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ColumnImportance:
    """How much a raw column matters, with a 95 % interval.

    Parameters
    ----------
    column : str
        A raw column.
    mean : float
        Loss of the metric when the column is shuffled, or mean absolute SHAP value.
    low, high : float
        Ends of the interval.
    """

    column: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class ShapSummary:
    """SHAP values of raw columns for some rows.

    Parameters
    ----------
    class_label : str
        The class that is pushed towards; empty for regression.
    scale : str
        What the values add up to: ``log-odds``, ``probability``, ``decision value`` or ``target``.
    base : float
        What they start from: base plus the values of a row is the model's output for it.
    columns : tuple of str
        Raw columns, the largest mean absolute value first.
    importances : tuple of ColumnImportance
        Mean absolute value of each column over all `n_rows` rows, with the sample's error.
    values : tuple of tuples of float, shape (n_shown, n_columns)
        SHAP values of the rows that are shown, to six digits.
    feature_values : tuple of tuples, shape (n_shown, n_columns)
        What stands in those rows: numbers, text for anything else, None where missing.
    n_rows : int
        Rows that were explained, of which at most 300 are shown.
    """

    class_label: str
    scale: str
    base: float
    columns: tuple[str, ...]
    importances: tuple[ColumnImportance, ...]
    values: tuple[tuple[float, ...], ...]
    feature_values: tuple[tuple[float | str | None, ...], ...]
    n_rows: int


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a candidate answers as it does: which columns its score rests on, and how they push.

    Parameters
    ----------
    candidate : str
        Its name.
    metric : str
        Key of the metric that the importances are losses of.
    permutation : tuple of ColumnImportance
        Every feature column, the most important first.
    n_rows : int
        Test rows that were shuffled in each fold.
    n_repeats : int
        Shuffles of each column in each fold.
    n_folds : int
        Folds whose model was explained.
    summaries : tuple of ShapSummary
        One for regression and for two classes; one a class otherwise, the most frequent first.
    notes : tuple of str
        How it was computed, what to keep in mind, and what could not be computed.
    """

    candidate: str
    metric: str
    permutation: tuple[ColumnImportance, ...]
    n_rows: int
    n_repeats: int
    n_folds: int
    summaries: tuple[ShapSummary, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shap(self) -> ShapSummary | None:
        """The first summary, or None when SHAP values could not be computed."""
        return self.summaries[0] if self.summaries else None

    @property
    def message(self) -> str:
        """The notes as running text."""
        return " ".join(self.notes)
