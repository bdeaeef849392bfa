"""How results look: every chart is a `frame` of numbers and a `draw` of that frame."""

from lab.charts.catalogue import CHARTS
from lab.charts.dark import dark_colours
from lab.charts.entry import ChartEntry
from lab.charts.theme import CONFIG, INKS, Inks, Mode, Theme, shown

__all__ = [
    "CHARTS",
    "CONFIG",
    "INKS",
    "ChartEntry",
    "Inks",
    "Mode",
    "Theme",
    "dark_colours",
    "shown",
]
