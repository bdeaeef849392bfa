"""Averaged curves against scikit-learn run plainly."""

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from lab.charts import CHARTS
from lab.charts.averaging import GRID, thin
from lab.experiments import Outputs

Make = Callable[..., dict[str, list[Outputs]]]
roc = CHARTS["roc"].frame
precision_recall = CHARTS["precision_recall"].frame


def area_under(frame: object) -> float:
    return float(np.trapezoid(frame["mean"], frame["x"]))  # type: ignore[index]


def test_the_auc_is_the_mean_of_scikit_learns_over_folds(classification: Make) -> None:
    outputs = classification()
    frame = roc(outputs)
    for name, folds in outputs.items():
        exact = [roc_auc_score(fold.truth, fold.scores[:, 1]) for fold in folds]
        part = frame[frame["candidate"] == name]
        assert part["area"].iloc[0] == pytest.approx(np.mean(exact), abs=1e-12)
        assert part["area_sd"].iloc[0] == pytest.approx(np.std(exact, ddof=1), abs=1e-12)


@pytest.mark.parametrize(("n", "folds"), [(40, 5), (200, 5), (20_000, 1), (50, 1)])
def test_the_drawn_roc_curve_has_the_exact_area_within_a_thousandth(
    n: int, folds: int, classification: Make
) -> None:
    frame = roc(classification(("Forest",), n=n, folds=folds))
    assert area_under(frame) == pytest.approx(frame["area"].iloc[0], abs=1e-3)


@pytest.mark.parametrize(("n", "folds"), [(200, 5), (20_000, 1)])
def test_the_drawn_precision_recall_curve_has_the_average_precision(
    n: int, folds: int, classification: Make
) -> None:
    outputs = classification(("Forest",), n=n, folds=folds)
    frame = precision_recall(outputs)
    exact = [average_precision_score(fold.truth, fold.scores[:, 1]) for fold in outputs["Forest"]]
    assert frame["area"].iloc[0] == pytest.approx(np.mean(exact), abs=1e-12)
    assert area_under(frame) == pytest.approx(np.mean(exact), abs=3e-3)


def test_the_macro_auc_of_several_classes_is_scikit_learns(classification: Make) -> None:
    outputs = classification(("Forest",), n_classes=4)
    exact = [
        roc_auc_score(fold.truth, fold.scores, multi_class="ovr", average="macro")
        for fold in outputs["Forest"]
    ]
    assert roc(outputs)["area"].iloc[0] == pytest.approx(np.mean(exact), abs=1e-12)


def test_one_class_is_judged_against_all_others(classification: Make) -> None:
    outputs = classification(("Forest",), n_classes=4)
    exact = [roc_auc_score(fold.truth == 2, fold.scores[:, 2]) for fold in outputs["Forest"]]
    assert roc(outputs, of_class=2)["area"].iloc[0] == pytest.approx(np.mean(exact), abs=1e-12)


def test_row_weights_count_in_the_curve(classification: Make) -> None:
    plain = classification(("Forest",), folds=1)["Forest"][0]
    weight = np.random.default_rng(1).uniform(0.1, 3.0, len(plain.truth))
    weighted = Outputs(
        rows=plain.rows,
        truth=plain.truth,
        predicted=plain.predicted,
        scores=plain.scores,
        are_probabilities=True,
        weight=weight,
    )
    frame = roc({"Forest": [weighted]})
    exact = roc_auc_score(plain.truth, plain.scores[:, 1], sample_weight=weight)
    assert frame["area"].iloc[0] == pytest.approx(exact, abs=1e-12)
    assert area_under(frame) == pytest.approx(exact, abs=1e-3)


def test_a_perfect_model_rises_straight_up() -> None:
    truth = np.repeat([0, 1], 50)
    scores = np.column_stack([1 - truth, truth]).astype(np.float64)
    fold = Outputs(rows=np.arange(100), truth=truth, predicted=truth, scores=scores)
    frame = roc({"Perfect": [fold]})
    assert frame["mean"].eq(1.0).all()
    assert precision_recall({"Perfect": [fold]})["mean"].eq(1.0).all()


def test_scores_that_are_all_equal_give_the_diagonal() -> None:
    truth = np.repeat([0, 1], 50)
    fold = Outputs(rows=np.arange(100), truth=truth, predicted=truth, scores=np.zeros((100, 2)))
    frame = roc({"Dummy": [fold]})
    np.testing.assert_allclose(frame["mean"], GRID, atol=1e-12)


def test_a_fold_without_positives_and_a_candidate_without_scores_are_left_out(
    classification: Make,
) -> None:
    outputs = classification(("Forest",), folds=2)
    negative = np.zeros(10, dtype=np.int64)
    single = Outputs(
        rows=np.arange(10), truth=negative, predicted=negative, scores=np.ones((10, 2))
    )
    mute = Outputs(rows=np.arange(10), truth=negative, predicted=negative)
    frame = roc({"Forest": [*outputs["Forest"], single], "Mute": [mute]})
    assert frame["folds"].unique().tolist() == [2]
    assert frame["candidate"].unique().tolist() == ["Forest"]


def test_the_band_is_one_standard_deviation_and_absent_for_one_fold(classification: Make) -> None:
    outputs = classification(("Forest",), folds=3)
    frame = roc(outputs)
    single = [roc({"Forest": [fold]}) for fold in outputs["Forest"]]
    spread = np.std([one["mean"] for one in single], axis=0, ddof=1)
    np.testing.assert_allclose(frame["high"], np.clip(frame["mean"] + spread, 0, 1), atol=1e-12)
    assert single[0]["high"].isna().all()


def test_thinning_leaves_out_only_what_lines_replace() -> None:
    height = np.sqrt(GRID)
    kept = thin(GRID, height, tolerance=0.002)
    assert len(kept) < 60
    again = np.interp(GRID, GRID[kept], height[kept])
    assert np.abs(again - height).max() <= 0.002
