"""Levels as what they say of the target; training rows are encoded from other training rows."""

from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import KFold
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted, validate_data

from lab.recipes.estimators.level_codes import Codes, Floats, LevelEncoder


class _TargetOfLevels(LevelEncoder):
    """What encoders by the target share.

    One column for numbers and two classes, one for each class when there are more. A level not seen
    in training has the value of all rows.

    Attributes
    ----------
    classes_ : ndarray or None
        The classes of the training rows; None for a target of numbers.
    values_ : list of ndarray of shape (n_levels + 1, n_targets)
        Of each column; the last row is for unknown levels.
    """

    target_type: str = "auto"

    def fit(self, X: Any, y: Any) -> Self:
        """Return itself with the value of each level over all training rows.

        Parameters
        ----------
        X : DataFrame or array of levels
            Training rows.
        y : array
            Classes or numbers.
        """
        self._learn(X, y)
        return self

    def fit_transform(self, X: Any, y: Any) -> Floats:
        """Return training rows, each encoded without its own target, after fitting on all."""
        return self._encoded_apart(*self._learn(X, y))

    def transform(self, X: Any) -> Floats:
        """Return the value of each row's levels over all training rows."""
        codes = self._codes(X)
        pairs = zip(self.values_, codes.T, strict=True)
        return np.hstack([values[column] for values, column in pairs])

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names of the columns, with the class when there are more than two."""
        check_is_fitted(self)
        names = _check_feature_names_in(self, input_features)
        if self.n_targets_ == 1 or self.classes_ is None:
            return np.asarray(names, dtype=object)
        made = [f"{name}_{label}" for name in names for label in self.classes_]
        return np.array(made, dtype=object)

    @property
    def n_features_per_input_(self) -> list[int]:
        """How many columns each column gives."""
        return [self.n_targets_] * len(self._sizes)

    def _learn(self, X: Any, y: Any) -> tuple[Codes, Floats]:
        values, y = validate_data(self, X, y, dtype=None, ensure_all_finite=False)
        codes, targets = self._learn_codes(np.asarray(values)), self._targets(np.asarray(y))
        self.values_ = self._all_values(codes, targets)
        return codes, targets

    def _targets(self, y: npt.NDArray[Any]) -> Floats:
        """Return the target as columns of numbers: itself, or 1 where the class is met."""
        is_number = self.target_type == "continuous" or type_of_target(y) == "continuous"
        self.classes_ = None if is_number else np.unique(y)
        if self.classes_ is None:
            columns = y.astype(np.float64)[:, None]
        else:
            shown = self.classes_ if len(self.classes_) > 2 else self.classes_[-1:]
            columns = (y[:, None] == shown).astype(np.float64)
        self.n_targets_ = columns.shape[1]
        return columns

    def _all_values(self, codes: Codes, targets: Floats) -> list[Floats]:
        return [
            self._level_values(column, targets, size)
            for column, size in zip(codes.T, self._sizes, strict=True)
        ]

    def _encoded_apart(self, codes: Codes, targets: Floats) -> Floats:
        return np.hstack([
            self._column_apart(column, targets, size)
            for column, size in zip(codes.T, self._sizes, strict=True)
        ])  # fmt: skip

    def _level_values(self, column: Codes, targets: Floats, size: int) -> Floats:
        raise NotImplementedError

    def _column_apart(self, column: Codes, targets: Floats, size: int) -> Floats:
        raise NotImplementedError

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        return tags


class LeaveOneOut(_TargetOfLevels):
    """The mean target of the other training rows with the same level.

    Parameters
    ----------
    smooth : float, default 0
        Rows that the overall mean counts for.
    target_type : {"auto", "continuous"}, default "auto"
        ``continuous`` for targets that are numbers even if they look like classes.

    Examples
    --------
    >>> towns, y = np.array([["Ulm"], ["Ulm"], ["Ulm"], ["Bonn"]], dtype=object), [0, 1, 1, 1]
    >>> encoder = LeaveOneOut()
    >>> encoder.fit_transform(towns, y).ravel()
    array([1.  , 0.5 , 0.5 , 0.75])
    >>> encoder.transform(towns).ravel().round(2)
    array([0.67, 0.67, 0.67, 1.  ])
    """

    def __init__(
        self, *, smooth: float = 0.0, target_type: Literal["auto", "continuous"] = "auto"
    ) -> None:
        self.smooth = smooth
        self.target_type = target_type

    def _level_values(self, column: Codes, targets: Floats, size: int) -> Floats:
        return _level_means(column, targets, size, self.smooth)

    def _column_apart(self, column: Codes, targets: Floats, size: int) -> Floats:
        counts, sums = _by_level(column, targets, size)
        others = sums[column] - targets
        return _means(others, counts[column] - 1, targets.mean(axis=0), self.smooth)


class OrderedTargets(_TargetOfLevels):
    """The mean target of earlier training rows with the same level, in an order drawn at random.

    CatBoost's ordered target statistics (Prokhorenkova et al. 2018) with one order for all columns.

    Parameters
    ----------
    smooth : float, default 1
        Rows that the overall mean counts for.
    random_state : int, optional
        For the order; None keeps that of the rows.
    target_type : {"auto", "continuous"}, default "auto"
        ``continuous`` for targets that are numbers even if they look like classes.

    Examples
    --------
    >>> towns, y = np.array([["Ulm"], ["Ulm"], ["Bonn"], ["Ulm"]], dtype=object), [0, 1, 1, 0]
    >>> OrderedTargets().fit_transform(towns, y).ravel()
    array([0.5 , 0.25, 0.5 , 0.5 ])
    """

    def __init__(
        self,
        *,
        smooth: float = 1.0,
        random_state: int | None = None,
        target_type: Literal["auto", "continuous"] = "auto",
    ) -> None:
        self.smooth = smooth
        self.random_state = random_state
        self.target_type = target_type

    def _level_values(self, column: Codes, targets: Floats, size: int) -> Floats:
        return _level_means(column, targets, size, self.smooth)

    def _column_apart(self, column: Codes, targets: Floats, size: int) -> Floats:
        order = np.arange(len(column))
        if self.random_state is not None:
            order = np.random.default_rng(self.random_state).permutation(len(column))
        order = order[np.argsort(column[order], kind="stable")]
        sizes = np.bincount(column, minlength=size)
        before, starts = (
            np.cumsum(targets[order], axis=0) - targets[order],
            np.cumsum(sizes) - sizes,
        )
        starts = starts[column[order]]
        sums, counts = before - before[starts], np.arange(len(column)) - starts
        made = np.empty_like(targets)
        made[order] = _means(sums, counts, targets.mean(axis=0), self.smooth)
        return made


class WeightOfEvidence(_TargetOfLevels):
    """Logarithm of how much more frequent a level is in a class than in the others.

    ln of (rows of the class with the level + r) / (rows of the class + 2r), divided by the same of
    the other rows (Good 1950). Training rows get the value that the other folds teach; a level
    not seen is 0.

    Parameters
    ----------
    smooth : float, default 1
        The r that keeps levels of one class finite.
    folds : int, default 5
        Parts of the training rows.
    random_state : int, optional
        For their drawing.

    Examples
    --------
    >>> towns, y = np.array([["Ulm"], ["Ulm"], ["Ulm"], ["Bonn"]], dtype=object), [0, 1, 1, 0]
    >>> WeightOfEvidence().fit(towns, y).transform(towns).ravel().round(3)
    array([ 0.405,  0.405,  0.405, -0.693])
    """

    def __init__(
        self, *, smooth: float = 1.0, folds: int = 5, random_state: int | None = None
    ) -> None:
        self.smooth = smooth
        self.folds = folds
        self.random_state = random_state

    def _targets(self, y: npt.NDArray[Any]) -> Floats:
        if type_of_target(y) == "continuous":
            raise ValueError("Unknown label type: weight of evidence needs classes, not numbers")
        return super()._targets(y)

    def _level_values(self, column: Codes, targets: Floats, size: int) -> Floats:
        counts, met = _by_level(column, targets, size)
        other = counts[:, None] - met
        shares = [
            (rows + self.smooth) / (rows.sum(axis=0) + 2 * self.smooth) for rows in (met, other)
        ]
        values: Floats = np.vstack([np.log(shares[0] / shares[1]), np.zeros(targets.shape[1])])
        values[np.append(counts, 0) == 0] = 0.0
        return values

    def _encoded_apart(self, codes: Codes, targets: Floats) -> Floats:
        made = np.zeros((len(codes), codes.shape[1] * targets.shape[1]))
        if len(codes) < 2:
            return made
        folds = KFold(min(self.folds, len(codes)), shuffle=True, random_state=self.random_state)
        for others, own in folds.split(codes):
            values = self._all_values(codes[others], targets[others])
            pairs = zip(values, codes[own].T, strict=True)
            made[own] = np.hstack([found[column] for found, column in pairs])
        return made


def _by_level(column: Codes, targets: Floats, size: int) -> tuple[Codes, Floats]:
    """Return the number of rows with each level, and the sums of their targets."""
    counts = np.bincount(column, minlength=size)
    sums = [np.bincount(column, weights=target, minlength=size) for target in targets.T]
    return counts, np.column_stack(sums)


def _level_means(column: Codes, targets: Floats, size: int, smooth: float) -> Floats:
    """Return the smoothed mean of each level, and last that of an unknown one."""
    counts, sums = _by_level(column, targets, size)
    overall = targets.mean(axis=0)
    return np.vstack([_means(sums, counts, overall, smooth), overall])


def _means(sums: Floats, counts: Codes, overall: Floats, smooth: float) -> Floats:
    weight = counts[:, None] + smooth
    with np.errstate(divide="ignore", invalid="ignore"):
        means: Floats = np.where(weight > 0, (sums + smooth * overall) / weight, overall)
    return means
