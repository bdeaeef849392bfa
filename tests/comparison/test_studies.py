"""Learning curves, validation curves and repeated seeds of known truth."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import curve_fit
from scipy.stats import f_oneway

from lab.base import LabError, Task
from lab.comparison import (
    Outlook,
    corrected_interval,
    corrected_paired_test,
    fit_power_law,
    learning_trend,
    seed_luck,
    setting_advice,
    study_curve,
)
from lab.experiments import (
    SHARES,
    Candidate,
    CellRecord,
    CellState,
    Experiment,
    FoldResult,
    learning_curve,
    make_cells,
    repeated_seeds,
    validation_curve,
)
from lab.models import MODELS
from lab.recipes import Recipe
from lab.validation import SPLITTERS, ValidationPlan, fold_keys

N = 1000 * np.array(SHARES)


def base(folds: int = 5, *, model: str = "decision_tree", metric: str = "roc_auc") -> Experiment:
    return Experiment(
        name="test",
        dataset_id="d",
        task=Task.REGRESSION if metric == "rmse" else Task.BINARY,
        candidates=(
            Candidate(name="A", recipe=Recipe(title="", steps=()), model=MODELS.choose(model)),
        ),
        plan=ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": folds})),
        metrics=(metric,),
    )


def done(study: Experiment, scores: np.ndarray, rows: np.ndarray | None = None) -> list[CellRecord]:
    """Make the records of a finished study from its scores, a line a candidate."""
    folds = fold_keys(study.plan)
    records = []
    for cell in make_cells(study, folds):
        score = float(scores[cell.candidate, folds.index((cell.repeat, cell.fold))])
        result = FoldResult(
            state=CellState.DONE,
            test_scores={study.metrics[0]: score},
            train_scores={study.metrics[0]: 0.99},
            n_train=1000 if rows is None else int(rows[cell.candidate]),
        )
        records.append(CellRecord(cell=cell, state=CellState.DONE, result=result))
    return records


def power_law(a: float, b: float, c: float, *, folds: int = 5, noise: float, seed: int = 0):
    random = np.random.default_rng(seed)
    luck = random.normal(0, noise, folds) + random.normal(0, noise / 2, (len(N), folds))
    return (a + b * N**-c)[:, None] + luck


def test_a_known_power_law_is_found_again():
    truth = np.array([[0.9 - 1.5 * n**-0.5 for n in N], [0.8 - 3.0 * n**-1.1 for n in N]])
    law = fit_power_law(N, truth, best=1.0, greater_is_better=True)
    np.testing.assert_allclose(law.a, [0.9, 0.8], atol=1e-3)
    np.testing.assert_allclose(law.c, [0.5, 1.1], rtol=0.02)
    np.testing.assert_allclose(law.at(N), truth, atol=1e-4)
    np.testing.assert_allclose(law.at(np.array([2000.0]))[0], 0.9 - 1.5 * 2000**-0.5, atol=3e-4)


def test_a_noisy_fit_agrees_with_scipys_weighted_least_squares():
    noisy = (0.2 + 4.0 * N**-0.6) + np.random.default_rng(0).normal(0, 0.003, len(N))
    law = fit_power_law(N, noisy[None], best=0.0, greater_is_better=False)
    exact, _ = curve_fit(
        lambda n, a, b, c: a + b * n**-c, N, noisy, p0=(0.2, 4.0, 0.6), sigma=N**-0.5
    )
    np.testing.assert_allclose([law.a[0], law.c[0]], exact[[0, 2]], rtol=0.02)
    np.testing.assert_allclose(law.at(N)[0], exact[0] + exact[1] * N ** -exact[2], atol=2e-4)


def test_a_fit_passes_no_perfect_score_and_never_falls():
    straight = 0.6 + 0.15 * np.log10(N / 100)
    falling = straight[::-1]
    law = fit_power_law(N, np.array([straight, falling]), best=1.0, greater_is_better=True)
    values = law.at(np.geomspace(100, 1e12, 50))
    assert values.max() <= 1.0
    assert (np.diff(values) >= -1e-12).all()


def test_a_rising_curve_says_that_more_data_would_help():
    study = learning_curve(base(), 0)
    truth = (0.95, -2.5, 0.45)
    trend = learning_trend(study, done(study, power_law(*truth, noise=0.002), N), "roc_auc")
    assert trend.outlook is Outlook.HELPS
    gain = 2.5 * (1000**-0.45 - 2000**-0.45)
    assert trend.gain_low < gain < trend.gain_high
    assert trend.gain == pytest.approx(gain, abs=0.01)
    assert trend.advice.startswith("More data would help: with twice the rows (2,000 instead of 1,")


def test_a_flat_curve_says_that_more_data_would_hardly_help():
    study = learning_curve(base(), 0)
    trend = learning_trend(study, done(study, power_law(0.8, -20, 1.5, noise=0.001), N), "roc_auc")
    assert trend.outlook is Outlook.HARDLY
    assert "at most" in trend.advice


def test_a_noisy_curve_says_that_it_cannot_be_told():
    study = learning_curve(base(), 0)
    truth = (0.9, -3, 0.7)
    trend = learning_trend(study, done(study, power_law(*truth, noise=0.1), N), "roc_auc")
    assert trend.outlook is Outlook.UNKNOWN
    assert "More folds or repeats" in trend.advice


def test_a_loss_has_the_same_advice_in_its_own_direction():
    study = learning_curve(base(metric="rmse"), 0)
    trend = learning_trend(study, done(study, power_law(10, 500, 0.5, noise=0.3), N), "rmse")
    assert trend.outlook is Outlook.HELPS
    assert "lower" in trend.advice
    assert trend.frame["mean"].is_monotonic_decreasing


def test_a_curve_of_another_shape_is_not_followed():
    study = learning_curve(base(), 0)
    step = np.array([0.6, 0.7, 0.75, 0.77, 0.78, 0.95])[:, None] + np.zeros(5)
    step += np.random.default_rng(0).normal(0, 0.001, step.shape)
    trend = learning_trend(study, done(study, step, N), "roc_auc")
    assert trend.outlook is Outlook.UNKNOWN
    assert trend.frame.empty
    assert "levels off" in trend.advice


@pytest.mark.parametrize(
    ("shares", "folds", "reason"),
    [((0.2, 0.5), 5, "3 sizes are finished"), (SHARES, 2, "the scores of 2 folds")],
)
def test_too_few_points_or_folds_give_no_trend(shares, folds, reason):
    study = learning_curve(base(folds), 0, shares=shares)
    scores = np.linspace(0.6, 0.8, len(study.candidates))[:, None] + np.zeros(folds)
    rows = 1000 * np.array(study.study.points)
    trend = learning_trend(study, done(study, scores, rows), "roc_auc")
    assert trend.outlook is Outlook.UNKNOWN
    assert reason in trend.advice
    assert trend.frame.empty


def test_nothing_finished_gives_no_trend_and_an_empty_curve():
    study = learning_curve(base(), 0)
    waiting = [
        CellRecord(cell=cell, state=CellState.WAITING)
        for cell in make_cells(study, fold_keys(study.plan))
    ]
    assert learning_trend(study, waiting, "roc_auc").outlook is Outlook.UNKNOWN
    assert study_curve(study, waiting, "roc_auc")["mean"].isna().all()
    assert "cannot be told yet" in seed_luck(study, waiting, "roc_auc").sentence


def test_the_same_study_has_the_same_trend():
    study = learning_curve(base(), 0)
    records = done(study, power_law(0.9, -2, 0.5, noise=0.01), N)
    one, other = (learning_trend(study, records, "roc_auc") for _ in range(2))
    assert one.frame.equals(other.frame)
    assert one.advice == other.advice


def test_the_band_holds_the_truth_at_twice_the_rows_as_often_as_it_says():
    """The truth of 5 folds whose luck is drawn anew in each of 100 studies."""
    study = learning_curve(base(), 0)
    truth = 0.9 - 2 * 2000**-0.5
    held = []
    for seed in range(100):
        trend = learning_trend(
            study, done(study, power_law(0.9, -2, 0.5, noise=0.01, seed=seed), N), "roc_auc"
        )
        if not trend.frame.empty:
            last = trend.frame.iloc[-1]
            held.append(last["low"] <= truth <= last["high"])
    assert len(held) >= 95
    assert np.mean(held) >= 0.94


def test_a_curve_has_the_intervals_of_the_leaderboard():
    study = validation_curve(base(), 0, "max_depth", values=(2, 4, 8))
    scores = np.random.default_rng(0).uniform(0.6, 0.9, (len(study.candidates), 5))
    frame = study_curve(study, done(study, scores), "roc_auc")
    low, high = corrected_interval(scores, test_ratio=1 / 4)
    np.testing.assert_allclose(frame["low"], low)
    np.testing.assert_allclose(frame["high"], np.minimum(high, 1.0))
    np.testing.assert_allclose(frame["mean"], scores.mean(axis=1))
    assert frame["label"].tolist() == ["2", "4", "8", "no limit"]
    assert frame["is_own"].tolist() == [False, False, False, True]
    assert frame["x"].isna().tolist() == [False, False, False, True]
    assert (frame["train"] == 0.99).all()


def test_a_point_that_is_not_finished_has_no_mean_and_a_failed_one_its_reason():
    study = learning_curve(base(), 0)
    records = done(study, power_law(0.9, -2, 0.5, noise=0.01), N)
    records[0] = CellRecord(cell=records[0].cell, state=CellState.WAITING)
    frame = study_curve(study, records, "roc_auc")
    assert frame["folds_done"].tolist() == [4, 5, 5, 5, 5, 5]
    assert np.isnan(frame["mean"].iloc[0])
    assert frame["mean"].iloc[1:].notna().all()


def test_a_plain_experiment_is_no_study():
    with pytest.raises(LabError, match="no study"):
        study_curve(base(), [], "roc_auc")


def test_variance_shares_of_seed_and_fold_are_those_that_were_put_in():
    study = repeated_seeds(base(folds=50), 0, n=20)
    random = np.random.default_rng(1)
    scores = 0.7 + random.normal(0, 0.02, 50) + random.normal(0, 0.01, (20, 50))
    luck = seed_luck(study, done(study, scores), "roc_auc")
    assert luck.seed_share == pytest.approx(0.2, abs=0.07)  # 0.01² of 0.01² + 0.02²
    assert luck.low < 0.2 < luck.high
    assert luck.seed_spread == pytest.approx(0.01 / np.sqrt(50), rel=0.1)


def test_the_mean_squares_are_those_of_scipys_analysis_of_variance():
    study = repeated_seeds(base(), 0, n=4)
    scores = 0.7 + np.random.default_rng(2).normal(0, 0.02, (4, 5)) + np.linspace(0, 0.1, 5)
    ratio = f_oneway(*scores.T).statistic
    luck = seed_luck(study, done(study, scores), "roc_auc")
    assert luck.seed_share == pytest.approx(1 / (1 + (ratio - 1) / 4))


def test_a_model_without_luck_is_told_so():
    study = repeated_seeds(base(), 0)
    luck = seed_luck(study, done(study, np.tile([0.7, 0.8, 0.75, 0.7, 0.9], (5, 1))), "roc_auc")
    assert luck.seed_share == 0
    assert "changes nothing" in luck.sentence


def test_the_interval_of_the_seeds_share_holds_it_as_often_as_it_says():
    study = repeated_seeds(base(), 0)
    held = []
    for seed in range(300):
        random = np.random.default_rng(seed)
        scores = 0.7 + random.normal(0, 0.02, 5) + random.normal(0, 0.01, (5, 5))
        luck = seed_luck(study, done(study, scores), "roc_auc")
        held.append(luck.low <= 0.2 <= luck.high)
    assert 0.91 <= np.mean(held) <= 0.98


DEPTHS = validation_curve(base(), 0, "max_depth", values=(2, 4, 8))


def depth_scores(*means: float, noise: float = 0.001) -> np.ndarray:
    return np.array(means)[:, None] + np.random.default_rng(0).normal(0, noise, (4, 5))


def test_a_better_value_is_believed_only_where_the_paired_test_says_so():
    clear = setting_advice(DEPTHS, done(DEPTHS, depth_scores(0.6, 0.8, 0.7, 0.65)), "roc_auc")
    assert clear.startswith("Deepest level: 4 scores best, by 0.1")
    assert "can be believed" in clear
    noisy = depth_scores(0.6, 0.71, 0.7, 0.7, noise=0.05)
    assert corrected_paired_test(noisy[1] - noisy[3], test_ratio=1 / 4).p_value > 0.05
    assert "cannot be told apart" in setting_advice(DEPTHS, done(DEPTHS, noisy), "roc_auc")


def test_the_present_value_may_be_the_best():
    advice = setting_advice(DEPTHS, done(DEPTHS, depth_scores(0.6, 0.7, 0.7, 0.8)), "roc_auc")
    assert advice == "Deepest level: the present value, no limit, scores best of the 4 values."


def test_the_best_at_the_end_says_to_look_further():
    advice = setting_advice(DEPTHS, done(DEPTHS, depth_scores(0.9, 0.8, 0.7, 0.7)), "roc_auc")
    assert advice.endswith("2 is at the end of the values tried: look further in that direction.")


def test_without_the_present_value_nothing_is_advised():
    records = done(DEPTHS, depth_scores(0.9, 0.8, 0.7, 0.7))
    open_cells = [
        replace(record, state=CellState.WAITING, result=None)
        if record.cell.candidate == 3
        else record
        for record in records
    ]
    assert "cannot be told yet" in setting_advice(DEPTHS, open_cells, "roc_auc")
