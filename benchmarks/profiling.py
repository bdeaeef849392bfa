"""How fast a table is looked at: the first sight of it, and each tab that is opened.

    python benchmarks/profiling.py                  100,000 and a million rows, thirty columns
    python benchmarks/profiling.py --rows 100000

Every size runs in a process of its own, with two threads at most for numerical libraries. Shown are
seconds, on the wall and of the processors, of the first call of each part in the order in which
the page asks for them: the first sight is profile, associations and findings, together and with
their shares; then each tab. Imports are measured apart, since the app has them done in the
background once its first page is served.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lab.base import ColumnKind, Task  # noqa: E402
from lab.data.content import Content, make_table  # noqa: E402
from lab.data.levels import levels_of  # noqa: E402
from lab.data.table import Table  # noqa: E402

SIGHT = ("profile", "associations", "findings")


def make(rows: int) -> Table:
    """Return a table of twenty numbers, eight categories, a date and a target."""
    generator = np.random.default_rng(0)
    contents = []
    for place in range(12):
        values = np.round(generator.normal(size=rows) * 10 ** (place % 4), 4)
        if place < 2:
            values[generator.random(rows) < 0.05] = np.nan
        contents.append(Content(name=f"measure_{place}", kind=ColumnKind.NUMBER, cells=values))
    for place in range(8):
        counts = generator.integers(0, 10 ** (place % 6 + 1), rows)
        contents.append(Content(name=f"count_{place}", kind=ColumnKind.NUMBER, cells=counts))
    for place in range(8):
        words = np.array([f"level {level:03d}" for level in range(5 * (place + 1))])
        codes = generator.integers(0, len(words), rows)
        contents.append(category(f"group_{place}", words[codes]))
    seconds = 1_500_000_000 + generator.integers(0, 100_000_000, rows)
    moments = seconds.astype("datetime64[s]").astype("datetime64[us]")
    contents.append(Content(name="moment", kind=ColumnKind.DATE, cells=moments))
    first = np.nan_to_num(np.asarray(contents[0].cells))
    goal = np.where(generator.random(rows) + 0.3 * first > 0.7, "yes", "no")
    contents.append(category("target", goal))
    return make_table(contents, row_numbers=pd.RangeIndex(rows), source="made")


def category(name: str, values: object) -> Content:
    cells = levels_of(pd.Series(values, dtype="str"))
    return Content(name=name, kind=ColumnKind.CATEGORY, cells=cells)


def parts(table: Table) -> dict[str, Callable[[], object]]:
    """Return what the page computes, in the order in which it asks for it."""
    from lab import data

    features = [name for name in table.schema.names if name != "target"]
    matrix = {
        f"matrix {method}": lambda method=method: data.association_matrix(table, method)
        for method in data.AssociationMethod
    }
    return {
        "profile": lambda: data.make_profile(table, target="target"),
        "associations": lambda: data.associations(table, target="target"),
        "findings": lambda: data.check_data(table, target="target", task=Task.BINARY),
        "one column": lambda: data.describe_column(table, "measure_3"),
        "one category": lambda: data.describe_column(table, "group_7"),
        "all statistics": lambda: data.describe_columns(table),
        "drawn rows": lambda: data.draw_rows(table, ["measure_3", "group_7", "target"]),
        **matrix,
        "missing": lambda: data.missing_patterns(table, target="target", task=Task.BINARY),
        "outlier counts": lambda: data.outlier_counts(table),
        "unusual rows": lambda: data.unusual_rows(table, without=["target"]),
        "map": lambda: data.principal_map(table, features),
        "over time": lambda: data.over_time(table, "moment", column="measure_3"),
        "duplicates": lambda: data.find_duplicates(table, features=features, target="target"),
    }  # fmt: skip


def imports() -> None:
    import sklearn.decomposition
    import sklearn.ensemble
    import sklearn.metrics
    import sklearn.tree  # noqa: F401


def measure(rows: int) -> None:
    """Measure one size in this process and print the seconds as JSON."""
    start = time.perf_counter()
    imports()
    found = {"imports": time.perf_counter() - start}
    processor = {}
    table = make(rows)
    for name, compute in parts(table).items():
        start, before = time.perf_counter(), time.process_time()
        compute()
        found[name] = time.perf_counter() - start
        processor[name] = time.process_time() - before
    found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([found, processor]))


def report(rows: int) -> None:
    done = subprocess.run(
        [sys.executable, __file__, "--rows", str(rows), "--here"],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"},
    )  # fmt: skip
    found, processor = json.loads(done.stdout.splitlines()[-1])
    sight = sum(found[name] for name in SIGHT)
    print(f"\n{rows:,} rows x 30 columns: first sight {sight:.2f} s", end="")
    print(f", of the processors {sum(processor[name] for name in SIGHT):.2f} s", end="")
    print(f" (imports before {found['imports']:.2f} s, peak {found['peak MB']:,.0f} MB)")
    for name, seconds in found.items():
        if name in {"imports", "peak MB"}:
            continue
        share = f"{seconds / sight:6.0%} of it" if name in SIGHT else ""
        print(f"  {name:28s}{seconds:8.3f} s {processor[name]:8.3f} s {share}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--here", action="store_true", help="measure in this process")
    options = parser.parse_args()
    for rows in options.rows:
        measure(rows) if options.here else report(rows)


if __name__ == "__main__":
    main()
