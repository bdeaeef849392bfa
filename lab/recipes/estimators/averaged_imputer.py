"""Missing numbers predicted from the other columns, over and over, by one or several chains."""

from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

Floats = npt.NDArray[np.float64]
SEEDS_APART = 1_000_003


class AveragedImputer(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """scikit-learn's `IterativeImputer`, or the mean of several with drawn values.

    With several draws each chain fills the gaps of the training rows with draws from the
    posterior (van Buuren 2007), learns from those, and fills rows with its mean prediction; the
    rows get the mean over the chains. Nothing is drawn in `transform`, so a row is filled alike
    alone and among others.

    Parameters
    ----------
    model : {"ridge", "trees"}, default "ridge"
        What predicts a column: Bayesian ridge regression or 30 extremely randomised trees. Trees
        have no posterior; their chains differ by the seed.
    draws : int, default 1
        Chains.
    rounds : int, default 10
        Rounds over all columns.
    random_state : int, default 0
        Seed.

    Attributes
    ----------
    chains_ : list of IterativeImputer
        Fitted.

    Examples
    --------
    >>> rows = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, np.nan], [4.0, 40.0]])
    >>> AveragedImputer().fit_transform(rows)[2].round(1)
    array([ 3., 30.])
    """

    def __init__(
        self,
        *,
        model: Literal["ridge", "trees"] = "ridge",
        draws: int = 1,
        rounds: int = 10,
        random_state: int = 0,
    ) -> None:
        self.model = model
        self.draws = draws
        self.rounds = rounds
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Return itself with fitted chains.

        Parameters
        ----------
        X : array of shape (n, n_features), missing as NaN
            Training rows. A column without a value is filled with 0.
        y : ignored
        """
        values = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
        self.chains_ = [self._chain(number).fit(values.copy()) for number in range(self.draws)]
        for chain in self.chains_:
            chain.sample_posterior = False
        return self

    def transform(self, X: Any) -> Floats:
        """Return rows with every gap filled."""
        check_is_fitted(self)
        values = validate_data(
            self, X, reset=False, dtype=np.float64, ensure_all_finite="allow-nan"
        )
        # IterativeImputer stops early when no cell at all has a value: a full row prevents that.
        whole = np.vstack([values, np.zeros((1, values.shape[1]))])
        filled = [chain.transform(whole)[:-1] for chain in self.chains_]
        mean: Floats = np.mean(filled, axis=0)
        return np.where(np.isnan(values), mean, values)

    def _chain(self, number: int) -> Any:
        from sklearn.experimental import enable_iterative_imputer  # noqa: F401 - makes it known
        from sklearn.impute import IterativeImputer

        seed = (self.random_state + number * SEEDS_APART) % 2**32
        return IterativeImputer(
            estimator=self._estimator(seed),
            sample_posterior=self.draws > 1 and self.model == "ridge",
            max_iter=self.rounds,
            random_state=seed,
            keep_empty_features=True,
        )

    def _estimator(self, seed: int) -> Any:
        if self.model == "ridge":
            from sklearn.linear_model import BayesianRidge

            return BayesianRidge()
        from sklearn.ensemble import ExtraTreesRegressor

        return ExtraTreesRegressor(30, min_samples_leaf=5, random_state=seed, n_jobs=1)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags
