"""How fast a large CSV is read, against the fastest readers on the machine.

    python benchmarks/reading.py                     a million rows, thirty columns
    python benchmarks/reading.py --rows 200000       smaller
    python benchmarks/reading.py --polars PYTHON     polars from another interpreter

Every reading runs in a process of its own, in turns; time is that of the call alone, without
imports, the best of several; memory is the peak of the whole process. Ours guesses the dialect,
types every column, counts its levels and takes the fingerprint, all within that time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]

MEASURE = """
import json, resource, sys, time
path = sys.argv[1]
{imports}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start, cpu = time.perf_counter(), time.process_time()
table = {call}
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(dict(seconds=seconds, cpu=cpu, peak_mb=peak, start_mb=before / 1024)))
"""

READERS = {
    "playground": (
        "from pathlib import Path; from lab.data import read_table; import pyarrow.csv",
        "read_table(Path(path))",
    ),
    "pandas": ("import pandas as pd, pyarrow", "pd.read_csv(path)"),
    "pyarrow": ("import pyarrow.csv as csv", "csv.read_csv(path)"),
    "polars": ("import polars as pl", "pl.read_csv(path)"),
}


def write_table(path: Path, rows: int) -> None:
    generator = np.random.default_rng(0)
    data: dict[str, object] = {}
    for place in range(12):
        data[f"measure_{place}"] = np.round(generator.normal(size=rows) * 10 ** (place % 4), 4)
    for place in range(8):
        data[f"count_{place}"] = generator.integers(0, 10 ** (place % 6 + 1), rows)
    for place in range(8):
        levels = np.array([f"level {level:03d}" for level in range(5 * (place + 1))])
        data[f"group_{place}"] = levels[generator.integers(0, len(levels), rows)]
    seconds = 1_500_000_000 + generator.integers(0, 100_000_000, rows)
    data["moment"] = pd.to_datetime(seconds, unit="s").strftime("%Y-%m-%d %H:%M:%S")
    data["target"] = np.where(generator.random(rows) < 0.3, "yes", "no")
    frame = pd.DataFrame(data)
    for name in ("measure_0", "measure_1", "group_0", "group_1"):
        frame.loc[generator.random(rows) < 0.05, name] = None
    frame.to_csv(path, index=False)


def measure(reader: str, path: Path, python: str) -> dict[str, float] | None:
    imports, call = READERS[reader]
    code = MEASURE.format(imports=imports, call=call)
    done = subprocess.run(
        [python, "-c", code, str(path)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--polars", default=sys.executable, help="an interpreter that has polars")
    parser.add_argument("--file", type=Path, help="a CSV to read instead of a generated one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "table.csv"
        if options.file is None:
            write_table(path, options.rows)
        show(path, options.rounds, options.polars)


def show(path: Path, rounds: int, polars: str) -> None:
    size_mb = path.stat().st_size / 2**20
    found: dict[str, list[dict[str, float]]] = {reader: [] for reader in READERS}
    for _ in range(rounds):
        for reader in READERS:
            result = measure(reader, path, polars if reader == "polars" else sys.executable)
            if result is not None:
                found[reader].append(result)
    best = {reader: min(one["seconds"] for one in runs) for reader, runs in found.items() if runs}
    fastest = min((name for name in best if name != "playground"), key=best.__getitem__)
    print(f"{path.name}: {size_mb:.0f} MB, best of {rounds}; the fastest other is {fastest}")
    print(f"{'reader':12} {'seconds':>8} {'cpu':>6} {'x fastest':>10} {'peak MB':>8} {'x file':>7}")
    for reader, runs in found.items():
        if not runs:
            print(f"{reader:12} not installed")
            continue
        peak = min(one["peak_mb"] for one in runs)
        cpu = min(one["cpu"] for one in runs)
        print(
            f"{reader:12} {best[reader]:8.2f} {cpu:6.2f} {best[reader] / best[fastest]:10.2f}"
            f" {peak:8.0f} {peak / size_mb:7.2f}"
        )


if __name__ == "__main__":
    main()
