"""What the calls of a run should take, from the catalogue and from past runs."""

from dataclasses import replace

import pytest

from lab.base import Task, to_json
from lab.benchmark import start, wait
from lab.benchmark.durations import (
    CALL_SECONDS,
    Guess,
    Guesses,
    Ratios,
    Size,
    guess_from,
    guess_run,
    whole_seconds,
)
from lab.benchmark.estimates import Estimates
from lab.benchmark.schedule import PreparedKey, Work, in_order
from lab.experiments import Candidate, Cell, Experiment, Limits
from lab.models import MODELS, expected_seconds
from lab.recipes import preset_recipe
from lab.store import JobState, PastFit
from lab.validation import SPLITTERS, ValidationPlan

DATA = Size(rows=10_000, columns=20, classes=2)
LEARNED = 8_000
"""Rows of a training part in five folds."""


def experiment(*keys: str, data: str = "a", share: float = 1.0, **settings) -> Experiment:
    """Return models on a data set in five folds, with some settings for all."""
    candidates = tuple(
        Candidate(
            name=f"{key} {place}",
            recipe=preset_recipe("linear"),
            model=MODELS.choose(key, settings),
            train_share=share,
        )
        for place, key in enumerate(keys)
    )
    return Experiment(
        name="A run",
        dataset_id=data,
        task=Task.BINARY,
        candidates=candidates,
        plan=ValidationPlan(splitter=SPLITTERS.choose("stratified", {"folds": 5})),
        metrics=("roc_auc",),
    )


def past(
    run: Experiment, *, factor: float = 1.0, prepare: float = 0.1, n_columns: int = 20
) -> list[PastFit]:
    """Return past fits that took a multiple of what the catalogue says."""
    fits = []
    for candidate in run.candidates:
        rows = round(LEARNED * candidate.train_share)
        seconds = expected_seconds(candidate.model, rows, n_columns, 2)
        fit = PastFit(
            dataset_id=run.dataset_id,
            n_rows=10_000,
            n_columns=n_columns,
            n_classes=2,
            plan=run.plan,
            model=candidate.model,
            steps=to_json(list(candidate.recipe.steps)),
            train_share=candidate.train_share,
            fit_seconds=factor * seconds,
            prepare_seconds=prepare,
        )
        fits.append(fit)
    return fits


def work_seconds(guess: Guess) -> float:
    """Return the seconds of a guess without what any call costs."""
    return guess.seconds - CALL_SECONDS


def catalogue(key: str, rows: int = LEARNED, **settings) -> float:
    return expected_seconds(MODELS.choose(key, settings), rows, 20, 2)


def test_without_past_runs_the_catalogue_speaks():
    guesses = guess_from((), experiment("random_forest", "mlp"), DATA)
    assert work_seconds(guesses.cells[0]) == pytest.approx(catalogue("random_forest"))
    assert work_seconds(guesses.cells[1]) == pytest.approx(catalogue("mlp"))
    assert {guess.trust for guess in guesses.cells.values()} == {1.0}


def test_a_candidate_that_learns_from_a_tenth_is_guessed_for_a_tenth():
    guesses = guess_from((), experiment("random_forest", share=0.1), DATA)
    assert work_seconds(guesses.cells[0]) == pytest.approx(catalogue("random_forest", 800))
    ((_, share),) = guesses.preparations
    assert share == 0.1


def test_the_same_work_on_the_same_data_is_taken_nearly_as_it_was():
    runs = past(experiment("random_forest"), factor=3.0)
    guess = guess_from(runs, experiment("random_forest", "mlp"), DATA).cells[0]
    assert work_seconds(guess) == pytest.approx(
        catalogue("random_forest") * 3 ** (15 / 16), rel=0.02
    )
    assert guess.trust == 4.0


def test_a_smaller_past_is_scaled_to_more_rows_as_the_model_grows():
    runs = past(experiment("rbf_svm", share=0.1), factor=2.0)
    guess = guess_from(runs, experiment("rbf_svm"), DATA).cells[0]
    assert work_seconds(guess) == pytest.approx(catalogue("rbf_svm") * 2 ** (15 / 16), rel=0.15)
    few = expected_seconds(MODELS.choose("rbf_svm"), 800, 20, 2)
    assert work_seconds(guess) > 50 * 2 * few


def test_other_data_tells_of_a_model_less_than_the_same_data():
    other = past(experiment("random_forest", data="b"), factor=4.0)
    guess = guess_from(other, experiment("random_forest"), DATA).cells[0]
    assert work_seconds(guess) == pytest.approx(catalogue("random_forest") * 4 ** (3 / 4), rel=0.05)
    assert guess.trust == 2.0


def test_other_settings_on_the_same_data_are_scaled_by_the_catalogue():
    runs = past(experiment("random_forest"), factor=2.0)
    guess = guess_from(runs, experiment("random_forest", n_estimators=300), DATA).cells[0]
    expected = catalogue("random_forest", n_estimators=300) * 2 ** (7 / 8)
    assert work_seconds(guess) == pytest.approx(expected, rel=0.02)
    assert guess.trust == 3.0


