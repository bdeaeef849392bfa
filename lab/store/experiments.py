"""Experiments and the cells that belong to them."""

import sqlite3
import time
from dataclasses import dataclass, replace

from lab.base import from_json, to_json
from lab.experiments import Cell, CellState, Experiment, make_cells
from lab.store.jobs import JobShelf, JobState
from lab.store.shelf import missing
from lab.validation import fold_keys


@dataclass(frozen=True, kw_only=True)
class ExperimentInfo:
    """An experiment as a line in a list.

    Parameters
    ----------
    id, name : str
        Fingerprint, name for people.
    dataset_id, dataset_name : str
        The data set.
    created : float
        When it was kept, in seconds since 1970.
    state : JobState
        Where its run stands.
    n_done, n_cells : int
        Finished cells of all.
    study : str
        Kind of study, or an empty string for an experiment of several models.
    study_of : str
        Id of the experiment that a study's candidate was taken from.
    """

    id: str
    name: str
    dataset_id: str
    dataset_name: str
    created: float
    state: JobState
    n_done: int
    n_cells: int
    study: str = ""
    study_of: str = ""


@dataclass(frozen=True, kw_only=True)
class MeanScore:
    """What a candidate's finished folds have in an experiment's first metric.

    Parameters
    ----------
    experiment_id, candidate, metric : str
        Which experiment, the candidate's name, and the metric's key.
    value : float
        The mean.
    """

    experiment_id: str
    candidate: str
    metric: str
    value: float


class ExperimentShelf(JobShelf):
    """Where experiments are kept."""

    def save_experiment(self, experiment: Experiment) -> str:
        """Keep an experiment with its cells and its job, and return its id.

        One with the same content that is here already takes over the new name, metrics and limits;
        cells that are finished stay finished. LabError when its data set is not here.
        """
        cells = make_cells(experiment, fold_keys(experiment.plan))
        now = time.time()
        with self.database.writing() as connection:
            kept = "SELECT 1 FROM dataset WHERE id = ?"
            _retry_when_limits_change(connection, experiment)
            if connection.execute(kept, (experiment.dataset_id,)).fetchone() is None:
                raise missing("data set", experiment.dataset_id)
            connection.execute(
                "INSERT INTO experiment VALUES (?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
                " name = excluded.name, json = excluded.json, created = excluded.created",
                (experiment.id, experiment.name, experiment.dataset_id, to_json(experiment), now),
            )
            _write_cells(connection, experiment.id, cells)
        self.create_job(experiment.id, "benchmark", total=len(cells))
        return experiment.id

    def told_apart(self, experiment: Experiment) -> Experiment:
        """Return an experiment under a name that no other one on its data set has."""
        taken = {
            info.name
            for info in self.experiments()
            if info.dataset_id == experiment.dataset_id and info.id != experiment.id
        }
        name, number = experiment.name, 1
        while name in taken:
            number += 1
            name = f"{experiment.name} · {number}"
        return replace(experiment, name=name)

    def renew_cells(self, experiment: Experiment) -> None:
        """Name the cells anew: those of an experiment kept under other library versions differ."""
        cells = make_cells(experiment, fold_keys(experiment.plan))
        with self.database.writing() as connection:
            _write_cells(connection, experiment.id, cells)

    def load_experiment(self, experiment_id: str) -> Experiment:
        """Return a kept experiment; LabError when there is none."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT json FROM experiment WHERE id = ?", (experiment_id,)
            ).fetchone()
        if row is None:
            raise missing("experiment", experiment_id)
        return from_json(Experiment, row["json"])

    def experiments(self) -> tuple[ExperimentInfo, ...]:
        """Return all kept experiments, the newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                """SELECT experiment.id, experiment.name, dataset_id, dataset.name AS dataset_name,
                          experiment.created, count(*) AS n_cells,
                          sum(cell.state IN ('done', 'failed', 'timed_out', 'skipped')) AS n_done,
                          ifnull(json_extract(experiment.json, '$.study.kind'), '') AS study,
                          ifnull(json_extract(experiment.json, '$.study.of'), '') AS study_of
                   FROM experiment JOIN dataset ON dataset.id = dataset_id
                   JOIN experiment_cell ON experiment_id = experiment.id JOIN cell USING (key)
                   GROUP BY experiment.id ORDER BY experiment.created DESC"""
            ).fetchall()
        # An experiment that another process is keeping right now may not have its job yet.
        states = {job_id: job.state for job_id, job in self.jobs().items()}
        return tuple(
            ExperimentInfo(**dict(row), state=states.get(row["id"], JobState.IDLE)) for row in rows
        )

    def mean_scores(self) -> tuple[MeanScore, ...]:
        """Return the mean score of every candidate of every experiment that has no failed fold."""
        with self.database.reading() as connection:
            rows = connection.execute(
                """WITH about AS (
                       SELECT id, json, json_extract(json, '$.metrics[0]') AS metric FROM experiment
                   )
                   SELECT about.id AS experiment_id, metric,
                          json_extract(json, '$.candidates[' || candidate || '].name') AS candidate,
                          avg(json_extract(result, '$.test_scores.' || metric)) AS value
                   FROM about JOIN experiment_cell ON experiment_id = about.id JOIN cell USING (key)
                   WHERE state IN ('done', 'failed', 'timed_out')
                   GROUP BY about.id, experiment_cell.candidate
                   HAVING value IS NOT NULL AND sum(state != 'done') = 0"""
            ).fetchall()
        return tuple(MeanScore(**dict(row)) for row in rows)


def _retry_when_limits_change(connection: sqlite3.Connection, experiment: Experiment) -> None:
    """Have a paused run try again what failed in it, once it may take more or less."""
    row = connection.execute(
        "SELECT json FROM experiment WHERE id = ?", (experiment.id,)
    ).fetchone()
    if row is not None and from_json(Experiment, row["json"]).limits != experiment.limits:
        connection.execute("UPDATE job SET retry = 1 WHERE id = ?", (experiment.id,))


def _write_cells(
    connection: sqlite3.Connection, experiment_id: str, cells: tuple[Cell, ...]
) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO cell (key, state, updated) VALUES (?,?,?)",
        [(cell.key, CellState.WAITING, time.time()) for cell in cells],
    )
    connection.execute("DELETE FROM experiment_cell WHERE experiment_id = ?", (experiment_id,))
    connection.executemany(
        "INSERT INTO experiment_cell VALUES (?,?,?,?,?,?)",
        [
            (experiment_id, position, cell.key, cell.candidate, cell.repeat, cell.fold)
            for position, cell in enumerate(cells)
        ],
    )
