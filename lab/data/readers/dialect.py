"""How the cells of a text file are divided: marks between cells, around them, and before marks."""

from dataclasses import dataclass

from lab.base import LabError, plain_text
from lab.data.readers.entry import ReadOptions

BLANKS = " +"
"""The delimiter that stands for any number of blanks."""

DELIMITERS = (",", ";", "\t", "|", ":", " ", "^", "~")
TITLES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", ":": "colon",
          " ": "blank", "^": "caret", "~": "tilde", BLANKS: "any number of blanks",
          ", ": "comma and blank", "; ": "semicolon and blank"}  # fmt: skip
_QUOTES = {'"': "", "'": "apostrophes around cells", "": "no quotation marks around cells"}
_THOUSANDS = (None, "", ",", ".", "'", " ")
_MAX_LENGTH = 4


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How the cells of a text file are divided.

    Parameters
    ----------
    delimiter : str
        Between cells; empty when every line is one cell.
    quote : str
        Around cells; empty for none.
    escape : str
        Before a mark that is text; empty when marks are doubled.
    comment : str
        How lines begin that are no data; empty for none.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    comment: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the fast parser knows it."""
        single = len(self.delimiter) <= 1 and self.delimiter.isascii()
        return single and self.quote.isascii() and not self.escape and not self.comment

    @property
    def title(self) -> str:
        """What it is, for people."""
        mark = self.delimiter and TITLES.get(self.delimiter, repr(self.delimiter))
        found = [f"cells divided by {mark}" if mark else "one column"]
        found += [_QUOTES.get(self.quote, f"{self.quote!r} around cells")]
        found += [f"{self.escape!r} before marks that are text"] if self.escape else []
        return ", ".join(part for part in found if part)


def check_marks(options: ReadOptions) -> None:
    """Raise LabError when a mark that a person chose cannot be one."""
    mark = options.delimiter
    if mark is not None and (not 1 <= len(mark) <= _MAX_LENGTH or set(mark) & set('"\r\n\0')):
        raise LabError(
            f"the delimiter {plain_text(mark)!r} is not one to {_MAX_LENGTH} characters",
            hint="Common ones are comma, semicolon, tab, vertical bar and colon.",
        )
    single = {"quotation mark": options.quote, "escape character": options.escape}
    for what, mark in single.items():
        if mark is not None and (len(mark) > 1 or mark in {"\r", "\n", "\0"} or (
            mark and mark == options.delimiter
        )):  # fmt: skip
            raise LabError(
                f"the {what} {plain_text(mark)!r} is not one character of its own",
                hint="Leave it empty when there is none.",
            )
    if options.thousands not in _THOUSANDS or (options.thousands and (
        options.thousands == options.decimal
    )):  # fmt: skip
        raise LabError(
            f"the thousands mark {plain_text(options.thousands)!r} cannot be one",
            hint="It is a comma, a point, an apostrophe or a blank, and not the decimal mark.",
        )
    counts = {
        "lines above the table": options.skip_rows,
        "lines of the header": options.header_rows,
    }
    for what, number in counts.items():
        if number is not None and number < 0:
            raise LabError(
                f"the number of {what} is {number}, less than 0",
                hint="Leave it empty to have it guessed.",
            )
