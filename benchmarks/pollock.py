"""How many files of the Pollock benchmark are read rightly, by us and by other readers.

    python benchmarks/pollock.py FOLDER

FOLDER holds ``csv/`` and ``clean/``, as ``polluted_files/`` of the benchmark does (Vitagliano and
others, 2023, https://github.com/HPI-Information-Systems/Pollock): one table in 2,290 files, each
spoilt in one way, and what it is without that under the same name. Values are compared as text.
A file counts as whole when nothing is lost; as told when one row is lost or differs and a note
names a line; as silent when just that row differs and nothing is said; as refused when there is
an error; and as wrong when anything else comes back.
"""

import csv
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pollutions import READERS, Frame, as_text

_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_FILE = re.compile(r"row_(\w+?)_?(?:row)?(\d+)(?:_|$)")
VERDICTS = ("whole", "told", "silent", "refused", "wrong")


def main() -> None:
    folder = Path(sys.argv[1])
    found: dict[str, dict[str, Counter[str]]] = {}
    for path in sorted((folder / "csv").glob("*.csv")):
        expected = plain(cells_of(folder / "clean" / path.name))
        for name, read in READERS.items():
            counts = found.setdefault(kind_of(path.stem), {}).setdefault(name, Counter())
            counts[judge(read, path, expected)] += 1
    show(found)


def cells_of(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return [row for row in csv.reader(file) if row]


def kind_of(stem: str) -> str:
    match = _FILE.match(stem)
    if match is None:
        return stem
    return f"row: {match[1].replace('_', ' ')}, {'header' if match[2] == '0' else 'data'}"


def plain(rows: list[list[str]]) -> list[list[str]]:
    """Return cells with numbers, prices and dates in one form."""
    return [[_as_one_form(cell.strip()) for cell in row] for row in rows]


def _as_one_form(cell: str) -> str:
    text = _DAY.sub(r"\3-\2-\1", cell.removeprefix("$"))
    try:
        return repr(float(text))
    except ValueError:
        return text


def judge(read: Callable[[Path], Frame], path: Path, expected: list[list[str]]) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame, notes = read(path)
    except Exception:  # noqa: BLE001 - whatever a reader raises, it has refused
        return "refused" if expected else "whole"
    rows = plain([[str(name) for name in frame.columns], *as_text(frame)])
    if expected in (rows, rows[1:]):  # a file without a header has rows only
        return "whole"
    there = Counter(map(tuple, rows))
    lost = Counter(map(tuple, expected)) - there
    more = there - Counter(map(tuple, expected))
    if lost.total() > 1 or more.total() > 1:
        return "wrong"
    return "told" if any("Line" in note or "header" in note for note in notes) else "silent"


def show(found: dict[str, dict[str, Counter[str]]]) -> None:
    """Print one line for each kind of file, with the five counts of each reader."""
    print("".join([f"{'whole/told/silent/refused/wrong':36}", *(f"{one:>24}" for one in READERS)]))
    total = {name: Counter[str]() for name in READERS}
    for kind, counts in found.items():
        print("".join([f"{kind:36}", *(f"{_told(counts[name]):>24}" for name in READERS)]))
        for name in READERS:
            total[name] += counts[name]
    print("".join([f"{'all':36}", *(f"{_told(total[name]):>24}" for name in READERS)]))


def _told(counts: Counter[str]) -> str:
    return "/".join(str(counts[verdict]) for verdict in VERDICTS)


if __name__ == "__main__":
    main()
