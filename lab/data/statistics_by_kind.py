"""What summary statistics say of a column, by its kind."""

from dataclasses import dataclass

from lab.base import ColumnKind


@dataclass(frozen=True, kw_only=True)
class NumberStatistics:
    """Where numbers lie and how they are spread.

    Parameters
    ----------
    mean, sd : float
        Mean and standard deviation (n - 1).
    minimum, q25, median, q75, maximum : float
        Quantiles, linearly interpolated.
    skewness, kurtosis : float or None
        Corrected for bias (Joanes & Gill 1998, G1 and G2); kurtosis is 0 for a normal
        distribution. None when all values are equal or there are fewer than 4.
    zeros : int
        Values equal to 0.
    low_fence, high_fence : float
        1.5 interquartile ranges below the lower and above the upper quartile (Tukey 1977).
    outliers_below, outliers_above : int
        Values beyond the fences.
    """

    mean: float
    sd: float
    minimum: float
    q25: float
    median: float
    q75: float
    maximum: float
    skewness: float | None
    kurtosis: float | None
    zeros: int
    low_fence: float
    high_fence: float
    outliers_below: int
    outliers_above: int


@dataclass(frozen=True, kw_only=True)
class CategoryStatistics:
    """How values are divided among levels.

    Parameters
    ----------
    levels : int
        Different values.
    most_frequent : str
        The level with the most rows.
    most_frequent_share : float
        Its part of the rows with a value, 0 to 1.
    single : int
        Levels that stand in one row only.
    entropy : float
        Shannon's entropy in bits.
    evenness : float
        Entropy divided by that of levels of equal size, 0 to 1; 1 for a single level.
    """

    levels: int
    most_frequent: str
    most_frequent_share: float
    single: int
    entropy: float
    evenness: float


@dataclass(frozen=True, kw_only=True)
class BooleanStatistics:
    """How often a column says yes.

    Parameters
    ----------
    true_label : str
        The value that says yes: a word for it, or the last in order.
    true_count : int
        Rows with it.
    true_share : float
        Their part of the rows with a value, 0 to 1.
    """

    true_label: str
    true_count: int
    true_share: float


@dataclass(frozen=True, kw_only=True)
class DateStatistics:
    """What time a column of dates covers, and how densely.

    Parameters
    ----------
    first, last : str
        The range, ISO.
    span_days : float
        From the first to the last.
    different : int
        Different dates.
    step_seconds : float
        Typical step: the median of the differences between neighbouring dates; 0 for one date.
    gaps : int
        Steps longer than 1.5 typical ones.
    longest_gap_seconds : float
        The longest step.
    longest_gap_after : str
        The date after which it comes, ISO; empty for one date.
    """

    first: str
    last: str
    span_days: float
    different: int
    step_seconds: float
    gaps: int
    longest_gap_seconds: float
    longest_gap_after: str


@dataclass(frozen=True, kw_only=True)
class TextStatistics:
    """How long texts are.

    Parameters
    ----------
    different : int
        Different texts.
    shortest, longest : int
        Characters.
    mean_length : float
        Characters, over rows.
    mean_words : float
        Words between spaces, over rows.
    most_words : int
        Words of the wordiest.
    """

    different: int
    shortest: int
    longest: int
    mean_length: float
    mean_words: float
    most_words: int


Details = (
    NumberStatistics | CategoryStatistics | BooleanStatistics | DateStatistics | TextStatistics
)


@dataclass(frozen=True, kw_only=True)
class ColumnStatistics:
    """Summary statistics of one column.

    Parameters
    ----------
    name : str
        The column's name.
    kind : ColumnKind
        What its values are.
    count, missing : int
        Rows with and without a value, of the whole table.
    sample_rows : int
        Rows that the details were computed from.
    details : one of the five kinds of statistics, or None
        None when the rows hold no value.
    """

    name: str
    kind: ColumnKind
    count: int
    missing: int
    sample_rows: int
    details: Details | None
