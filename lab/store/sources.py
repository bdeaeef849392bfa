"""The files that tables were read from, kept beside them so that they can be read differently."""

import contextlib
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from lab.base import LabError, from_json, telling_disk_faults, to_json, writing_whole
from lab.data import Reading, ReadOptions
from lab.store.shelf import Shelf, check_id

LARGEST_KEPT = 256 << 20
"""Bytes of a file; larger ones are not kept."""
_FILE, _ABOUT = "source", "source.json"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A kept file, and how it was read.

    Parameters
    ----------
    name : str
        What people call the file.
    sha256 : str
        Fingerprint of its content.
    n_bytes : int
        Its size.
    format : str
        Key of its format.
    sheets : tuple of str
        Names of all sheets of a workbook.
    options : ReadOptions
        What was said about it.
    """

    name: str
    sha256: str
    n_bytes: int
    format: str
    sheets: tuple[str, ...]
    options: ReadOptions


class SourceShelf(Shelf):
    """Where the files of tables are kept: in the tables' folders, and deleted with them."""

    def keep_source(
        self, table_id: str, path: Path, *, name: str, reading: Reading, options: ReadOptions
    ) -> bool:
        """Keep the file of a kept table unless it is too large; return whether it is kept.

        Parameters
        ----------
        table_id : str
            The table.
        path : Path
            The file; it stays where it is.
        name : str
            What people call it.
        reading : Reading
            How it was read.
        options : ReadOptions
            What was said about it.
        """
        check_id("table", table_id)
        n_bytes = path.stat().st_size
        if n_bytes > LARGEST_KEPT:
            return False
        folder = self.workspace.path("tables", table_id)
        with telling_disk_faults(folder), path.open("rb") as file:
            with writing_whole(folder / _FILE) as copy:
                shutil.copyfileobj(file, copy, 1 << 20)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            about = Source(
                name=name, sha256=sha256, n_bytes=n_bytes, format=reading.format,
                sheets=reading.sheets, options=options,
            )  # fmt: skip
            with writing_whole(folder / _ABOUT) as text:
                text.write(to_json(about).encode())
        return True

    def share_source(self, table_id: str, other_id: str) -> None:
        """Let a table that was made of another one have that one's file; it takes no more room."""
        if table_id == other_id or self.source(table_id) is None:
            return
        check_id("table", other_id)
        for name in (_FILE, _ABOUT):
            kept = self.workspace.path("tables", table_id, name)
            with contextlib.suppress(OSError):  # it is there, or the disk has no links
                os.link(kept, self.workspace.path("tables", other_id, name))

    def source(self, table_id: str) -> Source | None:
        """Return what is known about the file of a table, or None when it is not kept."""
        check_id("table", table_id)
        folder = self.workspace.root / "tables" / table_id
        try:
            about = from_json(Source, (folder / _ABOUT).read_bytes())
        except (OSError, LabError):
            return None
        return about if (folder / _FILE).is_file() else None

    def source_path(self, table_id: str) -> Path:
        """Return where the file of a table is kept."""
        check_id("table", table_id)
        return self.workspace.root / "tables" / table_id / _FILE
