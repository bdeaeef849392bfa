"""The dark form of a chart, told from its light one without drawing it again."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lab.charts.theme import (
    MAX_ORDERED,
    Mode,
    Theme,
    faded,
    heat,
    ordered_hues,
    signed_heat,
)

Path = tuple[str | int, ...]

_FADED = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")


def dark_colours(figure: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield where a light chart, as plain JSON values, has a colour, with the dark one.

    Parameters
    ----------
    figure : dict
        A chart of the house, drawn in light.
    path : tuple of str and int, default ()
        Where it stands, in front of the paths that are told.
    """
    if isinstance(figure, dict | list):
        items = figure.items() if isinstance(figure, dict) else enumerate(figure)
        for key, value in items:
            yield from dark_colours(value, (*path, key))
    elif isinstance(figure, str) and _names_colour(path):
        dark = _dark(figure)
        if dark != figure:
            yield path, dark


def _names_colour(path: Path) -> bool:
    words = [step for step in path if isinstance(step, str)]
    return bool(words) and "color" in words[-1]


def _dark(colour: str) -> str:
    if found := _FADED.fullmatch(colour):
        *channels, opacity = found.groups()
        solid = "#" + "".join(f"{int(channel):02x}" for channel in channels)
        twin = _twins().get(solid)
        return faded(twin, float(opacity)) if twin and float(opacity) else colour
    return _twins().get(colour, colour)


@cache
def _twins() -> dict[str, str]:
    light, dark = (_all(Theme(mode=mode)) for mode in (Mode.LIGHT, Mode.DARK))
    return dict(zip(light, dark, strict=True))


def _all(theme: Theme) -> tuple[str, ...]:
    inks = theme.inks
    mixed = [colour for scale in (heat, signed_heat) for _, colour in scale(theme)]
    mixed += [hue for n in range(2, MAX_ORDERED + 1) for hue in ordered_hues(theme, n)]
    return (*mixed, inks.surface, inks.text, inks.quiet, inks.grid, *inks.hues)
