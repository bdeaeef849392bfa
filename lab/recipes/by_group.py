"""The first stage of columns, fitted one group of columns after the other.

`ColumnTransformer` takes a whole frame, and keeps all that its groups make until it copies it side
by side. Here a group's raw columns are there only while they are learned from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy.typing as npt
import pandas as pd

from lab.recipes.side_by_side import SideBySide
from lab.recipes.suiting import learn_columns


class RawRows(Protocol):
    """Raw rows of which a few columns at a time can be had as a frame, as a frame itself is."""

    @property
    def columns(self) -> Any:
        """Names of the columns."""

    def __len__(self) -> int:
        """Return the number of rows."""

    def __getitem__(self, names: list[str], /) -> pd.DataFrame:
        """Return some columns."""


def goes_by_group(stage: Any) -> bool:
    """Return whether a stage makes numbers of raw columns, each group for itself.

    Other stages make frames, or let columns pass by that an earlier one has made.
    """
    is_stage = hasattr(stage, "transformers") and stage.remainder == "drop"
    output = getattr(stage, "_sklearn_output_config", {}).get("transform", "default")
    return is_stage and output == "default" and not callable(stage.verbose_feature_names_out)


def learn_by_group(stage: Any, X: RawRows, y: npt.NDArray[Any]) -> SideBySide:
    """Return training rows as a stage makes them, having learnt from them.

    The stage is then what its own ``fit_transform`` would have made of it.

    Parameters
    ----------
    stage : ColumnTransformer
        Of which `goes_by_group` holds; fitted here.
    X : RawRows
        Training rows.
    y : ndarray
        Their targets.
    """
    from sklearn.base import clone

    fitted, parts, chosen = {}, {}, {}
    for name, estimator, columns in stage.transformers:
        all_of_group = X[list(getattr(columns, "names", columns))]
        chosen[name] = columns(all_of_group) if callable(columns) else list(columns)
        if not chosen[name]:
            continue
        # Not columns of the frame: those would lie in memory, and be added up, in another order.
        frame = all_of_group if len(chosen[name]) == all_of_group.shape[1] else X[chosen[name]]
        if estimator == "passthrough":
            parts[name] = frame
        else:
            fitted[name] = clone(estimator)
            parts[name] = learn_columns(fitted[name], frame, y)
        del all_of_group, frame
    _put_together(stage, X.columns, chosen, fitted, parts)
    return SideBySide(parts=tuple(parts.values()), n_rows=len(X), is_sparse=stage.sparse_output_)


def transform_by_group(stage: Any, X: RawRows) -> SideBySide:
    """Return any rows as a fitted stage makes them.

    Parameters
    ----------
    stage : ColumnTransformer
        Fitted by `learn_by_group`.
    X : RawRows
        Any rows.
    """
    parts = tuple(
        estimator.transform(X[list(columns)])
        for name, estimator, columns in stage.transformers_
        if name != "remainder" and len(columns)
    )
    return SideBySide(parts=parts, n_rows=len(X), is_sparse=stage.sparse_output_)


@dataclass(frozen=True)
class _Chosen:
    """A column choice that has been made."""

    names: list[str]

    def __call__(self, frame: pd.DataFrame) -> list[str]:  # noqa: ARG002 - as sklearn calls it
        return self.names


def _put_together(
    stage: Any,
    columns: Any,
    chosen: dict[str, list[str]],
    fitted: dict[str, Any],
    parts: dict[str, Any],
) -> None:
    """Have a stage be fitted: it learns the names from a row of zeros, then gets its groups."""
    groups = {name: estimator for name, estimator, _ in stage.transformers} | fitted
    given = stage.transformers
    stage.transformers = [
        (
            name,
            estimator if _passes(estimator) else "drop",  # which costs nothing to fit
            _Chosen(chosen[name]) if callable(own) else own,
        )
        for name, estimator, own in given
    ]
    stage.fit(pd.DataFrame(0.0, index=[0], columns=list(columns)))
    stage.transformers = given
    stage.transformers_ = [
        (name, passing if _passes(groups.get(name, passing)) else groups[name], own)
        for name, passing, own in stage.transformers_
    ]
    stage.sparse_output_ = _is_sparse(tuple(parts.values()), stage.sparse_threshold)
    stage.output_indices_ = dict(_places([*groups, "remainder"], parts))


def _passes(estimator: Any) -> bool:
    return isinstance(estimator, str)


def _places(names: Any, parts: dict[str, Any]) -> Iterator[tuple[str, slice]]:
    place = 0
    for name in names:
        width = int(parts[name].shape[1]) if name in parts else 0
        yield name, slice(place, place + width) if width else slice(0, 0)
        place += width


def _is_sparse(parts: tuple[Any, ...], threshold: float) -> bool:
    from scipy import sparse

    if not any(sparse.issparse(part) for part in parts):
        return False
    total = sum(part.shape[0] * part.shape[1] for part in parts)
    filled = sum(
        part.nnz if sparse.issparse(part) else part.shape[0] * part.shape[1] for part in parts
    )
    return total == 0 or bool(filled / total < threshold)
