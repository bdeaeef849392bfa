"""The charts of a table that is being looked at."""

from lab.charts import (
    boxes,
    correlations,
    cross_table,
    missing_together,
    outliers,
    pairs,
    principal_map,
    scatter,
    time_plot,
)
from lab.charts.entry import ChartEntry

LOOKING_CHARTS: tuple[ChartEntry, ...] = (
    ChartEntry(
        key="boxes",
        title="Box plots",
        summary="The box holds the middle half of the values, its line is the median; dots lie "
        "beyond the whiskers, more than 1.5 box lengths away.",
        needs="column",
        frame=boxes.frame,
        draw=boxes.draw,
        alt=boxes.alt,
    ),
    ChartEntry(
        key="scatter",
        title="Scatter plot",
        summary="A dot a row; the line is the median of the one over the other, its band the "
        "middle half.",
        needs="rows",
        frame=scatter.frame,
        draw=scatter.draw,
        alt=scatter.alt,
    ),
    ChartEntry(
        key="cross_table",
        title="Cross-table",
        summary="A cell a pair of levels: its share of the row, the stronger the colour the "
        "larger, and its rows. In brackets the rows of each level; those without a value are left "
        "out.",
        needs="rows",
        frame=cross_table.frame,
        draw=cross_table.draw,
        alt=cross_table.alt,
    ),
    ChartEntry(
        key="pairs",
        title="Scatter matrix",
        summary="Each column against each other; on the diagonal how each is spread.",
        needs="rows",
        frame=pairs.frame,
        draw=pairs.draw,
        alt=pairs.alt,
    ),
    ChartEntry(
        key="time_plot",
        title="Over time",
        summary="Rows by step of time, and the mean of a column in each.",
        needs="time",
        frame=time_plot.frame,
        draw=time_plot.draw,
        alt=time_plot.alt,
    ),
    ChartEntry(
        key="correlations",
        title="Correlations",
        summary="From -1, one falls as the other rises, over 0, unrelated, to 1, both rise "
        "together.",
        needs="matrix",
        frame=correlations.frame,
        draw=correlations.draw,
        alt=correlations.alt,
    ),
    ChartEntry(
        key="missing_together",
        title="Missing together",
        summary="A line a pattern: filled cells are columns without a value in the same rows.",
        needs="patterns",
        frame=missing_together.frame,
        draw=missing_together.draw,
        alt=missing_together.alt,
    ),
    ChartEntry(
        key="outliers",
        title="Outliers",
        summary="Share of values more than 1.5 interquartile ranges beyond the quartiles, by "
        "column.",
        needs="outliers",
        frame=outliers.frame,
        draw=outliers.draw,
        alt=outliers.alt,
    ),
    ChartEntry(
        key="principal_map",
        title="Map of the rows",
        summary="A dot a row, near those like it: the two directions in which rows differ most.",
        needs="map",
        frame=principal_map.frame,
        draw=principal_map.draw,
        alt=principal_map.alt,
    ),
)
