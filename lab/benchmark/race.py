"""A race: candidates that are already ruled out are not run to the end."""

import numpy as np

from lab.comparison import RuledOut, ruled_out
from lab.experiments import Cell, CellRecord, Experiment, Failure, FoldResult
from lab.metrics import METRICS
from lab.validation import fold_keys, rows_tested_per_learned


class Race:
    """The scores of a run so far, and who is out.

    Parameters
    ----------
    experiment : Experiment
        What is run; its first metric decides.
    records : iterable of CellRecord
        Cells with what was finished before.
    """

    def __init__(self, experiment: Experiment, records: tuple[CellRecord, ...]) -> None:
        self._experiment = experiment
        self._places = {place: i for i, place in enumerate(fold_keys(experiment.plan))}
        self._metric = METRICS[experiment.metrics[0]]
        self._scores = np.full((len(experiment.candidates), len(self._places)), np.nan)
        self._seen = 0
        self.out: set[int] = set()
        for record in records:
            if record.result is not None:
                self.note(record.cell, record.result)

    def note(self, cell: Cell, result: FoldResult) -> None:
        """Take note of the score of a cell that has ended."""
        score = result.test_scores.get(self._metric.key)
        if score is not None:
            self._scores[cell.candidate, self._places[cell.repeat, cell.fold]] = score

    def newly_out(self) -> dict[int, Failure]:
        """Return the candidates that are out since the last look, and why."""
        still = self._scores.copy()
        still[sorted(self.out)] = np.nan
        shared = int(np.isfinite(still[np.isfinite(still).any(axis=1)]).all(axis=0).sum())
        if shared <= self._seen or shared == len(self._places):
            return {}
        self._seen = shared
        found = ruled_out(
            still,
            n_looks=len(self._places),
            greater_is_better=self._metric.greater_is_better,
            test_ratio=rows_tested_per_learned(self._experiment.plan),
        )
        self.out.update(one.candidate for one in found)
        return {one.candidate: self._reason(one) for one in found}

    def _reason(self, one: RuledOut) -> Failure:
        best = self._experiment.candidates[one.best].name
        message = (
            f"stopped early: {self._metric.title} {one.difference:.3g} behind {best} after "
            f"{one.n_folds} of {len(self._places)} folds, more than chance explains "
            f"(p = {one.p_value:.2g})"
        )
        return Failure(kind="race", message=message)
