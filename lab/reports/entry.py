"""What a line of the catalogue of report sections says."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.base import Param
from lab.reports.document import Block
from lab.reports.material import Material


@dataclass(frozen=True, kw_only=True)
class SectionEntry:
    """One section of a report.

    Parameters
    ----------
    key, title : str
        Name for files and commands (and its address in the report), and for people.
    summary : str
        What it tells, in one line.
    build : callable (Material) -> tuple of Block
        Its content; nothing when it does not apply.
    """

    key: str
    title: str
    summary: str
    build: Callable[[Material], tuple[Block, ...]]
    params: tuple[Param, ...] = ()
