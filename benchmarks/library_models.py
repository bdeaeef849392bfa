"""Models with the playground's settings whose fits are the libraries' own, for comparison."""

from typing import Any

from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier

from lab.base import Task
from lab.models import MODELS, build_model
from lab.models.adapted_mlp import WatchedMLPClassifier
from lab.models.adapted_naive_bayes import BlockwiseGaussianNB
from lab.models.adapted_neighbours import QuickKNeighborsClassifier


class LibraryNetwork(WatchedMLPClassifier):
    """The network that stops when ours does, with scikit-learn's own passes over the rows."""

    _fit_stochastic = MLPClassifier._fit_stochastic


_PLAIN = {
    WatchedMLPClassifier: LibraryNetwork,
    BlockwiseGaussianNB: GaussianNB,
    QuickKNeighborsClassifier: KNeighborsClassifier,
}


def library_model(key: str, *, seed: int) -> Any:
    """Return a model for two classes, not fitted."""
    model = build_model(MODELS.choose(key), Task.BINARY, seed=seed)
    for quick, plain in _PLAIN.items():
        if isinstance(model, quick):
            return plain(**model.get_params())
    return model


def takes_sparse(key: str) -> bool:
    """Return whether the library's own model takes sparse rows."""
    return MODELS[key].takes_sparse and key != "gaussian_nb"
