"""What a drafted experiment will cost, told before it starts."""

from lab.base import LabError
from lab.data import Dataset
from lab.experiments import CellState
from pages._ui import cached
from pages._ui.cached import Results
from pages._ui.draft import Draft, make_experiment
from pages._ui.wording import count, duration


def count_fits(draft: Draft) -> int:
    """Return how many models will be fitted."""
    from lab.validation import fold_keys

    return len(draft.chosen) * len(fold_keys(draft.plan))


def count_new_fits(draft: Draft, data: Dataset, found: Results | None) -> int:
    """Return how many fits an earlier experiment has not done already."""
    from lab.experiments import make_cells
    from lab.validation import fold_keys

    if found is None:
        return count_fits(draft)
    cells = make_cells(make_experiment(draft, data), fold_keys(draft.plan))
    done = {record.cell.key for record in found.records if record.state is CellState.DONE}
    return sum(cell.key not in done for cell in cells)


def estimate_seconds(draft: Draft, data: Dataset) -> float:
    """Return rough seconds of the whole run on this machine; LabError when it cannot be run."""
    from lab.benchmark import Size, guess_from, whole_seconds, worker_count

    experiment = make_experiment(draft, data)
    size = Size(rows=data.n_rows, columns=len(data.features), classes=len(data.labels))
    guesses = guess_from(cached.past_fits(), experiment, size)
    return whole_seconds(experiment, guesses, worker_count(draft.limits.workers))


def estimate_text(draft: Draft, data: Dataset) -> str:
    """Return the cost in words: fits, and rough time."""
    try:
        seconds = estimate_seconds(draft, data)
    except LabError:
        return ""
    return f"{count(count_fits(draft), 'fit')}, roughly {duration(max(seconds, 1.0))}."
