"""Models with the playground's settings whose fits are the libraries' own, for comparison."""

from typing import Any

from sklearn.neural_network import MLPClassifier

from lab.base import Task
from lab.models import MODELS, build_model
from lab.models.adapted_mlp import WatchedMLPClassifier


class LibraryNetwork(WatchedMLPClassifier):
    """The network that stops when ours does, with scikit-learn's own passes over the rows."""

    _fit_stochastic = MLPClassifier._fit_stochastic


def library_model(key: str, *, seed: int) -> Any:
    """Return a model for two classes, not fitted."""
    model = build_model(MODELS.choose(key), Task.BINARY, seed=seed)
    is_quick = isinstance(model, WatchedMLPClassifier)
    return LibraryNetwork(**model.get_params()) if is_quick else model
