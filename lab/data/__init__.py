"""Files read into tables, tables looked at, and tables with a question: data sets."""

from lab.data.association_matrix import AssociationMatrix, AssociationMethod, association_matrix
from lab.data.associations import Association, Associations, Measure, associations
from lab.data.checks import CHECKS_VERSION, check_data
from lab.data.conversion import change_kinds, value_texts
from lab.data.databases import is_address
from lab.data.dataset import Dataset, Roles
from lab.data.drawn_rows import draw_rows
from lab.data.isolated import (
    ReadLimits,
    read_file_isolated,
    read_isolated,
    read_sql_isolated,
)
from lab.data.keeping import open_table, write_table
from lab.data.making import make_dataset
from lab.data.mending import mend
from lab.data.missing_patterns import (
    MissingDependence,
    MissingPattern,
    MissingPatterns,
    missing_patterns,
)
from lab.data.over_time import TimeSeries, TimeStep, over_time
from lab.data.principal_map import Loading, PrincipalMap, principal_map
from lab.data.profile import (
    ClassShare,
    ColumnProfile,
    Level,
    NumberSummary,
    Profile,
    make_profile,
)
from lab.data.readers import READABLE_SUFFIXES, READERS, ReadOptions
from lab.data.reading import Reading, read_table
from lab.data.repeated_rows import Duplicates, RepeatedGroup, RepeatedRows, find_duplicates
from lab.data.roles import guess_roles, guess_target, guess_task
from lab.data.samples import SAMPLES, SampleEntry, load_sample, sample_roles
from lab.data.sentinels import Sentinel, suspected_sentinels, take_as_missing
from lab.data.statistics_by_kind import (
    BooleanStatistics,
    CategoryStatistics,
    ColumnStatistics,
    DateStatistics,
    Details,
    NumberStatistics,
    TextStatistics,
)
from lab.data.summaries import describe_column, describe_columns
from lab.data.table import Table
from lab.data.target_groups import TargetShape, target_groups, target_shape
from lab.data.unusual_rows import (
    OutlierCount,
    UnusualRow,
    UnusualRows,
    outlier_counts,
    unusual_rows,
)

__all__ = [
    "CHECKS_VERSION",
    "READABLE_SUFFIXES",
    "READERS",
    "SAMPLES",
    "Association",
    "AssociationMatrix",
    "AssociationMethod",
    "Associations",
    "BooleanStatistics",
    "CategoryStatistics",
    "ClassShare",
    "ColumnProfile",
    "ColumnStatistics",
    "Dataset",
    "DateStatistics",
    "Details",
    "Duplicates",
    "Level",
    "Loading",
    "Measure",
    "MissingDependence",
    "MissingPattern",
    "MissingPatterns",
    "NumberStatistics",
    "NumberSummary",
    "OutlierCount",
    "PrincipalMap",
    "Profile",
    "ReadLimits",
    "ReadOptions",
    "Reading",
    "RepeatedGroup",
    "RepeatedRows",
    "Roles",
    "SampleEntry",
    "Sentinel",
    "Table",
    "TargetShape",
    "TextStatistics",
    "TimeSeries",
    "TimeStep",
    "UnusualRow",
    "UnusualRows",
    "association_matrix",
    "associations",
    "change_kinds",
    "check_data",
    "describe_column",
    "describe_columns",
    "draw_rows",
    "find_duplicates",
    "guess_roles",
    "guess_target",
    "guess_task",
    "is_address",
    "load_sample",
    "make_dataset",
    "make_profile",
    "mend",
    "missing_patterns",
    "open_table",
    "outlier_counts",
    "over_time",
    "principal_map",
    "read_file_isolated",
    "read_isolated",
    "read_sql_isolated",
    "read_table",
    "sample_roles",
    "suspected_sentinels",
    "take_as_missing",
    "target_groups",
    "target_shape",
    "unusual_rows",
    "value_texts",
    "write_table",
]
