"""The words that all rooms share."""

from lab.base.catalogue import Catalogue, Entry
from lab.base.choice import Choice
from lab.base.columns import Column, ColumnKind, ColumnRole, Schema, Selection
from lab.base.disk_faults import disk_full, is_disk_full, telling_disk_faults, unwritable
from lab.base.errors import LabError, Problem
from lab.base.findings import Action, ActionKind, Finding, Severity
from lab.base.fingerprint import fingerprint, fingerprint_bytes
from lab.base.json_codec import from_json, to_json, to_plain
from lab.base.params import Number, Option, Param, Text, Toggle, Value, label_words, value_words
from lab.base.tasks import ALL_TASKS, CLASSIFICATION, Task
from lab.base.untrusted import file_name, markdown_text, plain_text, spreadsheet_cell
from lab.base.word_lists import join_words, split_words
from lab.base.workspace import (
    HOME_VARIABLE,
    MODELS_VARIABLE,
    Workspace,
    default_workspace,
    models_folder,
    writing_whole,
)

__all__ = [
    "ALL_TASKS",
    "CLASSIFICATION",
    "HOME_VARIABLE",
    "MODELS_VARIABLE",
    "Action",
    "ActionKind",
    "Catalogue",
    "Choice",
    "Column",
    "ColumnKind",
    "ColumnRole",
    "Entry",
    "Finding",
    "LabError",
    "Number",
    "Option",
    "Param",
    "Problem",
    "Schema",
    "Selection",
    "Severity",
    "Task",
    "Text",
    "Toggle",
    "Value",
    "Workspace",
    "default_workspace",
    "disk_full",
    "file_name",
    "fingerprint",
    "fingerprint_bytes",
    "from_json",
    "is_disk_full",
    "join_words",
    "label_words",
    "markdown_text",
    "models_folder",
    "plain_text",
    "split_words",
    "spreadsheet_cell",
    "telling_disk_faults",
    "to_json",
    "to_plain",
    "unwritable",
    "value_words",
    "writing_whole",
]
