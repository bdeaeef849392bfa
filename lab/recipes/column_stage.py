"""Consecutive column steps as one scikit-learn ColumnTransformer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lab.base import ColumnKind, Schema
from lab.recipes.catalogue import STEPS
from lab.recipes.entry import Place
from lab.recipes.recipe import Step

Pending = Mapping[str, Sequence[tuple[Step, Place]]]
"""For each column, its steps in order and where each acts."""


@dataclass(frozen=True)
class ColumnsWithValues:
    """Those of some columns that have a value in the training rows.

    A column choice for `ColumnTransformer`, which calls it when it is fitted. Columns that are all
    missing in the training rows of a fold cannot be filled, scaled or learned from.

    Parameters
    ----------
    names : tuple of str
        Columns of the frame; those that an earlier stage left out are passed over.

    Examples
    --------
    >>> frame = pd.DataFrame({"age": [31.0, None], "size": [None, None]})
    >>> ColumnsWithValues(("age", "size"))(frame)
    ['age']
    """

    names: tuple[str, ...]

    def __call__(self, frame: pd.DataFrame) -> list[str]:
        """Return the names of the columns with a value."""
        return [name for name in self.names if name in frame and frame[name].notna().any()]


def column_stage(pending: Pending, schema: Schema, *, dense: bool, remainder: str = "drop") -> Any:
    """Return a ColumnTransformer with one group for all columns that have the same steps.

    Parameters
    ----------
    pending : mapping of str to sequence of (Step, Place)
        The columns of the stage and their steps; a column without steps passes through.
    schema : Schema
        Tells which columns can be all missing in a fold.
    dense : bool
        Whether the output must be an ordinary array.
    remainder : {"drop", "passthrough"}
        What happens to columns of the frame that are not in `pending`.
    """
    from sklearn.compose import ColumnTransformer

    groups = _groups(pending, schema)
    names = _group_names([kind for kind, _ in groups])
    transformers = [
        (name, _estimator(steps), _columns(members, schema))
        for name, ((_, steps), members) in zip(names, groups.items(), strict=True)
    ]
    return ColumnTransformer(
        transformers,
        remainder=remainder,
        sparse_threshold=0.0 if dense else SPARSE_THRESHOLD,
        verbose_feature_names_out=False,
    )


SPARSE_THRESHOLD = 0.3
"""Share of entries other than zero below which the output is sparse; scikit-learn's default."""

_Group = tuple[ColumnKind, tuple[tuple[str, tuple[tuple[str, Any], ...], Place], ...]]


def _groups(pending: Pending, schema: Schema) -> dict[_Group, list[str]]:
    groups: dict[_Group, list[str]] = {}
    for name, steps in pending.items():
        recipe = tuple(
            (step.choice.key, tuple(sorted(step.choice.settings.items())), place)
            for step, place in steps
        )
        groups.setdefault((schema[name].kind, recipe), []).append(name)
    return groups


def _group_names(kinds: Sequence[ColumnKind]) -> list[str]:
    counts = [kinds[: index + 1].count(kind) for index, kind in enumerate(kinds)]
    return [
        kind.value if count == 1 else f"{kind.value}_{count}"
        for kind, count in zip(kinds, counts, strict=True)
    ]


def _columns(members: list[str], schema: Schema) -> Any:
    if any(schema[name].has_missing for name in members):
        return ColumnsWithValues(tuple(members))
    return members


def _named(estimator: Any, key: str) -> Any:
    """Return an estimator that tells its step until it is cloned, as a group of one cannot."""
    if not isinstance(estimator, str):
        estimator.recipe_step = key
    return estimator


def _estimator(steps: Any) -> Any:
    from sklearn.pipeline import Pipeline

    built = [
        (key, _named(STEPS[key].build(dict(settings), place), key))
        for key, settings, place in steps
    ]
    if len(built) < 2:
        return built[0][1] if built else "passthrough"
    names = [
        f"{key}_{i}" if key in [k for k, _ in built[:i]] else key
        for i, (key, _) in enumerate(built)
    ]
    return Pipeline([(name, step) for name, (_, step) in zip(names, built, strict=True)])
