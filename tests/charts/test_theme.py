"""The look of charts."""

import subprocess
import sys

import pytest

from lab.charts import INKS, Mode, Theme, shown
from lab.charts.theme import faded, heat


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", list(Mode))
def test_every_hue_stands_out_from_the_surface(mode: Mode) -> None:
    inks = INKS[mode]
    for hue in inks.hues:
        assert contrast(hue, inks.surface) >= 3.0
    assert contrast(inks.text, inks.surface) >= 7.0
    assert contrast(inks.quiet, inks.surface) >= 4.5


@pytest.mark.parametrize("mode", list(Mode))
def test_text_can_be_read_on_both_ends_of_a_heatmap(mode: Mode) -> None:
    for _, colour in heat(Theme(mode=mode)):
        assert contrast(INKS[mode].text, colour) >= 4.5


def test_fourteen_candidates_look_all_different() -> None:
    names = tuple(f"candidate {place}" for place in range(14))
    theme = Theme(candidates=names)
    looks = {(theme.colour(name), theme.dash(name), theme.symbol(name)) for name in names}
    assert len(looks) == 14


def test_a_candidate_keeps_its_colour_whichever_others_are_shown() -> None:
    theme = Theme(candidates=("a", "b", "c"))
    assert theme.colour("b") == INKS[Mode.LIGHT].hues[1]
    assert theme.colour("unknown") == INKS[Mode.LIGHT].quiet


def test_shown_text_holds_nothing_that_plotly_interprets() -> None:
    text = shown('<a href="http://x">y</a> $a$ %{x} &lt;b&gt; \\frac')
    assert not set(text) & set("<>$%{}\\\"'`")
    assert "&lt;" not in text


def test_faded_colours_are_plotlys() -> None:
    assert faded("#0072b2", 0.25) == "rgba(0,114,178,0.25)"


def test_the_face_imports_without_heavy_libraries() -> None:
    code = (
        "import sys, lab.charts; "
        "print([m for m in ('sklearn', 'plotly', 'scipy', 'xgboost') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
