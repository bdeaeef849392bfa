"""Steps that leave out rows by what lies near them."""

from collections.abc import Mapping
from typing import Any

from lab.base import Number, Option, Value
from lab.recipes.entry import Place
from lab.recipes.steps.resampling import (
    NEIGHBOURS,
    RATIO,
    grown,
    sampler_entry,
    shrunk,
    smote_like,
)


def _build_tomek(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from imblearn.under_sampling import TomekLinks

    return TomekLinks(sampling_strategy=settings["classes"])


def _build_enn(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from imblearn.under_sampling import EditedNearestNeighbours

    return EditedNearestNeighbours(
        sampling_strategy=settings["classes"],
        n_neighbors=settings["n_neighbors"],
        kind_sel=settings["kind"],
    )


def _build_near_miss(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from imblearn.under_sampling import NearMiss

    return NearMiss(
        sampling_strategy=shrunk(settings),
        version=int(str(settings["variant"])),
        n_neighbors=settings["n_neighbors"],
        n_neighbors_ver3=settings["n_neighbors"],
    )


def _build_centroids(settings: Mapping[str, Value], place: Place) -> Any:
    from imblearn.under_sampling import ClusterCentroids

    return ClusterCentroids(
        sampling_strategy=shrunk(settings), voting=settings["rows"], random_state=place.seed
    )


def _build_smote_tomek(settings: Mapping[str, Value], place: Place) -> Any:
    from imblearn.combine import SMOTETomek
    from imblearn.under_sampling import TomekLinks

    return SMOTETomek(
        sampling_strategy=grown(settings),
        smote=smote_like("SMOTE", settings, place),
        tomek=TomekLinks(sampling_strategy="all"),
        random_state=place.seed,
    )


def _build_smote_enn(settings: Mapping[str, Value], place: Place) -> Any:
    from imblearn.combine import SMOTEENN
    from imblearn.under_sampling import EditedNearestNeighbours

    own = {key: value for key, value in settings.items() if key != "n_neighbors"}
    return SMOTEENN(
        sampling_strategy=grown(settings),
        smote=smote_like("SMOTE", own, place),
        enn=EditedNearestNeighbours(sampling_strategy="all", n_neighbors=settings["n_neighbors"]),
        random_state=place.seed,
    )


_CLEAN_NEIGHBOURS = Number(
    name="n_neighbors",
    label="Neighbours that must agree",
    default=3,
    minimum=1,
    maximum=50,
    integer=True,
    help="More neighbours take more rows away.",
)
_CLASSES = Option(
    name="classes",
    label="Classes that lose rows",
    default="auto",
    options=(("auto", "all but the smallest"), ("all", "all")),
)

TOMEK_LINKS = sampler_entry(
    "tomek_links",
    "Tomek links",
    summary="Leaves out rows of larger classes whose nearest row is of another class, and the "
    "other way round (Tomek 1976).",
    use_when="To clean the border between classes; changes the balance little. Numbers, scaled and "
    "without missing values; comes last.",
    build=_build_tomek,
    params=(_CLASSES,),
)
ENN = sampler_entry(
    "edited_neighbours",
    "Edited nearest neighbours",
    summary="Leaves out rows of larger classes whose neighbours are of another class (Wilson "
    "1972).",
    use_when="Noisy labels or classes that overlap. Takes away more than Tomek links. Numbers, "
    "scaled and without missing values; comes last.",
    build=_build_enn,
    params=(
        _CLEAN_NEIGHBOURS,
        Option(
            name="kind",
            label="A row stays when",
            default="all",
            options=(
                ("all", "all its neighbours are of its class"),
                ("mode", "most of its neighbours are of its class"),
            ),
        ),
        _CLASSES,
    ),
)
NEAR_MISS = sampler_entry(
    "near_miss",
    "NearMiss",
    summary="Keeps the rows of larger classes that lie nearest to the smallest class (Mani and "
    "Zhang 2003).",
    use_when="Many rows and few positives. Prone to noise: the rows kept are the odd ones, so "
    "compare it with rows left out by chance. Variant 2 looks at all rows of the smallest class "
    "and is slow. Numbers, scaled and without missing values; comes last.",
    build=_build_near_miss,
    params=(
        Option(
            name="variant",
            label="Which rows are kept",
            default="1",
            options=(
                ("1", "1: near their nearest rows of the smallest class"),
                ("2", "2: near all rows of the smallest class"),
                ("3", "3: of the neighbours of the smallest class, the farthest"),
            ),
        ),
        Number(
            name="n_neighbors",
            label="Neighbours",
            default=3,
            minimum=1,
            maximum=50,
            integer=True,
            help="Lowered, and told, where a class has too few rows.",
        ),
        RATIO,
    ),
)
CLUSTER_CENTROIDS = sampler_entry(
    "cluster_centroids",
    "Cluster centroids",
    summary="Puts k-means centres in the place of the rows of larger classes.",
    use_when="A large class made of clumps. Slow: as many centres as rows are wanted, so not for "
    "ten thousands of rows. Numbers, scaled and without missing values; comes last.",
    build=_build_centroids,
    params=(
        RATIO,
        Option(
            name="rows",
            label="What stands for a clump",
            default="soft",
            options=(("soft", "its centre"), ("hard", "the real row nearest to its centre")),
        ),
    ),
)
SMOTE_TOMEK = sampler_entry(
    "smote_tomek",
    "SMOTE, then Tomek links",
    summary="Makes new rows by SMOTE, then leaves out pairs of nearest rows of different classes "
    "(Batista et al. 2004).",
    use_when="Where SMOTE blurs the border. Little different from SMOTE alone on many tables. "
    "Numbers, scaled and without missing values; comes last.",
    build=_build_smote_tomek,
    params=(NEIGHBOURS, RATIO),
)
SMOTE_ENN = sampler_entry(
    "smote_enn",
    "SMOTE, then edited neighbours",
    summary="Makes new rows by SMOTE, then leaves out every row whose neighbours are of another "
    "class (Batista et al. 2004).",
    use_when="Noisy classes that overlap; takes away many rows of all classes. Numbers, scaled and "
    "without missing values; comes last.",
    build=_build_smote_enn,
    params=(NEIGHBOURS, RATIO, _CLEAN_NEIGHBOURS),
)
CLEANING = (TOMEK_LINKS, ENN, NEAR_MISS, CLUSTER_CENTROIDS, SMOTE_TOMEK, SMOTE_ENN)
