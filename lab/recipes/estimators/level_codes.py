"""Levels as numbers that need no target: their order, how frequent they are, binary digits."""

import re
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.preprocessing import OrdinalEncoder
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted, validate_data

from lab.recipes.level_texts import levels_in_order

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
_UNKNOWN, _MISSING = -1, -2


class LevelEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """What encoders share: levels of each column by number, missing as a level of its own.

    Attributes
    ----------
    encoder_ : OrdinalEncoder
        The levels of the training rows in sorted order, missing last.
    """

    def _learn_codes(self, values: npt.NDArray[Any]) -> Codes:
        """Return the number of each value's level, after learning the levels."""
        self.encoder_ = OrdinalEncoder(
            handle_unknown="use_encoded_value",
            unknown_value=_UNKNOWN,
            encoded_missing_value=_MISSING,
        )
        return self._as_codes(self.encoder_.fit_transform(values))

    def _codes(self, X: Any) -> Codes:
        """Return the number of each value's level; -1 for one that training rows do not have."""
        check_is_fitted(self)
        return self._as_codes(self.encoder_.transform(self._values(X, reset=False)))

    @property
    def _sizes(self) -> list[int]:
        return [len(levels) for levels in self.encoder_.categories_]

    def _as_codes(self, made: Floats) -> Codes:
        last = np.array(self._sizes) - 1
        return np.where(made == _MISSING, last, made).astype(np.int64)

    def _values(self, X: Any, *, reset: bool) -> npt.NDArray[Any]:
        checked = validate_data(self, X, reset=reset, dtype=None, ensure_all_finite=False)
        return np.asarray(checked)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.categorical = True
        tags.input_tags.string = True
        return tags


