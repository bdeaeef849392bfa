"""scikit-learn's networks: sooner done, and stopping early only where rows can be spared to watch.

Imported only when one of them is built: the library stands on top.
"""

import warnings
from typing import Any, Self

import numpy as np
from sklearn.base import is_classifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.utils import gen_batches, shuffle

from lab.models.network_steps import Adam, Steps, Weights

FEWEST_ROWS = 1_000
"""Below, a tenth of the rows is too few to tell when to stop: it stopped before it had learned."""
FEWEST_OF_A_CLASS = 10


class QuickPasses:
    """The library's passes over the rows with Adam, equal to the last bit and sooner done."""

    def _fit_stochastic(self, X: Any, y: Any, sample_weight: Any, *more: Any) -> None:
        own: Any = self
        is_ours = (own.solver, own.activation, own.shuffle) == ("adam", "relu", True)
        is_partial = more[-1]
        is_laid_out = isinstance(X, np.ndarray) or X.format == "csr"
        if is_partial or not is_ours or not is_laid_out or X.dtype != np.float64:
            super()._fit_stochastic(X, y, sample_weight, *more)  # type: ignore[misc]
            return
        train, watched = _apart(own, X, y, sample_weight)
        weights = Weights(own.coefs_, own.intercepts_)
        own.coefs_, own.intercepts_ = weights.coefs, weights.intercepts
        _pass_until_no_gain(own, weights, train, watched)
        if own.early_stopping:
            own.coefs_, own.intercepts_ = own._best_coefs, own._best_intercepts


def _apart(own: Any, X: Any, y: Any, weight: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return features, targets and weights to learn from, and those to watch when to stop."""
    if not own.early_stopping:
        return (X, y, weight), (None, None, None)
    stratify = y.ravel() if is_classifier(own) and own.n_outputs_ == 1 else None
    given = (X, y) if weight is None else (X, y, weight)
    parts = train_test_split(
        *given,
        random_state=own._random_state,
        test_size=own.validation_fraction,
        stratify=stratify,
    )
    train, watched = [*parts[::2], None][:3], [*parts[1::2], None][:3]
    if len(watched[1]) < 2:
        raise ValueError("The validation set is too small.")
    if is_classifier(own):
        watched[1] = own._label_binarizer.inverse_transform(watched[1])
    return tuple(train), tuple(watched)


def _pass_until_no_gain(
    own: Any, weights: Weights, train: tuple[Any, ...], watched: tuple[Any, ...]
) -> None:
    """Pass over the rows until they teach nothing more, as the library decides."""
    betas = {"beta_1": own.beta_1, "beta_2": own.beta_2, "epsilon": own.epsilon}
    adam = Adam(rate=own.learning_rate_init, size=len(weights.whole), **betas)
    steps = Steps(weights, alpha=own.alpha, output=own.out_activation_, loss=own.loss, adam=adam)
    X, y, weight = train
    n = len(y)
    size = min(200, n) if own.batch_size == "auto" else int(np.clip(own.batch_size, 1, n))
    order, own.n_iter_ = np.arange(n), 0
    for _ in range(own.max_iter):
        order = shuffle(order, random_state=own._random_state)
        loss = 0.0
        for part in gen_batches(n, size):
            loss += steps.step(X, y, order[part], weight) * (part.stop - part.start)
        own.n_iter_ += 1
        own.loss_ = loss / n
        own.t_ += n
        own.loss_curve_.append(own.loss_)
        own._update_no_improvement_count(own.early_stopping, *watched)
        if own._no_improvement_count > own.n_iter_no_change:
            return
    warnings.warn(
        f"Stochastic Optimizer: Maximum iterations ({own.max_iter}) reached and the optimization "
        "hasn't converged yet.",
        ConvergenceWarning,
        stacklevel=2,
    )


class WatchedMLPClassifier(QuickPasses, MLPClassifier):  # type: ignore[misc]
    """The library's classifier, without early stopping when rows or members of a class are few."""

    early_stopping: bool

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Return the fitted network."""
        fewest = np.unique(y, return_counts=True)[1].min()
        enough = len(y) >= FEWEST_ROWS and fewest >= FEWEST_OF_A_CLASS
        wanted = self.early_stopping
        self.early_stopping = wanted and bool(enough)
        try:
            super().fit(X, y, sample_weight)
        finally:
            self.early_stopping = wanted
        return self


class WatchedMLPRegressor(QuickPasses, MLPRegressor):  # type: ignore[misc]
    """The library's regressor, without early stopping when rows are few."""

    early_stopping: bool

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Return the fitted network."""
        wanted = self.early_stopping
        self.early_stopping = wanted and len(y) >= FEWEST_ROWS
        try:
            super().fit(X, y, sample_weight)
        finally:
            self.early_stopping = wanted
        return self
