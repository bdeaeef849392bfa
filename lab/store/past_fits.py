"""What the fits of past runs took, so that the next run's time can be told."""

import sqlite3
from dataclasses import dataclass

from lab.base import Choice, LabError, from_json
from lab.store.shelf import Shelf
from lab.validation import ValidationPlan

_MOST_EXPERIMENTS = 200
"""The newest are asked for; more would tell little and take longer."""


@dataclass(frozen=True, kw_only=True)
class PastFit:
    """What the finished cells of a candidate took, on average over its first repeat.

    Parameters
    ----------
    dataset_id : str
        The data set.
    n_rows, n_columns, n_classes : int
        Its size: columns without a role but that of a time, identifiers among them; 0 classes for
        numbers.
    plan : ValidationPlan
        What divided the rows.
    model : Choice
        The model, perhaps of another version's catalogue.
    steps : str
        The steps of its recipe as JSON.
    train_share : float
        Share of each training part that it learned from.
    fit_seconds : float
        Of a model's fit and its predictions.
    prepare_seconds : float
        Of fitting its recipe on a split.
    """

    dataset_id: str
    n_rows: int
    n_columns: int
    n_classes: int
    plan: ValidationPlan
    model: Choice
    steps: str
    train_share: float
    fit_seconds: float
    prepare_seconds: float


class PastFitShelf(Shelf):
    """Where it is kept how long cells took."""

    def past_fits(self) -> tuple[PastFit, ...]:
        """Return the candidates of the newest experiments that have finished cells.

        The newest experiment first. Experiments are not read as a whole: this is asked for at
        every start, and there may be thousands of candidates.
        """
        with self.database.reading() as connection:
            rows = connection.execute(
                """WITH newest AS (
                       SELECT id, dataset_id, json, created FROM experiment
                       ORDER BY created DESC LIMIT ?
                   ), took AS (
                       SELECT experiment_id, candidate,
                              '$.candidates[' || candidate || ']' AS place,
                              avg(json_extract(result, '$.fit_seconds')) AS fit,
                              avg(json_extract(result, '$.predict_seconds')) AS predict,
                              avg(json_extract(result, '$.prepare_seconds')) AS prepare
                       FROM newest JOIN experiment_cell ON experiment_id = newest.id
                       JOIN cell USING (key)
                       WHERE state = 'done' AND repeat = 0 GROUP BY experiment_id, candidate
                   )
                   SELECT dataset_id, dataset.rows AS n_rows,
                          dataset.columns - 1 - json_array_length(dataset.json, '$.roles.ignored')
                          - (json_extract(dataset.json, '$.roles.group') != '')
                          - (json_extract(dataset.json, '$.roles.weight') != '') AS n_columns,
                          json_array_length(dataset.json, '$.labels') AS n_classes,
                          json_extract(newest.json, '$.plan') AS plan,
                          json_extract(newest.json, place || '.model') AS model,
                          json_extract(newest.json, place || '.recipe.steps') AS steps,
                          json_extract(newest.json, place || '.train_share') AS train_share,
                          fit + predict AS fit_seconds, prepare AS prepare_seconds
                   FROM newest JOIN took ON experiment_id = newest.id
                   JOIN dataset ON dataset.id = dataset_id
                   ORDER BY newest.created DESC, candidate""",
                (_MOST_EXPERIMENTS,),
            ).fetchall()
        parsed = _Parsed()
        return tuple(fit for row in rows if (fit := _past_fit(row, parsed)) is not None)


class _Parsed:
    """Plans and models by their text, of which there are few."""

    def __init__(self) -> None:
        self._plans: dict[str, ValidationPlan] = {}
        self._models: dict[str, Choice] = {}

    def plan(self, text: str) -> ValidationPlan:
        if text not in self._plans:
            self._plans[text] = from_json(ValidationPlan, text)
        return self._plans[text]

    def model(self, text: str) -> Choice:
        if text not in self._models:
            self._models[text] = from_json(Choice, text)
        return self._models[text]


def _past_fit(row: sqlite3.Row, parsed: _Parsed) -> PastFit | None:
    """Return what a row tells; None when a version that knew other words has written it."""
    told = dict(row)
    if any(value is None for value in told.values()):
        return None
    try:
        told |= {"plan": parsed.plan(told["plan"]), "model": parsed.model(told["model"])}
    except LabError:
        return None
    return PastFit(**told)
