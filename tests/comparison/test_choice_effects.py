"""Effects of choices of preparation: numbers against scipy, and what they are said to mean."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from lab.base import LabError, Task
from lab.comparison import TOGETHER, Verdict, choice_effects, effects_summary, holm
from lab.comparison.choice_effects import signed_interval
from lab.experiments import Contrast, Study, StudyKind

RATIO = 0.25


@pytest.fixture
def ablation_of(make_experiment, make_plan, make_records):
    """Return a function that makes an ablation with given scores: models, then versions."""

    def make(scores, contrasts, *, repeats=2, metric="roc_auc", notes=()):
        task = Task.REGRESSION if metric == "rmse" else Task.BINARY
        plan = make_plan("kfold", folds=5, repeats=repeats)
        plain = make_experiment(list(scores), task=task, metrics=(metric,), validation=plan)
        study = Study(
            kind=StudyKind.ABLATION,
            of="e",
            candidate="A",
            points=tuple(scores),
            own="",
            contrasts=tuple(contrasts),
            notes=notes,
        )
        made = replace(plain, study=study)
        return made, make_records(made, scores)

    return make


def contrast(choice, model, having, lacking):
    return Contrast(choice=choice, model=model, having=having, lacking=lacking)


def by_hand(differences):
    """Return mean, low, high and p of the corrected resampled t-test (Nadeau & Bengio, 2003)."""
    n = len(differences)
    error = np.sqrt(np.var(differences, ddof=1) * (1 / n + RATIO))
    reach = stats.t.ppf(0.975, n - 1) * error
    mean = np.mean(differences)
    return mean, mean - reach, mean + reach, 2 * stats.t.sf(abs(mean) / error, n - 1)


def noisy(seed, *, shift=0.0, spread=0.02):
    return list(0.8 + shift + np.random.default_rng(seed).normal(0, spread, 10))


def two_models(ablation_of, shift=0.0):
    scores = {"A": noisy(0), "A+": noisy(1, shift=shift), "B": noisy(2), "B+": noisy(3)}
    pairs = [contrast("SMOTE", "A", 1, 0), contrast("SMOTE", "B", 3, 2)]
    return scores, ablation_of(scores, pairs)


def test_effects_are_corrected_paired_tests_and_p_is_adjusted_for_all(ablation_of):
    scores, (made, records) = two_models(ablation_of)
    effects = choice_effects(made, records, "roc_auc")
    first = by_hand(np.subtract(scores["A+"], scores["A"]))
    second = by_hand(np.subtract(scores["B+"], scores["B"]))
    shown = effects[["effect", "low", "high"]].to_numpy()
    np.testing.assert_allclose(shown[:2], [first[:3], second[:3]], rtol=1e-12)
    np.testing.assert_allclose(effects["p_value"][:2], holm([first[3], second[3]]), rtol=1e-9)
    np.testing.assert_allclose(effects["with_choice"][0], np.mean(scores["A+"]))
    np.testing.assert_allclose(effects["without"][0], np.mean(scores["A"]))


def test_over_models_the_effect_is_that_of_their_mean_in_each_fold(ablation_of):
    scores, (made, records) = two_models(ablation_of)
    whole = choice_effects(made, records, "roc_auc").iloc[-1]
    differences = np.mean(
        [np.subtract(scores[f"{model}+"], scores[model]) for model in "AB"], axis=0
    )
    np.testing.assert_allclose(whole[["effect", "low", "high", "p_value"]].astype(float),
                               by_hand(differences), rtol=1e-9)  # fmt: skip
    assert whole["model"] == TOGETHER
    assert whole["n_models"] == 2


def test_a_single_model_has_no_effect_over_models(ablation_of):
    scores = {"A": noisy(0), "A+": noisy(1)}
    effects = choice_effects(*ablation_of(scores, [contrast("SMOTE", "A", 1, 0)]), "roc_auc")
    assert effects["model"].tolist() == ["A"]


@pytest.mark.parametrize(
    ("metric", "shift", "verdict"),
    [
        ("roc_auc", 0.2, Verdict.HELPS),
        ("roc_auc", -0.2, Verdict.HURTS),
        ("rmse", 0.2, Verdict.HURTS),
        ("rmse", -0.2, Verdict.HELPS),
        ("roc_auc", 0.0, Verdict.UNSEEN),
    ],
)
def test_verdicts_follow_the_metrics_own_direction(ablation_of, metric, shift, verdict):
    scores = {"A": noisy(0), "A+": noisy(1, shift=shift)}
    made = ablation_of(scores, [contrast("SMOTE", "A", 1, 0)], metric=metric)
    row = choice_effects(*made, metric).iloc[0]
    assert row["verdict"] == verdict
    assert row["sentence"].startswith("SMOTE for A: ")
    assert row["sentence"].endswith(f": {verdict}.")


def test_an_effect_whose_interval_is_within_what_matters_is_too_small(ablation_of):
    scores = {"A": noisy(0, spread=0.001), "A+": noisy(1, spread=0.001, shift=0.01)}
    made = ablation_of(scores, [contrast("SMOTE", "A", 1, 0)])
    assert choice_effects(*made, "roc_auc").iloc[0]["verdict"] == Verdict.HELPS
    small = choice_effects(*made, "roc_auc", worth=0.05)
    assert small.iloc[0]["verdict"] == Verdict.SMALL
    assert effects_summary(small) == "Too small to matter: SMOTE."


def test_equal_scores_make_no_difference(ablation_of):
    scores = {"A": noisy(0), "A+": noisy(0)}
    row = choice_effects(*ablation_of(scores, [contrast("X", "A", 1, 0)]), "roc_auc").iloc[0]
    assert row["verdict"] == Verdict.SAME
    assert row["sentence"] == "X for A: +0 ROC AUC: makes no difference."


def test_an_interval_beside_0_is_still_unseen_among_many_comparisons(ablation_of):
    scores = {"A": noisy(0)}
    pairs = []
    for place in range(30):
        scores[f"A{place}"] = noisy(place + 1, shift=0.05 if place == 0 else 0.0)
        pairs.append(contrast(f"choice {place}", "A", place + 1, 0))
    effects = choice_effects(*ablation_of(scores, pairs), "roc_auc")
    apart = effects[(effects["low"] > 0) | (effects["high"] < 0)]
    assert len(apart)
    assert set(apart["verdict"]) == {Verdict.UNSEEN}
    assert "allowing for all 30 comparisons" in apart["sentence"].iloc[0]


def test_what_is_not_finished_has_no_number_and_counts_in_no_effect_over_models(ablation_of):
    scores, (made, _) = two_models(ablation_of)
    made, records = ablation_of({**scores, "B+": [*scores["B+"][:9], None]}, made.study.contrasts)
    effects = choice_effects(made, records, "roc_auc")
    assert effects["verdict"].tolist() == [Verdict.UNSEEN, Verdict.OPEN, Verdict.OPEN]
    assert effects["effect"].isna().tolist() == [False, True, True]
    assert effects["sentence"][1] == "SMOTE for B: cannot be told yet."


def test_a_version_that_failed_says_why(ablation_of, break_record):
    _, (made, records) = two_models(ablation_of)
    broken = [
        break_record(one, "too few rows") if one.cell.candidate == 3 else one for one in records
    ]
    row = choice_effects(made, broken, "roc_auc").iloc[1]
    assert row["verdict"] == Verdict.UNKNOWN
    assert row["sentence"] == "SMOTE for B: cannot be told: too few rows."


def test_the_summary_names_choices_by_what_they_do(ablation_of):
    scores = {"A": noisy(0), "A+": noisy(1, shift=0.2), "A-": noisy(2, shift=-0.2)}
    pairs = [contrast("Good", "A", 1, 0), contrast("Bad", "A", 2, 0)]
    effects = choice_effects(*ablation_of(scores, pairs), "roc_auc")
    assert effects_summary(effects) == "Helps: Good. Hurts: Bad."


def test_another_kind_of_study_and_a_negative_worth_are_refused(ablation_of):
    _, (made, records) = two_models(ablation_of)
    with pytest.raises(LabError, match="cannot be what matters"):
        choice_effects(made, records, "roc_auc", worth=-1)
    plain = replace(made, study=replace(made.study, contrasts=()))
    with pytest.raises(LabError, match="compares no choices"):
        choice_effects(plain, records, "roc_auc")


def test_numbers_are_told_to_the_digits_of_their_interval():
    assert signed_interval(0.5, float("nan"), float("nan")) == "+0.5"
    assert signed_interval(12345.6, 12000.1, 12700.9) == "+12,346 [+12,000, +12,701]"
