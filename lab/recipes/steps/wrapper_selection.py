"""Steps that keep the columns with which a model predicts well on rows that it has not seen."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lab.base import Number, Option, Toggle, Value
from lab.recipes.entry import Place
from lab.recipes.steps.learning_time import (
    elimination_seconds,
    permutation_seconds,
    sequential_seconds,
    shadow_seconds,
)
from lab.recipes.steps.selection_entry import (
    COLUMNS_TO_KEEP,
    LOOKED_AT,
    by_model,
    linear_model,
    selection_entry,
    splitter,
    target_word,
)


def _build_elimination(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.feature_selection import RFECV

    estimator, getter = by_model(str(settings["model"]), place)
    return RFECV(
        estimator,
        step=0.1,
        min_features_to_select=settings["fewest"],
        cv=splitter(settings, place),
        scoring="balanced_accuracy" if place.task.is_classification else "r2",
        importance_getter=getter,
    )


def _build_sequential(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.sequential import SequentialSelector

    return SequentialSelector(
        linear_model(place),
        n_features_to_select=settings["k"],
        direction=settings["direction"],
        cv=splitter(settings, place),
        scoring="balanced_accuracy" if place.task.is_classification else "r2",
    )


def _build_shadow(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.shadow_selector import ShadowSelector

    chosen = dict[str, Any](settings)
    return ShadowSelector(target=target_word(place), **chosen, random_state=place.seed)


def _build_permutation(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.permutation_selector import PermutationSelector

    chosen = dict[str, Any](settings)
    return PermutationSelector(target=target_word(place), **chosen, random_state=place.seed)


_FOLDS = Number(
    name="folds",
    label="Folds to judge in",
    default=3,
    minimum=2,
    maximum=10,
    integer=True,
    help="Parts of the training rows; each is judged by a model of the others.",
    advanced=True,
)

RECURSIVE_ELIMINATION = selection_entry(
    "recursive_elimination",
    "Recursive elimination",
    summary="Leaves out a tenth of the columns after the other, the least important first, and "
    "keeps the number that scores best in cross-validation (Guyon et al. 2002).",
    use_when="A few dozen columns that matter together. Ten to thirty fits in each fold: 1 s "
    "with a linear model for 50,000 rows of 20 columns, minutes with trees.",
    build=_build_elimination,
    needs_dense=True,
    learning_seconds=elimination_seconds,
    params=(
        Option(
            name="model",
            label="Model that judges",
            default="linear",
            options=(("linear", "linear, on scaled columns"), ("trees", "extra trees")),
        ),
        Number(
            name="fewest",
            label="Columns to keep at least",
            default=1,
            minimum=1,
            maximum=1_000,
            integer=True,
            log_scale=True,
            advanced=True,
        ),
        _FOLDS,
    ),
)
SEQUENTIAL = selection_entry(
    "sequential_selection",
    "Forward or backward selection",
    summary="Adds the column that helps a linear model most, one after the other; or leaves out "
    "the one that is missed least.",
    use_when="A handful of columns out of a few dozen, for linear models. Fits grow "
    "with columns times columns to keep times folds: 5 s for 5 of 20 columns and 50,000 rows, "
    "hours for thousands of columns.",
    build=_build_sequential,
    needs_dense=True,
    learning_seconds=sequential_seconds,
    params=(
        replace(COLUMNS_TO_KEEP, default=5),
        Option(
            name="direction",
            label="Direction",
            default="forward",
            options=(("forward", "add columns"), ("backward", "leave columns out")),
        ),
        _FOLDS,
    ),
)
SHADOW_SELECTION = selection_entry(
    "shadow_selection",
    "Keep columns that beat their shadows (Boruta)",
    summary="Keeps columns that matter more to a forest than shuffled copies of all columns "
    "(Kursa and Rudnicki 2010).",
    use_when="Every column that has something to say is wanted, also copies. Up to 30 forests: "
    "40 s for 5,000 rows of 20 columns, and it looks at no more rows. A verdict takes 10 rounds "
    "among 20 columns, 16 among 1,000.",
    build=_build_shadow,
    needs_dense=True,
    learning_seconds=shadow_seconds,
    params=(
        Number(name="rounds", label="Rounds", default=30, minimum=5, maximum=200, integer=True),
        Toggle(
            name="keep_open",
            label="Keep columns without a verdict",
            default=False,
            help="Those that are neither kept nor left out for sure after the last round.",
        ),
        LOOKED_AT,
    ),
)
PERMUTATION_SELECTION = selection_entry(
    "permutation_selection",
    "Keep columns that are missed when shuffled",
    summary="Keeps columns whose shuffling costs a forest on training rows held out from it.",
    use_when="Only what helps to predict is wanted. Of columns that run alike each covers for the "
    "other, so both can go: put the correlation filter before it. Three forests and many "
    "predictions: 3 s for 5,000 rows of 20 columns, and it looks at no more rows.",
    build=_build_permutation,
    needs_dense=True,
    learning_seconds=permutation_seconds,
    params=(
        Number(
            name="errors",
            label="Standard deviations above zero",
            default=1.0,
            minimum=0.0,
            maximum=5.0,
            help="Larger keeps fewer columns.",
        ),
        LOOKED_AT,
    ),
)
WRAPPER_SELECTION = (
    RECURSIVE_ELIMINATION,
    SEQUENTIAL,
    SHADOW_SELECTION,
    PERMUTATION_SELECTION,
)
