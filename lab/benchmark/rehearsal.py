"""Imported last in a forkserver: a first fit, so that no child pays what only a first one costs.

The libraries of all models are imported, codecs are built, modules that libraries import late are
there, and the garbage collector is told to leave all of it alone: a child that collected it would
touch, and so copy, every object.
"""

import contextlib
import gc
import importlib

import numpy as np
import pandas as pd

from lab.base import Column, ColumnKind, Schema, Task, to_json
from lab.benchmark.fitting import fit_prepared
from lab.benchmark.prepared import PreparedRows, PreparedSplit
from lab.experiments import Candidate
from lab.models import MODELS
from lab.recipes import make_preparation, preset_recipe
from lab.standby import end_with_parent

_ROWS = 8


def import_models() -> None:
    """Import the libraries of all models; what fails here is told where a fit needs it."""
    for key in MODELS.keys:
        with contextlib.suppress(Exception):  # a library without OpenMP raises an OSError
            importlib.import_module(MODELS[key].module)


def rehearse() -> None:
    """Prepare and fit a few rows with the cheapest model."""
    codes = np.arange(_ROWS) % 2
    frame = pd.DataFrame(
        {"a": np.arange(float(_ROWS)), "b": pd.Categorical(np.array(["x", "y"])[codes])}
    )
    schema = Schema(
        columns=(
            Column(name="a", kind=ColumnKind.NUMBER, n_levels=_ROWS),
            Column(name="b", kind=ColumnKind.CATEGORY, n_levels=2),
        )
    )
    recipe = preset_recipe("linear")
    preparation = make_preparation(recipe, schema, task=Task.BINARY, seed=0)
    made = preparation.fit(frame, codes, None)
    rows = PreparedRows(X=made.X, y=codes, rows=np.arange(_ROWS))
    candidate = Candidate(name="rehearsal", recipe=recipe, model=MODELS.choose("dummy"))
    split = PreparedSplit(train=rows, test=rows, gap=rows)
    to_json(fit_prepared(split, candidate, Task.BINARY, n_classes=2, seed=0)[1])


import_models()
with contextlib.suppress(Exception):  # what fails here, fails in a cell and is told there
    rehearse()
gc.freeze()  # looking for garbage first would take longer than all of the above, and find little
gc.enable()
end_with_parent(0)  # from here on it sees for itself
