"""How every chart looks: light and dark, one colour a candidate, text from data made harmless."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import plain_text

CONFIG: dict[str, object] = {
    "displaylogo": False,
    "responsive": True,
    "typesetMath": False,
    "showTips": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
}
"""What plotly.js is to be told beside the figure."""

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'
_DASHES = ("solid", "dash", "dot")
_SYMBOLS = ("circle", "diamond", "square")
_ESCAPES = str.maketrans({c: f"&#{ord(c)};" for c in "&<>$%{}\\\"'`"})


class Mode(StrEnum):
    """What a chart stands on."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, kw_only=True)
class Inks:
    """The colours of one mode.

    Parameters
    ----------
    surface, text, quiet, grid : str
        Behind a chart (charts themselves are transparent), words, lesser words, thin lines.
    hues : tuple of str
        Of candidates and classes; all differ for readers who do not see red or green apart.
    """

    surface: str
    text: str
    quiet: str
    grid: str
    hues: tuple[str, ...]


# After Okabe & Ito (2008) and Tol (2021): darker on white and lighter on black, so that each has
# a contrast of at least 3 to 1 with its surface.
INKS: dict[Mode, Inks] = {
    Mode.LIGHT: Inks(
        surface="#ffffff",
        text="#14161a",
        quiet="#565b66",
        grid="#e4e6ea",
        hues=("#0072b2", "#d55e00", "#008a64", "#aa3377", "#a87b00", "#3b93cf", "#5c5c5c"),
    ),
    Mode.DARK: Inks(
        surface="#0e1117",
        text="#f2f3f5",
        quiet="#a9afbb",
        grid="#2b303b",
        hues=("#4aa8e8", "#ff8a47", "#2fc79a", "#e287c0", "#e8bd45", "#a5dcff", "#bdbdbd"),
    ),
}


MAX_ORDERED = 15
"""Groups with an order that are told apart by colour at most."""

# How strong the accent may be under text.
_STRONGEST = {Mode.LIGHT: 0.7, Mode.DARK: 0.5}


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Light or dark, and which candidate has which colour.

    Parameters
    ----------
    mode : Mode
        ``light`` or ``dark``.
    candidates : tuple of str
        All candidates of the experiment, best first, so that each has the same colour in every
        chart whichever are shown. Seven hues, then the same with dashes and other markers.
    """

    mode: Mode = Mode.LIGHT
    candidates: tuple[str, ...] = ()

    @property
    def inks(self) -> Inks:
        """The colours of the mode."""
        return INKS[Mode(self.mode)]

    @property
    def accent(self) -> str:
        """The colour of charts that show no candidates."""
        return self.inks.hues[0]

    def hue(self, index: int) -> str:
        """Return the colour of the candidate or class at this place."""
        return self.inks.hues[index % len(self.inks.hues)]

    def colour(self, candidate: str) -> str:
        """Return the candidate's colour; a quiet grey when the theme does not know it."""
        if candidate not in self.candidates:
            return self.inks.quiet
        return self.hue(self.candidates.index(candidate))

    def dash(self, candidate: str) -> str:
        """Return the candidate's line style."""
        return _DASHES[self._round(candidate) % len(_DASHES)]

    def symbol(self, candidate: str) -> str:
        """Return the candidate's marker."""
        return _SYMBOLS[self._round(candidate) % len(_SYMBOLS)]

    def _round(self, candidate: str) -> int:
        if candidate not in self.candidates:
            return 0
        return self.candidates.index(candidate) // len(self.inks.hues)


def shown(text: object, *, max_length: int = 40) -> str:
    """Return text that plotly shows as it stands: no tag, link, formula or template.

    The only way for names and values from data into a chart.

    Parameters
    ----------
    text : object
        What is to be shown.
    max_length : int, default 40
        Longer text is cut.

    Examples
    --------
    >>> shown('<a href="x">')
    '&#60;a href=&#34;x&#34;&#62;'
    """
    return plain_text(text, max_length=max_length).translate(_ESCAPES)


def faded(colour: str, opacity: float) -> str:
    """Return a colour ``#rrggbb`` with an opacity from 0 to 1, as plotly writes it."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


def tint(theme: Theme, strength: float) -> str:
    """Return the accent colour mixed into the surface: 0 for the surface, 1 for the accent."""
    return blend(theme.inks.surface, theme.accent, strength)


def blend(one: str, other: str, share: float) -> str:
    """Return a colour between two: the one at a share of 0, the other at 1."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    mixed = (round(under + (over - under) * share) for under, over in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def ordered_hues(theme: Theme, n: int) -> tuple[str, ...]:
    """Return colours of groups that have an order, from blue to orange.

    Parameters
    ----------
    theme : Theme
        Light or dark.
    n : int
        How many; 15 at most, so that each has a twin in the other mode.
    """
    hues = theme.inks.hues
    return tuple(blend(hues[0], hues[1], place / max(n - 1, 1)) for place in range(n))


def signed_heat(theme: Theme) -> list[list[Any]]:
    """Return a colour scale from orange over the surface to blue, readable under text."""
    strongest = _STRONGEST[Mode(theme.mode)]
    surface, hues = theme.inks.surface, theme.inks.hues
    return [
        [0, blend(surface, hues[1], strongest)],
        [0.5, blend(surface, hues[0], 0.04)],
        [1, blend(surface, hues[0], strongest)],
    ]


def heat(theme: Theme) -> list[list[Any]]:
    """Return a colour scale on which the theme's text can be read from end to end."""
    return [[0, tint(theme, 0.05)], [1, tint(theme, _STRONGEST[Mode(theme.mode)])]]


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def small(values: Sequence[float] | npt.ArrayLike) -> npt.NDArray[np.float32]:
    """Return numbers as float32, which plotly writes compactly; what it cannot hold is NaN."""
    numbers = np.asarray(values, dtype=np.float64)
    return np.where(np.abs(numbers) < 3e38, numbers, np.nan).astype(np.float32)
