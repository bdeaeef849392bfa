"""Missing values taken from the nearest earlier or later training row of the same series."""

from typing import Any, Literal, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from lab.recipes.estimators.series_index import as_frame
from lab.recipes.rows_changed import tell_rows_changed

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[Any]


class CarriedValueImputer(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Fills each gap from the nearest training row before it, or after it, in the same group.

    The index of the rows tells their times and groups, in two levels (see `SeriesIndex`). A row to
    predict is filled from training rows only, those of its own time among them; what other rows
    are asked for with it changes nothing. A training row is filled from the others as pandas'
    ``groupby(group).ffill()`` does it on rows sorted by time: of rows of one time those before it
    in the table count as earlier. Gaps without such a row, such as those of rows without a time, a
    group, or an index of two levels, get the median of a column of numbers, and the most frequent
    training value of any other and of a column of 0 and 1.

    Parameters
    ----------
    direction : {"forward", "backward"}, default "forward"
        Whether values are carried forward, from earlier rows, or backward, from later ones.

    Attributes
    ----------
    order_ : tuple of str
        The names of the time and of the group, those that there are.
    groups_ : dict
        A number for each group of the training rows.
    times_ : ndarray of float64
        The times of the training rows, each once, in order.
    learnt_ : list of tuple
        Of each column its values in order, where in groups and times they stand, and what gaps
        get that find none.

    Examples
    --------
    >>> rows = pd.DataFrame({"price": [3.0, 4.0], "shop": ["Ulm", "Ulm"], "day": [1, 5]})
    >>> imputer = CarriedValueImputer().fit(rows.set_index(["day", "shop"]))
    >>> later = pd.DataFrame({"price": [None], "shop": ["Ulm"], "day": [4]}, dtype=object)
    >>> float(imputer.transform(later.set_index(["day", "shop"]))["price"].iloc[0])
    3.0
    """

    def __init__(self, *, direction: Literal["forward", "backward"] = "forward") -> None:
        self.direction = direction

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the values of each column by group and time.

        Parameters
        ----------
        X : DataFrame or array, missing as NaN or None
            Training rows. Gaps of a column without a value stay.
        y : ignored
        """
        frame = as_frame(self, X, reset=True)
        has_order = frame.index.nlevels == 2
        self.order_ = tuple(str(name) for name in frame.index.names if name) if has_order else ()
        times, groups = _times_and_groups(frame)
        known = ~np.isnan(times) & ~pd.isna(groups)
        self.groups_ = {label: code for code, label in enumerate(pd.unique(groups[known]))}
        self.times_ = np.unique(times[known])
        places = self._places(times, groups)
        order = _in_order(places)
        self.learnt_ = [_learn(*_column(frame, at), places, order) for at in range(frame.shape[1])]
        return self

    def fit_transform(self, X: Any, y: Any = None) -> Any:  # noqa: ARG002 - scikit-learn's signature
        """Return the training rows, each filled from the others."""
        self.fit(X)
        frame = as_frame(self, X, reset=False)
        places = self._places(*_times_and_groups(frame))
        order = _in_order(places)
        order = order if self.direction == "forward" else order[::-1]
        series = places[order] // self._width
        filled = []
        for at, learnt in enumerate(self.learnt_):
            column, gaps = _column(frame, at)
            last = _last_known(~gaps[order], series)
            sources = np.full(len(column), -1)
            sources[order] = np.where(last >= 0, order[last], -1)
            filled.append(_filled(column, gaps, column, sources[gaps], learnt.otherwise))
        return _as_given(X, frame, filled)

    def transform(self, X: Any) -> Any:
        """Return rows filled from the training rows; a frame for a frame, else an array.

        Gaps for which no training row is found are told by a `RowsChangedWarning`.
        """
        check_is_fitted(self)
        frame = as_frame(self, X, reset=False)
        places = self._places(*_times_and_groups(frame))
        filled, n_gaps, n_lost = [], 0, 0
        for at, learnt in enumerate(self.learnt_):
            column, gaps = _column(frame, at)
            sources = self._nearest(learnt, places[gaps])
            filled.append(_filled(column, gaps, learnt.known, sources, learnt.otherwise))
            n_gaps, n_lost = n_gaps + len(sources), n_lost + int((sources < 0).sum())
        if n_lost:
            side = "earlier" if self.direction == "forward" else "later"
            tell_rows_changed(
                f"{self.direction}_fill found no {side} training row with a value for {n_lost:,} "
                f"of {n_gaps:,} gaps: they got the median or most frequent value"
            )
        return _as_given(X, frame, filled)

    @property
    def _width(self) -> int:
        """Places that each group takes: one a training time, and one that stays free."""
        return len(self.times_) + 1

    def _places(self, times: Values, groups: Values) -> Ints:
        """Return a number for each row that grows with its time within its group.

        That of a training row is the group's first plus the number of its time. Other times get
        the place of the training time before them (after them for backward), and where there is
        none the free place between two groups. -1 for rows of no training group, or without time.
        """
        codes = np.array([self.groups_.get(label, -1) for label in groups], dtype=np.int64)
        if self.direction == "forward":
            ranks = np.searchsorted(self.times_, times, side="right") - 1
        else:
            ranks = np.searchsorted(self.times_, times, side="left")
        lost = (codes < 0) | np.isnan(times) | (ranks < 0)
        return np.where(lost, -1, codes * self._width + ranks)

    def _nearest(self, learnt: "_Learnt", places: Ints) -> Ints:
        """Return which of a column's values is nearest to each place, -1 for none."""
        if not len(learnt.places):
            return np.full(len(places), -1)
        if self.direction == "forward":
            at = np.searchsorted(learnt.places, places, side="right") - 1
        else:
            at = np.searchsorted(learnt.places, places, side="left")
        inside = (places >= 0) & (at >= 0) & (at < len(learnt.places))
        at = np.where(inside, at, 0)
        same = learnt.places[at] // self._width == places // self._width
        return np.where(inside & same, at, -1)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.transformer_tags.preserves_dtype = []
        return tags


class _Learnt(NamedTuple):
    """The known values of a column in order, their places, and what is put where there is none."""

    places: Ints
    known: Values
    otherwise: Any


def _times_and_groups(frame: pd.DataFrame) -> tuple[Values, Values]:
    """Return the two levels of an index; rows without them have no time."""
    index = frame.index
    if index.nlevels != 2:
        return np.full(len(frame), np.nan), np.full(len(frame), "", dtype=object)
    times, groups = index.get_level_values(0), index.get_level_values(1)
    return times.to_numpy(dtype=np.float64), groups.to_numpy(dtype=object)


def _in_order(places: Ints) -> Ints:
    """Return the rows that have a place, by group and time and as they stand in the table."""
    order = np.argsort(places, kind="stable")
    return order[places[order] >= 0]


def _column(frame: pd.DataFrame, at: int) -> tuple[Values, Flags]:
    """Return a column, and which of its values are missing."""
    column = frame.iloc[:, at].to_numpy()
    return column, np.asarray(pd.isna(column))


def _learn(column: Values, gaps: Flags, places: Ints, order: Ints) -> _Learnt:
    known = order[~gaps[order]]
    return _Learnt(places[known], column[known], _usual(column[~gaps]))


def _usual(known: Values) -> Any:
    """Return the median of numbers, the most frequent of other values and of 0 and 1."""
    if not len(known):
        return np.nan
    if np.issubdtype(known.dtype, np.number) and not np.isin(known, (0, 1)).all():
        return np.median(known)
    levels, counts = np.unique(known, return_counts=True)
    return levels[np.argmax(counts)]


def _last_known(known: Flags, series: Ints) -> Ints:
    """Return for each row the last known one up to it in its series, -1 for none."""
    last = np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))
    return np.where((last >= 0) & (series[last] == series), last, -1)


def _filled(column: Values, gaps: Flags, known: Values, sources: Ints, otherwise: Any) -> Values:
    """Return a column with its gaps filled by known values, those without a source by another."""
    if not gaps.any():
        return column
    filled, found = column.copy(), sources >= 0
    put = np.full(len(sources), otherwise, dtype=column.dtype)
    put[found] = known[sources[found]]
    filled[gaps] = put
    return filled


def _as_given(X: Any, frame: pd.DataFrame, filled: list[Values]) -> Any:
    if not isinstance(X, pd.DataFrame):
        return np.column_stack(filled)
    made = {
        at: pd.Series(column, index=frame.index, dtype=frame.dtypes.iloc[at])
        for at, column in enumerate(filled)
    }
    return pd.DataFrame(made, index=frame.index, copy=False).set_axis(frame.columns, axis=1)
