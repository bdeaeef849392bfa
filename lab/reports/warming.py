"""What writing a report imports and looks for, done beforehand."""

import importlib

from lab.charts import CHARTS, Theme
from lab.reports.material import load_material
from lab.store import Store

_MODULES = ("jinja2", "plotly.graph_objects", "scipy.stats", "sklearn.metrics")


def warm_up_writing() -> None:
    """Import what a report needs and draw a first chart, while there is time for it."""
    for name in _MODULES:
        importlib.import_module(name)
    chart = CHARTS["class_balance"]
    chart.draw(chart.frame({"a": 1, "b": 2}), theme=Theme()).to_json()


def prepare_report(store: Store, experiment_id: str) -> None:
    """Do what a report needs and no result changes, while there is time for it.

    Parameters
    ----------
    store : Store
        Where the experiment is kept.
    experiment_id : str
        The experiment, finished or not.
    """
    warm_up_writing()
    _ = load_material(store, experiment_id).findings
