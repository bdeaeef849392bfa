from collections.abc import Callable
from pathlib import Path

import pytest

from lab.data import ReadOptions, Table, read_table

Reader = Callable[..., Table]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Return a function that writes text or bytes to a file and reads it."""

    def write_and_read(content: str | bytes, name: str = "table.csv", **options: str) -> Table:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(path, options=ReadOptions(**options))

    return write_and_read
