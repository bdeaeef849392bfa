"""What the steps that keep some columns have in common: their lines, models and folds."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Param, Task, Value
from lab.recipes.entry import Acts, Builder, Family, LearningSeconds, Place, StepEntry

COLUMNS_TO_KEEP = Number(
    name="k",
    label="Columns to keep",
    default=10,
    minimum=1,
    maximum=10_000,
    integer=True,
    log_scale=True,
    help="Where fewer reach the step all are kept, and it is told.",
)
LOOKED_AT = Number(
    name="max_rows",
    label="Training rows to look at",
    default=5_000,
    minimum=100,
    maximum=1_000_000,
    integer=True,
    log_scale=True,
    none_label="all",
    help="A sample drawn by the seed; when it was taken is told.",
    advanced=True,
)


def selection_entry(  # noqa: PLR0913 - what entries of this family differ in
    key: str,
    title: str,
    *,
    summary: str,
    use_when: str,
    build: Builder,
    params: tuple[Param, ...],
    learns: bool = True,
    needs_complete: bool = True,
    needs_dense: bool = False,
    learning_seconds: LearningSeconds | None = None,
) -> StepEntry:
    """Return a line of the catalogue for a step that keeps some of the columns.

    Parameters
    ----------
    key, title, summary, use_when, build, params, needs_complete, needs_dense, learning_seconds
        As in `StepEntry`.
    learns : bool, default True
        Whether it learns from the target.
    """
    return StepEntry(
        key=key,
        title=title,
        family=Family.SELECTION,
        summary=summary,
        use_when=use_when,
        kinds=(ColumnKind.NUMBER, ColumnKind.BOOLEAN),
        build=build,
        acts=Acts.FEATURES,
        stands_beside=True,
        makes_many=True,
        needs_complete=needs_complete,
        needs_dense=needs_dense,
        needs_target=learns,
        fewest_rows=10 if learns else 2,
        params=params,
        learning_seconds=learning_seconds,
    )


def target_word(place: Place) -> Any:
    """Return what our own selectors call the target."""
    return "class" if place.task.is_classification else "value"


def splitter(settings: Mapping[str, Value], place: Place) -> Any:
    """Return the folds in which a step judges its columns."""
    from sklearn.model_selection import KFold, StratifiedKFold

    kind = StratifiedKFold if place.task.is_classification else KFold
    return kind(settings["folds"], shuffle=True, random_state=place.seed)


def linear_model(place: Place) -> Any:
    """Return ridge classification or regression on columns scaled to variance 1."""
    from sklearn.linear_model import Ridge, RidgeClassifier

    classifies = place.task.is_classification
    return _scaled(RidgeClassifier(class_weight="balanced") if classifies else Ridge())


def by_model(model: str, place: Place) -> tuple[Any, str]:
    """Return a model that judges columns, and where its importances are to be found."""
    if model == "linear":
        return linear_model(place), "named_steps.model.coef_"
    from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

    kind = ExtraTreesClassifier if place.task.is_classification else ExtraTreesRegressor
    trees = kind(100, min_samples_leaf=5, random_state=place.seed, n_jobs=1)
    return trees, "feature_importances_"


def l1_model(settings: Mapping[str, Value], place: Place) -> tuple[Any, str]:
    """Return a model with an L1 penalty, and where its weights are to be found."""
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.linear_model import Lasso, LogisticRegression
    from sklearn.preprocessing import StandardScaler

    if place.task.is_classification:
        several = place.task is Task.MULTICLASS
        logistic = LogisticRegression(
            l1_ratio=1.0,
            C=settings["c"],
            solver="saga" if several else "liblinear",
            max_iter=300,
            tol=1e-3 if several else 1e-4,
            random_state=place.seed,
        )
        return _scaled(logistic), "named_steps.model.coef_"
    lasso = _scaled(Lasso(alpha=settings["alpha"], max_iter=2_000))
    regressor = TransformedTargetRegressor(lasso, transformer=StandardScaler())
    return regressor, "regressor_.named_steps.model.coef_"


def _scaled(model: Any) -> Any:
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    return Pipeline([("scale", StandardScaler(with_mean=False)), ("model", model)])
