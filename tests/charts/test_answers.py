"""Charts of predictions against scikit-learn run plainly."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix

from lab.charts import CHARTS, Theme
from lab.experiments import Outputs

Make = Callable[..., dict[str, list[Outputs]]]


def pooled(folds: list[Outputs]) -> tuple[np.ndarray, np.ndarray]:
    truth = np.concatenate([fold.truth for fold in folds])
    scores = np.vstack([fold.scores for fold in folds])
    return truth, scores


def test_calibration_bins_are_scikit_learns_quantile_bins(classification: Make) -> None:
    outputs = classification(("Forest",))
    truth, scores = pooled(outputs["Forest"])
    observed, predicted = calibration_curve(truth, scores[:, 1], n_bins=10, strategy="quantile")
    frame = CHARTS["calibration"].frame(outputs)
    np.testing.assert_allclose(frame["observed"], observed, atol=0.02)
    np.testing.assert_allclose(frame["predicted"], predicted, atol=0.02)
    assert frame["count"].sum() == len(truth)
    assert frame["count"].max() - frame["count"].min() <= 1


def test_calibration_intervals_are_wilsons(classification: Make) -> None:
    frame = CHARTS["calibration"].frame(classification(("Forest",)))
    for row in frame.to_dict("records"):
        happened = round(row["observed"] * row["count"])
        interval = binomtest(happened, row["count"]).proportion_ci(method="wilson")
        assert row["low"] == pytest.approx(interval.low, abs=1e-9)
        assert row["high"] == pytest.approx(interval.high, abs=1e-9)


def test_calibration_of_several_classes_asks_how_often_the_prediction_is_right(
    classification: Make,
) -> None:
    outputs = classification(("Forest",), n_classes=3)
    truth, scores = pooled(outputs["Forest"])
    frame = CHARTS["calibration"].frame(outputs)
    share_right = (frame["observed"] * frame["count"]).sum() / frame["count"].sum()
    assert share_right == pytest.approx(np.mean(scores.argmax(axis=1) == truth))


def test_calibration_leaves_out_decisions_that_are_no_probabilities(classification: Make) -> None:
    fold = classification(("Forest",), folds=1)["Forest"][0]
    decision = Outputs(
        rows=fold.rows, truth=fold.truth, predicted=fold.predicted, scores=fold.scores
    )
    assert CHARTS["calibration"].frame({"SVM": [decision]}).empty


def test_calibration_of_one_repeated_probability_is_one_bin() -> None:
    truth = np.repeat([0, 1], [70, 30])
    scores = np.tile([0.7, 0.3], (100, 1))
    fold = Outputs(
        rows=np.arange(100), truth=truth, predicted=truth * 0, scores=scores, are_probabilities=True
    )
    frame = CHARTS["calibration"].frame({"Dummy": [fold]})
    assert frame["count"].tolist() == [100]
    assert frame["observed"].tolist() == pytest.approx([0.3])


def test_the_confusion_matrix_is_scikit_learns_over_all_folds(classification: Make) -> None:
    outputs = classification(("Forest",), n_classes=3)
    truth = np.concatenate([fold.truth for fold in outputs["Forest"]])
    predicted = np.concatenate([fold.predicted for fold in outputs["Forest"]])
    frame = CHARTS["confusion"].frame(outputs, labels=("a", "b", "c"))
    counts = frame["count"].to_numpy().reshape(3, 3)
    np.testing.assert_array_equal(counts, confusion_matrix(truth, predicted))
    expected = confusion_matrix(truth, predicted, normalize="true")
    np.testing.assert_allclose(frame["share"].to_numpy().reshape(3, 3), expected)


def test_rare_classes_beyond_twelve_are_put_together(classification: Make) -> None:
    labels = tuple(f"class {code}" for code in range(20))
    outputs = classification(("Forest",), n_classes=20, folds=2)
    frame = CHARTS["confusion"].frame(outputs, labels=labels)
    assert frame["truth"].nunique() == 12
    assert "other classes" in set(frame["truth"])
    assert frame["count"].sum() == 400


def test_residuals_are_truth_minus_prediction_and_sampled(regression: Make) -> None:
    frame = CHARTS["residuals"].frame(regression(n=3000))
    points = frame[frame["kind"] == "point"]
    assert len(points) == 1000
    np.testing.assert_allclose(points["residual"], points["truth"] - points["predicted"])
    assert (frame["kind"] == "bin").sum() == 40
    pd.testing.assert_frame_equal(frame, CHARTS["residuals"].frame(regression(n=3000)))


def test_residual_bins_hold_the_medians(regression: Make) -> None:
    outputs = regression(("Forest",), folds=1, n=10)
    fold = outputs["Forest"][0]
    only = CHARTS["residuals"].frame(outputs).query("kind == 'bin'")
    left = fold.truth - fold.predicted
    assert only["residual"].tolist() == pytest.approx([np.median(left)])
    assert only["low"].tolist() == pytest.approx([np.quantile(left, 0.1)])


def test_the_differences_are_turned_towards_the_reference() -> None:
    table = pd.DataFrame(
        [("A", "B", 0.03, 0.01, 0.05, 0.02), ("A", "C", 0.01, -0.01, 0.03, 0.4)],
        columns=["a", "b", "difference", "low", "high", "p_value"],
    )
    frame = CHARTS["differences"].frame(table, metric="accuracy", reference="A")
    assert frame["candidate"].tolist() == ["C", "B"]
    assert frame["difference"].tolist() == [-0.01, -0.03]
    assert frame["low"].tolist() == [-0.03, -0.05]
    assert frame["high"].tolist() == [0.01, -0.01]


def test_predictions_beyond_all_bounds_are_left_out_of_the_drawing() -> None:
    truth = np.array([1e300, 1.0, 2.0, 3.0])
    fold = Outputs(rows=np.arange(4), truth=truth, predicted=np.array([1.0, np.inf, 2.0, 3.0]))
    for key in ("residuals", "predicted_actual"):
        frame = CHARTS[key].frame({"Wild": [fold]})
        assert CHARTS[key].draw(frame, theme=Theme()).to_json()
        assert CHARTS[key].alt(frame)


def test_a_candidate_without_any_drawable_row_gives_an_empty_frame() -> None:
    fold = Outputs(rows=np.arange(2), truth=np.ones(2), predicted=np.array([1e300, 1e300]))
    assert CHARTS["residuals"].frame({"Wild": [fold]}).empty


def test_a_difference_that_is_none_after_all_comparisons_is_filled() -> None:
    table = pd.DataFrame(
        [("A", "B", 0.03, 0.01, 0.05, 0.2), ("A", "C", 0.04, 0.02, 0.06, 0.01)],
        columns=["a", "b", "difference", "low", "high", "p_value"],
    )
    frame = CHARTS["differences"].frame(table, metric="accuracy", reference="A")
    theme = Theme(candidates=("A", "B", "C"))
    drawn = CHARTS["differences"].draw(frame, theme=theme).data
    assert [dot.marker.color for dot in drawn] == [theme.colour("B"), theme.inks.surface]
