"""How the cells of a text file are divided: marks between cells, around them, and before marks."""

from dataclasses import dataclass

BLANKS, GAPS = " +", "  +"
"""The delimiters that stand for any number of blanks, and for two or more or a tab."""
RUNS = {BLANKS: r"[ \t]+", GAPS: r"(?:[ \t]{2,}|\t)"}
"""What these stand for, as patterns."""

DELIMITERS = (",", ";", "\t", "|", ":", " ", "^", "~")
REMARKS = ("#", "%", "//")
"""What lines of comments begin with."""
TITLES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", ":": "colon",
          " ": "blank", "^": "caret", "#": "hash", "~": "tilde", BLANKS: "any number of blanks",
          GAPS: "two or more blanks", ", ": "comma and blank",
          "; ": "semicolon and blank"}  # fmt: skip
_QUOTES = {'"': "", "'": "apostrophes around cells", "": "no quotation marks around cells"}


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
    marks_within : bool
        Whether marks within cells are usual, such as those of inches.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    comment: str = ""
    marks_within: bool = False

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
