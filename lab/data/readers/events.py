"""What became of single lines of a text file: how they were mended, or why they were left out."""

from dataclasses import dataclass

FILLED, TRIMMED, JOINED, MARKS = "filled", "trimmed", "joined", "marks"
LEFT_OUT, HEADER, OTHER, FOOTER, COMMENT = "left out", "header", "other", "footer", "comment"


@dataclass(frozen=True, kw_only=True)
class Event:
    """What was done about some lines.

    Parameters
    ----------
    kind : str
        How they were mended, or why they were left out.
    line : int
        The first line, counted from 0 in the piece or the file.
    n_lines : int
        How many lines.
    width : int
        Cells that were found.
    text : str
        The first line's text.
    n_rows : int
        How many records of that width, where the lines are all that follow; 0 when not counted.
    """

    kind: str
    line: int
    n_lines: int = 1
    width: int = 0
    text: str = ""
    n_rows: int = 0
