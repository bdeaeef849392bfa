"""What writing a report imports, done beforehand."""

import importlib

from lab.charts import CHARTS, Theme

_MODULES = ("jinja2", "plotly.graph_objects", "pyarrow.csv")


def warm_up_writing() -> None:
    """Import what a report needs and draw a first chart, while there is time for it."""
    for name in _MODULES:
        importlib.import_module(name)
    chart = CHARTS["class_balance"]
    chart.draw(chart.frame({"a": 1, "b": 2}), theme=Theme()).to_json()
