"""CPU seconds that each step needs to learn and prepare 50,000 rows, and to prepare them again.

Run: ``python -m benchmarks.recipe_steps [key ...]``. Prints a Markdown table.
"""

import sys
import time

import numpy as np
import pandas as pd

from lab.base import Column, ColumnKind, Schema, Task
from lab.recipes import STEPS, Acts, Family, Recipe, Step, make_preparation, rows_changed

ROWS, SAMPLED_ROWS, LEVELS = 50_000, 10_000, 2_000
"""Rows of column steps, rows of samplers (some take the square of them), levels of a category."""


def table(rows):
    """Return 5 numbers, 2 categories of 2,000 levels, a date and a text, and a rare class.

    The times and groups of the rows stand behind them.
    """
    rng = np.random.default_rng(0)
    y = (rng.random(rows) < 0.1).astype(np.int64)
    numbers = rng.lognormal(0, 1, (rows, 5)) + y[:, None]
    levels = np.array([f"level {number} of many" for number in range(LEVELS)], dtype=object)
    words = np.array([f"word{number}" for number in range(5_000)], dtype=object)
    text = [" ".join(row) for row in rng.choice(words, (rows, 12))]
    frame = pd.DataFrame(numbers, columns=[f"n{i}" for i in range(5)])
    for name in ("c0", "c1"):
        frame[name] = pd.Series(rng.choice(levels, rows), dtype=object)
    frame["d"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 10**7, rows), "s")
    frame["t"] = pd.Series(text, dtype=object)
    order = {"time": rng.permutation(rows).astype(float), "group": rng.choice(levels, rows)}
    return frame.assign(**order), y


KINDS = {"n": ColumnKind.NUMBER, "c": ColumnKind.CATEGORY, "d": ColumnKind.DATE,
         "t": ColumnKind.TEXT}  # fmt: skip


def seconds_of(key):
    """Return columns in and out, and the seconds of learning and of preparing again."""
    entry = STEPS[key]
    frame, y = table(ROWS if entry.acts is Acts.COLUMNS else SAMPLED_ROWS)
    kinds = entry.default_kinds or entry.kinds or (ColumnKind.NUMBER,)
    kinds = tuple(kind for kind in kinds if kind in (entry.takes or entry.kinds or kinds))
    if key == "smote_n":
        kinds = (ColumnKind.CATEGORY,)
    elif key == "smote_nc":
        kinds = (ColumnKind.NUMBER, ColumnKind.CATEGORY)
    used = frame[[name for name in frame.columns[:-2] if KINDS[name[0]] in kinds]]
    columns = tuple(Column(name=name, kind=KINDS[name[0]], n_levels=LEVELS) for name in used)
    steps = [Step(choice=STEPS.choose(key))]
    if ColumnKind.CATEGORY in kinds and entry.family is not Family.ENCODING:
        steps.append(Step(choice=STEPS.choose("ordinal")))
    if key == "drop_missing_rows":
        steps.append(Step(choice=STEPS.choose("date_parts")))
    recipe = Recipe(title=key, steps=tuple(steps))
    schema = Schema(columns=columns)
    if entry.needs_order:
        schema = Schema(columns=columns, time="time", group="group")
        gaps = np.random.default_rng(1).random(used.shape) < 0.2
        used = used.mask(gaps).assign(time=frame["time"], group=frame["group"])
    preparation = make_preparation(recipe, schema, task=Task.BINARY, seed=0)
    with rows_changed():
        start = time.process_time()
        made = preparation.fit(used, y)
        fitted = time.process_time()
        preparation.transform(used)
        again = time.process_time()
    return len(columns), made.X.shape[1], fitted - start, again - fitted


def main(keys):
    """Print the table."""
    seconds_of("one_hot"), seconds_of("smote")  # imports
    print(
        "| step | columns in | out | learn and prepare (s) | prepare (s) |\n|---|---|---|---|---|"
    )
    for key in keys or STEPS.keys:
        columns, out, fit, transform = seconds_of(key)
        print(f"| `{key}` | {columns} | {out:,} | {fit:.2f} | {transform:.2f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
