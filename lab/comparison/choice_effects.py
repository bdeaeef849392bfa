"""What each choice of preparation bought: paired effects of an ablation, and what they say."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import LabError
from lab.comparison.bootstrap import OutputsOf
from lab.comparison.evidence import Evidence, make_evidence
from lab.comparison.paired_tests import LEVEL, PairedTest, holm
from lab.comparison.score_table import Ints, ScoreTable, make_score_table, mean_of
from lab.comparison.standing import make_standing
from lab.comparison.study_curve import need_study
from lab.experiments import CellRecord, Contrast, Experiment
from lab.metrics import METRICS

TOGETHER = "models together"
"""Stands in the place of a model where the effect is the mean over several."""

_NOTHING = 1e-9
_Row = Mapping[Hashable, Any]


class Verdict(StrEnum):
    """What an effect says."""

    HELPS = "helps"
    HURTS = "hurts"
    SMALL = "too small to matter"
    SAME = "makes no difference"
    UNSEEN = "no effect seen"
    OPEN = "cannot be told yet"
    UNKNOWN = "cannot be told"


@dataclass(frozen=True, kw_only=True, eq=False)
class _Part:
    """Effects that are adjusted for each other."""

    names: list[tuple[str, str]]
    pairs: list[Contrast | None]
    test: PairedTest


def choice_effects(
    experiment: Experiment,
    records: Sequence[CellRecord],
    metric: str,
    *,
    worth: float = 0.0,
    outputs: OutputsOf | None = None,
) -> pd.DataFrame:
    """Return the paired effect of every choice of an ablation, by model and over the models.

    An effect is the mean, over the folds, of the score with the choice minus the score without it
    on the same fold, with its own corrected 95 % interval (Nadeau & Bengio, 2003). Over several
    models it is that of the mean of their differences in each fold: models share the folds, so
    they are no more evidence than the folds are. P-values are adjusted by Holm (1979) for all
    effects by model, and for all effects over the models.

    Parameters
    ----------
    experiment : Experiment
        An ablation.
    records : sequence of CellRecord
        Its cells.
    metric : str
        Key of a metric of its task.
    worth : float, default 0
        Effects below it do not matter in practice, in units of the metric.
    outputs : callable (Cell) -> Outputs, optional
        Answers of a cell that is done; asked only when there is a single split.

    Returns
    -------
    DataFrame
        ``choice, model, effect, low, high, p_value, with_choice, without, n_models, verdict,
        sentence, reason`` in the order of the study, the effects over all models last; `model` is
        `TOGETHER` there. Numbers are NaN until both candidates have all their folds.
    """
    contrasts = need_study(experiment).contrasts
    if not contrasts:
        raise LabError("this study compares no choices", hint="Start an ablation.")
    if worth < 0:
        raise LabError(f"an effect of {worth:g} cannot be what matters", hint="Give 0 or more.")
    table = make_score_table(experiment, records)
    evidence = make_evidence(table, outputs, (metric,))
    parts = [_by_model(table, evidence, metric, contrasts)]
    if together := _together(table, evidence, metric, contrasts):
        parts.append(together)
    frame = pd.concat([_lines(table, metric, part) for part in parts], ignore_index=True)
    judged = [_verdict(row, metric, worth) for row in frame.to_dict("records")]
    frame.insert(9, "verdict", [str(verdict) for verdict in judged])
    n_shown = frame.groupby(frame["model"] == TOGETHER)["model"].transform("size")
    sentences = [
        _sentence(row, metric, int(n))
        for row, n in zip(frame.to_dict("records"), n_shown, strict=True)
    ]
    frame.insert(10, "sentence", sentences)
    return frame


def effects_summary(effects: pd.DataFrame) -> str:
    """Return in a sentence which choices help, which hurt, and of which nothing is seen.

    Parameters
    ----------
    effects : DataFrame
        Of `choice_effects`. Where a choice was looked at in several models, its effect over them
        counts.
    """
    is_whole = effects["model"] == TOGETHER
    has_whole = effects["choice"].isin(effects.loc[is_whole, "choice"])
    shown = effects[is_whole | ~has_whole]
    told = []
    for verdict, words in _SUMMARY.items():
        found = list(dict.fromkeys(shown.loc[shown["verdict"] == verdict, "choice"]))
        if found:
            told.append(f"{words}: {_some(found)}.")
    return " ".join(told)


_SUMMARY = {
    Verdict.HELPS: "Helps",
    Verdict.HURTS: "Hurts",
    Verdict.SMALL: "Too small to matter",
    Verdict.SAME: "Makes no difference",
    Verdict.UNSEEN: "No effect seen",
    Verdict.OPEN: "Not finished",
    Verdict.UNKNOWN: "Cannot be told",
}


def _by_model(
    table: ScoreTable, evidence: Evidence, metric: str, contrasts: Sequence[Contrast]
) -> _Part:
    having, lacking = _positions(contrasts)
    test = evidence.compare(metric, having, lacking)
    known = table.is_done[having] & table.is_done[lacking]
    return _Part(
        names=[(contrast.choice, contrast.model) for contrast in contrasts],
        pairs=list(contrasts),
        test=_only(test, known),
    )


def _together(
    table: ScoreTable, evidence: Evidence, metric: str, contrasts: Sequence[Contrast]
) -> _Part | None:
    """Return the effects of the choices that more than one model has."""
    by_choice: dict[str, list[Contrast]] = {}
    for contrast in contrasts:
        by_choice.setdefault(contrast.choice, []).append(contrast)
    shared = {choice: pairs for choice, pairs in by_choice.items() if len(pairs) > 1}
    if not shared:
        return None
    tests, known = [], []
    for pairs in shared.values():
        having, lacking = _positions(pairs)
        tests.append(evidence.compare_mean(metric, having, lacking))
        known.append(bool((table.is_done[having] & table.is_done[lacking]).all()))
    joined = PairedTest(
        **{
            name: np.concatenate([getattr(test, name) for test in tests])
            for name in ("difference", "low", "high", "p_value")
        }
    )
    return _Part(
        names=[(choice, TOGETHER) for choice in shared],
        pairs=[None] * len(shared),
        test=_only(joined, np.array(known)),
    )


def _positions(contrasts: Sequence[Contrast]) -> tuple[Ints, Ints]:
    pairs = np.array([(one.having, one.lacking) for one in contrasts], dtype=np.int64)
    return pairs[:, 0], pairs[:, 1]


def _only(test: PairedTest, known: npt.NDArray[np.bool_]) -> PairedTest:
    """Return a test without the numbers of what is not finished."""
    return PairedTest(
        difference=np.where(known, test.difference, np.nan),
        low=np.where(known, test.low, np.nan),
        high=np.where(known, test.high, np.nan),
        p_value=np.where(known, test.p_value, np.nan),
    )


def _lines(table: ScoreTable, metric: str, part: _Part) -> pd.DataFrame:
    means = mean_of(table.scores(metric))
    contrasts = need_study(table.experiment).contrasts
    counts = [
        1 if pair else sum(contrast.choice == choice for contrast in contrasts)
        for (choice, _), pair in zip(part.names, part.pairs, strict=True)
    ]
    test = part.test
    known = np.isfinite(test.difference)
    return pd.DataFrame(
        {
            "choice": [choice for choice, _ in part.names],
            "model": [model for _, model in part.names],
            "effect": test.difference,
            "low": test.low,
            "high": test.high,
            "p_value": holm(test.p_value),
            "with_choice": [
                means[pair.having] if pair and is_known else np.nan
                for pair, is_known in zip(part.pairs, known, strict=True)
            ],
            "without": [
                means[pair.lacking] if pair and is_known else np.nan
                for pair, is_known in zip(part.pairs, known, strict=True)
            ],
            "n_models": counts,
            "reason": [_reason(table, metric, pair) if pair else "" for pair in part.pairs],
        }
    )


def _reason(table: ScoreTable, metric: str, pair: Contrast) -> str:
    standings = [make_standing(table, place, metric) for place in (pair.having, pair.lacking)]
    return next((standing.reason for standing in standings if standing.reason), "")


def _verdict(row: _Row, metric: str, worth: float) -> Verdict:
    effect, low, high = row["effect"], row["low"], row["high"]
    if not np.isfinite(effect):
        return Verdict.UNKNOWN if row["reason"] else Verdict.OPEN
    if max(abs(effect), abs(low), abs(high)) < _NOTHING:
        return Verdict.SAME
    if not np.isfinite(row["p_value"]):
        return Verdict.UNKNOWN
    if worth > 0 and -worth < low and high < worth:
        return Verdict.SMALL
    if row["p_value"] >= 1 - LEVEL:
        return Verdict.UNSEEN
    is_better = (effect > 0) == METRICS[metric].greater_is_better
    return Verdict.HELPS if is_better else Verdict.HURTS


def _sentence(row: _Row, metric: str, n_shown: int) -> str:
    is_whole = row["model"] == TOGETHER
    whose = f" over {row['n_models']} models" if is_whole else f" for {row['model']}"
    verdict = str(row["verdict"])
    if not np.isfinite(row["effect"]):
        why = f": {row['reason']}" if row["reason"] else ""
        return f"{row['choice']}{whose}: {verdict}{why}."
    if verdict == Verdict.UNSEEN and (row["low"] > 0 or row["high"] < 0):
        verdict += f", allowing for all {n_shown} comparisons"
    if verdict == Verdict.UNKNOWN:
        verdict += " from a single split without its rows"
    numbers = signed_interval(row["effect"], row["low"], row["high"])
    return f"{row['choice']}{whose}: {numbers} {METRICS[metric].title}: {verdict}."


def signed_interval(effect: float, low: float, high: float) -> str:
    """Return an effect with its interval, signed, to the digits that the interval leaves.

    Examples
    --------
    >>> signed_interval(0.00213, -0.0101, 0.0143)
    '+0.002 [-0.010, +0.014]'
    >>> signed_interval(-52.31, -80.2, -24.4)
    '-52 [-80, -24]'
    """
    if not high > low:
        return f"{effect:+.3g}"
    places = min(6, max(0, 1 - int(np.floor(np.log10(high - low)))))
    told, start, end = (f"{part:+,.{places}f}" for part in (effect, low, high))
    return f"{told} [{start}, {end}]"


def _some(names: Sequence[str]) -> str:
    shown = "; ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown} and {len(names) - 4} more"
