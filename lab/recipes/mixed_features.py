"""Columns that are made of several: which they are, and what they are called."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Feature(NamedTuple):
    """A column on its way to the model.

    Parameters
    ----------
    name : str
        Its name.
    origin : str
        The raw column that it was made of; empty when it is made of several.
    others : tuple of str, default ()
        Further raw columns that its values depend on.
    """

    name: str
    origin: str
    others: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """All raw columns that its values depend on."""
        return tuple(dict.fromkeys(name for name in (self.origin, *self.others) if name))


def mixed_features(estimator: Any, features: Sequence[Feature]) -> list[Feature] | None:
    """Return the columns that a fitted estimator makes of several, or None if it makes none so.

    Parameters
    ----------
    estimator : transformer
        Fitted.
    features : sequence of Feature
        The columns that it was fitted on.
    """
    if hasattr(estimator, "get_support"):
        return [features[index] for index in estimator.get_support(indices=True)]
    if hasattr(estimator, "powers_"):
        return [_product(powers, features) for powers in estimator.powers_]
    kind = type(estimator).__name__
    if kind in _COMPONENTS:
        return _components(estimator, _COMPONENTS[kind], features)
    if kind == "CarriedValueImputer":
        return [one._replace(others=(*one.others, *estimator.order_)) for one in features]
    return _filled(features) if kind in _LOOKING_ACROSS else None


def _product(powers: Any, features: Sequence[Feature]) -> Feature:
    factors = [(one, int(power)) for one, power in zip(features, powers, strict=True) if power]
    names = [one.name if power == 1 else f"{one.name}^{power}" for one, power in factors]
    return _merged(" x ".join(names) or "1", [one for one, _ in factors])


def _components(estimator: Any, title: str, features: Sequence[Feature]) -> list[Feature]:
    count = len(estimator.get_feature_names_out())
    labels = getattr(estimator, "labels_", None) if title == "cluster" else None
    return [
        _merged(f"{title}_{index + 1}", _members(features, labels, index)) for index in range(count)
    ]


def _members(features: Sequence[Feature], labels: Any, index: int) -> list[Feature]:
    if labels is None:
        return list(features)
    return [one for one, label in zip(features, labels, strict=True) if label == index]


def _merged(name: str, parts: Sequence[Feature]) -> Feature:
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    origin = sources[0] if len(sources) == 1 else ""
    return Feature(name, origin, () if origin else sources)


def _filled(features: Sequence[Feature]) -> list[Feature]:
    """Return the columns of a step that changes the values of each by those of the others."""
    sources = tuple(dict.fromkeys(source for one in features for source in one.sources))
    return [one._replace(others=sources) for one in features]


_COMPONENTS = {
    "PCA": "pca",
    "TruncatedSVD": "svd",
    "SampledKernelPCA": "kernel_pca",
    "FastICA": "ica",
    "LinearDiscriminantAnalysis": "lda",
    "GaussianRandomProjection": "projection",
    "KMeans": "distance",
    "FeatureAgglomeration": "cluster",
    "Nystroem": "nystroem",
}
"""What the new columns of an estimator are called, before their number."""

_LOOKING_ACROSS = {
    "NearestRowsImputer",
    "AveragedImputer",
    "ModelImputer",
    "RandomSampleImputer",
    "Normalizer",
}
"""Estimators that keep the columns, and change each by the values of the others."""
