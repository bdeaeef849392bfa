"""Folds that keep the rows of a group together."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from lab.base import Value
from lab.validation.entry import Obstacle, Rows, SplitterEntry
from lab.validation.obstacles import missing_values, rare_classes
from lab.validation.random_folds import FOLDS, ratio_of_folds
from lab.validation.split import Positions


def _divide(
    rows: Rows, settings: Mapping[str, Value], seed: int
) -> Iterator[tuple[Positions, Positions]]:
    from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

    kind = GroupKFold if rows.classes is None else StratifiedGroupKFold
    folds = kind(n_splits=settings["folds"], shuffle=True, random_state=seed)
    groups, _ = pd.factorize(np.asarray(rows.groups), sort=True)
    yield from folds.split(np.empty((rows.n, 0)), rows.classes, groups)


def _check(rows: Rows, settings: Mapping[str, Value]) -> Iterator[Obstacle]:
    folds = int(settings["folds"] or 0)
    yield from missing_values(rows.groups, "group")
    n_groups = len(pd.unique(np.asarray(rows.groups)))
    if n_groups < folds:
        yield Obstacle(
            field="folds",
            message=f"the group column has {n_groups} distinct values, fewer than the "
            f"{folds} folds",
            hint="Choose fewer folds or another group column.",
        )
    yield from rare_classes(rows, folds, than=f"the {folds} folds")


GROUP = SplitterEntry(
    key="group",
    title="Group k-fold",
    summary="All rows of a group stand in one fold; class shares are kept as far as groups allow.",
    use_when="When several rows come from one person, machine or place and the model will meet "
    "new ones. Shuffled folds would flatter every model there.",
    divide=_divide,
    check=_check,
    rows_tested_per_learned=ratio_of_folds,
    needs="groups",
    params=(FOLDS,),
)
