from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.base import Catalogue, Task
from lab.experiments import (
    ALLOWED_MOVES,
    Candidate,
    CellState,
    Experiment,
    fold_seed,
    library_versions,
    make_cells,
)
from lab.models import MODELS
from lab.recipes import STEPS, add_step, preset_recipe
from lab.validation import SPLITTERS, ValidationPlan, fold_keys

PLAN = ValidationPlan(splitter=SPLITTERS.choose("kfold", {"folds": 3}), repeats=2)
RIDGE, TREE = (
    Candidate(name=key, recipe=preset_recipe("linear"), model=MODELS.choose(key))
    for key in ("ridge", "decision_tree")
)
EXPERIMENT = Experiment(
    name="Prices",
    dataset_id="d" * 32,
    task=Task.REGRESSION,
    candidates=(RIDGE, TREE),
    plan=PLAN,
    metrics=("r2",),
)


def keys(experiment: Experiment) -> set[str]:
    return {cell.key for cell in make_cells(experiment, fold_keys(experiment.plan))}


def test_there_is_one_cell_for_every_candidate_on_every_split():
    cells = make_cells(EXPERIMENT, fold_keys(PLAN))
    assert len(cells) == len(keys(EXPERIMENT)) == 2 * 2 * 3
    assert {(cell.candidate, cell.repeat, cell.fold) for cell in cells} == {
        (candidate, repeat, fold)
        for candidate in range(2)
        for repeat in range(2)
        for fold in range(3)
    }


def test_a_candidate_keeps_its_cells_whatever_stands_beside_it():
    alone = replace(EXPERIMENT, candidates=(TREE,))
    assert keys(alone) < keys(EXPERIMENT)


def test_another_seed_plan_or_data_set_shares_no_cell():
    others = [
        replace(EXPERIMENT, seed=1),
        replace(EXPERIMENT, dataset_id="e" * 32),
        replace(EXPERIMENT, plan=replace(PLAN, seed=1)),
    ]
    for other in others:
        assert not keys(other) & keys(EXPERIMENT)


def test_names_metrics_and_limits_share_all_cells():
    other = replace(EXPERIMENT, name="Other", metrics=("mae",))
    assert keys(other) == keys(EXPERIMENT)


@pytest.mark.parametrize("table", [MODELS, STEPS, SPLITTERS], ids=lambda table: table.noun)
def test_a_raised_version_of_an_entry_names_its_cells_anew(table, monkeypatch):
    before = keys(EXPERIMENT)
    raised = Catalogue(table.noun, *(replace(entry, version=2) for entry in table))
    name = {"model": "MODELS", "step": "STEPS", "splitter": "SPLITTERS"}[table.noun]
    monkeypatch.setattr(f"lab.experiments.cells.{name}", raised)
    assert not keys(EXPERIMENT) & before


def test_what_a_step_rests_on_outside_names_the_cells_of_its_recipes_anew(monkeypatch):
    own = add_step(preset_recipe("linear"), STEPS.choose("word_vectors", {"n_columns": 7}))
    other = replace(EXPERIMENT, candidates=(replace(RIDGE, recipe=own), TREE))
    found = []
    for content in ("", "one", "another"):
        entry = replace(
            STEPS["word_vectors"],
            outside=lambda set_to, content=content: content and f"{content}{set_to}",
        )
        table = [entry if old.key == entry.key else old for old in STEPS]
        monkeypatch.setattr("lab.experiments.cells.STEPS", Catalogue("step", *table))
        found.append(keys(other))
        assert keys(EXPERIMENT) & found[-1] == keys(replace(EXPERIMENT, candidates=(TREE,)))
    monkeypatch.undo()
    assert found[0] == keys(other)
    tree = keys(replace(EXPERIMENT, candidates=(TREE,)))
    assert found[0] & found[1] == found[1] & found[2] == found[0] & found[2] == tree


@given(st.integers(0, 2**31), st.integers(0, 100), st.integers(0, 20))
def test_seeds_of_folds_are_what_numpy_and_scikit_learn_take(seed, repeat, fold):
    experiment = replace(EXPERIMENT, seed=seed)
    value = fold_seed(experiment.seed, repeat, fold)
    assert 0 <= value < 2**31
    assert value == fold_seed(experiment.seed, repeat, fold)


def test_folds_and_repeats_have_seeds_of_their_own():
    seeds = {fold_seed(EXPERIMENT, repeat, fold) for repeat, fold in fold_keys(PLAN)}
    assert len(seeds) == 6


def test_results_depend_on_the_versions_of_the_libraries():
    assert {"numpy", "scikit-learn", "lightgbm"} <= set(library_versions())


def test_a_finished_cell_moves_no_more_and_a_failed_one_may_be_tried_again():
    assert ALLOWED_MOVES[CellState.DONE] == frozenset()
    assert set(ALLOWED_MOVES) == set(CellState)
    for state in (CellState.FAILED, CellState.TIMED_OUT, CellState.CANCELLED):
        assert ALLOWED_MOVES[state] == {CellState.WAITING}
