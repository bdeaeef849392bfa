"""How columns and rows are prepared for a model, learnt from training rows only."""

from lab.recipes.arranging import (
    duplicate_step,
    except_columns,
    move_step,
    remove_step,
    replace_step,
)
from lab.recipes.catalogue import STEPS
from lab.recipes.changes import RecipeChange, changed_recipe, has_work, possible_changes
from lab.recipes.checks import check_recipe
from lab.recipes.column_paths import columns_of, raw_columns
from lab.recipes.editing import (
    add_step,
    default_selection,
    put_step,
    replace_family,
)
from lab.recipes.entry import Acts, Family, Place, StepEntry
from lab.recipes.pipeline import Preparation, Prepared, as_pipeline, make_preparation
from lab.recipes.presets import PRESETS, PresetEntry, auto_recipe, preset_recipe
from lab.recipes.preview import Preview, preview
from lab.recipes.preview_cost import PreviewCost, preview_cost
from lab.recipes.problems_by_step import RecipeProblems, problems_by_step
from lab.recipes.recipe import Recipe, Step
from lab.recipes.recipe_json import recipe_from_json, recipe_to_json
from lab.recipes.rows_changed import RowsChangedWarning, rows_changed
from lab.recipes.sampling import Sampled, row_origins, sample
from lab.recipes.side_by_side import SideBySide, as_parts
from lab.recipes.step_effects import StepEffect, step_effect, step_effects
from lab.recipes.suiting import learn, suit
from lab.recipes.targets import on_own_target, target_step, without_target_steps

__all__ = [
    "PRESETS",
    "STEPS",
    "Acts",
    "Family",
    "Place",
    "Preparation",
    "Prepared",
    "PresetEntry",
    "Preview",
    "PreviewCost",
    "Recipe",
    "RecipeChange",
    "RecipeProblems",
    "RowsChangedWarning",
    "Sampled",
    "SideBySide",
    "Step",
    "StepEffect",
    "StepEntry",
    "add_step",
    "as_parts",
    "as_pipeline",
    "auto_recipe",
    "changed_recipe",
    "check_recipe",
    "columns_of",
    "default_selection",
    "duplicate_step",
    "except_columns",
    "has_work",
    "learn",
    "make_preparation",
    "move_step",
    "on_own_target",
    "possible_changes",
    "preset_recipe",
    "preview",
    "preview_cost",
    "problems_by_step",
    "put_step",
    "raw_columns",
    "recipe_from_json",
    "recipe_to_json",
    "remove_step",
    "replace_family",
    "replace_step",
    "row_origins",
    "rows_changed",
    "sample",
    "step_effect",
    "step_effects",
    "suit",
    "target_step",
    "without_target_steps",
]
