"""Power laws fitted to learning curves.

The form is that of Figueroa, Zeng-Treitler, Kandula & Ngo, "Predicting sample size required for
classification performance" (2012), with their weights: a point counts by its rows, since what
matters is the end from which one extrapolates, and small samples scatter more.
"""

from dataclasses import dataclass

import numpy as np

from lab.comparison.score_table import Floats

_EXPONENTS = np.geomspace(0.05, 3.0, 200)
"""Where the exponent is looked for. With the exponent given the rest is a straight line with an
exact solution, so that no search can fail or end beside the best."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PowerLaw:
    """Curves ``a + b * n ** -c``.

    Parameters
    ----------
    a, b, c : ndarray of float64, shape (n_curves,)
        Where each ends up, how far it starts from there, and how fast it gets there.
    """

    a: Floats
    b: Floats
    c: Floats

    def at(self, n: Floats) -> Floats:
        """Return the curves at some numbers of rows; shape (n_curves, len(n))."""
        values: Floats = self.a[:, None] + self.b[:, None] * n ** -self.c[:, None]
        return values


def fit_power_law(n: Floats, scores: Floats, *, best: float, greater_is_better: bool) -> PowerLaw:
    """Return the power law of least weighted squares for each curve.

    More rows never make such a curve worse, and it never passes the score of a perfect model.

    Parameters
    ----------
    n : ndarray of float64, shape (n_points,)
        Rows learned from.
    scores : ndarray of float64, shape (n_curves, n_points)
        Finite scores.
    best : float
        The score of a perfect model.
    greater_is_better : bool
        The direction of the score.
    """
    sign = -1.0 if greater_is_better else 1.0
    loss = sign * (scores - best)[:, None, :]  # (curves, 1, points), 0 for a perfect model
    weights = n / n.sum()
    bent = (n / n.max()) ** -_EXPONENTS[:, None]  # (exponents, points)
    middle, level = (bent * weights).sum(axis=1), (loss * weights).sum(axis=2)
    rise = ((bent - middle[:, None]) * weights * loss).sum(axis=2)
    slope = np.maximum(rise / (weights * (bent - middle[:, None]) ** 2).sum(axis=1), 0.0)
    end = level - slope * middle
    through_best = (weights * bent * loss).sum(axis=2) / (weights * bent**2).sum(axis=1)
    slope = np.where(end < 0, through_best, slope)
    end = np.maximum(end, 0.0)
    errors = weights * (loss - end[:, :, None] - slope[:, :, None] * bent) ** 2
    chosen = errors.sum(axis=2).argmin(axis=1)
    lines = np.arange(len(scores))
    c = _EXPONENTS[chosen]
    return PowerLaw(
        a=best + sign * end[lines, chosen], b=sign * slope[lines, chosen] * n.max() ** c, c=c
    )
