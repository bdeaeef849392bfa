"""Files read into tables, tables looked at, and tables with a question: data sets."""

from lab.data.associations import Association, Associations, Measure, associations
from lab.data.checks import check_data
from lab.data.conversion import change_kinds
from lab.data.dataset import Dataset, Roles
from lab.data.isolated import ReadLimits, read_isolated
from lab.data.keeping import open_table, write_table
from lab.data.making import make_dataset
from lab.data.profile import (
    ClassShare,
    ColumnProfile,
    Level,
    NumberSummary,
    Profile,
    make_profile,
)
from lab.data.readers import READABLE_SUFFIXES, READERS, ReadOptions
from lab.data.reading import read_table
from lab.data.roles import guess_roles, guess_target, guess_task
from lab.data.samples import SAMPLES, SampleEntry, load_sample, sample_roles
from lab.data.sentinels import Sentinel, suspected_sentinels, take_as_missing
from lab.data.table import Table

__all__ = [
    "READABLE_SUFFIXES",
    "READERS",
    "SAMPLES",
    "Association",
    "Associations",
    "ClassShare",
    "ColumnProfile",
    "Dataset",
    "Level",
    "Measure",
    "NumberSummary",
    "Profile",
    "ReadLimits",
    "ReadOptions",
    "Roles",
    "SampleEntry",
    "Sentinel",
    "Table",
    "associations",
    "change_kinds",
    "check_data",
    "guess_roles",
    "guess_target",
    "guess_task",
    "load_sample",
    "make_dataset",
    "make_profile",
    "open_table",
    "read_isolated",
    "read_table",
    "sample_roles",
    "suspected_sentinels",
    "take_as_missing",
    "write_table",
]
