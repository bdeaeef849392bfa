"""Ways to spoil a clean table of mixed types, each with what a reader should make of the file."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

NAMES = ("day", "number", "town", "price", "kind", "remark")
TOWNS = ("Oslo", "Rome", "Bern", "Kyiv", "Riga", "Lima", "Cairo")
KINDS = ("small", "large", "medium")


@dataclass(frozen=True)
class Polluted:
    """A file, the table in it, and what is told about it: a part of any note, "" for nothing."""

    content: bytes
    expected: pd.DataFrame
    told: str = ""


def clean_rows(n_rows: int) -> list[list[str]]:
    """Return rows of dates, whole numbers, text, fractions, a category and prose with commas."""
    days = pd.date_range("2019-01-01", periods=n_rows, freq="D").strftime("%Y-%m-%d")
    return [
        [days[row], str(1000 + 7 * row), f"{TOWNS[row % 7]} {row % 11}", f"{row % 90}.{row % 9}5",
         KINDS[row % 3], f"seen, noted {row % 13}" if row % 2 else "plain remark"]
        for row in range(n_rows)
    ]  # fmt: skip


def frame(rows: list[list[str]], names: tuple[str, ...] = NAMES) -> pd.DataFrame:
    """Return the values that rows of text stand for."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    data = dict(zip(names, columns, strict=True))
    table = pd.DataFrame({name: list(values) for name, values in data.items()}, dtype=object)
    table[names[0]] = pd.to_datetime(table[names[0]]).astype("datetime64[us]")
    for name in (names[1], names[3]):
        table[name] = pd.to_numeric(table[name])
    return table


