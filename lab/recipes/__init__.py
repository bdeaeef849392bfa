"""How columns and rows are prepared for a model, learnt from training rows only."""

from lab.recipes.catalogue import STEPS
from lab.recipes.changes import RecipeChange, changed_recipe, has_work, possible_changes
from lab.recipes.checks import check_recipe
from lab.recipes.column_paths import columns_of
from lab.recipes.editing import (
    add_step,
    default_selection,
    replace_family,
)
from lab.recipes.entry import Acts, Family, Place, StepEntry
from lab.recipes.pipeline import Preparation, Prepared, as_pipeline, make_preparation
from lab.recipes.presets import PRESETS, PresetEntry, auto_recipe, preset_recipe
from lab.recipes.preview import Preview, preview
from lab.recipes.recipe import Recipe, Step
from lab.recipes.recipe_json import recipe_from_json, recipe_to_json
from lab.recipes.sampling import Sampled, sample

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
    "Recipe",
    "RecipeChange",
    "Sampled",
    "Step",
    "StepEntry",
    "add_step",
    "as_pipeline",
    "auto_recipe",
    "changed_recipe",
    "check_recipe",
    "columns_of",
    "default_selection",
    "has_work",
    "make_preparation",
    "possible_changes",
    "preset_recipe",
    "preview",
    "recipe_from_json",
    "recipe_to_json",
    "replace_family",
    "sample",
]
