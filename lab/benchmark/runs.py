"""All runs of a workspace as lines of a list, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass

from lab.metrics import METRICS
from lab.store import ExperimentInfo, Job, JobState, MeanScore, Store


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run as a line of a list.

    Parameters
    ----------
    info : ExperimentInfo
        Its experiment.
    job : Job or None
        Who works on it; None for an experiment that is just being kept.
    n_before : int
        Runs that have their turn before it, when it waits.
    best : MeanScore or None
        The best mean over the folds that are finished, in the experiment's first metric.
    n_bytes : int
        What its predictions and explanations take on the disk, shared ones too.
    """

    info: ExperimentInfo
    job: Job | None
    n_before: int
    best: MeanScore | None
    n_bytes: int

    @property
    def state(self) -> JobState:
        """Where it stands."""
        return self.info.state


def list_runs(store: Store, *, sizes: Mapping[str, int] | None = None) -> tuple[Run, ...]:
    """Return all runs of a workspace, the newest first.

    Parameters
    ----------
    store : Store
        Where they are kept.
    sizes : mapping of str to int, optional
        From `Store.experiment_sizes`, for those who look often; looked up when not given.
    """
    jobs = store.jobs()
    sizes = store.experiment_sizes() if sizes is None else sizes
    scores: dict[str, list[MeanScore]] = {}
    for score in store.mean_scores():
        scores.setdefault(score.experiment_id, []).append(score)
    return tuple(
        Run(
            info=info,
            job=jobs.get(info.id),
            n_before=store.jobs_before(info.id) if info.state is JobState.WAITING else 0,
            best=_best(scores.get(info.id, [])),
            n_bytes=sizes.get(info.id, 0),
        )
        for info in store.experiments()
    )


def _best(scores: list[MeanScore]) -> MeanScore | None:
    known = [score for score in scores if score.metric in METRICS]
    if not known:
        return None
    sign = 1 if METRICS[known[0].metric].greater_is_better else -1
    return max(known, key=lambda score: sign * score.value)
