"""What cells left behind: a row of state each, and a file of predictions."""

import io
import json
import sqlite3
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lab.base import LabError, fingerprint_bytes, from_json, to_json, writing_whole
from lab.experiments import (
    ALLOWED_MOVES,
    Cell,
    CellRecord,
    CellState,
    FoldResult,
    Outputs,
    Predictions,
)
from lab.store.cell_moves import reset_cells
from lab.store.jobs import running_jobs, update_job
from lab.store.shelf import Shelf, missing


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a job is.

    Parameters
    ----------
    job_id : str
        The job.
    done : int
        Finished cells.
    eta_seconds : float or None
        Estimated time that remains.
    """

    job_id: str
    done: int
    eta_seconds: float | None


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A cell that has ended.

    Parameters
    ----------
    key : str
        The cell.
    result : FoldResult
        What came out.
    checksum : str, default ""
        Of the file of its predictions, when there is one.
    """

    key: str
    result: FoldResult
    checksum: str = ""


class ResultShelf(Shelf):
    """Where results of cells are kept. Only a runner writes them."""

    def records(self, experiment_id: str) -> tuple[CellRecord, ...]:
        """Return the cells of an experiment with where they stand, in the experiment's order.

        A cell whose process died with its run waits.
        """
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT key, candidate, repeat, fold, state, result FROM experiment_cell"
                " JOIN cell USING (key) WHERE experiment_id = ? ORDER BY position",
                (experiment_id,),
            ).fetchall()
            in_work = _cells_in_work(connection)
        return tuple(_record(row, is_left=row["key"] not in in_work) for row in rows)

    def last_change(self, experiment_id: str) -> str:
        """Return a text that differs whenever any cell of an experiment has moved."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT count(*), sum(state = 'done'), max(updated) FROM experiment_cell"
                " JOIN cell USING (key) WHERE experiment_id = ?",
                (experiment_id,),
            ).fetchone()
        return " ".join(str(value) for value in row)

    def forget_damaged(self, experiment_id: str) -> None:
        """Make done cells of an experiment wait again whose predictions are lost or changed."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT key, checksum FROM cell JOIN experiment_cell USING (key)"
                " WHERE experiment_id = ? AND state = 'done'",
                (experiment_id,),
            ).fetchall()
        damaged = [row["key"] for row in rows if not self._is_whole(*row)]
        if not damaged:
            return
        with self.database.writing() as connection:
            connection.executemany(
                "UPDATE cell SET state = 'waiting', result = NULL, updated = ? WHERE key = ?",
                [(time.time(), key) for key in damaged],
            )

    def _is_whole(self, key: str, checksum: str) -> bool:
        path = self.predictions_path(key)
        return path.is_file() and fingerprint_bytes([path.read_bytes()]) == checksum

    def reset_cells(self, experiment_id: str) -> None:
        """Make every cell of an experiment wait that is to run now: neither done nor to be kept."""
        with self.database.writing() as connection:
            reset_cells(connection, experiment_id)

    def move_cells(self, keys: Sequence[str], state: CellState) -> None:
        """Move cells to a state without a result; LabError when the move is not allowed."""
        with self.database.writing() as connection:
            _move(connection, keys, state)

    def commit_cell(
        self, key: str, result: FoldResult, progress: Progress, *, checksum: str = ""
    ) -> None:
        """Write the result of a cell and the progress of its job in one transaction."""
        self.commit_cells([Finished(key=key, result=result, checksum=checksum)], progress)

    def commit_cells(
        self, finished: Sequence[Finished], progress: Progress, *, started: Sequence[str] = ()
    ) -> None:
        """Write the results of some cells and the progress of their job in one transaction.

        Parameters
        ----------
        finished : sequence of Finished
            What became of cells that ran.
        progress : Progress
            How far the job is.
        started : sequence of str, default ()
            Keys of the cells that run from now on.
        """
        with self.database.writing() as connection:
            _move(connection, started, CellState.RUNNING)
            for one in finished:
                _check_move(connection, one.key, one.result.state)
                connection.execute(
                    "UPDATE cell SET state = ?, result = ?, checksum = ?, updated = ?, run_by = ?"
                    " WHERE key = ?",
                    (
                        one.result.state,
                        to_json(one.result),
                        one.checksum,
                        time.time(),
                        progress.job_id,
                        one.key,
                    ),
                )
            update_job(
                connection, progress.job_id, done=progress.done, eta_seconds=progress.eta_seconds
            )

    def predictions_path(self, key: str) -> Path:
        """Return where the predictions of a cell are kept."""
        return self.workspace.path("predictions", key[:2], f"{key}.npz")

    def load_predictions(self, key: str) -> Predictions:
        """Return the predictions of a finished cell.

        Raises
        ------
        LabError
            When there are none, or the file is not the one that was written.
        """
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT checksum FROM cell WHERE key = ? AND state = 'done'", (key,)
            ).fetchone()
        path = self.predictions_path(key)
        if row is None or not path.is_file():
            raise missing("result", key)
        data = path.read_bytes()
        if fingerprint_bytes([data]) != row["checksum"]:
            raise LabError(
                f"the predictions of cell {key[:12]} were changed after they were written",
                hint="Start the run again: only such cells are computed anew.",
            )
        return unpack_predictions(data)