def test_models_that_were_run_tell_how_fast_the_machine_is_for_those_that_were_not():
    runs = past(experiment("random_forest", "mlp", "knn", "rbf_svm"), factor=0.25)
    guess = guess_from(runs, experiment("xgboost"), DATA).cells[0]
    assert work_seconds(guess) == pytest.approx(catalogue("xgboost") * 0.25 ** (4 / 5), rel=0.15)
    assert guess.trust == 1.0


def test_fits_too_short_to_time_tell_nothing():
    runs = past(experiment("dummy", data="b"), factor=5.0)
    guess = guess_from(runs, experiment("random_forest"), DATA).cells[0]
    assert work_seconds(guess) == pytest.approx(catalogue("random_forest"), rel=0.25)


def test_of_the_same_data_the_features_count_and_not_the_kept_columns():
    with_identifiers = [
        replace(fit, n_columns=200) for fit in past(experiment("random_forest"), factor=1.0)
    ]
    guess = guess_from(with_identifiers, experiment("random_forest"), DATA).cells[0]
    assert work_seconds(guess) == pytest.approx(catalogue("random_forest"))


def test_a_recipe_that_was_slow_before_is_slow_again():
    runs = past(experiment("mlp"), prepare=30.0)
    ((key, guess),) = guess_from(runs, experiment("mlp"), DATA).preparations.items()
    assert key == (experiment("mlp").candidates[0].preparation_id, 1.0)
    assert 10 < guess.seconds < 31
    assert guess.trust == 3.0


def test_models_that_share_a_recipe_share_its_preparation():
    guesses = guess_from((), experiment("mlp", "knn", "rbf_svm"), DATA)
    assert len(guesses.preparations) == 1
    assert len(guesses.cells) == 3


def test_a_cell_is_not_expected_to_outlast_its_limit():
    run = replace(experiment("rbf_svm"), limits=Limits(cell_seconds=60.0))
    many = Size(rows=1_000_000, columns=20, classes=2)
    assert guess_from((), run, many).cells[0].seconds == 60.0


def test_a_model_that_is_gone_from_the_catalogue_tells_nothing():
    mlp, knn = past(experiment("mlp", "knn"), factor=3.0)
    gone = replace(mlp, model=replace(mlp.model, key="gone"))
    guesses = guess_from([gone, knn], experiment("mlp", "knn"), DATA)
    assert [guess.trust for guess in guesses.cells.values()] == [1.0, 4.0]


def test_a_past_run_changes_which_cell_comes_first():
    run = experiment("dummy", "random_forest", "mlp")
    works = [
        Work(
            cell=Cell(key=str(place), candidate=place, repeat=0, fold=0),
            prepared=PreparedKey(recipe_id="r", split=0),
        )
        for place in range(3)
    ]
    *others, network = past(run)
    slow = [*others, replace(network, fit_seconds=100.0)]
    fresh = in_order(works, Estimates(guess_from((), run, DATA)).seconds)
    learned = in_order(works, Estimates(guess_from(slow, run, DATA)).seconds)
    assert [work.cell.candidate for work in fresh] == [0, 1, 2]
    assert [work.cell.candidate for work in learned] == [0, 2, 1]


def test_a_whole_run_takes_its_cells_and_preparations_over_the_workers():
    run = experiment("mlp", "knn")
    guesses = Guesses(
        cells={0: Guess(seconds=4.0), 1: Guess(seconds=2.0)},
        preparations={("r", 1.0): Guess(seconds=1.0)},
    )
    assert whole_seconds(run, guesses, 2) == (4 + 2 + 1) * 5 / 2
    assert whole_seconds(run, guesses, 100) == 4.0


def test_the_median_of_a_kind_is_not_moved_by_one_odd_ratio():
    same = [(("fit", "a"), 2.0)] * 4
    assert Ratios([*same, (("fit", "a"), 1_000.0)]).of(("fit", "a")) == pytest.approx(
        2.0 ** (1 - 1 / 36)
    )


def test_without_ratios_nothing_is_corrected():
    assert Ratios().of(("fit", "a")) == 1.0
    assert Ratios().trust(("fit", "a")) == 1.0


def test_what_a_run_took_is_known_to_the_next_run_on_the_data(store, penguins, make_experiment):
    first = make_experiment("dummy", "knn")
    start(store, first)
    assert wait(store, first).state is JobState.DONE
    data = Size(rows=penguins.n_rows, columns=len(penguins.features), classes=len(penguins.labels))
    again = replace(store.load_experiment(first), seed=1)
    guesses = guess_run(store, again, data)
    assert {guess.trust for guess in guesses.cells.values()} == {4.0}
    assert {guess.trust for guess in guesses.preparations.values()} == {3.0}
    assert Estimates(guesses).remaining({0: 3, 1: 3}, [], 2) is not None
