"""The file formats that can be read."""

from pathlib import PurePath

from lab.base import Catalogue
from lab.data.readers.arff import read_arff, suits_arff
from lab.data.readers.delimited import read_delimited
from lab.data.readers.entry import ReaderEntry, ReadOptions
from lab.data.readers.excel import read_excel
from lab.data.readers.json_records import (
    read_json,
    read_json_lines,
    suits_json,
    suits_json_lines,
)
from lab.data.readers.parquet import read_parquet

READERS = Catalogue(
    "file format",
    ReaderEntry(
        key="delimited", title="CSV, TSV and other delimited text",
        suffixes=("csv", "tsv", "txt", "tab", "psv", "dat", "data", "gz", "zip"), magic=(),
        read=read_delimited,
        heeds=("delimiter", "encoding", "decimal", "thousands", "quote", "escape", "comment",
               "skip_rows", "header_rows"),
    ),
    ReaderEntry(
        key="parquet", title="Parquet", suffixes=("parquet", "pq"), magic=(b"PAR1",),
        read=read_parquet,
    ),
    ReaderEntry(
        key="excel", title="Excel and OpenDocument",
        suffixes=("xlsx", "xls", "xlsm", "xlsb", "ods"),
        magic=(b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), read=read_excel,
        heeds=("sheet", "skip_rows", "header_rows"),
    ),
    ReaderEntry(
        key="jsonlines", title="JSON lines", suffixes=("jsonl", "ndjson"), magic=(),
        read=read_json_lines, suits=suits_json_lines, heeds=("encoding",),
    ),
    ReaderEntry(
        key="json", title="JSON", suffixes=("json",), magic=(),
        read=read_json, suits=suits_json, heeds=("encoding", "header_rows"),
    ),
    ReaderEntry(
        key="arff", title="ARFF", suffixes=("arff",), magic=(),
        read=read_arff, suits=suits_arff, heeds=("encoding",),
    ),
)  # fmt: skip

HEAD_BYTES = 64 << 10
"""How much of a file is looked at to tell its format."""
_PACKED = {"gz": "gzip", "zip": "zip"}

READABLE_SUFFIXES: tuple[str, ...] = tuple(suffix for entry in READERS for suffix in entry.suffixes)


def reader_of(head: bytes, options: ReadOptions) -> ReaderEntry:
    """Return the format whose files begin like this; delimited text when no other does.

    Who names a delimiter says that it is delimited text, whatever other text it looks like.

    Parameters
    ----------
    head : bytes
        The first `HEAD_BYTES` of the content, or all of it.
    options : ReadOptions
        What is known about the file.
    """
    for entry in READERS:
        if any(head.startswith(beginning) for beginning in entry.magic):
            return entry
        if entry.suits is not None and options.delimiter is None and entry.suits(head):
            return entry
    return READERS["delimited"]


def belied_name(name: str, found: ReaderEntry) -> str:
    """Return the format that a file's name promises when another was found; "" when they agree."""
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    if suffix in _PACKED:
        return _PACKED[suffix]
    promised = next((entry for entry in READERS if suffix in entry.suffixes), found)
    return "" if promised is found or promised.key == "delimited" else promised.title
