"""What the runner tells its children to do, for one experiment."""

from dataclasses import dataclass
from pathlib import Path

from lab.benchmark.calls import CellOrder, DataPlace, PrepareOrder
from lab.benchmark.schedule import PreparedKey, Work
from lab.experiments import Experiment, fold_seed


@dataclass(frozen=True, kw_only=True, eq=False)
class Orders:
    """The orders of one run.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    place : DataPlace
        The data.
    folder : Path
        For prepared matrices while it runs.
    n_classes : int
        Classes of the data set.
    """

    experiment: Experiment
    place: DataPlace
    folder: Path
    n_classes: int

    def preparation(self, work: Work) -> PrepareOrder:
        """Return the order to prepare the split that a cell reads."""
        return PrepareOrder(
            place=self.place,
            recipe=self.experiment.candidates[work.cell.candidate].recipe,
            plan=self.experiment.plan,
            split=work.prepared.split,
            share=work.prepared.share,
            seed=self._seed(work),
            folder=str(self.prepared(work.prepared)),
        )

    def cell(self, work: Work, predictions: Path) -> CellOrder:
        """Return the order to fit a cell and to write its predictions to a file."""
        return CellOrder(
            preparation=self.preparation(work),
            candidate=self.experiment.candidates[work.cell.candidate],
            task=self.experiment.task,
            n_classes=self.n_classes,
            seed=self._seed(work),
            predictions=str(predictions),
        )

    def prepared(self, key: PreparedKey) -> Path:
        """Return the folder of a prepared split."""
        return self.folder / f"{key.recipe_id}-{key.split}-{key.share:g}"

    def _seed(self, work: Work) -> int:
        return fold_seed(self.experiment.seed, work.cell.repeat, work.cell.fold)
