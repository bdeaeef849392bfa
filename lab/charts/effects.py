"""What each choice of preparation bought: effects with their intervals, a lane a choice."""

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.base import plain_text
from lab.charts.layout import axis, blank, figure, legend
from lab.charts.theme import Theme, faded, shown, small
from lab.comparison import TOGETHER, Verdict
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_COLUMNS = ["choice", "model", "metric", "effect", "low", "high", "verdict", "worth", "better"]
_CLEAR = {Verdict.HELPS, Verdict.HURTS}


def frame(effects: pd.DataFrame, *, metric: str, worth: float = 0.0) -> pd.DataFrame:
    """Return the effects that are known, in the order in which they are drawn.

    Parameters
    ----------
    effects : DataFrame
        ``choice, model, effect, low, high, verdict, ...`` of `lab.comparison.choice_effects`.
    metric : str
        A key of `METRICS`.
    worth : float, default 0
        Effects below it do not matter in practice.

    Returns
    -------
    DataFrame
        ``choice, model, metric, effect, low, high, verdict, worth, better``; `metric` is its title
        and `better` the side of 0 on which the choice helps, 1 or -1.
    """
    known = effects[effects["effect"].notna()]
    better = 1 if METRICS[metric].greater_is_better else -1
    return known.assign(metric=METRICS[metric].title, worth=worth, better=better)[
        _COLUMNS
    ].reset_index(drop=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a lane a choice, in it a dot with its interval a model; clear effects are filled."""
    if frame.empty:
        return blank(theme, "No choice has all its folds yet.")
    choices = list(dict.fromkeys(frame["choice"]))
    models = sorted(dict.fromkeys(frame["model"]), key=lambda model: model == TOGETHER)
    first = frame.iloc[0]
    side = "right" if first["better"] > 0 else "left"
    under = legend(theme, models)
    return figure(
        theme,
        [_dots(frame[frame["model"] == model], model, choices, models, theme) for model in models],
        x=axis(
            theme,
            f"Effect on {shown(first['metric'])}, 95 % interval<br>{side}: helps",
            exponentformat="power",
        ),
        y=_lanes(theme, choices),
        height=150 + len(choices) * (26 + 16 * len(models)) + 22 * len(models),
        showlegend=len(models) > 1,
        legend={**under, "y": -0.2, "traceorder": "normal"},
        shapes=_shapes(theme, float(first["worth"])),
    )


def _lanes(theme: Theme, choices: list[str]) -> dict[str, Any]:
    return axis(
        theme,
        "",
        tickmode="array",
        tickvals=list(range(len(choices))),
        ticktext=[_wrapped(choice) for choice in choices],
        range=[len(choices) - 0.4, -0.6],
        showgrid=False,
        tickfont={"size": 12, "color": theme.inks.text},
    )


def _wrapped(choice: str) -> str:
    lines = textwrap.wrap(plain_text(choice, max_length=60), 20) or [""]
    return "<br>".join(shown(line) for line in lines[:3])


def _shapes(theme: Theme, worth: float) -> list[dict[str, Any]]:
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0, "layer": "below"}
    zero = {**line, "line": {"color": theme.inks.quiet, "width": 1, "dash": "dot"}}
    if worth <= 0:
        return [zero]
    band = {
        "type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": -worth, "x1": worth,
        "fillcolor": faded(theme.inks.quiet, 0.1), "line": {"width": 0}, "layer": "below",
    }  # fmt: skip
    return [band, zero]


def _dots(
    part: pd.DataFrame, model: str, choices: list[str], models: list[str], theme: Theme
) -> Any:
    from plotly import graph_objects as go

    is_whole = model == TOGETHER
    colour = theme.inks.text if is_whole else _colour(model, models, theme)
    step = 0.62 / max(len(models), 1)
    offset = (models.index(model) - (len(models) - 1) / 2) * step
    clear = [verdict in _CLEAR for verdict in part["verdict"]]
    return go.Scatter(
        x=small(part["effect"]),
        y=[choices.index(choice) + offset for choice in part["choice"]],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": small(part["high"] - part["effect"]),
            "arrayminus": small(part["effect"] - part["low"]),
            "color": colour,
            "thickness": 2,
            "width": 4,
        },
        mode="markers",
        marker={
            "color": [colour if filled else theme.inks.surface for filled in clear],
            "size": 11 if is_whole else 9,
            "symbol": "diamond" if is_whole else theme.symbol(model),
            "line": {"color": colour, "width": 2},
        },
        name=shown(model, max_length=28),
        customdata=[
            shown(f"{row.choice}: {row.verdict}", max_length=90) for row in part.itertuples()
        ],
        hovertemplate=f"{shown(model)}<br>%{{customdata}}<br>%{{x:+.4f}}<extra></extra>",
    )


def _colour(model: str, models: list[str], theme: Theme) -> str:
    return theme.colour(model) if model in theme.candidates else theme.hue(models.index(model))


def alt(frame: pd.DataFrame) -> str:
    """Return the effects in words."""
    if frame.empty:
        return "Effects of choices: none has all its folds yet."
    words = "; ".join(
        f"{row['choice']}, {row['model']}: {row['effect']:+.3f}{_interval(row)}, {row['verdict']}"
        for row in frame.head(14).to_dict("records")
    )
    return f"Effect on {frame['metric'].iloc[0]} with 95 % intervals: {words}."


def _interval(row: dict[Any, Any]) -> str:
    known = bool(np.isfinite([row["low"], row["high"]]).all())
    return f" ({row['low']:+.3f} to {row['high']:+.3f})" if known else ""
