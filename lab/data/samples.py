"""The data sets that come with the playground."""

from dataclasses import dataclass
from pathlib import Path

from lab.base import Catalogue, Param, Task, from_json
from lab.data.dataset import Roles
from lab.data.reading import read_table
from lab.data.table import Table

SAMPLES_FOLDER = Path(__file__).resolve().parents[2] / "datasets"


@dataclass(frozen=True, kw_only=True)
class SampleEntry:
    """A data set that comes with the playground.

    Parameters
    ----------
    key, title : str
        Name for commands, name for people.
    file : str
        Its file in the folder of data sets.
    domain, summary : str
        Where it comes from in the world, and what is asked, in one sentence.
    target : str
        The column to predict.
    task : Task
        The kind of question.
    group, time, weight : str, default ""
        Columns with these roles.
    ignored : tuple of str, default ()
        Columns left out.
    rows, columns : int
        Its size.
    licence, source : str
        Under which licence it is shared, and by whom.
    """

    key: str
    title: str
    file: str
    domain: str
    summary: str
    target: str
    task: Task
    rows: int
    columns: int
    licence: str
    source: str
    group: str = ""
    time: str = ""
    weight: str = ""
    ignored: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Shelf:
    entries: tuple[SampleEntry, ...]


def _entries() -> tuple[SampleEntry, ...]:
    text = (SAMPLES_FOLDER / "catalogue.json").read_text(encoding="utf-8")
    return from_json(_Shelf, f'{{"entries": {text}}}').entries


SAMPLES = Catalogue("data set", *_entries())


def load_sample(key: str) -> Table:
    """Return the table of a data set that comes with the playground.

    Raises
    ------
    LabError
        When there is none of that key.
    """
    entry = SAMPLES[key]
    return read_table(SAMPLES_FOLDER / entry.file, name=entry.file)


def sample_roles(key: str) -> Roles:
    """Return the roles of a data set's columns, as its catalogue has them."""
    entry = SAMPLES[key]
    return Roles(
        target=entry.target, task=entry.task, group=entry.group, time=entry.time,
        weight=entry.weight, ignored=entry.ignored,
    )  # fmt: skip
