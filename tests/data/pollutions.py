"""A table of mixed types written in many wrong ways, each with what a reader should make of it.

Every pollution is a change of one clean file: its dialect, what stands around the table, or a
single line far down. With it stand the rows that a reader may keep and the words that it has to
say. `POLLUTIONS` are functions from a number of rows; `benchmarks/pollutions.py` tries other
readers on the same files.
"""

import csv
from collections.abc import Callable
from functools import partial

from tests.data import polluting

TITLE = "Report of the stations\nMade on 1 May 2020\n\n"
PADDED = "Report of the stations,,,,,\n,,,,,\n"
NOTES = "\nSource: the office\nAll values are provisional, see below\n"
PADDED_NOTES = "Source: the office,,,,,\n"

POLLUTIONS: dict[str, Callable[[int], polluting.Polluted]] = {
    "clean": polluting.in_dialect,
    "semicolon": partial(polluting.in_dialect, delimiter=";"),
    "tab": partial(polluting.in_dialect, delimiter="\t"),
    "bar": partial(polluting.in_dialect, delimiter="|"),
    "blank": partial(polluting.in_dialect, delimiter=" "),
    "caret": partial(polluting.in_dialect, delimiter="^"),
    "apostrophes": partial(polluting.in_dialect, quotechar="'"),
    "all quoted": partial(polluting.in_dialect, quoting=csv.QUOTE_ALL),
    "all in apostrophes": partial(polluting.in_dialect, quotechar="'", quoting=csv.QUOTE_ALL),
    "carriage returns": partial(polluting.in_dialect, end="\r"),
    "windows line ends": partial(polluting.in_dialect, end="\r\n"),
    "mixed line ends": polluting.mixed_ends,
    "comma and blank": partial(polluting.multiple, mark=", "),
    "two bars": partial(polluting.multiple, mark="||"),
    "bar between blanks": partial(polluting.multiple, mark=" | "),
    "aligned by blanks": polluting.aligned,
    "escaped": partial(polluting.escaped, mark='"'),
    "escaped apostrophes": partial(polluting.escaped, mark="'"),
    "marks not escaped": polluting.not_escaped,
    "marks around a comma": polluting.mark_inside,
    "line breaks": polluting.line_breaks,
    "byte order mark": partial(polluting.encoded, encoding="utf-8-sig"),
    "utf-16": partial(polluting.encoded, encoding="utf-16"),
    "cp1252": partial(polluting.encoded, encoding="cp1252"),
    "no header": polluting.no_header,
    "numbers without header": polluting.plain_numbers,
    "two lines of header": polluting.two_line_header,
    "line of units": polluting.units,
    "names twice and empty": polluting.twice,
    "title above": partial(polluting.above, text=TITLE),
    "padded title above": partial(polluting.above, text=PADDED),
    "title with commas above": partial(polluting.above, text="Stations, by town, and day\n"),
    "comment above": partial(polluting.above, text="# exported, on Monday\n"),
    "notes below": partial(polluting.below, text=NOTES),
    "padded notes below": partial(polluting.below, text=PADDED_NOTES),
    "narrower table below": partial(polluting.second_table, names=("a", "b", "c")),
    "wider table below": partial(polluting.second_table, names=tuple("abcdefgh")),
    "equal table below": partial(polluting.second_table, names=tuple("abcdef")),
    "narrower table at once": partial(polluting.second_table, names=("a", "b", "c"), gap=""),
    "equal table at once": partial(polluting.second_table, names=tuple("abcdef"), gap=""),
    "table above": polluting.table_first,
    "one cell less": partial(
        polluting.one_line, change=lambda line, row: ",".join([row[0], *row[2:]])
    ),
    "one delimiter less": partial(
        polluting.one_line, change=lambda line, row: line.replace(",", "", 1)
    ),
    "last delimiter less": partial(
        polluting.one_line, change=lambda line, row: "".join(line.rsplit(",", 1))
    ),
    "one cell more": partial(
        polluting.one_line, change=lambda line, row: ",".join([*row[:2], "x", *row[2:]]),
        kept=lambda row: [*row[:2], f"x,{row[2]}", *row[3:]],
    ),
    "one number more": partial(
        polluting.one_line, change=lambda line, row: ",".join([*row[:2], "7", *row[2:]])
    ),
    "one cell more at the end": partial(polluting.one_line, change=lambda line, row: f"{line},12"),
    "one delimiter more at the end": partial(
        polluting.one_line, change=lambda line, row: line + ",,", kept=list
    ),
    "delimiter without marks": partial(
        polluting.one_line, change=lambda line, row: line.replace(row[2], f"{row[2]}, north"),
        kept=lambda row: [*row[:2], f"{row[2]}, north", *row[3:]],
    ),
    "mark never closed": partial(
        polluting.one_line, change=lambda line, row: line.replace("plain", '"plain'), kept=list
    ),
    "mark never closed early": partial(
        polluting.one_line, change=lambda line, row: line.replace(row[2], f'"{row[2]}'), kept=list
    ),
    "mark never opened": partial(
        polluting.one_line, change=lambda line, row: line.replace(row[2], f'{row[2]}"'),
        kept=lambda row: [*row[:2], f'{row[2]}"', *row[3:]], told=False,
    ),
    "other delimiter": partial(polluting.one_line, change=lambda line, row: line.replace(",", ";")),
    "words for another line": partial(
        polluting.one_line, change=lambda line, row: "*** page 2 ***"
    ),
    "short line": polluting.short,
    "many short lines": polluting.many_short,
    "repeated header": polluting.repeated_header,
    "comment inside": polluting.comments,
    "empty lines": polluting.empty_lines,
    "empty rows": polluting.empty_rows,
    "trailing delimiters": partial(polluting.trailing, header=False),
    "trailing delimiters and header": partial(polluting.trailing, header=True),
    "decimal comma": polluting.german,
    "dollars": partial(polluting.money, form="${}"),
    "euros": partial(polluting.money, form="{} €"),
    "percent": partial(polluting.money, form="{} %"),
}  # fmt: skip
