"""Every finished candidate against every other."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lab.comparison.bootstrap import OutputsOf
from lab.comparison.evidence import make_evidence
from lab.comparison.paired_tests import holm
from lab.comparison.score_table import make_score_table
from lab.experiments import CellRecord, Experiment


def difference_matrix(
    experiment: Experiment,
    records: Sequence[CellRecord],
    metric: str,
    *,
    outputs: OutputsOf | None = None,
) -> pd.DataFrame:
    """Return the differences between all pairs of complete candidates, best first.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    records : sequence of CellRecord
        Its cells.
    metric : str
        Key of a metric of its task.
    outputs : callable (Cell) -> Outputs, optional
        Answers of a cell that is done; asked only when there is a single split.

    Returns
    -------
    DataFrame
        ``a, b, difference, low, high, p_value``: score of `a` minus that of `b` with its own 95 %
        interval, and a p-value adjusted for all pairs (Holm). Every pair stands there twice, once
        in each direction.
    """
    table = make_score_table(experiment, records)
    ranked = table.ranked(metric)
    upper, lower = np.triu_indices(len(ranked), k=1)
    first, second = ranked[upper], ranked[lower]
    test = make_evidence(table, outputs, (metric,)).compare(metric, first, second)
    names = np.array([candidate.name for candidate in experiment.candidates], dtype=object)
    forth = pd.DataFrame(
        {
            "a": names[first],
            "b": names[second],
            "difference": test.difference,
            "low": test.low,
            "high": test.high,
            "p_value": holm(test.p_value),
        }
    )
    back = forth.assign(
        a=forth["b"], b=forth["a"], difference=-forth["difference"], low=-forth["high"],
        high=-forth["low"],
    )  # fmt: skip
    places = np.concatenate([upper * len(ranked) + lower, lower * len(ranked) + upper])
    both = pd.concat([forth, back], ignore_index=True)
    return both.iloc[np.argsort(places)].reset_index(drop=True)
