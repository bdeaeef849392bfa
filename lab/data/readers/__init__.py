"""Readers of file formats, one file each."""

from lab.data.readers.catalogue import READABLE_SUFFIXES, READERS
from lab.data.readers.entry import RawColumns, ReaderEntry, ReadOptions

__all__ = ["READABLE_SUFFIXES", "READERS", "RawColumns", "ReadOptions", "ReaderEntry"]
