"""The command line called in this process, and a small table to call it on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lab.base import HOME_VARIABLE
from lab.cli import main


@dataclass(frozen=True)
class Said:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Return a function that runs one command in a workspace of this test."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))

    def run(*words: object) -> Said:
        with pytest.raises(SystemExit) as caught:
            main([str(word) for word in words])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Said(int(caught.value.code or 0), captured.out, captured.err)

    return run


def people(n_rows: int = 120) -> pd.DataFrame:
    """Return a mixed table with missing values in which income and town tell who buys."""
    rng = np.random.default_rng(7)
    income = rng.normal(50, 10, n_rows).round(2)
    town = rng.choice(["Lyon", "Graz", "Turku"], n_rows)
    buys = (income + 8 * (town == "Graz") + rng.normal(0, 6, n_rows)) > 52
    frame = pd.DataFrame(
        {
            "income": income,
            "town": town,
            "household": rng.integers(0, n_rows // 4, n_rows),
            "spend": (income * 2 + rng.normal(0, 5, n_rows)).round(2),
            "buys": np.where(buys, "yes", "no"),
        }
    )
    frame.loc[::9, "income"] = np.nan
    frame.loc[::11, "town"] = None
    return frame


@pytest.fixture(scope="session")
def people_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the people."""
    path = tmp_path_factory.mktemp("data") / "people.csv"
    people().to_csv(path, index=False)
    return path
