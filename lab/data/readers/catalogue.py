"""The file formats that can be read."""

from pathlib import PurePath

from lab.base import Catalogue
from lab.data.readers.delimited import read_delimited
from lab.data.readers.entry import ReaderEntry
from lab.data.readers.excel import read_excel
from lab.data.readers.parquet import read_parquet

READERS = Catalogue(
    "file format",
    ReaderEntry(
        key="delimited", title="CSV, TSV and other delimited text",
        suffixes=("csv", "tsv", "txt", "tab", "psv", "dat", "data", "gz", "zip"), magic=(),
        read=read_delimited,
    ),
    ReaderEntry(
        key="parquet", title="Parquet", suffixes=("parquet", "pq"), magic=(b"PAR1",),
        read=read_parquet,
    ),
    ReaderEntry(
        key="excel", title="Excel and OpenDocument",
        suffixes=("xlsx", "xls", "xlsm", "xlsb", "ods"),
        magic=(b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), read=read_excel,
    ),
)  # fmt: skip

_PACKED = {"gz": "gzip", "zip": "zip"}

READABLE_SUFFIXES: tuple[str, ...] = tuple(suffix for entry in READERS for suffix in entry.suffixes)


def reader_of(magic: bytes) -> ReaderEntry:
    """Return the format whose files begin like this; delimited text when no other does."""
    for entry in READERS:
        if any(magic.startswith(beginning) for beginning in entry.magic):
            return entry
    return READERS["delimited"]


def belied_name(name: str, found: ReaderEntry) -> str:
    """Return the format that a file's name promises when another was found; "" when they agree."""
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    if suffix in _PACKED:
        return _PACKED[suffix]
    promised = next((entry for entry in READERS if suffix in entry.suffixes), found)
    return "" if promised is found or not promised.magic else promised.title
