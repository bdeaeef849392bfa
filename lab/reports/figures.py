"""Charts of the house as blocks of a document, in light and dark at once."""

import json
from typing import Any

import pandas as pd

from lab.charts import CHARTS, Theme, dark_colours
from lab.reports.document import Chart, Grid


def chart_block(
    key: str, frame: pd.DataFrame, candidates: tuple[str, ...], **words: Any
) -> Chart | None:
    """Return a chart of a frame, or None when there is nothing to draw.

    Parameters
    ----------
    key : str
        A line of `CHARTS`.
    frame : DataFrame
        From the `frame` of that line.
    candidates : tuple of str
        All candidates of the experiment, for their colours.
    **words : str or Grid
        `place` (told apart from other charts of the same key), `title` and `numbers`.
    """
    if frame.empty:
        return None
    entry = CHARTS[key]
    light = json.loads(entry.draw(frame, theme=Theme(candidates=candidates)).to_json())
    numbers: Grid | None = words.get("numbers")
    return Chart(
        key=f"{key}-{words['place']}" if "place" in words else key,
        title=words.get("title", entry.title),
        reading=entry.summary,
        alt=entry.alt(frame),
        figure=light,
        dark=tuple(dark_colours(light)),
        numbers=numbers,
    )
