"""Results as CSV: numbers in full, text that no spreadsheet runs as a formula."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from lab.base import spreadsheet_cell
from lab.data import Dataset
from lab.experiments import CellRecord, CellState, Outputs
from lab.reports.material import Material

if TYPE_CHECKING:
    import pyarrow as pa


def leaderboard_csv(material: Material) -> bytes:
    """Return the leaderboard as CSV, a line a candidate, best first.

    Parameters
    ----------
    material : Material
        The experiment with its results.
    """
    return _frame_csv(material.leaderboard.frame)


def folds_csv(material: Material) -> bytes:
    """Return the fold scores as CSV: ``candidate, repeat, fold, metric, value``.

    Parameters
    ----------
    material : Material
        The experiment with its results.
    """
    return _frame_csv(material.folds[["candidate", "repeat", "fold", "metric", "value"]])


def effects_csv(material: Material, *, worth: float = 0.0) -> bytes:
    """Return the effects of an ablation in its first metric as CSV, a line an effect.

    Parameters
    ----------
    material : Material
        The ablation with its results.
    worth : float, default 0
        Effects below it do not matter in practice.
    """
    return _frame_csv(material.effects(worth))


def predictions_csv(material: Material) -> bytes:
    """Return the out-of-fold predictions as CSV, candidate by candidate and fold by fold.

    Columns are ``row, repeat, fold, candidate, truth, prediction`` and for classes a
    ``probability_<class>`` each, empty for models that give none. `row` is the number of the row
    in the file, counted from 0.

    Parameters
    ----------
    material : Material
        The experiment with its results.
    """
    return b"".join(prediction_chunks(material))


def prediction_chunks(material: Material) -> Iterator[bytes]:
    """Yield the lines of `predictions_csv`: the header, then a cell at a time."""
    dataset = material.dataset
    probabilities = [f"probability_{label}" for label in dataset.labels]
    header = ["row", "repeat", "fold", "candidate", "truth", "prediction", *probabilities]
    yield _header(header)
    done = [one for one in material.records if one.state is CellState.DONE]
    for record in sorted(done, key=_place):
        name = material.experiment.candidates[record.cell.candidate].name
        outputs = material.outputs_of(record.cell)
        yield _lines(_prediction_columns(dataset, record, name, outputs))


def splits_csv(material: Material) -> bytes:
    """Return the splits as CSV: ``repeat, fold, row, role``, the role ``train`` or ``test``.

    Parameters
    ----------
    material : Material
        The experiment with its results.
    """
    import pyarrow as pa

    numbers = material.dataset.row_numbers
    parts = [_header(["repeat", "fold", "row", "role"])]
    for split in material.splits:
        for role, rows in (("train", split.train), ("test", split.test)):
            n = len(rows)
            columns = [
                _repeated(split.repeat, n),
                _repeated(split.fold, n),
                pa.array(numbers[rows]),
                _words([role], np.zeros(n, dtype=np.int64)),
            ]
            parts.append(_lines(columns))
    return b"".join(parts)


def _place(record: CellRecord) -> tuple[int, int, int]:
    return record.cell.candidate, record.cell.repeat, record.cell.fold


def _prediction_columns(
    dataset: Dataset, record: CellRecord, name: str, outputs: Outputs
) -> list["pa.Array"]:
    import pyarrow as pa

    n = len(outputs.rows)
    columns = [
        pa.array(dataset.row_numbers[outputs.rows]),
        _repeated(record.cell.repeat, n),
        _repeated(record.cell.fold, n),
        _words([name], np.zeros(n, dtype=np.int64)),
    ]
    for values in (outputs.truth, outputs.predicted):
        if dataset.labels:
            columns.append(_words(dataset.labels, values.astype(np.int64)))
        else:
            columns.append(pa.array(values.astype(np.float64), from_pandas=True))
    for code in range(len(dataset.labels)):
        if outputs.scores is None or not outputs.are_probabilities:
            columns.append(pa.nulls(n, pa.float64()))
        else:
            columns.append(pa.array(np.ascontiguousarray(outputs.scores[:, code])))
    return columns


def _repeated(value: int, n: int) -> "pa.Array":
    import pyarrow as pa

    return pa.array(np.full(n, value, dtype=np.int64))


def _words(labels: Sequence[str], codes: npt.NDArray[np.int64]) -> "pa.Array":
    import pyarrow as pa

    return pa.array([spreadsheet_cell(label) for label in labels], pa.string()).take(
        pa.array(codes)
    )


def _header(names: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC).writerow(
        [spreadsheet_cell(name) for name in names]
    )
    return buffer.getvalue().encode()


def _lines(columns: "list[pa.Array]") -> bytes:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [str(place) for place in range(len(columns))]
    buffer = io.BytesIO()
    options = arrow_csv.WriteOptions(include_header=False, batch_size=16_384)
    arrow_csv.write_csv(pa.Table.from_arrays(columns, names=names), buffer, options)
    return buffer.getvalue()


def _frame_csv(frame: pd.DataFrame) -> bytes:
    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(_cell)
    return (
        _header([str(name) for name in safe.columns])
        + safe.to_csv(
            index=False, header=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC
        ).encode()
    )


def _cell(value: object) -> object:
    if isinstance(value, tuple | list):
        value = "; ".join(str(item) for item in value)
    return spreadsheet_cell(value)
