"""Results as CSV files."""

import csv
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lab.base import Task
from lab.comparison import fold_scores, make_leaderboard
from lab.reports import folds_csv, leaderboard_csv, load_material, predictions_csv, splits_csv

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
every_task = pytest.mark.parametrize("task", list(Task))
every_table = pytest.mark.parametrize(
    "write", [leaderboard_csv, folds_csv, predictions_csv, splits_csv]
)


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@every_task
@every_table
def test_no_cell_is_a_formula(write: Any, task: Task, kept: Any) -> None:
    data = write(load_material(kept[task].store, kept[task].id)).decode()
    for row in csv.reader(io.StringIO(data, newline="")):
        for cell in row:
            assert is_number(cell) or not cell.startswith(FORMULA)


@every_task
def test_predictions_have_a_line_for_every_test_row_of_every_finished_fold(
    task: Task, kept: Any
) -> None:
    found = lines(predictions_csv(load_material(kept[task].store, kept[task].id)))
    assert len(found) == 3 * kept[task].dataset.n_rows
    assert {line["repeat"] for line in found} == {"0"}
    assert {line["fold"] for line in found} == {"0", "1", "2"}
    rows = [int(line["row"]) for line in found[: kept[task].dataset.n_rows]]
    assert sorted(rows) == kept[task].dataset.row_numbers.tolist()


def test_predictions_of_numbers_come_back_bit_for_bit(kept: Any) -> None:
    made = kept[Task.REGRESSION]
    found = lines(predictions_csv(load_material(made.store, made.id)))
    truth, predicted = [], []
    for record in made.store.records(made.id)[:9]:
        outputs = made.store.load_predictions(record.cell.key).test
        truth.extend(outputs.truth.tolist())
        predicted.extend(outputs.predicted.tolist())
    assert [float(line["truth"]) for line in found] == truth
    assert [float(line["prediction"]) for line in found] == predicted


def test_probabilities_come_back_bit_for_bit_and_decisions_leave_the_cells_empty(kept: Any) -> None:
    made = kept[Task.MULTICLASS]
    found = lines(predictions_csv(load_material(made.store, made.id)))
    names = [f"probability_{label}" for label in made.dataset.labels]
    assert list(found[0])[6:] == names
    record = made.store.records(made.id)[0]
    scores = made.store.load_predictions(record.cell.key).test.scores
    read = np.array([[float(line[name]) for name in names] for line in found[: len(scores)]])
    np.testing.assert_array_equal(read, scores)
    svm = [line for line in found if "bold" in line["candidate"]]
    assert len(svm) == made.dataset.n_rows
    assert all(line[name] == "" for line in svm for name in names)


def test_labels_are_told_by_name_led_by_an_apostrophe_where_they_look_like_formulas(
    kept: Any,
) -> None:
    made = kept[Task.BINARY]
    found = lines(predictions_csv(load_material(made.store, made.id)))
    assert {line["truth"] for line in found} == {
        "'+1+1",
        "<img src=http://host.example/y onerror=alert(2)>",
    }


def test_pandas_reads_the_predictions(kept: Any) -> None:
    made = kept[Task.MULTICLASS]
    frame = pd.read_csv(io.BytesIO(predictions_csv(load_material(made.store, made.id))))
    assert len(frame) == 3 * made.dataset.n_rows
    assert 'third, "class"' in set(frame["truth"])


@every_task
def test_fold_scores_are_those_of_the_comparison(task: Task, kept: Any) -> None:
    made = kept[task]
    found = pd.read_csv(io.BytesIO(folds_csv(load_material(made.store, made.id))))
    assert list(found.columns) == ["candidate", "repeat", "fold", "metric", "value"]
    expected = fold_scores(made.experiment, made.store.records(made.id))
    np.testing.assert_array_equal(found["value"], expected["value"])


@every_task
def test_the_leaderboard_is_written_as_it_stands(task: Task, kept: Any) -> None:
    made = kept[task]
    board = make_leaderboard(made.experiment, made.store.records(made.id)).frame
    found = pd.read_csv(io.BytesIO(leaderboard_csv(load_material(made.store, made.id))))
    assert list(found.columns) == list(board.columns)
    metric = made.experiment.metrics[0]
    np.testing.assert_array_equal(found[metric], board[metric].astype(np.float64))
    assert "could not be fitted" in found["reason"].dropna().iloc[0]


def test_splits_divide_the_rows_of_the_file(kept: Any) -> None:
    made = kept[Task.BINARY]
    frame = pd.read_csv(io.BytesIO(splits_csv(load_material(made.store, made.id))))
    assert list(frame.columns) == ["repeat", "fold", "row", "role"]
    n = made.dataset.n_rows
    assert len(frame) == 3 * n
    tested = frame.loc[frame["role"] == "test", "row"]
    assert sorted(tested) == made.dataset.row_numbers.tolist()
    sizes = frame.groupby(["fold", "role"]).size()
    assert sizes.xs("test", level="role").sum() == n
