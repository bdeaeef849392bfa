from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lab.base import Finding
from lab.data import ReadOptions, Table, check_data, read_table

Reader = Callable[..., Table]
Find = Callable[..., dict[str, Finding]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Return a function that writes text or bytes to a file and reads it."""

    def write_and_read(content: str | bytes, name: str = "table.csv", **options: str) -> Table:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(path, options=ReadOptions(**options))

    return write_and_read


@pytest.fixture
def frame() -> pd.DataFrame:
    """Return a table in which nothing is to be found."""
    generator = np.random.default_rng(0)
    n_rows = 400
    signal = generator.normal(size=n_rows)
    return pd.DataFrame({
        "real": signal + generator.normal(size=n_rows),
        "whole": generator.integers(0, 50, n_rows),
        "colour": generator.choice(["red", "green", "blue"], n_rows),
        "y": np.where(signal + generator.normal(size=n_rows) > 0, "yes", "no"),
    })  # fmt: skip


@pytest.fixture
def find(read: Reader) -> Find:
    """Return a function that reads a frame and gives its findings by code."""

    def check(frame: pd.DataFrame, target: str = "y", **options: object) -> dict[str, Finding]:
        table = read(frame.to_csv(index=False))
        return {one.code: one for one in check_data(table, target=target, **options)}

    return check
