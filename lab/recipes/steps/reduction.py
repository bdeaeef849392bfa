"""Steps that replace all numbers that reach them by fewer, new ones."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lab.base import CLASSIFICATION, ColumnKind, Number, Option, Toggle, Value
from lab.recipes.entry import Acts, Builder, Family, Place, StepEntry
from lab.recipes.steps.learning_time import independent_seconds

_COMPONENTS = Number(
    name="n_components",
    label="Columns to make",
    default=10,
    minimum=1,
    maximum=1_000,
    integer=True,
    log_scale=True,
    help="Lowered, and told, where the training rows allow fewer.",
)
_KERNEL = Option(
    name="kernel",
    label="Likeness of two rows",
    default="rbf",
    options=(("rbf", "Gaussian"), ("poly", "polynomial"), ("cosine", "cosine")),
)


def _entry(
    key: str, title: str, *, summary: str, use_when: str, build: Builder, needs_dense: bool = True
) -> StepEntry:
    return StepEntry(
        key=key,
        title=title,
        family=Family.REDUCTION,
        summary=summary,
        use_when=use_when,
        kinds=(ColumnKind.NUMBER, ColumnKind.BOOLEAN),
        build=build,
        acts=Acts.FEATURES,
        makes_numbers=True,
        makes_many=True,
        needs_complete=True,
        needs_dense=needs_dense,
        fewest_rows=3,
        params=(_COMPONENTS,),
    )


def _build_pca(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.decomposition import PCA

    by_share = settings["keep"] == "share"
    return PCA(
        n_components=settings["share"] if by_share else settings["n_components"],
        whiten=settings["whiten"],
        svd_solver="full" if by_share else "auto",
        random_state=place.seed,
    )


def _build_svd(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.decomposition import TruncatedSVD

    return TruncatedSVD(n_components=settings["n_components"], random_state=place.seed)


def _build_kernel_pca(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.sampled_kernel_pca import SampledKernelPCA

    return SampledKernelPCA(**dict[str, Any](settings), random_state=place.seed)


def _build_ica(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.decomposition import FastICA

    return FastICA(
        n_components=settings["n_components"],
        whiten="unit-variance",
        max_iter=500,
        random_state=place.seed,
    )


def _build_lda(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    return LinearDiscriminantAnalysis(n_components=settings["n_components"])


def _build_projection(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.random_projection import GaussianRandomProjection

    return GaussianRandomProjection(n_components=settings["n_components"], random_state=place.seed)


def _build_distances(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(n_clusters=settings["n_clusters"], n_init=3, random_state=place.seed)


def _build_agglomeration(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.cluster import FeatureAgglomeration

    return FeatureAgglomeration(n_clusters=settings["n_clusters"])


def _build_nystroem(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.kernel_approximation import Nystroem

    return Nystroem(**dict[str, Any](settings), random_state=place.seed)


def _clusters(label: str) -> Number:
    return replace(_COMPONENTS, name="n_clusters", label=label, default=8)


PCA = replace(
    _entry(
        "pca",
        "Principal components",
        summary="Replaces the numbers by their main directions of spread.",
        use_when="Many numbers that go together, for linear models and neighbours; scale them "
        "before, or the largest unit wins. Trees are seldom better with it, and columns lose "
        "their meaning. Needs an ordinary array: for word weights take truncated SVD.",
        build=_build_pca,
    ),
    params=(
        Option(
            name="keep",
            label="Keep",
            default="share",
            options=(("share", "a share of the variance"), ("count", "a number of components")),
        ),
        Number(
            name="share",
            label="Share of the variance",
            default=0.95,
            minimum=0.1,
            maximum=0.999,
            help="As many components as explain this share in the training rows.",
        ),
        _COMPONENTS,
        Toggle(
            name="whiten",
            label="Give each component variance 1",
            default=False,
            help="For models that need columns on one scale.",
            advanced=True,
        ),
    ),
)
TRUNCATED_SVD = _entry(
    "truncated_svd",
    "Truncated SVD",
    summary="Replaces the numbers by their main directions, without centring them.",
    use_when="Word weights and one-hot columns: takes sparse matrices (latent semantic analysis). "
    "100 components are usual for text.",
    build=_build_svd,
    needs_dense=False,
)
KERNEL_PCA = replace(
    _entry(
        "kernel_pca",
        "Kernel components",
        summary="Principal components of curved likeness instead of straight lines "
        "(Schölkopf et al. 1998).",
        use_when="Few scaled columns with curved structure, for linear models. Memory grows with "
        "the square of the rows learnt from, so it learns from a sample.",
        build=_build_kernel_pca,
        needs_dense=False,
    ),
    params=(
        _COMPONENTS,
        _KERNEL,
        Number(
            name="max_rows",
            label="Training rows to learn from",
            default=2_000,
            minimum=100,
            maximum=10_000,
            integer=True,
            log_scale=True,
            help="A sample drawn by the seed; when it was taken is told.",
            advanced=True,
        ),
    ),
)
ICA = replace(
    _entry(
        "ica",
        "Independent components",
        summary="Replaces the numbers by directions that are as independent as possible "
        "(FastICA, Hyvärinen 1999).",
        use_when="Measurements that mix several sources, such as sensors. Rarely better than "
        "principal components otherwise; slow with many columns.",
        build=_build_ica,
    ),
    learning_seconds=independent_seconds,
)
LDA = replace(
    _entry(
        "lda",
        "Discriminant components",
        summary="Replaces the numbers by the directions that part the classes best (Fisher 1936).",
        use_when="Several classes and fewer columns than rows, scaled or not. At most one "
        "component less than classes. Learns from the target: with many columns the training "
        "rows look better parted than new ones will be.",
        build=_build_lda,
    ),
    tasks=CLASSIFICATION,
    needs_target=True,
    params=(
        replace(
            _COMPONENTS,
            default=None,
            none_label="one less than classes",
        ),
    ),
)
RANDOM_PROJECTION = _entry(
    "random_projection",
    "Random projection",
    summary="Replaces the numbers by random sums of them, which keep distances roughly.",
    use_when="Thousands of columns, when anything else is too slow. Needs some hundred columns to "
    "keep distances well.",
    build=_build_projection,
    needs_dense=False,
)
KMEANS_FEATURES = replace(
    _entry(
        "kmeans_features",
        "Distances to cluster centres",
        summary="Replaces the numbers by the distances to the centres of k-means clusters.",
        use_when="Scaled columns with groups of rows, for linear models. For both, choose columns "
        "for it or compare recipes: the numbers themselves are gone.",
        build=_build_distances,
    ),
    params=(_clusters("Clusters"),),
)
FEATURE_AGGLOMERATION = replace(
    _entry(
        "feature_agglomeration",
        "Merge similar columns",
        summary="Replaces groups of columns that run alike by their means.",
        use_when="Many scaled columns of one sort that go together, such as sensors or spectra. "
        "Time grows with the square of the columns.",
        build=_build_agglomeration,
    ),
    params=(_clusters("Groups of columns"),),
)
NYSTROEM = replace(
    _entry(
        "nystroem",
        "Kernel columns (Nyström)",
        summary="Columns whose products are nearly a kernel's likeness of two rows "
        "(Williams and Seeger 2001).",
        use_when="Support-vector curves at the price of a linear model: scaled numbers, many rows.",
        build=_build_nystroem,
        needs_dense=False,
    ),
    params=(replace(_COMPONENTS, default=100), _KERNEL),
)
REDUCTION = (
    PCA,
    TRUNCATED_SVD,
    KERNEL_PCA,
    ICA,
    LDA,
    RANDOM_PROJECTION,
    KMEANS_FEATURES,
    FEATURE_AGGLOMERATION,
    NYSTROEM,
)
