"""A report as plain values: sections of blocks, before anything is said about how it looks."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text.

    Parameters
    ----------
    text : str
        What it says.
    tone : {"plain", "lead", "quiet"}
        How loudly.
    """

    text: str
    tone: Literal["plain", "lead", "quiet"] = "plain"


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list of short texts; those that say a name first stand as (name, text)."""

    items: tuple[str | tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Names with their values, such as ``("Rows", "4,119")``."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Callout:
    """A remark that should not be overlooked.

    Parameters
    ----------
    text : str
        What it says.
    title : str, default ""
        What it is about; empty where the section's own title says so.
    tone : {"verdict", "info", "warning", "serious"}
        How much it matters.
    """

    text: str
    title: str = ""
    tone: Literal["verdict", "info", "warning", "serious"] = "info"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table of texts.

    Parameters
    ----------
    columns : tuple of str
        Headings.
    rows : tuple of tuple of str
        Cells, written out.
    numeric : tuple of int, default ()
        Places of columns that hold numbers and stand to the right.
    strong : tuple of int, default ()
        Places of rows that are marked.
    caption : str, default ""
        What the table holds.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure with its words and its numbers.

    Parameters
    ----------
    key : str
        Unique in the document.
    title, reading, alt : str
        What it shows, how to read it, and the same in words.
    figure : dict
        For plotly.js, in light colours.
    dark : tuple of (tuple of str or int, str)
        What stands elsewhere in the figure in dark colours: path and value.
    numbers : Grid or None
        Its numbers, where a table of them is readable.
    """

    key: str
    title: str
    reading: str
    alt: str
    figure: dict[str, Any] = field(hash=False)
    dark: tuple[tuple[tuple[str | int, ...], Any], ...] = field(default=(), hash=False)
    numbers: Grid | None = None


@dataclass(frozen=True, kw_only=True)
class Code:
    """Text to be typed or kept as it stands."""

    text: str


Block = Paragraph | Bullets | Facts | Callout | Grid | Chart | Code


@dataclass(frozen=True, kw_only=True)
class Section:
    """A titled part of a report; the key is the address within the document."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole report.

    Parameters
    ----------
    title, subtitle : str
        What it is about.
    footer : str
        When and with what it was made.
    sections : tuple of Section
        In order; keys are unique.
    """

    title: str
    subtitle: str
    footer: str
    sections: tuple[Section, ...]
