"""Steps that keep some of the columns that reach them: filters, and models with few weights."""

from collections.abc import Mapping
from typing import Any

from lab.base import Number, Option, Value
from lab.recipes.entry import Place
from lab.recipes.steps.learning_time import tree_seconds
from lab.recipes.steps.selection_entry import COLUMNS_TO_KEEP, by_model, l1_model, selection_entry


def _build_variance(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from sklearn.feature_selection import VarianceThreshold

    return VarianceThreshold(threshold=settings["threshold"])


def _build_correlation(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.correlation_filter import CorrelationFilter

    return CorrelationFilter(**dict[str, Any](settings))


def _build_univariate(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.feature_selection import GenericUnivariateSelect

    from lab.recipes.estimators.univariate_scores import UnivariateScores

    score: Any = settings["score"]
    rule = str(settings["rule"])
    param = {"k_best": "k", "percentile": "percent"}.get(rule, "alpha")
    scores = UnivariateScores(score, place.task.is_classification, place.seed)
    return GenericUnivariateSelect(scores, mode=rule, param=settings[param])


def _build_l1(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.feature_selection import SelectFromModel

    estimator, getter = l1_model(settings, place)
    return SelectFromModel(estimator, threshold=1e-10, importance_getter=getter)


def _build_trees(settings: Mapping[str, Value], place: Place) -> Any:
    from sklearn.feature_selection import SelectFromModel

    estimator, getter = by_model("trees", place)
    return SelectFromModel(estimator, threshold=settings["threshold"], importance_getter=getter)


VARIANCE_THRESHOLD = selection_entry(
    "variance_threshold",
    "Drop columns that hardly vary",
    summary="Leaves out columns whose variance in the training rows is not above a threshold.",
    use_when="Columns with a single value, or one-hot columns of a level that is never seen. Knows "
    "nothing of the target; a threshold above 0 depends on the unit of each column. Quick.",
    build=_build_variance,
    learns=False,
    needs_complete=False,
    params=(
        Number(
            name="threshold",
            label="Variance to exceed",
            default=0.0,
            minimum=0.0,
            maximum=1e6,
            help="0 leaves out constants. A 0/1 column that is 1 in 1 % of the rows has 0.0099.",
        ),
    ),
)
CORRELATION_FILTER = selection_entry(
    "correlation_filter",
    "Drop columns that run alike",
    summary="Leaves out the later of two columns whose correlation is above a threshold.",
    use_when="Linear models whose weights should be read, and many copies of one measurement. "
    "Seldom helps prediction. Quick below 1,000 columns; not for word weights.",
    build=_build_correlation,
    learns=False,
    needs_dense=True,
    params=(
        Number(
            name="threshold",
            label="Largest correlation",
            default=0.95,
            minimum=0.1,
            maximum=0.9999,
            help="Without sign: -0.97 is above 0.95 too.",
        ),
        Option(
            name="method",
            label="Correlation of",
            default="pearson",
            options=(("pearson", "values (Pearson)"), ("spearman", "ranks (Spearman)")),
            advanced=True,
        ),
    ),
)
UNIVARIATE = selection_entry(
    "univariate_selection",
    "Keep columns that tell by themselves",
    summary="Scores each column by itself against the target, and keeps the best.",
    use_when="Many columns of which few matter. Misses columns that matter only together, and "
    "keeps copies. F and chi-squared take a moment, mutual information 3 s for 50,000 rows of "
    "20 columns.",
    build=_build_univariate,
    params=(
        Option(
            name="score",
            label="Score",
            default="f",
            options=(
                ("f", "F test (ANOVA)"),
                ("chi2", "chi-squared test"),
                ("mutual_info", "mutual information"),
            ),
            help="F sees straight lines and shifted means. Chi-squared is for counts and 0/1 "
            "columns and classes. Mutual information sees any dependence, and has no p-value.",
        ),
        Option(
            name="rule",
            label="Keep",
            default="k_best",
            options=(
                ("k_best", "a number of columns"),
                ("percentile", "a share of the columns"),
                ("fdr", "by false discovery rate (Benjamini and Hochberg 1995)"),
                ("fwe", "by family-wise error (Bonferroni)"),
            ),
        ),
        COLUMNS_TO_KEEP,
        Number(
            name="percent",
            label="Percent to keep",
            default=50,
            minimum=1,
            maximum=100,
            integer=True,
        ),
        Number(
            name="alpha",
            label="Error rate",
            default=0.05,
            minimum=0.0001,
            maximum=0.5,
            log_scale=True,
            help="For the rules by false discovery and by family-wise error.",
        ),
    ),
)
L1_SELECTION = selection_entry(
    "l1_selection",
    "Keep columns with a weight (L1)",
    summary="Fits a lasso, or a logistic regression with an L1 penalty, on scaled columns and "
    "keeps those with a weight (Tibshirani 1996).",
    use_when="Many columns, few that matter, straight effects. Of columns that run alike it keeps "
    "one at random. One fit; takes sparse matrices.",
    build=_build_l1,
    params=(
        Number(
            name="c",
            label="Freedom of the weights, for classes",
            default=0.05,
            minimum=0.0001,
            maximum=100.0,
            log_scale=True,
            help="Smaller keeps fewer columns. More rows keep more at the same value.",
        ),
        Number(
            name="alpha",
            label="Penalty, for values",
            default=0.01,
            minimum=0.00001,
            maximum=1.0,
            log_scale=True,
            help="Larger keeps fewer columns; at 1 none. The target is scaled for it.",
        ),
    ),
)
TREE_SELECTION = selection_entry(
    "tree_selection",
    "Keep columns that trees use",
    summary="Fits 100 extremely randomised trees and keeps the columns of most importance.",
    use_when="Curved effects and interactions. One forest: 4 s for 50,000 rows of 20 columns. "
    "Favours columns with many different values.",
    build=_build_trees,
    needs_complete=False,
    learning_seconds=tree_seconds,
    params=(
        Option(
            name="threshold",
            label="Keep columns above",
            default="mean",
            options=(
                ("mean", "the mean importance"),
                ("median", "the median importance"),
                ("0.5*mean", "half of the mean importance"),
                ("0.1*mean", "a tenth of the mean importance"),
            ),
        ),
    ),
)
SELECTION = (
    VARIANCE_THRESHOLD,
    CORRELATION_FILTER,
    UNIVARIATE,
    L1_SELECTION,
    TREE_SELECTION,
)
