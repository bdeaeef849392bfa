"""What each line of the catalogue of charts promises."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from plotly import graph_objects as go

from lab.charts import CHARTS, Mode, Theme, dark_colours

HOSTILE = (
    '<b>bold</b><a href="http://host/x">link</a>',
    "$\\frac{a}{b}$ %{x} {y}",
    "![x](http://host/x.png)\n=1+1",
    "<script>alert(1)</script>" * 8,
)
PLAIN = ("Forest", "Ridge", "Dummy")
Inputs = Callable[..., tuple[tuple[Any, ...], dict[str, Any]]]
every_chart = pytest.mark.parametrize("key", CHARTS.keys)
every_mode = pytest.mark.parametrize("mode", list(Mode))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "bdata":
                yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def plain(figure: Any) -> Any:
    return json.loads(figure.to_json(), parse_constant=refuse)


def recoloured(light: Any) -> Any:
    for path, colour in dark_colours(light):
        *steps, last = path
        place = light
        for step in steps:
            place = place[step]
        place[last] = colour
    return light


@every_chart
@every_mode
def test_a_chart_draws_its_frame_in_both_modes(key: str, mode: Mode, inputs: Inputs) -> None:
    entry = CHARTS[key]
    given, named = inputs(key)
    frame = entry.frame(*given, **named)
    figure = plain(entry.draw(frame, theme=Theme(mode=mode, candidates=PLAIN)))
    assert len(frame) > 0
    assert figure["data"]
    assert figure["layout"]["height"] >= 120
    assert not any(trace["type"].endswith("gl") for trace in figure["data"])


@every_chart
def test_all_of_a_chart_is_known_to_plotly(key: str, inputs: Inputs) -> None:
    entry = CHARTS[key]
    given, named = inputs(key)
    frame = entry.frame(*given, **named)
    for drawn in (frame, frame.iloc[:0]):
        figure = plain(entry.draw(drawn, theme=Theme(candidates=PLAIN)))
        go.Figure(figure)  # raises on a part or a value that it does not know


@every_chart
@pytest.mark.parametrize("names", [PLAIN, (*HOSTILE, "#0072b2")], ids=["plain", "hostile"])
def test_the_dark_colours_of_a_light_chart_are_those_of_the_dark_one(
    key: str, names: tuple[str, ...], inputs: Inputs
) -> None:
    entry = CHARTS[key]
    given, named = inputs(key, names)
    frame = entry.frame(*given, **named)
    light, dark = (
        plain(entry.draw(frame, theme=Theme(mode=mode, candidates=names))) for mode in Mode
    )
    assert recoloured(light) == dark


@pytest.mark.parametrize("key", ["boxes", "scatter", "pairs", "principal_map"])
@pytest.mark.parametrize("n_groups", [2, 3, 4, 7])
def test_groups_with_an_order_have_their_own_dark_colours(
    key: str, n_groups: int, inputs: Inputs
) -> None:
    entry = CHARTS[key]
    given, named = inputs(key)
    parts = [f"part {place}" for place in range(n_groups)]
    by = pd.Categorical(np.resize(parts, len(named["by"])), categories=parts, ordered=True)
    frame = entry.frame(*given, by=pd.Series(by))
    light, dark = (plain(entry.draw(frame, theme=Theme(mode=mode))) for mode in Mode)
    assert recoloured(light) == dark


@pytest.mark.parametrize("key", ["boxes", "scatter", "pairs", "principal_map", "distribution"])
def test_classes_of_whole_numbers_with_gaps_have_no_point(key: str, inputs: Inputs) -> None:
    given, named = inputs(key)
    classes = pd.Series(np.resize([0.0, 1.0, np.nan], len(named["by"])))
    frame = CHARTS[key].frame(*given, by=classes)
    groups = set(frame["group"]) - {"median of all rows"}
    assert groups == {"0", "1"}


@every_chart
def test_a_frame_without_rows_gives_an_empty_chart_that_says_why(key: str, inputs: Inputs) -> None:
    entry = CHARTS[key]
    given, named = inputs(key)
    nothing = entry.frame(*given, **named).iloc[:0]
    figure = plain(entry.draw(nothing, theme=Theme()))
    assert figure["data"] == []
    assert len(figure["layout"]["annotations"][0]["text"]) > 10
    assert entry.alt(nothing)


@every_chart
def test_a_chart_draws_a_single_fold_of_a_single_candidate(key: str, inputs: Inputs) -> None:
    entry = CHARTS[key]
    names = ("Forest", "Ridge") if key in {"differences", "confusion"} else ("Forest",)
    given, named = inputs(key, names, folds=1)
    frame = entry.frame(*given, **named)
    assert plain(entry.draw(frame, theme=Theme(candidates=names)))["data"]


@every_chart
def test_text_from_data_is_shown_as_text(key: str, inputs: Inputs) -> None:
    entry = CHARTS[key]
    given, named = inputs(key, HOSTILE)
    frame = entry.frame(*given, **named)
    figure = plain(entry.draw(frame, theme=Theme(candidates=HOSTILE)))
    for text in strings(figure):
        without_ours = re.sub(r"<br>|<extra></extra>", "", text)
        assert not re.search(r"<[a-zA-Z/!]", without_ours)
        assert "$" not in text
        assert "%{x} " not in text
        assert "\n" not in text


@every_chart
def test_the_alternative_text_is_a_sentence_with_what_is_shown(key: str, inputs: Inputs) -> None:
    entry = CHARTS[key]
    given, named = inputs(key)
    text = entry.alt(entry.frame(*given, **named))
    assert text.endswith(".")
    assert "nan" not in text
    assert any(name in text for name in PLAIN) or key == "distribution"


@every_chart
def test_a_chart_of_ten_candidates_stays_small(key: str, inputs: Inputs) -> None:
    entry = CHARTS[key]
    names = tuple(f"Candidate {place}" for place in range(10))
    given, named = inputs(key, names)
    frame = entry.frame(*given, **named)
    size = len(entry.draw(frame, theme=Theme(candidates=names)).to_json())
    assert size < 60_000


@every_chart
def test_no_line_has_more_than_300_points_and_no_chart_an_infinite_number(
    key: str, inputs: Inputs
) -> None:
    entry = CHARTS[key]
    given, named = inputs(key)
    figure = plain(entry.draw(entry.frame(*given, **named), theme=Theme(candidates=PLAIN)))
    for trace in figure["data"]:
        for axis in ("x", "y"):
            values = trace.get(axis)
            if isinstance(values, dict):
                numbers = np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"])
                assert not np.isinf(numbers).any()
                at_most = 602 if trace.get("fill") == "toself" else 300
                assert len(numbers) <= at_most or "markers" in trace.get("mode", "")


@every_chart
def test_a_frame_can_be_written_as_csv_and_read_again(
    key: str, inputs: Inputs, tmp_path: Any
) -> None:
    given, named = inputs(key)
    frame = CHARTS[key].frame(*given, **named)
    frame.to_csv(tmp_path / "frame.csv", index=False)
    again = pd.read_csv(tmp_path / "frame.csv")
    assert list(again.columns) == list(frame.columns)
    assert len(again) == len(frame)


def test_keys_and_titles_of_charts_are_unique() -> None:
    assert len({entry.title for entry in CHARTS}) == len(CHARTS)