def written(rows: list[list[str]], *, end: str = "\n", **dialect: object) -> str:
    """Return rows as `csv.writer` writes them."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=end, **dialect).writerows(rows)
    return buffer.getvalue()


def table(rows: list[list[str]], **dialect: object) -> str:
    return written([list(NAMES), *rows], **dialect)


def in_dialect(n_rows: int, **dialect: object) -> Polluted:
    rows = clean_rows(n_rows)
    return Polluted(table(rows, **dialect).encode(), frame(rows))


def encoded(n_rows: int, encoding: str) -> Polluted:
    rows = clean_rows(n_rows)
    for row in rows[::3]:
        row[2] = "Málaga"
    return Polluted(table(rows).encode(encoding), frame(rows))


def multiple(n_rows: int, mark: str) -> Polluted:
    rows = clean_rows(n_rows)
    text = table(rows, delimiter="\x1f").replace("\x1f", mark)
    if mark.strip() == ",":
        text = mark.join(NAMES) + "\n" + "".join(
            mark.join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in rows
        )  # fmt: skip
    return Polluted(text.encode(), frame(rows))


def aligned(n_rows: int) -> Polluted:
    rows = [[cell.replace(" ", "_") for cell in row] for row in clean_rows(n_rows)]
    text = "".join(
        "".join(f"{cell:<22}" for cell in row).rstrip() + "\n" for row in [list(NAMES), *rows]
    )
    return Polluted(text.encode(), frame(rows))


def escaped(n_rows: int, mark: str) -> Polluted:
    rows = clean_rows(n_rows)
    for row in rows[::4]:
        row[5] = f"called {mark}the best{mark}, again"
    text = table(rows, quotechar=mark, doublequote=False, escapechar="\\")
    return Polluted(text.encode(), frame(rows))


def not_escaped(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    place = n_rows // 2
    rows[place][5] = 'called "the best", again'
    text = table(rows).replace('"called ""the best"", again"', '"called "the best", again"')
    return Polluted(text.encode(), frame(rows), f"Line {place + 2:,} ")


def mark_inside(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    place = n_rows // 2
    rows[place][5] = 'a "good, old" one'
    text = table(rows).replace('"a ""good, old"" one"', '"a "good, old" one"')
    return Polluted(text.encode(), frame(rows), f"Line {place + 2:,} ")


def line_breaks(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    for row in rows[::5]:
        row[5] = 'first line\nsecond, "line"\n\nlast'
    return Polluted(table(rows).encode(), frame(rows))


def no_header(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    names = tuple(f"column_{place}" for place in range(1, 7))
    return Polluted(written(rows).encode(), frame(rows, names), "no header")


def two_line_header(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    top = [["when", "", "where", "money", "", ""], list(NAMES)]
    names = ("when / day", "when / number", "where / town", "money / price", "money / kind",
             "money / remark")  # fmt: skip
    return Polluted(written([*top, *rows]).encode(), frame(rows, names), "header takes 2 lines")


def units(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    top = [list(NAMES), ["date", "count", "", "EUR/kg", "", ""]]
    names = ("day / date", "number / count", "town", "price / EUR/kg", "kind", "remark")
    return Polluted(written([*top, *rows]).encode(), frame(rows, names), "header takes 2 lines")


def above(n_rows: int, text: str) -> Polluted:
    rows = clean_rows(n_rows)
    return Polluted((text + table(rows)).encode(), frame(rows), "above the table")


def below(n_rows: int, text: str) -> Polluted:
    rows = clean_rows(n_rows)
    return Polluted((table(rows) + text).encode(), frame(rows), "below the table")


def second_table(n_rows: int, names: tuple[str, ...], *, gap: str = "\n") -> Polluted:
    rows = clean_rows(n_rows)
    other = written([list(names), *[[f"word {row}"] * len(names) for row in range(6)]])
    start = n_rows + 2 + gap.count("\n")
    told = f"Lines {start:,}-{start + 6:,} left out: another table, of {len(names)} columns"
    return Polluted((table(rows) + gap + other).encode(), frame(rows), told)


def table_first(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    other = written([["key", "value"], ["author", "nobody"], ["year", "2020"]])
    told = "Lines 1-3 left out: another table"
    return Polluted((other + "\n" + table(rows)).encode(), frame(rows), told)


def one_line(
    n_rows: int,
    change: Callable[[str, list[str]], str],
    kept: Callable[[list[str]], list[str]] | None = None,
    told: bool = True,
) -> Polluted:
    """Return the file with one line changed, far down, that is kept as given or left out."""
    rows = clean_rows(n_rows)
    place = (3 * n_rows // 4) // 2 * 2
    lines = table(rows).splitlines()
    lines[place + 1] = change(lines[place + 1], rows[place])
    rows[place : place + 1] = [kept(rows[place])] if kept else []
    note = f"Line {place + 2:,} " if told else ""
    return Polluted(("\n".join(lines) + "\n").encode(), frame(rows), note)


def short(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    place = n_rows // 2
    lines = table(rows).splitlines()
    lines[place + 1] = ",".join(rows[place][:4])
    expected = frame(rows)
    expected.loc[place, ["kind", "remark"]] = None
    return Polluted(("\n".join(lines) + "\n").encode(), expected, f"Line {place + 2:,} ")


def many_short(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    lines = table(rows).splitlines()
    expected = frame(rows)
    for place in range(5, n_rows, 3):
        lines[place + 1] = ",".join(rows[place][:5])
        expected.loc[place, "remark"] = None
    return Polluted(("\n".join(lines) + "\n").encode(), expected, "fewer cells")


def repeated_header(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    half = n_rows // 2
    text = table(rows[:half]) + table(rows[half:])
    return Polluted(text.encode(), frame(rows), f"Line {half + 2:,} left out")


def empty_lines(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    lines = table(rows).splitlines()
    for place in range(7, n_rows, 9):
        lines[place] += "\n"
    return Polluted(("\n".join(lines) + "\n\n\n").encode(), frame(rows))


def empty_rows(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    half = n_rows // 2
    text = written([list(NAMES), *rows[:half], [""] * 6, [""] * 6, *rows[half:]])
    return Polluted(text.encode(), frame(rows), "2 empty rows left out")


def trailing(n_rows: int, *, header: bool) -> Polluted:
    rows = clean_rows(n_rows)
    top = [*NAMES, ""] if header else list(NAMES)
    return Polluted(written([top, *[[*row, ""] for row in rows]]).encode(), frame(rows))


def mixed_ends(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    lines = table(rows).splitlines()
    text = "".join(line + ("\r\n" if place % 3 else "\n") for place, line in enumerate(lines))
    return Polluted(text.encode(), frame(rows))


def twice(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    top = ["day", "n", "town", "n", "", "remark"]
    names = ("day", "n", "town", "n_2", "column_5", "remark")
    return Polluted(written([top, *rows]).encode(), frame(rows, names), "name twice")


def german(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    given = [[row[0], f"{int(row[1]):,}".replace(",", "."), row[2], row[3].replace(".", ","),
              *row[4:]] for row in rows]  # fmt: skip
    return Polluted(table(given, delimiter=";").encode("cp1252"), frame(rows), "decimal comma")


def money(n_rows: int, form: str) -> Polluted:
    rows = clean_rows(n_rows)
    given = [[*row[:3], form.format(row[3]), *row[4:]] for row in rows]
    return Polluted(table(given).encode(), frame(rows), "numbers like")


def comments(n_rows: int) -> Polluted:
    rows = clean_rows(n_rows)
    lines = table(rows).splitlines()
    lines.insert(n_rows // 2, "# measured anew, from here on")
    told = f"Line {n_rows // 2 + 1:,} left out, as comments" if n_rows < 200 else "left out"
    return Polluted(("\n".join(lines) + "\n").encode(), frame(rows), told)


def plain_numbers(n_rows: int) -> Polluted:
    rows = [[str(row), str(row * row % 97), f"{row % 7}.5"] for row in range(n_rows)]
    return Polluted(written(rows).encode(), pd.DataFrame(
        {f"column_{place + 1}": pd.to_numeric(pd.Series(values))
         for place, values in enumerate(zip(*rows, strict=True))}
    ), "no header")  # fmt: skip
