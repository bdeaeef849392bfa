"""All that a report is made from, loaded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lab.base import Finding, LabError
from lab.benchmark import dataset_splits
from lab.comparison import Leaderboard, choice_effects, fold_scores, make_leaderboard
from lab.data import Dataset
from lab.experiments import (
    Candidate,
    Cell,
    CellRecord,
    CellState,
    Experiment,
    Outputs,
    StudyKind,
)
from lab.explain import Explanation, explanation_id
from lab.explain import load as load_explanation
from lab.reports.found import findings_of
from lab.store import Store
from lab.validation import Split

_MOST_ABLATIONS = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """An experiment with its data set and results, read from a store as they are needed.

    Parameters
    ----------
    store : Store
        Where everything is kept.
    experiment : Experiment
        What was run.
    dataset : Dataset
        What it was run on.
    records : tuple of CellRecord
        Its cells with where they stand.
    """

    store: Store
    experiment: Experiment
    dataset: Dataset
    records: tuple[CellRecord, ...]

    @cached_property
    def leaderboard(self) -> Leaderboard:
        """Candidates, best first."""
        return make_leaderboard(self.experiment, self.records, outputs=self.outputs_of)

    @cached_property
    def folds(self) -> pd.DataFrame:
        """Scores of every fold that is done."""
        return fold_scores(self.experiment, self.records)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Differences to the best candidate in the primary metric, as the leaderboard has them."""
        frame = self.leaderboard.frame
        names = {"candidate": "a", "difference_low": "low", "difference_high": "high"}
        columns = ["a", "b", "difference", "low", "high", "p_value"]
        return frame.rename(columns=names).assign(b=self.best)[columns]

    @cached_property
    def outputs(self) -> Mapping[str, list[Outputs]]:
        """Answers on the test rows of every fold that is done, by candidate, best first."""
        by_name: dict[str, list[Outputs]] = {name: [] for name in self.ranked}
        for record in self.records:
            name = self.experiment.candidates[record.cell.candidate].name
            if record.state is CellState.DONE and name in by_name:
                by_name[name].append(self.outputs_of(record.cell))
        return {name: folds for name, folds in by_name.items() if folds}

    def outputs_of(self, cell: Cell) -> Outputs:
        """Return the answers of a finished cell on its test rows."""
        if cell.key not in self._read:
            self._read[cell.key] = self.store.load_predictions(cell.key).test
        return self._read[cell.key]

    @cached_property
    def _read(self) -> dict[str, Outputs]:
        return {}

    @cached_property
    def splits(self) -> tuple[Split, ...]:
        """Training and test rows of every fold."""
        return dataset_splits(self.dataset, self.experiment)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is worth knowing about the table."""
        return findings_of(self.store, self.dataset)

    @cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """Explanations that were asked for, in the order of the leaderboard."""
        places = {candidate.name: i for i, candidate in enumerate(self.experiment.candidates)}
        found = (self._explanation(places[name]) for name in self.ranked)
        return tuple(explanation for explanation in found if explanation is not None)

    def _explanation(self, candidate: int) -> Explanation | None:
        try:
            return load_explanation(self.store, explanation_id(self.experiment, candidate))
        except LabError:  # it was changed on disk; the Explain page says so and computes it anew
            return None

    @property
    def ranked(self) -> list[str]:
        """Names of all candidates, best first."""
        names: list[str] = self.leaderboard.frame["candidate"].tolist()
        return names

    @property
    def best(self) -> str:
        """Name of the best candidate with a score; empty when there is none."""
        frame = self.leaderboard.frame
        scored = frame.loc[frame[self.leaderboard.primary].notna(), "candidate"]
        return str(scored.iloc[0]) if len(scored) else ""

    @cached_property
    def ablations(self) -> "tuple[Material, ...]":
        """The experiment itself when it is an ablation, else the newest ablations of it."""
        study = self.experiment.study
        if study is not None:
            return (self,) if study.contrasts else ()
        infos = [
            info
            for info in self.store.experiments()
            if info.study == StudyKind.ABLATION and info.study_of == self.experiment.id
        ]
        return tuple(load_material(self.store, info.id) for info in infos[:_MOST_ABLATIONS])

    def effects(self, worth: float = 0.0) -> pd.DataFrame:
        """Return what each choice of an ablation bought in the primary metric."""
        return choice_effects(
            self.experiment,
            self.records,
            self.experiment.metrics[0],
            worth=worth,
            outputs=self.outputs_of,
        )

    def candidate(self, name: str) -> Candidate:
        """Return the candidate of that name."""
        return next(one for one in self.experiment.candidates if one.name == name)


def load_material(store: Store, experiment_id: str) -> Material:
    """Return the material of an experiment; LabError when the store does not have it."""
    experiment = store.load_experiment(experiment_id)
    return Material(
        store=store,
        experiment=experiment,
        dataset=store.load_dataset(experiment.dataset_id),
        records=store.records(experiment_id),
    )
