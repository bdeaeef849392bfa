"""Steps that make rows of small classes where it is told to be worth it."""

from collections.abc import Mapping
from typing import Any

from lab.base import Number, Option, Value
from lab.recipes.entry import Place
from lab.recipes.steps.resampling import NEIGHBOURS, RATIO, sampler_entry, smote_like


def _build_smote_n(settings: Mapping[str, Value], place: Place) -> Any:
    return smote_like("SMOTEN", settings, place)


def _build_borderline(settings: Mapping[str, Value], place: Place) -> Any:
    return smote_like("BorderlineSMOTE", settings, place)


def _build_svm(settings: Mapping[str, Value], place: Place) -> Any:
    return smote_like("SVMSMOTE", settings, place)


def _build_adasyn(settings: Mapping[str, Value], place: Place) -> Any:
    return smote_like("ADASYN", settings, place)


_AROUND = Number(
    name="m_neighbors",
    label="Neighbours that tell a border",
    default=10,
    minimum=1,
    maximum=100,
    integer=True,
    help="A row lies at the border when at least half, but not all, of this many nearest rows are "
    "of other classes.",
    advanced=True,
)
_ADASYN_NEIGHBOURS = Number(
    name="n_neighbors",
    label="Neighbours",
    default=5,
    minimum=1,
    maximum=50,
    integer=True,
    help="Lowered, and told, where a class has too few rows.",
)

SMOTE_N = sampler_entry(
    "smote_n",
    "SMOTE for categories only",
    summary="Like SMOTE where all columns are categories: levels of the neighbours, found by how "
    "they go with the classes.",
    use_when="Tables without numbers; comes before encoding. Memory grows with the square of the "
    "rows of a class: not for classes of more than some ten thousand rows.",
    build=_build_smote_n,
    params=(NEIGHBOURS, RATIO),
)
BORDERLINE_SMOTE = sampler_entry(
    "borderline_smote",
    "Borderline-SMOTE",
    summary="Like SMOTE, but only rows at the border to other classes get new rows beside them "
    "(Han et al. 2005).",
    use_when="Classes that overlap at the border. Numbers, scaled and without missing values; "
    "comes last. Where no row lies at the border nothing is made, and it is told. Slower than "
    "SMOTE.",
    build=_build_borderline,
    params=(
        NEIGHBOURS,
        RATIO,
        Option(
            name="kind",
            label="Kind",
            default="borderline-1",
            options=(
                ("borderline-1", "1: towards rows of the own class"),
                ("borderline-2", "2: towards rows of any class"),
            ),
        ),
        _AROUND,
    ),
)
SVM_SMOTE = sampler_entry(
    "svm_smote",
    "SVM-SMOTE",
    summary="Like SMOTE, but around the support vectors of an SVM (Nguyen et al. 2009).",
    use_when="Some thousand rows with a clear border between classes. Fits an SVM first, whose "
    "time grows with the square of the rows: not for tens of thousands. Numbers, scaled and "
    "without missing values; comes last.",
    build=_build_svm,
    params=(NEIGHBOURS, RATIO, _AROUND),
)
ADASYN = sampler_entry(
    "adasyn",
    "ADASYN",
    summary="Like SMOTE, with more new rows where other classes are near (He et al. 2008).",
    use_when="When rows near other classes are hard to learn. Noise draws most new rows. Numbers, "
    "scaled and without missing values; comes last. Classes become only roughly as frequent as "
    "asked.",
    build=_build_adasyn,
    params=(_ADASYN_NEIGHBOURS, RATIO),
)
BORDERS = (SMOTE_N, BORDERLINE_SMOTE, SVM_SMOTE, ADASYN)
