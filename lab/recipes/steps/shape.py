"""Steps that change the shape of numbers: their tails, their skew, their pieces."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Option, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry

_KINDS = (ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.CATEGORY)
_DEFAULT_KINDS = (ColumnKind.NUMBER,)
_TAKES = (ColumnKind.NUMBER,)


def _build_clip(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.number_shapes import TailClipper

    rest = dict[str, Any](settings)
    return TailClipper(tail=rest.pop("tail_percent") / 100, **rest)


def _build_log(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.number_shapes import LogShape

    return LogShape(signed=bool(settings["signed"]))


def _build_power(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.number_shapes import PowerShape

    return PowerShape(method=settings["method"], standardize=settings["standardise"])


def _build_quantile(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.number_shapes import QuantileShape

    return QuantileShape(
        n_quantiles=settings["n_quantiles"],
        output_distribution=settings["shape"],
        random_state=place.seed,
    )


def _build_bins(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.number_pieces import Bins

    return Bins(**dict[str, Any](settings), random_state=place.seed)  # an array: it can be scaled


def _build_splines(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.number_pieces import Splines

    return Splines(**dict[str, Any](settings))


def _entry(key: str, title: str, **rest: Any) -> StepEntry:
    return StepEntry(
        key=key,
        title=title,
        family=Family.SHAPE,
        kinds=_KINDS,
        default_kinds=_DEFAULT_KINDS,
        takes=_TAKES,
        makes_numbers=True,
        **rest,
    )


CLIP_OUTLIERS = _entry(
    "clip_outliers",
    "Cut off outliers",
    summary="Values beyond limits learnt from the training rows become the limit (winsorising).",
    use_when="Numbers with a few wild values, before scaling and for linear models, neighbours and "
    "neural networks. Not where the extremes are what matters; trees do not need it. Costs next to "
    "nothing.",
    build=_build_clip,
    params=(
        Option(
            name="method",
            label="Where the limits lie",
            default="quantile",
            options=(
                ("quantile", "at a percentage of the rows at each end"),
                ("iqr", "beyond the quartiles by a multiple of their distance"),
            ),
        ),
        Number(
            name="tail_percent",
            label="Percent of the rows at each end",
            default=1.0,
            minimum=0.0,
            maximum=25.0,
            help="For limits at a percentage. Higher cuts more.",
        ),
        Number(
            name="reach",
            label="Multiple of the distance between the quartiles",
            default=1.5,
            minimum=0.0,
            maximum=20.0,
            help="For limits beyond the quartiles. 1.5 is Tukey's rule, 3 keeps all but the far "
            "out. A column whose quartiles are equal stays as it is.",
        ),
    ),
)
LOG = _entry(
    "log1p",
    "Logarithm",
    summary="The logarithm of 1 + x, so that equal ratios become equal distances; 0 stays 0.",
    use_when="Amounts, counts and prices with a long tail to the right, for models that use "
    "distances or sums. Trees see no difference. Costs next to nothing.",
    build=_build_log,
    params=(
        Toggle(
            name="signed",
            label="Keep the sign of negative numbers",
            default=True,
            help="-9 becomes minus the logarithm of 10. When off, training values of -1 or below "
            "are refused.",
        ),
    ),
)
POWER_TRANSFORM = _entry(
    "power_transform",
    "Power transform",
    summary="The power of each column that makes its training rows most like a normal "
    "distribution.",
    use_when="Skewed numbers for linear models, Gaussian naive Bayes and neighbours. Not for "
    "trees, nor for numbers with two humps. Slower than a logarithm, and harder to explain.",
    build=_build_power,
    params=(
        Option(
            name="method",
            label="Kind",
            default="yeo-johnson",
            options=(
                ("yeo-johnson", "Yeo-Johnson, for any numbers"),
                ("box-cox", "Box-Cox, for positive numbers only"),
            ),
            help="Box-Cox refuses training rows that are not positive; such rows to predict count "
            "as the smallest training value, and it is told.",
        ),
        Toggle(
            name="standardise",
            label="Standardise afterwards",
            default=True,
            help="Brings mean and standard deviation of the training rows to 0 and 1.",
            advanced=True,
        ),
    ),
)
QUANTILE_TRANSFORM = _entry(
    "quantile_transform",
    "Quantile transform",
    summary="Puts the rank among the training rows in the place of the value.",
    use_when="Numbers of any odd shape or with outliers, for models that use distances. Distances "
    "between values are lost, and values outside the training range become its ends. Trees do not "
    "need it.",
    build=_build_quantile,
    params=(
        Option(
            name="shape",
            label="Shape",
            default="normal",
            options=(("normal", "normal distribution"), ("uniform", "evenly from 0 to 1")),
        ),
        Number(
            name="n_quantiles",
            label="Quantiles",
            default=1000,
            minimum=10,
            maximum=10_000,
            integer=True,
            log_scale=True,
            help="Steps of the ranks, at most one a training row.",
            advanced=True,
        ),
    ),
)
BINNING = _entry(
    "binning",
    "Bins",
    summary="The number of the range in which a value lies, or a 0/1 column for each range.",
    use_when="Linear models and naive Bayes, when the target jumps or bends along a number. Loses "
    "what happens within a bin; trees cut better themselves.",
    build=_build_bins,
    params=(
        Number(
            name="n_bins",
            label="Most bins",
            default=5,
            minimum=2,
            maximum=100,
            integer=True,
            help="More bins follow the data closer and need more rows.",
        ),
        Option(
            name="strategy",
            label="Limits of the bins",
            default="quantile",
            options=(
                ("quantile", "equally many rows in each"),
                ("uniform", "equally wide"),
                ("kmeans", "around groups of near values"),
            ),
        ),
        Toggle(
            name="one_hot",
            label="A column for each bin",
            default=False,
            help="Lets a linear model give every bin its own weight. A missing value is in none.",
        ),
    ),
)
SPLINES = _entry(
    "splines",
    "Spline features",
    summary="Smooth overlapping bumps along each number, so that a linear model can follow a "
    "curve.",
    use_when="Linear models and support vectors when the target bends with a number. Several "
    "columns for one; trees do not need it. Outside the training range the curve stays level.",
    build=_build_splines,
    fills_missing=True,
    params=(
        Number(
            name="n_knots",
            label="Knots",
            default=5,
            minimum=2,
            maximum=50,
            integer=True,
            help="Places where the curve may bend, at quantiles of the training rows. A column "
            "each, and more rows needed.",
        ),
        Number(
            name="degree",
            label="Degree of the pieces",
            default=3,
            minimum=1,
            maximum=5,
            integer=True,
            help="1 for straight pieces, 3 for smooth ones.",
            advanced=True,
        ),
    ),
)
SHAPE = (CLIP_OUTLIERS, LOG, POWER_TRANSFORM, QUANTILE_TRANSFORM, BINNING, SPLINES)
