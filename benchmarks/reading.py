"""How fast a large CSV is read, against the fastest readers on the machine.

    python benchmarks/reading.py                     a million rows, thirty columns
    python benchmarks/reading.py --rows 200          what a small file costs
    python benchmarks/reading.py --polars PYTHON     polars from another interpreter

Every reading runs in a process of its own, the readers by turns; shown are medians, on the wall
and of the processors, as seconds and as ratios to the fastest of the others. The call is what
reading costs when everything is imported; the process is the same with its start and imports.
Ours runs in the environment of the process that reads for the app; it guesses the dialect, types
every column, counts its levels and takes the fingerprint, all within that time. "isolated" is
`read_isolated`: a process started, limited, the table written to disk and opened from there, so
it is to be compared with the processes of the others. All run from compiled modules, as after a
first start: PYTHONDONTWRITEBYTECODE does not count here.
"""

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lab.data.isolated import reader_environment  # noqa: E402

MEASURE = """
import json, resource, sys, time
path = sys.argv[1]
{imports}
used = lambda: [resource.getrusage(who)
                for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = lambda: sum(one.ru_utime + one.ru_stime for one in used())
start, before = time.perf_counter(), cpu()
table = {call}
seconds, cpu = time.perf_counter() - start, cpu() - before
peak = max(one.ru_maxrss for one in used()) / 1024
print(json.dumps(dict(seconds=seconds, cpu=cpu, peak_mb=peak)))
"""

READERS = {
    "playground": (
        "from pathlib import Path; from lab.data import read_table; import pyarrow.csv",
        "read_table(Path(path))",
    ),
    "isolated": (
        "import tempfile; from pathlib import Path; from lab.data import read_isolated",
        "read_isolated(Path(path), folder=Path(tempfile.mkdtemp(dir=sys.argv[2])), name='t')",
    ),
    "pandas": ("import pandas as pd, pyarrow", "pd.read_csv(path)"),
    "pyarrow": ("import pyarrow.csv as csv", "csv.read_csv(path)"),
    "polars": ("import polars as pl", "pl.read_csv(path)"),
}
OURS = ("playground", "isolated")


@dataclass(frozen=True)
class Reading:
    """What one reading cost: the call alone, and its process from start to end."""

    seconds: float
    cpu: float
    peak_mb: float
    process_seconds: float
    process_cpu: float


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


def write_apart(path: Path, rows: int) -> None:
    """Write a table in another process: readers inherit the peak of the one that starts them."""
    writer = multiprocessing.get_context("spawn").Process(target=write_table, args=(path, rows))
    writer.start()
    writer.join()
    if writer.exitcode:
        raise SystemExit(f"the table could not be written (exit code {writer.exitcode})")


def measure(reader: str, path: Path, python: str) -> Reading | None:
    """Return what one reading cost, None when the reader is not installed."""
    imports, call = READERS[reader]
    code = MEASURE.format(imports=imports, call=call)
    start, before = time.perf_counter(), children_cpu()
    with tempfile.TemporaryDirectory() as kept:
        done = subprocess.run(
            [python, "-c", code, str(path), kept],
            capture_output=True, text=True, cwd=ROOT, check=False,
            env=environment(ours=reader in OURS),
        )  # fmt: skip
    seconds, cpu = time.perf_counter() - start, children_cpu() - before
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr and reader not in OURS:
            return None
        raise SystemExit(f"{reader} failed:\n{done.stderr}")
    found = json.loads(done.stdout)
    if reader == "isolated":  # it starts a process itself
        seconds, cpu = found["seconds"], found["cpu"]
    return Reading(process_seconds=seconds, process_cpu=cpu, **found)


def environment(*, ours: bool) -> dict[str, str]:
    found = reader_environment() if ours else dict(os.environ)
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--polars", default=sys.executable, help="an interpreter that has polars")
    parser.add_argument("--file", type=Path, help="a CSV to read instead of a generated one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "table.csv"
        if options.file is None:
            write_apart(path, options.rows)
            os.sync()  # so that nothing is written while others read
        show(path, collect(path, options.rounds, options.polars), options.rounds)


def collect(path: Path, rounds: int, polars: str) -> dict[str, Reading]:
    """Return the medians of all readers, which read by turns."""
    found: dict[str, list[Reading]] = {reader: [] for reader in READERS}
    for _ in range(rounds):
        for reader, readings in found.items():
            reading = measure(reader, path, polars if reader == "polars" else sys.executable)
            if reading:
                readings.append(reading)
    return {reader: middle(readings) for reader, readings in found.items() if readings}


def middle(readings: list[Reading]) -> Reading:
    fields = Reading.__dataclass_fields__
    return Reading(**{name: median(getattr(one, name) for one in readings) for name in fields})


def show(path: Path, found: dict[str, Reading], rounds: int) -> None:
    size_mb = path.stat().st_size / 2**20
    names = ("seconds", "cpu", "process_seconds", "process_cpu")
    others = [reading for reader, reading in found.items() if reader not in OURS]
    best = {name: min(getattr(other, name) for other in others) for name in names}
    print(
        f"{path.name}: {size_mb:.1f} MB, medians of {rounds} by turns; x is to the best of others"
    )
    print(f"{'':12}{'call':>14}{'':14}{'process':>14}")
    heads = ("seconds", "x", "cpu", "x") * 2 + ("peak MB", "x file")
    print(f"{'reader':12}" + "".join(f"{head:>8}" for head in heads))
    for reader in READERS:
        if reader not in found:
            print(f"{reader:12} not installed")
            continue
        line = f"{reader:12}"
        for name in names:
            value = getattr(found[reader], name)
            told = (f"{value:.2f}", f"{value / best[name]:.2f}")
            own_process = reader == "isolated" and not name.startswith("process")
            line += "".join(f"{text:>8}" for text in (("", "") if own_process else told))
        peak = found[reader].peak_mb
        print(f"{line}{peak:8.0f}{peak / size_mb:8.2f}")


if __name__ == "__main__":
    main()
