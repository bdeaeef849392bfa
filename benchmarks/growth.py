"""How wall time and memory grow with rows, columns, folds and candidates, and with what exponent.

Each line is one run from the click, with a warm process in a workspace of its own. The exponent is
the slope of the logarithms over the upper half of the sizes: 1 is in proportion. Memory is the
peak of the waiting process and all it starts; its exponent is that of what comes on top of waiting.

    python benchmarks/growth.py [rows] [columns] [folds] [candidates] [memory] [--quick]

``memory`` is one table of 500,000 rows and 30 columns against the target: 2.5 times the table in
float32 plus 300 MB a worker.
"""

import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tree import ROOT, timed
from work import write_table

TWO = ("logistic_regression", "lightgbm")
ONE_OF_EACH = ("gaussian_nb", "decision_tree")
SIZES = {
    "rows": (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
    "columns": (10, 30, 100, 300, 1_000, 3_000),
    "folds": (2, 5, 10, 20),
    "candidates": (1, 3, 10, 20, 40),
}
WORKERS = 2
_MB_A_WORKER = 300
_TIMES_TABLE = 2.5


@dataclass(frozen=True, kw_only=True)
class Run:
    """One table, and what is run on it."""

    rows: int = 10_000
    columns: int = 15
    folds: int = 5
    models: tuple[str, ...] = TWO


def run_of(what: str, size: int) -> Run:
    if what == "rows":
        return Run(rows=size)
    if what == "columns":
        return Run(rows=2_000, columns=size)
    if what == "folds":
        return Run(folds=size)
    return Run(models=tuple(ONE_OF_EACH[place % 2] for place in range(size)))


def measured(run: Run, *flags: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        write_table(table, rows=run.rows, columns=run.columns)
        script = str(ROOT / "benchmarks" / "ours.py")
        command = [script, str(table), ",".join(run.models), str(run.folds), *flags]
        answer: dict[str, float] = json.loads(timed(command).text)
        return answer


def exponent(sizes: list[int], values: list[float]) -> float:
    """Return the slope of the logarithms over the upper half of the sizes."""
    half = len(sizes) // 2
    x, y = np.log(sizes[half:]), np.log(np.maximum(values[half:], 1e-3))
    return float(np.polyfit(x, y, 1)[0])


def grow(what: str, sizes: Iterable[int]) -> None:
    print(f"\n| {what} | wall s | processor s | peak MB | of it waiting |\n|---|---|---|---|---|")
    done, found = [], []
    for size in sizes:
        answer = measured(run_of(what, size))
        done.append(size)
        found.append(answer)
        cells = (f"{answer[key]:.1f}" for key in ("wall", "cpu", "peak_mb", "idle_mb"))
        print(f"| {size:,} | {' | '.join(cells)} |", flush=True)
    extra = [answer["peak_mb"] - answer["idle_mb"] for answer in found]
    slopes = [exponent(done, [answer[key] for answer in found]) for key in ("wall", "cpu")]
    slopes.append(exponent(done, extra))
    print("| exponent | " + " | ".join(f"{slope:.2f}" for slope in slopes) + " | |")


def memory(rows: int) -> None:
    columns = 30
    table_mb = rows * columns * 4 / 2**20
    allowed = _TIMES_TABLE * table_mb + WORKERS * _MB_A_WORKER
    print(f"\n{rows:,} rows x {columns} columns: {table_mb:.0f} MB in float32, so {allowed:.0f} MB")
    print("\n| models | peak MB | of it waiting | of what is allowed |\n|---|---|---|---|")
    for models in (("gaussian_nb",), ("decision_tree",), TWO):
        answer = measured(Run(rows=rows, columns=columns, folds=2, models=models), "--close")
        peak, idle = answer["peak_mb"], answer["idle_mb"]
        names = ", ".join(models)
        print(f"| {names} | {peak:.0f} | {idle:.0f} | {peak / allowed:.2f} |", flush=True)


def main() -> None:
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    is_quick = "--quick" in sys.argv
    for what, sizes in SIZES.items():
        if not asked or what in asked:
            grow(what, sizes[: len(sizes) // 2 + 1] if is_quick else sizes)
    if not asked or "memory" in asked:
        memory(100_000 if is_quick else 500_000)


if __name__ == "__main__":
    main()
