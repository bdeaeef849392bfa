"""One line of an orderly file with a mark too many or too few: mended or left out, and told.

These are the pollutions of rows, header and tables of the Pollock benchmark (Vitagliano and others,
2023), on a table of our own with what makes them hard: prices, prose with commas, links, and a
column that is always empty.
"""

import pandas as pd
import pytest

NAMES = ["day", "clock", "n", "code", "price", "product", "text", "link", "remarks"]
THINGS = ["Boots", "Running Jacket", "Pillow, Wooden", "Socks", "Hat"]
CODES = ["MG", "RI", "CC"]
ROWS = [
    [f"{1 + n % 28:02d}/03/2018", f"{n % 24:02d}:15", str(n % 5), f"{CODES[n % 3]}-{8000 + n}",
     f"${20 + n * 1.5:.2f}", THINGS[n % 5], f"Good for walks, runs and more, says no {n}.",
     f"https://www.example.com/p/{n}.html", ""]
    for n in range(40)
]  # fmt: skip
POLLUTED = 17
WORDS = ("link", "text")


def cell(name: str, text: str) -> str:
    return f'"{text}"' if name in WORDS or "," in text else text


def written(row: list[str]) -> list[str]:
    return [cell(name, text) for name, text in zip(NAMES, row, strict=True)]


def line_of(cells: list[str]) -> str:
    return ",".join(cells) + "\n"


def file_with(place: int, line: str) -> str:
    """Return the file; its header is line 0, and this line stands in the place of one of them."""
    lines = [line_of(NAMES), *(line_of(written(row)) for row in ROWS)]
    return "".join([*lines[:place], line, *lines[place + 1 :]])


def more(cells: list[str], column: int) -> str:
    return line_of([*cells[:column], "", *cells[column:]])


def less(cells: list[str], column: int) -> str:
    return line_of([*cells[: column - 1], cells[column - 1] + cells[column], *cells[column + 1 :]])


def quote(cells: list[str], column: int) -> str:
    return line_of([*cells[:column], '"' + cells[column], *cells[column + 1 :]])


def found_rows(table) -> dict[str, tuple[str, ...]]:
    """Return what was read of each row, by its code; prices as they were written."""
    frame = table.frame.astype(object).where(table.frame.notna(), "")
    found = {}
    for row in frame.itertuples(index=False):
        cells = dict(zip(table.schema.names, row, strict=True))
        day = pd.Timestamp(cells["day"]).strftime("%d/%m/%Y") if cells["day"] != "" else ""
        cells |= {"day": day, "price": float(cells["price"]) if cells["price"] != "" else ""}
        found[str(cells["code"])] = tuple(str(cells.get(name, "")) for name in NAMES)
    return found


def expected(row: list[str]) -> tuple[str, ...]:
    return tuple(str(float(text[1:])) if name == "price" else text
                 for name, text in zip(NAMES, row, strict=True))  # fmt: skip


def assert_told(table, line: int) -> None:
    """Assert that a note names the line, and not only that blanks were removed."""
    notes = [note for note in table.notes if note.startswith("Line")]
    assert any(f"Line {line}" in note or f"{line}," in note for note in notes), table.notes


POLLUTIONS = [
    *((more, column) for column in range(9)),
    *((less, column) for column in range(1, 9)),
    *((quote, column) for column in range(9)),
]
IDS = [f"{how.__name__} {column}" for how, column in POLLUTIONS]
MENDED = {"more", "quote"}


@pytest.mark.parametrize(("how", "column"), POLLUTIONS, ids=IDS)
def test_one_row_costs_no_other_and_is_told(read, how, column):
    table = read(file_with(POLLUTED, how(written(ROWS[POLLUTED - 1]), column)))
    assert list(table.schema.names) == NAMES
    found, wanted = found_rows(table), {row[3]: expected(row) for row in ROWS}
    polluted = ROWS[POLLUTED - 1][3]
    assert {key: found[key] for key in wanted if key != polluted} == {
        key: cells for key, cells in wanted.items() if key != polluted
    }
    assert_told(table, POLLUTED + 1)
    if how.__name__ in MENDED:  # the mark may be meant: two within marks are one
        assert tuple(text.removeprefix('"') for text in found[polluted]) == wanted[polluted]


@pytest.mark.parametrize("column", range(9))
@pytest.mark.parametrize("how", [more, quote])
def test_a_header_with_a_mark_too_many_keeps_its_names(read, how, column):
    table = read(file_with(0, how(written(NAMES), column)))
    assert list(table.schema.names) == NAMES
    assert found_rows(table) == {row[3]: expected(row) for row in ROWS}
    assert any("header" in note.lower() for note in table.notes), table.notes


@pytest.mark.parametrize("column", range(1, 9))
def test_a_header_with_a_delimiter_too_few_is_told(read, column):
    table = read(file_with(0, less(NAMES, column)))
    assert len(table.frame) == len(ROWS)
    assert any("header" in note for note in table.notes), table.notes


@pytest.mark.parametrize("names", [NAMES[:8], [*NAMES, "more"]], ids=["less", "more"])
def test_a_table_of_other_columns_below_is_left_out(read, names):
    below = [[*written(row), "x"][: len(names)] for row in ROWS]
    text = file_with(0, line_of(NAMES)) + line_of(names) + "".join(map(line_of, below))
    table = read(text)
    assert found_rows(table) == {row[3]: expected(row) for row in ROWS}
    assert any("another table" in note for note in table.notes)


def test_a_backslash_before_what_is_no_mark_stays(read):
    rows = 'n,path,said\n1,"C:\\temp\\new","a \\" b"\n2,"D:\\x","c \\" d"\n3,"E:\\y","e"\n'
    table = read(rows)
    assert table.frame["path"].tolist() == ["C:\\temp\\new", "D:\\x", "E:\\y"]
    assert table.frame["said"].tolist() == ['a " b', 'c " d', "e"]
