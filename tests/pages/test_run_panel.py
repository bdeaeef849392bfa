"""The panel of a run: fits are counted for what they are."""

from lab.experiments import CellState
from pages._ui.run_panel import fold_marks


def test_few_folds_have_a_mark_each():
    states = [CellState.DONE, CellState.FAILED, CellState.RUNNING, CellState.WAITING]
    assert fold_marks(states) == "●✕◐○"


def test_of_many_folds_a_failure_in_a_late_one_is_seen():
    states = [CellState.DONE] * 27 + [CellState.FAILED] + [CellState.WAITING] * 2
    assert fold_marks(states) == "●27 ✕1 ○2"


def test_failures_of_every_kind_are_counted_together():
    states = [CellState.SKIPPED] * 19 + [CellState.TIMED_OUT, CellState.FAILED]
    assert fold_marks(states) == "✕2 ∅19"
