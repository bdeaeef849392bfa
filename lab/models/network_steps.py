"""The steps of a small network as scikit-learn takes them, in arrays made once: half the time.

Imported only where a network is built. A step of scikit-learn makes every array anew, sets the
derivative of the bend by a boolean index (whose guesses by the processor are wrong half of the
time) and asks of each batch what kind of array it is. Here the same sums are taken in the same
order, so that weights and scores are equal to the last bit (`tests/models/test_network.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import _sparsetools
from sklearn.neural_network._base import ACTIVATIONS, LOSS_FUNCTIONS

Floats = npt.NDArray[np.float64]


class Weights:
    """Coefficients and intercepts of all layers, side by side in one array.

    Parameters
    ----------
    coefs : sequence of ndarray of shape (units before, units after)
    intercepts : sequence of ndarray of shape (units after,)
        Both are copied.

    Attributes
    ----------
    whole : ndarray of shape (n_weights,)
    coefs, intercepts : list of ndarray
        Views of it.
    """

    def __init__(self, coefs: Sequence[Floats], intercepts: Sequence[Floats]) -> None:
        arrays = [*coefs, *intercepts]
        self.whole: Floats = np.concatenate([array.ravel() for array in arrays])
        parts = np.split(self.whole, np.cumsum([array.size for array in arrays])[:-1])
        views = [part.reshape(array.shape) for part, array in zip(parts, arrays, strict=True)]
        self.coefs, self.intercepts = views[: len(coefs)], views[len(coefs) :]


class SparseRows:
    """Some rows of a CSR matrix, and its products with dense arrays as scipy takes them."""

    def __init__(self, X: Any, rows: npt.NDArray[np.intp]) -> None:
        chosen = rows.astype(X.indptr.dtype)
        self._shape = (len(rows), X.shape[1])
        self._ends = np.zeros(len(rows) + 1, dtype=X.indptr.dtype)
        np.cumsum(X.indptr[chosen + 1] - X.indptr[chosen], out=self._ends[1:])
        self._columns = np.empty(self._ends[-1], dtype=X.indices.dtype)
        self._values = np.empty(self._ends[-1])
        arrays = (X.indptr, X.indices, X.data, self._columns, self._values)
        _sparsetools.csr_row_index(len(rows), chosen, *arrays)

    def times(self, right: Floats, *, out: Floats) -> None:
        """Fill an array with the product of the rows and an array."""
        self._multiply(_sparsetools.csr_matvecs, self._shape, right, out)

    def turned_times(self, right: Floats, *, out: Floats) -> None:
        """Fill an array with the product of the rows, as columns, and an array."""
        self._multiply(_sparsetools.csc_matvecs, self._shape[::-1], right, out)

    def _multiply(
        self, multiply: Callable[..., None], shape: tuple[int, ...], right: Floats, out: Floats
    ) -> None:
        out.fill(0)
        arrays = (self._ends, self._columns, self._values, right.ravel(), out.ravel())
        multiply(*shape, right.shape[1], *arrays)


class Batch:
    """What the rows of one batch are in each layer, and what their error is there.

    Parameters
    ----------
    size : int
        Rows.
    units : sequence of int
        Units of each layer, the first of which holds the features.
    """

    def __init__(self, size: int, units: Sequence[int]) -> None:
        self.values: list[Any] = [np.empty((size, width)) for width in units]
        self.errors: list[Floats] = [np.empty((size, width)) for width in units[1:]]
        self._is_open = [np.empty((size, width), dtype=bool) for width in units[1:-1]]
        self._bits = [np.empty((size, width), dtype=np.int64) for width in units[1:-1]]

    def take(self, X: Any, rows: npt.NDArray[np.intp]) -> None:
        """Let some rows be those of the batch."""
        if isinstance(X, np.ndarray):
            np.take(X, rows, axis=0, out=self.values[0], mode="clip")
        else:
            self.values[0] = SparseRows(X, rows)

    def bend_errors(self, layer: int) -> None:
        """Set the errors of a hidden layer to zero where its units are, by their bits."""
        is_open, bits = self._is_open[layer], self._bits[layer]
        np.not_equal(self.values[layer + 1], 0, out=is_open)
        np.negative(is_open.view(np.int8), out=bits, casting="unsafe")
        errors = self.errors[layer].view(np.int64)
        np.bitwise_and(errors, bits, out=errors)


@dataclass(kw_only=True)
class Adam:
    """The rule by which weights follow their gradients (Kingma and Ba, 2015)."""

    rate: float
    beta_1: float
    beta_2: float
    epsilon: float
    size: int
    _steps: int = 0
    _arrays: tuple[Floats, Floats, Floats, Floats] = field(init=False)

    def __post_init__(self) -> None:
        zeros = (np.zeros(self.size), np.zeros(self.size))
        self._arrays = (*zeros, np.empty(self.size), np.empty(self.size))

    def step(self, weights: Floats, gradients: Floats) -> None:
        """Change weights by one step."""
        first, second, some, more = self._arrays
        self._steps += 1
        np.multiply(gradients, 1 - self.beta_1, out=some)
        first *= self.beta_1
        first += some
        np.square(gradients, out=some)
        some *= 1 - self.beta_2
        second *= self.beta_2
        second += some
        rate = self.rate * np.sqrt(1 - self.beta_2**self._steps) / (1 - self.beta_1**self._steps)
        np.sqrt(second, out=some)
        some += self.epsilon
        np.multiply(first, -rate, out=more)
        more /= some
        weights += more


class Steps:
    """Passes of batches through a network with rectified units, and back.

    Parameters
    ----------
    weights : Weights
        Changed by each step.
    alpha : float
        Strength of the penalty on coefficients.
    output : str
        scikit-learn's word for what the last layer does: logistic, softmax or identity.
    loss : str
        Its word for the loss.
    adam : Adam
        How the weights follow.
    """

    def __init__(
        self, weights: Weights, *, alpha: float, output: str, loss: str, adam: Adam
    ) -> None:
        is_binary = loss == "log_loss" and output == "logistic"
        self._bend_output: Callable[[Floats], None] = ACTIVATIONS[output]
        self._loss: Callable[..., float] = LOSS_FUNCTIONS["binary_log_loss" if is_binary else loss]
        self._weights, self._alpha, self._adam = weights, alpha, adam
        self._gradients = Weights(weights.coefs, weights.intercepts)
        self._penalties = [np.empty_like(coefs) for coefs in weights.coefs]
        self._zeros = [np.zeros_like(intercepts) for intercepts in weights.intercepts]
        self._units = [coefs.shape[0] for coefs in weights.coefs] + [len(self._zeros[-1])]
        self._batches: dict[int, Batch] = {}

    def step(
        self,
        X: Any,
        y: npt.NDArray[np.generic],
        rows: npt.NDArray[np.intp],
        weight: Floats | None = None,
    ) -> float:
        """Learn from some rows, and return their loss before that.

        Parameters
        ----------
        X : ndarray or CSR matrix of shape (n_rows, n_features)
        y : ndarray of shape (n_rows, n_outputs)
        rows : ndarray of int
            Positions of the batch.
        weight : ndarray of shape (n_rows,), optional
            Weights of rows.
        """
        if len(rows) not in self._batches:
            self._batches[len(rows)] = Batch(len(rows), self._units)
        batch, targets = self._batches[len(rows)], y[rows]
        chosen = None if weight is None else weight[rows]
        total = len(rows) if chosen is None else chosen.sum()
        batch.take(X, rows)
        self._forward(batch)
        outputs = batch.values[-1]
        squares = sum(np.dot(coefs.ravel(), coefs.ravel()) for coefs in self._weights.coefs)
        loss = self._loss(targets, outputs, chosen) + (0.5 * self._alpha) * squares / total
        np.subtract(outputs, targets, out=batch.errors[-1])
        if chosen is not None:
            batch.errors[-1] *= chosen.reshape(-1, 1)
        self._backward(batch)
        self._gradients.whole /= total
        self._adam.step(self._weights.whole, self._gradients.whole)
        return float(loss)

    def _forward(self, batch: Batch) -> None:
        values, last = batch.values, len(self._weights.coefs) - 1
        for layer, coefs in enumerate(self._weights.coefs):
            made = values[layer + 1]
            _times(values[layer], coefs, out=made)
            made += self._weights.intercepts[layer]
            if layer < last:
                np.maximum(made, self._zeros[layer], out=made)
        self._bend_output(values[-1])

    def _backward(self, batch: Batch) -> None:
        coefs, gradients = self._weights.coefs, self._gradients
        for layer in reversed(range(len(coefs))):
            errors = batch.errors[layer]
            _turned_times(batch.values[layer], errors, out=gradients.coefs[layer])
            np.multiply(coefs[layer], self._alpha, out=self._penalties[layer])
            gradients.coefs[layer] += self._penalties[layer]
            np.sum(errors, axis=0, out=gradients.intercepts[layer])
            if layer > 0:
                # of one column there is nothing to sum up, and `dot` is the quicker one
                multiply = np.dot if errors.shape[1] == 1 else np.matmul
                multiply(errors, coefs[layer].T, out=batch.errors[layer - 1])
                batch.bend_errors(layer - 1)


def _turned_times(values: Any, errors: Floats, *, out: Floats) -> None:
    if isinstance(values, SparseRows):
        values.turned_times(errors, out=out)
    else:
        np.matmul(values.T, errors, out=out)


def _times(values: Any, coefs: Floats, *, out: Floats) -> None:
    if isinstance(values, SparseRows):
        values.times(coefs, out=out)
    else:
        np.matmul(values, coefs, out=out)
