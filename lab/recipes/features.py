"""What each column that reaches a model is called, and which raw column it comes from."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from lab.base import LabError
from lab.recipes.mixed_features import Feature, mixed_features

__all__ = ["Feature", "check_some", "features_after", "unique_names"]


def features_after(stage: Any, before: Sequence[Feature]) -> list[Feature]:
    """Return the columns that a fitted transformer makes, in order.

    Parameters
    ----------
    stage : ColumnTransformer or another transformer
        Fitted. Only a ColumnTransformer tells columns apart.
    before : sequence of Feature
        The columns that it was fitted on.
    """
    if not hasattr(stage, "transformers_"):
        return _through(stage, list(before))
    known = dict(zip(map(str, stage.feature_names_in_), before, strict=True))
    after: list[Feature] = []
    for _, estimator, columns in stage.transformers_:
        if isinstance(estimator, str) and estimator == "drop":
            continue
        names = [_name(stage, column) for column in columns]
        if names:
            after.extend(_through(estimator, [known[name] for name in names]))
    return after


def unique_names(features: Sequence[Feature]) -> tuple[str, ...]:
    """Return the features' names; where two are equal, the later ones get a number.

    Examples
    --------
    >>> unique_names([Feature("a_b_c", "a"), Feature("a_b_c", "a_b")])
    ('a_b_c', 'a_b_c (2)')
    """
    taken = {feature.name for feature in features}
    seen: Counter[str] = Counter()
    names = []
    for feature in features:
        seen[feature.name] += 1
        name = feature.name
        while seen[feature.name] > 1 and name in taken:
            name = f"{feature.name} ({seen[feature.name]})"
            seen[feature.name] += name in taken
        taken.add(name)
        names.append(name)
    return tuple(names)


def _name(stage: Any, column: Any) -> str:
    return column if isinstance(column, str) else str(stage.feature_names_in_[column])


def _through(estimator: Any, features: list[Feature]) -> list[Feature]:
    if not features or estimator == "passthrough":
        return features
    if hasattr(estimator, "steps"):
        for _, step in estimator.steps:
            features = _through(step, features)
        return features
    mixed = mixed_features(estimator, features)
    if mixed is not None:
        return mixed
    sources = _sources(estimator, features)
    made = [
        old._replace(name=name)
        for name, old in zip(_names_made(estimator, features), sources, strict=True)
    ]
    is_coding = type(estimator).__name__ == "CategoryCodes"
    return [one._replace(is_category=True) for one in made] if is_coding else made


def _names_made(estimator: Any, features: list[Feature]) -> list[str]:
    """Return the names that an estimator makes; ours where the frame had another for a column."""
    ours = [feature.name for feature in features]
    theirs = list(map(str, getattr(estimator, "feature_names_in_", ours)))
    renamed = dict(zip(theirs, ours, strict=True))
    made = map(str, estimator.get_feature_names_out(theirs))
    return [renamed.get(name, name) for name in made]


def _sources(estimator: Any, features: list[Feature]) -> list[Feature]:
    """Return the input column that each output column is made of."""
    counts = _counts(estimator)
    if counts is not None:
        return [one for one, count in zip(features, counts, strict=True) for _ in range(count)]
    flags = _flags(estimator)
    return features if flags is None else features + [features[i] for i in flags.features_]


def _flags(estimator: Any) -> Any:
    """Return the fitted indicator of missing values that an estimator puts behind its columns."""
    if type(estimator).__name__ == "FeatureUnion":
        return dict(estimator.transformer_list)["flags"]
    return estimator.indicator_ if getattr(estimator, "add_indicator", False) else None


def _counts(estimator: Any) -> list[int] | None:
    """Return how many columns each input column gives; None for one each."""
    kind = type(estimator).__name__
    if kind in _COUNTED:
        return _COUNTED[kind](estimator)
    counts: list[int] | None = getattr(estimator, "n_features_per_input_", None)
    return counts


def _one_hot_counts(encoder: Any) -> list[int]:
    counts = []
    for index, levels in enumerate(encoder.categories_):
        rare = _rare_levels(encoder)[index] if _rare_levels(encoder) is not None else None
        count = len(levels) - (len(rare) - 1 if rare is not None else 0)
        dropped = encoder.drop_idx_ is not None and encoder.drop_idx_[index] is not None
        counts.append(count - dropped)
    return counts


def _rare_levels(encoder: Any) -> Any:
    grouping = encoder.min_frequency is not None or encoder.max_categories is not None
    return encoder.infrequent_categories_ if grouping else None


def _target_counts(encoder: Any) -> list[int]:
    classes = len(encoder.classes_) if encoder.target_type_ == "multiclass" else 1
    return [classes] * len(encoder.categories_)


_COUNTED: dict[str, Callable[[Any], list[int]]] = {
    "OneHotEncoder": _one_hot_counts,
    "TargetEncoder": _target_counts,
}


def check_some(features: Sequence[Feature], step: str) -> None:
    """Raise LabError when a step has left no column for the model."""
    if features:
        return
    if step.startswith("columns"):
        raise LabError(
            "no column is left for the model: all are empty in the training rows",
            hint="Choose columns with values, or another split.",
        )
    raise LabError(
        f"no column is left for the model: {step} keeps none of them",
        hint="Make it less strict, or leave it out.",
    )
