"""Steps that put the numbers to predict on another scale; predictions are turned back."""

from collections.abc import Mapping
from typing import Any

from lab.base import Number, Option, Task, Value
from lab.recipes.entry import Acts, Family, Place, StepEntry

_NUMBERS = frozenset({Task.REGRESSION})


def _build_log(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    import numpy as np
    from sklearn.preprocessing import FunctionTransformer

    from lab.recipes.estimators.target_values import log1p

    return FunctionTransformer(log1p, np.expm1, check_inverse=False)


def _build_yeo_johnson(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001
    from sklearn.preprocessing import PowerTransformer

    return PowerTransformer(method="yeo-johnson")


def _build_quantile(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.preprocessing import QuantileTransformer

    return QuantileTransformer(
        n_quantiles=settings["n_quantiles"],
        output_distribution=settings["shape"],
        random_state=place.seed,
    )


def _build_standard(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import StandardScaler

    return StandardScaler()


LOG_TARGET = StepEntry(
    key="log_target",
    title="Logarithm of the target",
    family=Family.TARGET,
    summary="The model learns log(1 + target); its predictions are turned back.",
    use_when="Targets above -1 with a long tail to the right, such as prices, where errors matter "
    "as a share. Predictions lean to the median: their mean is too low. Not with values of -1 or "
    "less.",
    kinds=(),
    build=_build_log,
    tasks=_NUMBERS,
    acts=Acts.TARGET,
)
YEO_JOHNSON_TARGET = StepEntry(
    key="yeo_johnson_target",
    title="Yeo-Johnson on the target",
    family=Family.TARGET,
    summary="The model learns the target with its skew taken out by a power (Yeo and Johnson "
    "2000); its predictions are turned back.",
    use_when="Skewed targets, also with negative values. Predictions far outside the training "
    "targets may have no way back: such a fit fails and says so.",
    kinds=(),
    build=_build_yeo_johnson,
    tasks=_NUMBERS,
    acts=Acts.TARGET,
)
QUANTILE_TARGET = StepEntry(
    key="quantile_target",
    title="Quantiles of the target",
    family=Family.TARGET,
    summary="The model learns each target's place among the training targets; its predictions are "
    "turned back.",
    use_when="Targets of any shape, with outliers. No prediction lies outside the training "
    "targets; needs some hundred rows.",
    kinds=(),
    build=_build_quantile,
    tasks=_NUMBERS,
    acts=Acts.TARGET,
    params=(
        Option(
            name="shape",
            label="Shape that the model meets",
            default="normal",
            options=(("normal", "Bell curve"), ("uniform", "All values equally frequent")),
        ),
        Number(
            name="n_quantiles",
            label="Quantiles that are remembered",
            default=1000,
            minimum=10,
            maximum=10_000,
            integer=True,
            log_scale=True,
            help="At most as many as training rows.",
            advanced=True,
        ),
    ),
)
STANDARD_TARGET = StepEntry(
    key="standard_target",
    title="Standardise the target",
    family=Family.TARGET,
    summary="The model learns the target with mean 0 and deviation 1; its predictions are turned "
    "back.",
    use_when="Models whose settings mean such a scale. Support vectors and the neural network do "
    "this by themselves; linear models and trees predict the same without.",
    kinds=(),
    build=_build_standard,
    tasks=_NUMBERS,
    acts=Acts.TARGET,
)
TARGET = (LOG_TARGET, YEO_JOHNSON_TARGET, QUANTILE_TARGET, STANDARD_TARGET)
