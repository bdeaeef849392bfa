"""How many polluted files are read rightly, by us and by other readers.

    python benchmarks/pollutions.py               the files of tests/data/pollutions.py
    python benchmarks/pollutions.py --rows 4000   with the pollution far down

A file counts as right when its table has the names and values of the clean one, and every row
that the pollution spares; as told when what was left out or mended is named; as refused when there
is an error; and as wrong when a table of other content comes back. Other readers are called with
their defaults on a path, CleverCSV with its own sniffer; values are compared as text without
regard to types, so that no reader loses by the types it chooses.
"""

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lab.base import LabError  # noqa: E402
from lab.data import read_table  # noqa: E402
from tests.data.pollutions import POLLUTIONS  # noqa: E402

Frame = tuple[pd.DataFrame, tuple[str, ...]]


def ours(path: Path) -> Frame:
    table = read_table(path)
    return table.frame, table.notes


def by_pandas(path: Path) -> Frame:
    return pd.read_csv(path), ()


def by_pandas_sniffing(path: Path) -> Frame:
    return pd.read_csv(path, sep=None, engine="python"), ()


def by_pyarrow(path: Path) -> Frame:
    import pyarrow.csv

    return pyarrow.csv.read_csv(path).to_pandas(), ()


def by_clevercsv(path: Path) -> Frame:
    import clevercsv

    return clevercsv.read_dataframe(str(path)), ()


READERS: dict[str, Callable[[Path], Frame]] = {
    "playground": ours,
    "pandas": by_pandas,
    "pandas sep=None": by_pandas_sniffing,
    "pyarrow": by_pyarrow,
    "CleverCSV": by_clevercsv,
}


def as_text(frame: pd.DataFrame) -> list[list[str]]:
    """Return values as text: numbers and dates in one form, missing ones empty."""
    return [[_plain(value) for value in row] for row in frame.itertuples(index=False)]


def _plain(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    text = str(value).strip()
    try:
        return repr(float(text))
    except ValueError:
        return text.removesuffix(" 00:00:00")


def judge(read: Callable[[Path], Frame], path: Path, polluted: object) -> str:
    """Return what a reader made of a file: right, wrong, refused, or right without telling."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame, notes = read(path)
    except LabError:
        return "refused"
    except Exception:  # noqa: BLE001 - whatever another reader raises, it has refused
        return "refused"
    expected = polluted.expected  # type: ignore[attr-defined]
    names = [str(name) for name in frame.columns] == [str(name) for name in expected.columns]
    if not names or as_text(frame) != as_text(expected):
        return "wrong"
    return "right" if any(polluted.told in note for note in notes or ("",)) else "untold"  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=60)
    options = parser.parse_args()
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        for key, pollute in POLLUTIONS.items():
            polluted = pollute(options.rows)
            path.write_bytes(polluted.content)
            found[key] = [judge(read, path, polluted) for read in READERS.values()]
    show(found)


def show(found: dict[str, list[str]]) -> None:
    print("".join([f"{'pollution':32}", *(f"{name:>17}" for name in READERS)]))
    for key, verdicts in found.items():
        print("".join([f"{key:32}", *(f"{verdict:>17}" for verdict in verdicts)]))
    for verdict in ("right", "untold", "refused", "wrong"):
        counts = [Counter(column)[verdict] for column in zip(*found.values(), strict=True)]
        print("".join([f"{verdict + f' of {len(found)}':32}", *(f"{n:>17}" for n in counts)]))


if __name__ == "__main__":
    main()
