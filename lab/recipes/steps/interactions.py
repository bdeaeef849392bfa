"""Steps that make columns of several, or change them by each other."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Option, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry

_NUMBERS = (ColumnKind.NUMBER, ColumnKind.BOOLEAN)
MOST_MADE = 5_000


def _build_polynomial(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import PolynomialFeatures

    return PolynomialFeatures(
        degree=settings["degree"],
        interaction_only=settings["interaction_only"],
        include_bias=False,
    )


def _build_normalizer(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.preprocessing import Normalizer

    return Normalizer(norm=settings["norm"])


POLYNOMIAL = StepEntry(
    key="polynomial",
    title="Products and powers",
    family=Family.INTERACTIONS,
    summary="Adds the products of the columns, and their powers, up to a degree.",
    use_when="Linear models, when two columns matter together: choose few columns, scaled before. "
    "20 columns make 230 at degree 2 and 1,770 at degree 3. Trees find such things themselves.",
    kinds=_NUMBERS,
    default_kinds=(ColumnKind.NUMBER,),
    build=_build_polynomial,
    joint=True,
    stands_beside=True,
    makes_numbers=True,
    makes_many=True,
    needs_complete=True,
    params=(
        Number(name="degree", label="Degree", default=2, minimum=2, maximum=4, integer=True),
        Toggle(
            name="interaction_only",
            label="Products of different columns only",
            default=False,
            help="Leaves out squares and higher powers of a column.",
        ),
    ),
)
ROW_NORMALIZER = StepEntry(
    key="row_normalizer",
    title="Scale each row to length 1",
    family=Family.INTERACTIONS,
    summary="Divides the numbers of a row by the row's length, so that only proportions are left.",
    use_when="Counts or amounts of one kind, such as spending by category, when their sum says "
    "nothing. Not for columns in different units.",
    kinds=_NUMBERS,
    default_kinds=(ColumnKind.NUMBER,),
    build=_build_normalizer,
    joint=True,
    stands_beside=True,
    makes_numbers=True,
    needs_complete=True,
    params=(
        Option(
            name="norm",
            label="Length",
            default="l2",
            options=(
                ("l2", "root of the sum of squares"),
                ("l1", "sum of absolute values"),
                ("max", "largest absolute value"),
            ),
        ),
    ),
)
INTERACTIONS = (ROW_NORMALIZER, POLYNOMIAL)


def columns_made(n_columns: int, settings: Mapping[str, Value]) -> int:
    """Return how many columns `POLYNOMIAL` makes of some.

    Examples
    --------
    >>> columns_made(20, {"degree": 2, "interaction_only": False})
    230
    """
    from math import comb

    degree = int(settings["degree"] or 2)
    if settings["interaction_only"]:
        return sum(comb(n_columns, size) for size in range(1, degree + 1))
    return comb(n_columns + degree, degree) - 1