def write_predictions(path: Path, predictions: Predictions) -> str:
    """Write predictions whole and return the checksum of the file."""
    arrays: dict[str, np.ndarray] = {}
    for side, outputs in (("test", predictions.test), ("train", predictions.train)):
        for name in ("rows", "truth", "predicted", "scores", "weight"):
            if (values := getattr(outputs, name)) is not None:
                arrays[f"{side}.{name}"] = np.ascontiguousarray(values)
        arrays[f"{side}.are_probabilities"] = np.array(outputs.are_probabilities)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    data = buffer.getbuffer()
    with writing_whole(path) as file:
        file.write(data)
    return fingerprint_bytes([data])


def unpack_predictions(data: bytes) -> Predictions:
    """Return predictions from the bytes of a file; arrays only, nothing is unpickled."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            test, train = (_outputs(arrays, side) for side in ("test", "train"))
            return Predictions(test=test, train=train)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise LabError("a file of predictions is damaged", hint="Run the cell again.") from error


def _outputs(arrays: "np.lib.npyio.NpzFile", side: str) -> Outputs:
    names = {name for name in arrays.files if name.startswith(side)}
    found = {name.partition(".")[2]: arrays[name] for name in names}
    return Outputs(
        rows=found["rows"],
        truth=found["truth"],
        predicted=found["predicted"],
        scores=found.get("scores"),
        are_probabilities=bool(found["are_probabilities"]),
        weight=found.get("weight"),
    )


def _cells_in_work(connection: sqlite3.Connection) -> set[str]:
    """Return the cells that are running and whose run is alive."""
    rows = connection.execute(
        "SELECT key FROM experiment_cell JOIN cell USING (key) WHERE state = 'running'"
        " AND experiment_id IN (SELECT value FROM json_each(?))",
        (json.dumps(running_jobs(connection)),),
    ).fetchall()
    return {row["key"] for row in rows}


def _record(row: sqlite3.Row, *, is_left: bool) -> CellRecord:
    cell = Cell(key=row["key"], candidate=row["candidate"], repeat=row["repeat"], fold=row["fold"])
    state = CellState(row["state"])
    if state is CellState.RUNNING and is_left:
        state = CellState.WAITING
    is_told = state.is_final and row["result"] is not None
    result = from_json(FoldResult, row["result"]) if is_told else None
    return CellRecord(cell=cell, state=state, result=result)


def _move(connection: sqlite3.Connection, keys: Sequence[str], state: CellState) -> None:
    for key in keys:
        _check_move(connection, key, state)
        connection.execute(
            "UPDATE cell SET state = ?, result = NULL, updated = ? WHERE key = ?",
            (state, time.time(), key),
        )


def _check_move(connection: sqlite3.Connection, key: str, state: CellState) -> None:
    row = connection.execute("SELECT state FROM cell WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise missing("cell", key)
    if state not in ALLOWED_MOVES[CellState(row["state"])]:
        raise LabError(f"a cell that is {row['state']} cannot become {state}")
