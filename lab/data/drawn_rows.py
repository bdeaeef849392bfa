"""Some columns of a sample of rows, for charts that show values themselves."""

from collections.abc import Sequence

import pandas as pd

from lab.data.sampling import sample_places
from lab.data.table import Table


def draw_rows(table: Table, names: Sequence[str], *, max_rows: int = 20_000) -> pd.DataFrame:
    """Return some columns of rows drawn with a fixed seed, in the table's order.

    Parameters
    ----------
    table : Table
        As it was read.
    names : sequence of str
        The columns; one that is named twice is returned once.
    max_rows : int, default 20,000
        Rows in the sample.

    Raises
    ------
    LabError
        When there is no such column.
    """
    for name in names:
        table.schema[name]
    frame = table.frame[list(dict.fromkeys(names))]
    places = sample_places(len(frame), max_rows)
    return frame if len(places) == len(frame) else frame.iloc[places]
