"""What came out of a run, as a table for the terminal."""

import math

from rich.table import Table as TextTable

from lab.base import Severity, plain_text
from lab.benchmark import kept_findings
from lab.cli.console import result_console
from lab.comparison import Leaderboard, make_leaderboard
from lab.experiments import Experiment
from lab.store import Store

_LARGE = 1e12
"""From here on a number has an exponent."""


def tell_outcome(store: Store, experiment_id: str) -> int:
    """Write leaderboard, verdict and failures; return the number of candidates with scores."""
    experiment = store.load_experiment(experiment_id)
    board = make_leaderboard(
        experiment,
        store.records(experiment_id),
        outputs=lambda cell: store.load_predictions(cell.key).test,
    )
    console = result_console()
    console.print(board_table(board, experiment))
    for sentence in (board.verdict, *board.notes):
        console.print(plain_text(sentence, max_length=1000))
    for finding in kept_findings(store, experiment.dataset_id) or ():
        if finding.severity is Severity.SERIOUS:
            told = f"{finding.title} ({finding.code}): {finding.detail}"
            console.print(plain_text(told, max_length=1000))
    for line in _failures(board):
        console.print(line)
    return int(board.frame["state"].isin(["complete", "partial"]).sum())


def board_table(board: Leaderboard, experiment: Experiment) -> TextTable:
    """Return the leaderboard with the primary metric's interval and the other metrics' means."""
    others = [metric for metric in experiment.metrics if metric != board.primary]
    text = TextTable(box=None, pad_edge=False)
    text.add_column("")
    text.add_column("candidate", no_wrap=True)
    for heading in (board.primary, "95 % interval", *others, "gap", "fit s", "folds"):
        text.add_column(heading.replace("_", " "), justify="right", vertical="bottom")
    rows = board.frame.to_dict("records")
    some_tied = sum(bool(row["tied"]) for row in rows) > 1
    for place, row in enumerate(rows, start=1):
        low, high = (_figure(row[f"{board.primary}_{end}"]) for end in ("low", "high"))
        text.add_row(
            f"{place}{'=' if row['tied'] and some_tied else ''}",
            plain_text(row["candidate"], max_length=40),
            _figure(row[board.primary]),
            f"{low}–{high}" if low else "",
            *(_figure(row[metric]) for metric in others),
            _figure(row["gap"]),
            _figure(row["fit_seconds"]),
            f"{row['folds_done']}/{row['folds_total']}",
        )
    return text


def _failures(board: Leaderboard) -> list[str]:
    """Return each reason for missing results once, with the candidates that share it."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in board.frame.itertuples():
        if row.reason:
            found.setdefault((str(row.state), str(row.reason)), []).append(str(row.candidate))
    return [
        f"{', '.join(map(plain_text, names))} ({state}): {plain_text(reason, max_length=400)}"
        for (state, reason), names in found.items()
    ]


def _figure(value: object) -> str:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return ""
    if abs(value) >= _LARGE:
        return f"{value:.3g}"
    return f"{value:.3f}" if abs(value) < 100 else f"{value:,.1f}"
