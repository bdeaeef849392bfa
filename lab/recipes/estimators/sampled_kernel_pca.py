"""Kernel components learnt from a sample of the rows."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.decomposition import KernelPCA
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data


class SampledKernelPCA(KernelPCA):  # type: ignore[misc] # scikit-learn has no types
    """scikit-learn's `KernelPCA`, learnt from at most so many training rows.

    Memory grows with the square of the rows that are learnt from.

    Parameters
    ----------
    n_components : int or None, default None
        Components; None for as many as there are rows.
    kernel : str, default "rbf"
        The likeness of two rows.
    max_rows : int, default 2000
        Training rows to learn from.
    random_state : int or None, default None
        Seed of the sample and the solver.

    Examples
    --------
    >>> rows = np.arange(12.0).reshape(6, 2)
    >>> SampledKernelPCA(n_components=1, kernel="linear", max_rows=4).fit(rows).X_fit_.shape
    (4, 2)
    """

    def __init__(
        self,
        n_components: int | None = None,
        *,
        kernel: str = "rbf",
        max_rows: int = 2_000,
        random_state: int | None = None,
    ) -> None:
        super().__init__(n_components, kernel=kernel, random_state=random_state)
        self.max_rows = max_rows

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself, learnt from a sample of the rows.

        Parameters
        ----------
        X : array or sparse matrix of shape (n, n_features)
            Training rows.
        y : ignored
        """
        values = validate_data(self, X, accept_sparse="csr", dtype=[np.float64, np.float32])
        if values.shape[0] > self.max_rows:
            random = check_random_state(self.random_state)
            rows = np.sort(random.choice(values.shape[0], self.max_rows, replace=False))
            X = X.iloc[rows] if hasattr(X, "iloc") else values[rows]
        super().fit(X)
        return self

    def fit_transform(self, X: Any, y: Any = None) -> npt.NDArray[np.float64]:
        """Return the components of the rows that it was learnt from, and of the others."""
        components: npt.NDArray[np.float64] = self.fit(X, y).transform(X)
        return components
