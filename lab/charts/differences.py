"""Differences to the best candidate, with intervals corrected for shared training rows."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lab.charts.layout import axis, blank, figure, lanes
from lab.charts.theme import Theme, shown, small
from lab.metrics import METRICS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def frame(differences: pd.DataFrame, *, metric: str, reference: str) -> pd.DataFrame:
    """Return every candidate's difference to one of them.

    Parameters
    ----------
    differences : DataFrame
        ``a, b, difference, low, high, p_value`` of `lab.comparison.difference_matrix`, where the
        difference is the score of `a` minus that of `b`.
    metric : str
        A key of `METRICS`.
    reference : str
        The candidate that the others are compared with.

    Returns
    -------
    DataFrame
        ``candidate, reference, metric, difference, low, high, p_value``, the nearest first;
        `metric` is its title and the difference that of the candidate minus the reference.
    """
    columns = ["candidate", "reference", "metric", "difference", "low", "high", "p_value"]
    ours = differences[(differences["b"] == reference) & (differences["a"] != reference)]
    turned = differences[(differences["a"] == reference) & ~differences["b"].isin(ours["a"])]
    turned = turned[turned["b"] != reference]
    mirrored = turned.assign(
        a=turned["b"], difference=-turned["difference"], low=-turned["high"], high=-turned["low"]
    )
    found = pd.concat([ours, mirrored], ignore_index=True)
    found = found[found["difference"].notna()]
    if found.empty:
        return pd.DataFrame(columns=columns)
    found = found.assign(candidate=found["a"], reference=reference, metric=METRICS[metric].title)
    order = np.argsort(found["difference"].abs().to_numpy(), kind="stable")
    return found.iloc[order][columns].reset_index(drop=True)


def draw(frame: pd.DataFrame, *, theme: Theme) -> "Figure":
    """Return a dot with its interval a candidate; those that p does not tell apart are filled."""
    if frame.empty:
        return blank(theme, "There is nothing to compare: one candidate, or none finished.")
    names = frame["candidate"].tolist()
    zero = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0, "layer": "below"}
    reference = shown(frame["reference"].iloc[0], max_length=28)
    title = f"{shown(frame['metric'].iloc[0])}, difference to<br>{reference}"
    return figure(
        theme,
        [_dot(row, place, theme) for place, row in enumerate(frame.to_dict("records"))],
        x=axis(theme, title, exponentformat="power"),
        y=lanes(theme, names),
        height=90 + 34 * len(names),
        shapes=[{**zero, "line": {"color": theme.inks.quiet, "width": 1, "dash": "dot"}}],
    )


def _dot(row: dict[Any, Any], place: int, theme: Theme) -> Any:
    from plotly import graph_objects as go

    colour = theme.colour(row["candidate"])
    known = bool(np.isfinite([row["low"], row["high"]]).all())
    judged = np.isfinite(row["p_value"])
    tied = row["p_value"] >= 0.05 if judged else known and row["low"] <= 0 <= row["high"]
    chance = f"<br>p = {row['p_value']:.3g}" if judged else ""
    interval = f" ({row['low']:+.4f} to {row['high']:+.4f})" if known else ""
    return go.Scatter(
        x=small([row["difference"]]),
        y=[place],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": small([row["high"] - row["difference"]]),
            "arrayminus": small([row["difference"] - row["low"]]),
            "color": colour,
            "thickness": 2,
            "width": 5,
            "visible": known,
        },
        mode="markers",
        marker={
            "color": colour if tied else theme.inks.surface,
            "size": 11,
            "symbol": theme.symbol(row["candidate"]),
            "line": {"color": colour, "width": 2},
        },
        name=shown(row["candidate"], max_length=28),
        hovertemplate=f"{shown(row['candidate'])}<br>%{{x:+.4f}}{interval}{chance}<extra></extra>",
    )


def alt(frame: pd.DataFrame) -> str:
    """Return the differences in words."""
    if frame.empty:
        return "Differences to the best: there is nothing to compare."
    words = "; ".join(
        f"{row['candidate']} {row['difference']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f})"
        for row in frame.head(14).to_dict("records")
    )
    reference = frame["reference"].iloc[0]
    return f"{frame['metric'].iloc[0]}, difference to {reference} with 95 % intervals: {words}."