class LevelFrequencies(OneToOneFeatureMixin, LevelEncoder):  # type: ignore[misc]
    """How frequent each level is in the training rows.

    Parameters
    ----------
    measure : {"share", "count", "log", "rank"}, default "share"
        Share or number of the training rows, the logarithm of 1 + the number, or 0 for the most
        frequent level, 1 for the next and so on; of equally frequent levels the first in sorted
        order comes first. A level not seen in training counts 0, or has the rank after all others.

    Examples
    --------
    >>> towns = pd.DataFrame({"town": ["Ulm", "Bonn", "Ulm", None]})
    >>> LevelFrequencies().fit_transform(towns).ravel()
    array([0.5 , 0.25, 0.5 , 0.25])
    """

    def __init__(self, *, measure: Literal["share", "count", "log", "rank"] = "share") -> None:
        self.measure = measure

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with a number for each level; the last is that of an unknown level."""
        codes = self._learn_codes(self._values(X, reset=True))
        self.values_ = [
            self._measured(np.bincount(column, minlength=size), len(codes))
            for column, size in zip(codes.T, self._sizes, strict=True)
        ]
        return self

    def transform(self, X: Any) -> Floats:
        """Return the number of each value's level."""
        codes = self._codes(X)
        pairs = zip(self.values_, codes.T, strict=True)
        return np.column_stack([values[column] for values, column in pairs])

    def _measured(self, counts: Codes, n_rows: int) -> Floats:
        if self.measure == "rank":
            ranks = np.empty(len(counts))
            ranks[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
            return np.append(ranks, float(len(counts)))
        values = np.append(counts, 0).astype(np.float64)
        if self.measure == "log":
            return np.log1p(values)
        return values / n_rows if self.measure == "share" else values


class BinaryDigits(LevelEncoder):
    """The number of each level, counted from 1 in sorted order, in binary digits.

    A level not seen in training is 0.

    Attributes
    ----------
    n_features_per_input_ : list of int
        Digits of each column.

    Examples
    --------
    >>> towns = pd.DataFrame({"town": ["Bonn", "Trier", "Ulm"]})
    >>> BinaryDigits().fit_transform(towns)
    array([[0., 1.],
           [1., 0.],
           [1., 1.]])
    """

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the levels of the training rows."""
        self._learn_codes(self._values(X, reset=True))
        self.n_features_per_input_ = [int(size).bit_length() for size in self._sizes]
        return self

    def transform(self, X: Any) -> Floats:
        """Return the digits, the most significant first."""
        codes = self._codes(X) + 1
        made = [
            (column[:, None] >> np.arange(digits)[::-1]) & 1
            for column, digits in zip(codes.T, self.n_features_per_input_, strict=True)
        ]
        return np.hstack(made).astype(np.float64)

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names: the column's name and the place value of the digit."""
        check_is_fitted(self)
        names = _check_feature_names_in(self, input_features)
        made = [
            f"{name}_bit{2**place}"
            for name, digits in zip(names, self.n_features_per_input_, strict=True)
            for place in reversed(range(digits))
        ]
        return np.array(made, dtype=object)


class OrderedLevels(OneToOneFeatureMixin, LevelEncoder):  # type: ignore[misc]
    """Codes 0, 1, 2, ... in an order that is given.

    Parameters
    ----------
    order : str, default ""
        Levels from lowest to highest with ``<`` between them; with blanks around it when a level
        holds that sign itself. Empty for sorted order, in which numbers inside words go by size.
    keep_missing : bool, default False
        Whether missing and unknown levels are NaN; otherwise -2 and -1.

    Attributes
    ----------
    notes_ : tuple of str
        Which levels of the training rows the order does not list.

    Examples
    --------
    >>> sizes = pd.DataFrame({"size": ["low", "high", "medium", "none"]})
    >>> OrderedLevels(order="low < medium < high").fit_transform(sizes).ravel()
    array([ 0.,  2.,  1., -1.])
    """

    def __init__(self, *, order: str = "", keep_missing: bool = False) -> None:
        self.order = order
        self.keep_missing = keep_missing

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with the place of each level in the order."""
        self._learn_codes(self._values(X, reset=True))
        listed = levels_in_order(self.order)
        self.places_, told = [], []
        for name, levels in zip(self._names(), self.encoder_.categories_, strict=True):
            words = [str(level) for level in levels if not pd.isna(level)]
            known = listed or sorted(words, key=_natural)
            self.places_.append({word: place for place, word in enumerate(known)})
            told += _told(name, [word for word in words if word not in self.places_[-1]])
        self.notes_ = tuple(told)
        return self

    def transform(self, X: Any) -> Floats:
        """Return the place of each value's level."""
        check_is_fitted(self)
        values = self._values(X, reset=False)
        pairs = zip(self.places_, values.T, strict=True)
        made: Floats = np.column_stack([self._placed(places, column) for places, column in pairs])
        return made

    def _placed(self, places: dict[str, int], column: npt.NDArray[Any]) -> Floats:
        numbers, levels = pd.factorize(column)
        unknown, missing = (np.nan, np.nan) if self.keep_missing else (_UNKNOWN, _MISSING)
        found = [places.get(str(level), unknown) for level in levels]
        return np.array([*found, missing], dtype=np.float64)[numbers]

    def _names(self) -> list[str]:
        names = _check_feature_names_in(self, generate_names=True)
        return [str(name) for name in names]


def _natural(word: str) -> tuple[list[tuple[int, float, str]], str]:
    parts = re.split(r"(\d+(?:\.\d+)?)", word)
    key = [(0, float(part), "") if i % 2 else (1, 0.0, part) for i, part in enumerate(parts)]
    return [part for part in key if part != (1, 0.0, "")], word


def _told(name: str, unlisted: list[str]) -> list[str]:
    if not unlisted:
        return []
    shown = ", ".join(repr(word) for word in unlisted[:5])
    more = f" and {len(unlisted) - 5} more" if len(unlisted) > 5 else ""
    return [f"ordered: the order does not list {shown}{more} of column {name!r}: taken as unknown"]
