"""Charts of studies."""

import pandas as pd
import pytest

from lab.charts import CHARTS, Theme


def scores(seeds: int, folds: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (f"A, seed {seed}", 0, fold, "r2", 0.5 + 0.1 * fold + 0.01 * seed, 0.9)
            for seed in range(seeds)
            for fold in range(folds)
        ],
        columns=["candidate", "repeat", "fold", "metric", "value", "train_value"],
    )


def test_seeds_are_averaged_over_folds_and_folds_over_seeds() -> None:
    frame = CHARTS["seeds"].frame(scores(3, 2), metric="r2", candidate="A")
    assert frame["by"].tolist() == ["seed"] * 3 + ["fold"] * 2
    assert frame["mean"].tolist() == pytest.approx([0.55, 0.56, 0.57, 0.51, 0.61])
    assert frame["label"].iloc[-1] == "repeat 1, fold 2"


def test_a_fold_that_a_seed_lacks_is_left_out() -> None:
    frame = CHARTS["seeds"].frame(scores(3, 2).iloc[:-1], metric="r2", candidate="A")
    assert frame["label"].tolist() == ["A, seed 0", "A, seed 1", "A, seed 2", "repeat 1, fold 1"]


def curve() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "candidate": "A",
            "label": ["1", "2", "no limit"],
            "x": [1.0, 2.0, None],
            "is_own": [False, False, True],
            "n_train": [100.0, 200.0, 400.0],
            "mean": [0.7, None, 0.8],
            "low": [0.6, None, 0.7],
            "high": [0.75, None, 0.9],
            "train": [0.9, None, 1.0],
        }
    )


def test_unfinished_points_are_not_drawn() -> None:
    frame = CHARTS["validation_curve"].frame(curve(), metric="r2", setting="Depth")
    assert frame["value"].tolist() == ["1", "no limit"]
    figure = CHARTS["validation_curve"].draw(frame, theme=Theme())
    assert list(figure.layout.xaxis.ticktext) == ["1", "no limit"]
    assert figure.layout.annotations[0].text == "present"
    assert figure.layout.annotations[0].x == 1


def test_the_trend_of_a_learning_curve_is_drawn_beyond_the_rows_at_hand_only() -> None:
    trend = pd.DataFrame(
        {"n": [100.0, 400.0, 800.0], "mean": [0.7, 0.8, 0.82], "low": 0.6, "high": 0.9}
    )
    frame = CHARTS["learning_curve"].frame(curve(), trend, metric="r2")
    assert frame["part"].tolist() == ["measured"] * 2 + ["trend"] * 3
    figure = CHARTS["learning_curve"].draw(frame, theme=Theme())
    beyond = next(trace for trace in figure.data if "Trend" in trace.name)
    assert list(beyond.x) == [400, 800]
    words = CHARTS["learning_curve"].alt(frame)
    assert "400 rows 0.800; the trend leads to 0.820 (0.600 to 0.900) with 800 rows" in words


def test_a_learning_curve_without_a_trend_has_its_points() -> None:
    nothing = pd.DataFrame(columns=["n", "mean", "low", "high"], dtype=float)
    frame = CHARTS["learning_curve"].frame(curve(), nothing, metric="r2")
    assert frame["rows"].tolist() == [100, 400]
    assert len(CHARTS["learning_curve"].draw(frame, theme=Theme()).data) == 2
