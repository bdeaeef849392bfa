"""Both numbers side by side, and which steps made the difference, in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.base import LabError, Schema, Task
from lab.comparison import (
    corrected_interval,
    corrected_paired_test,
    number,
    with_interval,
)
from lab.experiments import CellRecord, CellState, Experiment
from lab.leaking.leak import Leak, LeakedStep, LearnsFrom
from lab.metrics import METRICS
from lab.recipes import STEPS, Acts, Place, Recipe, Step, has_work
from lab.validation import rows_tested_per_learned

_WHAT = {
    LearnsFrom.ROWS: "resampled all rows at once: copies or blends of test rows are among the "
    "training rows, and the test part is no longer the data as they are",
    LearnsFrom.TARGET: "saw the targets of the test rows, which stand in the columns that the "
    "model reads",
    LearnsFrom.VALUES: "took what it needs, such as means and spreads, from test rows too; that "
    "usually changes little",
}


ALL_STEPS = "All steps together"


@dataclass(frozen=True, kw_only=True)
class LeakLine:
    """What one step brings when it is done before the split, or all of them.

    Parameters
    ----------
    title : str
        Of the step, or `ALL_STEPS`.
    learns : LearnsFrom or None
        What it takes from test rows; None for all steps.
    mean : float
        Mean of the scores; NaN where there are none.
    difference, low, high : float
        How much better it looks than the honest score, paired by fold, with the corrected 95 %
        interval, in the metric's own direction: above 0 for better. NaN where it is not defined.
    failure : str
        Why there is nothing.
    """

    title: str
    learns: LearnsFrom | None
    mean: float
    difference: float
    low: float
    high: float
    failure: str = ""


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """The honest score of a candidate beside the one that a leak would have shown.

    Parameters
    ----------
    metric : str
        Key of the metric.
    honest, leaking : tuple of float
        Scores by fold; NaN where the metric is not defined.
    optimism : float
        How much better the leak looks, in the metric's own direction; below 0 when it looks worse.
    sentence : str
        Both numbers and what they say.
    reasons : tuple of str
        What each step did, the worst first.
    lines : tuple of LeakLine
        All steps together, then each by itself, the one that brings most first.
    """

    metric: str
    honest: tuple[float, ...]
    leaking: tuple[float, ...]
    optimism: float
    sentence: str
    reasons: tuple[str, ...]
    lines: tuple[LeakLine, ...]

    @property
    def honest_mean(self) -> float:
        """Mean of the honest scores that are defined."""
        return _mean(self.honest)

    @property
    def leaking_mean(self) -> float:
        """Mean of the leaking scores that are defined."""
        return _mean(self.leaking)


def side_by_side(
    leak: Leak,
    experiment: Experiment,
    records: Sequence[CellRecord],
    candidate: int,
    metric: str,
) -> SideBySide:
    """Return both scores of a candidate in one metric.

    Parameters
    ----------
    leak : Leak
        What preparing before the split has shown.
    experiment : Experiment
        Where the candidate is from.
    records : sequence of CellRecord
        Its cells, with the honest scores.
    candidate : int
        Position of the candidate.
    metric : str
        Key of a metric of the task.

    Raises
    ------
    LabError
        When the candidate has not finished all its folds.
    """
    honest = _honest(records, candidate, metric)
    if len(honest) < len(leak.scores):
        raise LabError(
            f"{leak.candidate} has no honest score yet", hint="Wait until all its folds are done."
        )
    leaking = tuple(_value(scores, metric) for scores in leak.scores)
    sign = 1 if METRICS[metric].greater_is_better else -1
    optimism = sign * (_mean(leaking) - _mean(honest))
    return SideBySide(
        metric=metric,
        honest=honest,
        leaking=leaking,
        optimism=optimism,
        sentence=_sentence(experiment, metric, honest, leaking, optimism),
        reasons=tuple(_reasons(leak)),
        lines=_lines(leak, honest, metric, rows_tested_per_learned(experiment.plan)),
    )


def _lines(leak: Leak, honest: Sequence[float], metric: str, ratio: float) -> tuple[LeakLine, ...]:
    def line(title: str, scores: Sequence[dict[str, float | None]], **more: Any) -> LeakLine:
        values = [_value(fold, metric) for fold in scores]
        test = corrected_paired_test(
            sign * (np.array(values) - honest) if values else [np.nan], test_ratio=ratio
        )
        difference, low, high = (float(one) for one in (test.difference, test.low, test.high))
        return LeakLine(
            title=title, mean=_mean(values), difference=difference, low=low, high=high, **more
        )

    sign = 1 if METRICS[metric].greater_is_better else -1
    alone = [
        line(one.step.title, one.scores, learns=one.step.learns, failure=one.failure)
        for one in leak.alone
    ]
    alone.sort(key=lambda line: -line.difference if np.isfinite(line.difference) else np.inf)
    return (line(ALL_STEPS, leak.scores, learns=None), *alone)


def leaked_steps(recipe: Recipe, features: Schema, task: Task) -> tuple[LeakedStep, ...]:
    """Return the steps of a recipe that learn from rows, in order.

    What a step learns from is what scikit-learn's own tags of its estimator say.

    Parameters
    ----------
    recipe : Recipe
        The steps.
    features : Schema
        The feature columns; steps without a column learn nothing.
    task : Task
        The kind of question.
    """
    found = []
    for step in recipe.steps:
        learns = _learns_from(step, task) if has_work(step, features) else None
        if learns is not None:
            key = step.choice.key
            found.append(LeakedStep(key=key, title=STEPS[key].title, learns=learns))
    return tuple(found)


def steps_alone(steps: Sequence[LeakedStep]) -> tuple[LeakedStep, ...]:
    """Return the steps to be looked at by themselves, each once; none when there is only one."""
    distinct = tuple({step.key: step for step in steps}.values())
    return distinct if len(distinct) > 1 else ()


def _learns_from(step: Step, task: Task) -> LearnsFrom | None:
    from sklearn.utils import get_tags

    entry = STEPS[step.choice.key]
    if entry.acts is Acts.ROWS:
        return LearnsFrom.ROWS
    if entry.acts in {Acts.WEIGHTS, Acts.TARGET}:  # no preparation: they go with the model's fit
        return None
    if entry.needs_target:
        return LearnsFrom.TARGET
    estimator = entry.build(step.choice.settings, Place(task=task, seed=0))
    if estimator is None or isinstance(estimator, str):
        return None
    tags = get_tags(estimator)
    if tags.target_tags.required:
        return LearnsFrom.TARGET
    return LearnsFrom.VALUES if tags.requires_fit else None


def _honest(records: Sequence[CellRecord], candidate: int, metric: str) -> tuple[float, ...]:
    own = [record for record in records if record.cell.candidate == candidate]
    ordered = sorted(own, key=lambda record: (record.cell.repeat, record.cell.fold))
    return tuple(
        _value(record.result.test_scores, metric)
        for record in ordered
        if record.state is CellState.DONE and record.result is not None
    )


def _value(scores: dict[str, float | None], metric: str) -> float:
    value = scores.get(metric)
    return float("nan") if value is None else value


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else float("nan")


def _sentence(
    experiment: Experiment,
    metric: str,
    honest: Sequence[float],
    leaking: Sequence[float],
    optimism: float,
) -> str:
    title = METRICS[metric].title
    if not np.isfinite(optimism):
        return f"{title} is not defined for these predictions."
    ratio = rows_tested_per_learned(experiment.plan)
    low, high = (float(end) for end in corrected_interval(honest, test_ratio=ratio))
    told = with_interval(_mean(honest), low, high)
    side = "better" if optimism > 0 else "worse"
    text = (
        f"Prepared inside each fold, {title} is {told}; prepared before the split it would have "
        f"shown {number(_mean(leaking))}, {number(abs(optimism))} {side}"
    )
    if not np.isfinite([low, high]).all():
        return f"{text}."
    if low <= _mean(leaking) <= high:
        return f"{text}. That lies within the honest interval: here, leaking bought little."
    told = "No such score will be met on new rows" if optimism > 0 else "It is still wrong"
    return f"{text}, outside the honest interval. {told}."


def _reasons(leak: Leak) -> Iterator[str]:
    for learns, what in _WHAT.items():
        titles = [step.title for step in leak.steps if step.learns is learns]
        if titles:
            yield f"{', '.join(dict.fromkeys(titles))}: {what}."
    before = f"{leak.n_rows:,} rows became {leak.n_prepared:,} before the split"
    if leak.n_prepared > leak.n_rows:
        yield f"{before}: {leak.n_prepared - leak.n_rows:,} of them are copies or blends."
    elif leak.n_prepared < leak.n_rows:
        yield f"{before}: what was left out is missing in the test part too."
    if not leak.steps:
        yield "No step of this recipe learns from rows, so there is nothing that could leak."
