"""What the fits of past runs took, so that the next run's time can be told."""

import sqlite3
from dataclasses import dataclass

from lab.base import LabError, from_json
from lab.experiments import Experiment
from lab.store.shelf import Shelf

_MOST_EXPERIMENTS = 200
"""The newest are asked for; more would tell little and take longer."""


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What the finished cells of a candidate took, on average.

    Parameters
    ----------
    fit_seconds : float
        Of a model's fit and its predictions.
    prepare_seconds : float
        Of fitting its recipe on a split.
    """

    fit_seconds: float
    prepare_seconds: float


@dataclass(frozen=True, kw_only=True)
class PastRun:
    """An experiment with finished cells.

    Parameters
    ----------
    experiment : Experiment
        What was run.
    n_rows, n_columns, n_classes : int
        Size of its data set: columns without a role but that of a time, identifiers among them;
        0 classes for numbers.
    spent : dict of int to Spent
        By position of the candidate, for those with finished cells.
    """

    experiment: Experiment
    n_rows: int
    n_columns: int
    n_classes: int
    spent: dict[int, Spent]


class PastRunShelf(Shelf):
    """Where it is kept how long cells took."""

    def past_runs(self) -> tuple[PastRun, ...]:
        """Return the newest experiments with finished cells, the newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                """WITH newest AS (
                       SELECT * FROM experiment ORDER BY created DESC LIMIT ?
                   ), took AS (
                       SELECT experiment_id, candidate,
                              avg(json_extract(result, '$.fit_seconds')) AS fit_seconds,
                              avg(json_extract(result, '$.predict_seconds')) AS predict_seconds,
                              avg(json_extract(result, '$.prepare_seconds')) AS prepare_seconds
                       FROM experiment_cell JOIN cell USING (key)
                       WHERE state = 'done' AND experiment_id IN (SELECT id FROM newest)
                       GROUP BY experiment_id, candidate
                   )
                   SELECT newest.json, dataset.rows,
                          dataset.columns - 1 - json_array_length(dataset.json, '$.roles.ignored')
                          - (json_extract(dataset.json, '$.roles.group') != '')
                          - (json_extract(dataset.json, '$.roles.weight') != '') AS columns,
                          json_array_length(dataset.json, '$.labels') AS classes,
                          json_group_array(json_array(
                              candidate, fit_seconds + predict_seconds, prepare_seconds
                          )) AS spent
                   FROM newest JOIN took ON experiment_id = newest.id
                   JOIN dataset ON dataset.id = dataset_id
                   GROUP BY newest.id ORDER BY newest.created DESC""",
                (_MOST_EXPERIMENTS,),
            ).fetchall()
        return tuple(run for row in rows if (run := _past_run(row)) is not None)


def _past_run(row: sqlite3.Row) -> PastRun | None:
    """Return what a row tells; None when a version that knew other words has written it."""
    try:
        experiment = from_json(Experiment, row["json"])
    except LabError:
        return None
    spent = from_json(list[tuple[int, float, float]], row["spent"])
    return PastRun(
        experiment=experiment,
        n_rows=row["rows"],
        n_columns=row["columns"],
        n_classes=row["classes"] or 0,
        spent={
            candidate: Spent(fit_seconds=fit, prepare_seconds=prepare)
            for candidate, fit, prepare in spent
        },
    )
