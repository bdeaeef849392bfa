"""What is to be run: candidates on a data set, judged by one plan."""

from dataclasses import dataclass

from lab.base import LabError, Task, fingerprint
from lab.experiments.candidate import Candidate
from lab.experiments.study import Study
from lab.validation import ValidationPlan


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one cell may use.

    Parameters
    ----------
    cell_seconds : float, default 900
        Wall time of one fit with its predictions.
    cell_mb : int, default 0
        Memory in MB that it may take beside the libraries that all cells share; 0 for a fair share
        of four fifths of what is free when the run starts, in the machine and its control groups.
    workers : int, default 0
        Cells at the same time; 0 for one a core that the process may use (by affinity and by the
        quota of its control groups), fewer where memory is short.
    """

    cell_seconds: float = 900.0
    cell_mb: int = 0
    workers: int = 0


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """Candidates, a data set, a validation plan and the metrics to show.

    All candidates meet the same splits.

    Parameters
    ----------
    name : str
        For people.
    dataset_id : str
        The data set, as kept in the store.
    task : Task
        The data set's task.
    candidates : tuple of Candidate
        At least one; names and ids unique.
    plan : ValidationPlan
        How rows are divided.
    metrics : tuple of str
        Keys of `METRICS`; the first is the primary one.
    seed : int, default 0
        Of models and steps; each fold derives its own from it.
    limits : Limits
        What one cell may use.
    study : Study or None
        Given when the candidates are versions of one candidate of another experiment.
    racing : bool, default False
        Whether candidates stop being run once the corrected test rules them out; like the limits,
        no part of the id.
    """

    name: str
    dataset_id: str
    task: Task
    candidates: tuple[Candidate, ...]
    plan: ValidationPlan
    metrics: tuple[str, ...]
    seed: int = 0
    limits: Limits = Limits()
    study: Study | None = None
    racing: bool = False

    def __post_init__(self) -> None:
        """Check the candidates' names and ids, and that there is a metric."""
        names = [candidate.name for candidate in self.candidates]
        ids = [candidate.id for candidate in self.candidates]
        if not names:
            raise LabError("no model was chosen", hint="Choose at least one model.")
        if not self.metrics:
            raise LabError("no metric was chosen", hint="Choose at least one metric.")
        if self.study is not None and len(self.study.points) != len(names):
            raise LabError("a study needs one value for each of its candidates")
        for index, name in enumerate(names):
            if name in names[:index]:
                raise LabError(f"two candidates are called {name!r}", hint="Rename one of them.")
            if ids[index] in ids[:index]:
                same = names[ids.index(ids[index])]
                raise LabError(
                    f"{name!r} and {same!r} are the same model with the same recipe",
                    hint="Remove one of them or change a setting.",
                )

    @property
    def id(self) -> str:
        """Fingerprint of data set, candidates, plan and seed; not of names, metrics and limits.

        A study has an id of its own, so that it never takes the place of a plain experiment that
        happens to have the same candidates.
        """
        ids = [candidate.id for candidate in self.candidates]
        kind = [] if self.study is None else [self.study.kind, self.study.param]
        return fingerprint(self.dataset_id, ids, self.plan, self.seed, *kind)
