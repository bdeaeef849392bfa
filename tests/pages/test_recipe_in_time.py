"""Recipe: steps that go by the time of the rows, with and without the role."""

import numpy as np
import pandas as pd
import pytest

from lab.base import Task
from lab.data import Roles, make_dataset, read_table
from lab.recipes import STEPS, Recipe, Step


@pytest.fixture
def daily(store, tmp_path):
    """Return a function that keeps sales by day and shop as a data set, with roles."""
    sold = np.where(np.arange(60) % 5 == 1, np.nan, np.arange(60.0))
    frame = pd.DataFrame({"sold": sold, "day": np.arange(60), "shop": ["a", "b", "c"] * 20})
    frame.assign(y=np.arange(60) ** 1.5).to_csv(tmp_path / "sales.csv", index=False)

    def make(**roles):
        roles = Roles(target="y", task=Task.REGRESSION, group="shop", **roles)
        made = make_dataset(read_table(tmp_path / "sales.csv"), roles)
        store.save_dataset(made)
        return made

    return make


def test_filling_in_time_works_where_a_column_has_the_role_time(visit, store, words, daily):
    timed, other = daily(time="day"), daily()
    step = Step(choice=STEPS.choose("forward_fill"))
    key = store.add_recipe(Recipe(title="In order", steps=(step,)))
    app = visit("recipe", dataset=timed.id).radio[0].set_value(f"own:{key}").run()
    assert not app.exception
    assert "give a column the role time" not in words(app)
    assert {metric.label for metric in app.metric} >= {"Columns in", "Columns out"}
    app = visit("recipe", dataset=other.id).radio[0].set_value(f"own:{key}").run()
    assert not app.exception
    assert "give a column the role time" in words(app)
