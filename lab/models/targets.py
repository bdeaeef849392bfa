"""Models for numbers that need the target on a standard scale."""

from typing import Any


def on_standard_target(regressor: Any) -> Any:
    """Return the regressor on a target of mean 0 and deviation 1, its answers on the old scale.

    Support vectors and networks have settings and starting points that mean such a scale: on
    prices in the hundred thousands they would learn next to nothing.
    """
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.preprocessing import StandardScaler

    return TransformedTargetRegressor(
        regressor=regressor, transformer=StandardScaler(), check_inverse=False
    )
