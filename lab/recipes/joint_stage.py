"""A step that sees some columns together as one ColumnTransformer, the others passing by."""

from dataclasses import dataclass
from typing import Any

from lab.base import Schema
from lab.recipes.column_stage import ColumnsWithValues
from lab.recipes.entry import Place, StepEntry
from lab.recipes.recipe import Step


@dataclass(frozen=True)
class JointNames:
    """The names of columns after a joint step; `ColumnTransformer` calls it for each of them.

    Columns that pass by or only change their values keep their names; new ones are called after
    the step, so that they are never called like a column of the table.

    Parameters
    ----------
    step : str
        The step's name in the pipeline.
    kept : tuple of str
        The columns that it acts on.

    Examples
    --------
    >>> names = JointNames("pca", ("age", "size"))
    >>> names("remainder", "town"), names("pca", "age"), names("pca", "pca0")
    ('town', 'age', 'pca: pca0')
    """

    step: str
    kept: tuple[str, ...]

    def __call__(self, transformer: str, name: str) -> str:
        """Return the name of a column that a transformer made."""
        passes = transformer != self.step or name in self.kept
        return name if passes else f"{self.step}: {name}"


def joint_stage(name: str, step: Step, entry: StepEntry, *, columns: Any, place: Place) -> Any:
    """Return a ColumnTransformer from frame to frame that changes some columns together.

    Parameters
    ----------
    name : str
        The step's name in the pipeline.
    step, entry : Step, StepEntry
        The step and its line of the catalogue.
    columns : tuple of str
        The columns that it acts on; those without a value in training are not there any more.
    place : Place
        Where it acts.
    """
    from sklearn.compose import ColumnTransformer

    estimator = entry.build(step.choice.settings, place)
    stage = ColumnTransformer(
        [(name, estimator, ColumnsWithValues(columns))],
        remainder="passthrough",
        sparse_threshold=0.0,
        verbose_feature_names_out=JointNames(name, columns),
    )
    return stage.set_output(transform="pandas")


def can_be_empty(schema: Schema) -> bool:
    """Return whether a column of a table may have no value in the training rows of a fold."""
    return any(column.has_missing for column in schema)
