"""What can be believed, in plain words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lab.comparison.standing import Standing
from lab.comparison.wording import listed, name, with_interval
from lab.metrics import MetricEntry
from lab.validation import ValidationPlan, fold_keys

_FEW_FOLDS = 5


def make_verdict(
    frame: pd.DataFrame,
    metric: MetricEntry,
    *,
    standings: Sequence[Standing],
    baselines: tuple[str, ...],
    outscored: tuple[str, ...] = (),
) -> str:
    """Return who is best, who cannot be told apart from it, and what is still missing.

    Parameters
    ----------
    frame : DataFrame
        The leaderboard, best first.
    metric : MetricEntry
        The metric that ranks.
    standings : sequence of Standing
        Where each candidate stands, in any order.
    baselines : tuple of str
        Names of the candidates that learn nothing.
    outscored : tuple of str, default ()
        Names of the candidates that the first one is ahead of in every fold.

    Returns
    -------
    str
        One to five sentences; names in them are plain text.
    """
    complete = frame[(frame["state"] == "complete") & frame[metric.key].notna()]
    if complete.empty:
        return _without_result(standings, metric)
    sentences = [
        _best(complete, metric),
        _ahead(complete, outscored),
        _baseline(complete, baselines),
        _missing(standings),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def make_notes(plan: ValidationPlan, *, has_rows: bool) -> tuple[str, ...]:
    """Return what limits the intervals and tests, one sentence each.

    Parameters
    ----------
    plan : ValidationPlan
        How rows are divided.
    has_rows : bool
        Whether answers by row were given for a single split.
    """
    n_folds = len(fold_keys(plan))
    notes = []
    if n_folds == 1 and has_rows:
        notes.append(
            "There is one split: intervals and p-values come from resamples of its test rows "
            "(stratified percentile bootstrap), and do not show how scores change with other "
            "training rows. The winner's score is somewhat flattered by having been picked."
        )
    elif n_folds == 1:
        notes.append("There is one split: intervals and ties are not known.")
    elif n_folds < _FEW_FOLDS:
        notes.append(f"With {n_folds} folds only large differences can be told apart.")
    if plan.splitter.key == "time":
        notes.append(
            "Folds in time order depend on each other and learn from growing histories: take "
            "intervals and p-values as a guide, not as exact."
        )
    return tuple(notes)


def _best(complete: pd.DataFrame, metric: MetricEntry) -> str:
    best = complete.iloc[0]
    score = _score(best, metric)
    others = complete["candidate"].iloc[1:]
    if others.empty:
        return (
            f"{name(best['candidate'])}: {metric.title} {score}; there is no other finished model "
            "to compare it with."
        )
    word = "highest" if metric.greater_is_better else "lowest"
    claim = f"{name(best['candidate'])} has the {word} {metric.title}: {score}"
    is_tied = complete["tied"].to_numpy(bool)[1:]
    tied = others[is_tied].tolist()
    if not tied:
        rest = "the other model" if len(others) == 1 else f"each of the other {len(others)} models"
        return f"{claim}; it is better than {rest} by more than chance explains."
    return f"{claim}; {listed(tied)} cannot be told apart from it."


def _ahead(complete: pd.DataFrame, outscored: tuple[str, ...]) -> str:
    tied = complete.loc[complete["tied"], "candidate"].iloc[1:]
    behind = [text for text in tied if text in outscored]
    n_folds = int(complete["folds_total"].iloc[0])
    if not behind or n_folds < _FEW_FOLDS:
        return ""
    return (
        f"It is ahead of {listed(behind)} in each of the {n_folds} folds, which is no proof yet; "
        "more folds or repeats may bring one."
    )


def _score(row: "pd.Series[Any]", metric: MetricEntry) -> str:
    return with_interval(*(float(row[f"{metric.key}{end}"]) for end in ("", "_low", "_high")))


def _baseline(complete: pd.DataFrame, baselines: tuple[str, ...]) -> str:
    tied = [text for text in complete.loc[complete["tied"], "candidate"] if text in baselines]
    if not tied or len(complete) == len(baselines):
        return ""
    called = name(tied[0])
    baseline = "The baseline" if called.casefold() == "baseline" else f"The baseline {called}"
    return (
        f"{baseline}, which learns nothing, is among the best: no model has been shown to be of "
        "use."
    )


def _missing(standings: Sequence[Standing]) -> str:
    n_open = sum(standing.is_open for standing in standings)
    n_raced = sum(standing.is_raced for standing in standings)
    n_broken = sum(standing.is_broken for standing in standings) - n_raced
    told = []
    if n_raced:
        told.append(f"{_models(n_raced)} ruled out and stopped early")
    if n_open:
        told.append(f"{_models(n_open)} not finished yet")
    if n_broken:
        told.append(f"{_models(n_broken)} without a complete result")
    return f"{' and '.join(told)}." if told else ""


def _models(count: int) -> str:
    return "1 model is" if count == 1 else f"{count} models are"


def _without_result(standings: Sequence[Standing], metric: MetricEntry) -> str:
    if any(standing.state == "complete" for standing in standings):
        return f"{metric.title} is not defined for any finished model: choose another metric."
    if all(standing.is_broken for standing in standings):
        return "No model has a complete result: the reasons stand beside each."
    return "No model has finished all folds yet."
