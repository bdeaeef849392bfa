"""Charts of the house as blocks of a document, in light and dark at once."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from lab.charts import CHARTS, Mode, Theme
from lab.reports.document import Chart, Grid

Path = tuple[str | int, ...]


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
    light, dark = (
        json.loads(entry.draw(frame, theme=Theme(mode=mode, candidates=candidates)).to_json())
        for mode in (Mode.LIGHT, Mode.DARK)
    )
    numbers: Grid | None = words.get("numbers")
    return Chart(
        key=f"{key}-{words['place']}" if "place" in words else key,
        title=words.get("title", entry.title),
        reading=entry.summary,
        alt=entry.alt(frame),
        figure=light,
        dark=tuple(differences(light, dark)),
        numbers=numbers,
    )


def differences(one: Any, other: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield where two plain values of the same shape differ, with what the other has there."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key, value in one.items():
            yield from differences(value, other[key], (*path, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, value in enumerate(one):
            yield from differences(value, other[place], (*path, place))
    elif one != other:
        yield path, other
