"""What charts of a table start from, small."""

from typing import Any

import numpy as np
import pandas as pd

from lab.data import (
    Loading,
    MissingPattern,
    MissingPatterns,
    OutlierCount,
    PrincipalMap,
    TimeSeries,
    TimeStep,
)


def patterns_of(names: tuple[str, ...]) -> MissingPatterns:
    patterns = [
        MissingPattern(columns=names[:size], count=100 - size, share=0.1)
        for size in range(len(names) + 1)
    ]
    return MissingPatterns(
        columns=names, correlations=(), patterns=tuple(patterns), n_patterns=len(patterns),
        dependences=(), sample_rows=1_000,
    )  # fmt: skip


def outliers_of(names: tuple[str, ...]) -> list[OutlierCount]:
    return [
        OutlierCount(column=name, low_fence=-1.0, high_fence=2.0, below=1, above=place,
                     share=0.01 * (place + 1))
        for place, name in enumerate(names)
    ]  # fmt: skip


def months_of(name: str) -> TimeSeries:
    starts = tuple(f"{2000 + n // 12}-{n % 12 + 1:02d}-01" for n in range(150))
    return TimeSeries(
        date=name, column=name, label=name, step=TimeStep.MONTH, starts=starts,
        counts=tuple(range(1, 151)), means=(None, *(n / 10 for n in range(149))), undated=0,
    )  # fmt: skip


def map_of(random: np.random.Generator, n: int) -> PrincipalMap:
    loading = (Loading(name="Forest", weight=1.0),)
    return PrincipalMap(
        columns=("a", "b"), places=tuple(range(n)), x=tuple(random.normal(size=n).tolist()),
        y=tuple(random.normal(size=n).tolist()), explained=(0.5, 0.3), loadings=(loading, loading),
    )  # fmt: skip


def looking_inputs(names: tuple[str, ...]) -> dict[str, Any]:
    """Return what the frames of charts of a table take, by the chart's key."""
    random = np.random.default_rng(0)
    values = pd.Series(random.normal(size=600), name=names[0])
    other = (values * 2 + random.normal(size=600)).rename(names[-1])
    by = pd.Series(np.resize(np.array(names[:7], dtype=object), 600))
    numbers = pd.DataFrame(random.normal(size=(600, len(names))), columns=list(names))
    n = len(names)
    signed = pd.DataFrame(np.full((n, n), -0.4), index=list(names), columns=list(names))
    return {
        "boxes": lambda: ((values,), {"by": by}),
        "cross_table": lambda: (
            (by.rename(names[0]), by.iloc[::-1].reset_index(drop=True).rename(names[-1])),
            {},
        ),
        "scatter": lambda: ((values, other), {"by": by}),
        "pairs": lambda: ((numbers,), {"by": by}),
        "time_plot": lambda: ((months_of(names[0]),), {}),
        "correlations": lambda: ((signed,), {}),
        "missing_together": lambda: ((patterns_of(names),), {}),
        "outliers": lambda: ((outliers_of(names),), {}),
        "principal_map": lambda: ((map_of(random, 600),), {"by": by}),
    }
