"""What a person can say about a file before it is read: a widget for each setting."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from lab.data import READERS, ReadOptions

GUESS = "Guess"
_NONE = "None"
_COMMON = {
    "Comma ,": ",", "Semicolon ;": ";", "Tab": "\t", "Bar |": "|", "Space": " ",
    "Any number of spaces": " +", "Two or more spaces": "  +", "None: one column": "",
}  # fmt: skip
_QUOTES = {'Double "': '"', "Single '": "'", _NONE: ""}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "delimiter": _COMMON,
    "encoding": {name: name for name in ("utf-8", "utf-16", "latin-1", "cp1252", "cp1250",
                                         "shift_jis", "gb18030")},
    "decimal": {"Point .": ".", "Comma ,": ","},
    "thousands": {_NONE: "", "Comma ,": ",", "Point .": ".", "Space": " ", "Apostrophe '": "'"},
    "quote": _QUOTES,
    "escape": {_NONE: "", "Backslash \\": "\\"},
    "comment": {_NONE: "", "Hash #": "#", "Percent %": "%", "Two slashes //": "//"},
}  # fmt: skip
_LABELS = {
    "delimiter": "Delimiter",
    "encoding": "Encoding",
    "decimal": "Decimal mark",
    "thousands": "Thousands mark",
    "quote": "Quotation mark",
    "escape": "Escape sign",
    "comment": "Comment sign",
    "skip_rows": "Rows to skip",
    "header_rows": "Header rows",
    "sheet": "Sheet",
}
_HELP = {
    "delimiter": "What stands between cells; another sign can be typed.",
    "encoding": "Of the text; another name can be typed.",
    "decimal": "What stands before the decimals of a number.",
    "thousands": "What stands between groups of three digits.",
    "quote": "What stands around a cell that holds the delimiter.",
    "escape": "What takes the meaning of the next sign.",
    "comment": "Lines that begin so are left out.",
    "skip_rows": "Lines above the table, such as titles. Empty to guess.",
    "header_rows": "Lines that name the columns; 0 when there are none. Empty to guess.",
    "sheet": "Of a workbook.",
}
_MOST = {"skip_rows": 100_000, "header_rows": 20}


def ask_options(
    *, start: ReadOptions, sheets: Sequence[str] = (), format_key: str = "", key: str
) -> ReadOptions:
    """Show a widget for each setting that means something, and return what stands in them.

    Parameters
    ----------
    start : ReadOptions
        What the widgets show at first.
    sheets : sequence of str
        Names of the sheets of a workbook.
    format_key : str, default ""
        Format of the file; all settings are shown when it is not known.
    key : str
        Beginning of the widgets' keys.
    """
    given = asdict(start)
    heeded = READERS[format_key].heeds if format_key else tuple(_LABELS)
    chosen: dict[str, Any] = {}
    with st.grid("auto", min_column_width=150, gap="small"):
        for name in heeded:
            chosen[name] = _ask(name, given[name], sheets, f"{key} {name}")
    return ReadOptions(**{**given, **chosen})


def _ask(name: str, value: Any, sheets: Sequence[str], key: str) -> str | int | None:
    if name in _MOST:
        return _ask_count(name, value, key)
    if name == "sheet":
        return _ask_sheet(value, sheets, key)
    return _ask_mark(name, value, key)


def _ask_mark(name: str, value: str | None, key: str) -> str | None:
    words = _WORDS[name]
    titles = {mark: title for title, mark in words.items()}
    shown = GUESS if value is None else titles.get(value, value)
    options = list(dict.fromkeys([GUESS, *words, shown]))
    word = st.selectbox(
        _LABELS[name],
        options,
        options.index(shown),
        key=key,
        help=_HELP[name],
        accept_new_options=name != "decimal",
    )
    return None if word in {None, GUESS} else _mark(words, str(word))


def _mark(words: Mapping[str, str], word: str) -> str:
    """Return the mark of a choice, or of what was typed: a name in other letters, or the mark."""
    typed = word.strip().casefold()
    if word in words or len(typed) < 2:
        return words.get(word, word)
    return next((mark for title, mark in words.items() if title.casefold().startswith(typed)), word)


def _ask_count(name: str, value: int | None, key: str) -> int | None:
    number = st.number_input(
        _LABELS[name],
        0,
        _MOST[name],
        value,
        step=1,
        key=key,
        help=_HELP[name],
        placeholder=GUESS,
    )
    return None if number is None else int(number)


def _ask_sheet(value: str | None, sheets: Sequence[str], key: str) -> str | None:
    if not sheets:
        text = st.text_input(
            "Sheet",
            value or "",
            placeholder="The first",
            max_chars=60,
            key=key,
            help=_HELP["sheet"],
        )
        return text.strip() or None
    names = list(sheets)
    start = value if value is not None and value in names else names[0]
    sheet = str(st.selectbox("Sheet", names, names.index(start), key=key, help=_HELP["sheet"]))
    return None if value is None and sheet == names[0] else sheet
