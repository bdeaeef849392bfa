"""How columns and rows are prepared for a model, learnt from training rows only."""

from lab.recipes.catalogue import STEPS
from lab.recipes.checks import check_recipe
from lab.recipes.entry import Acts, Family, Place, StepEntry
from lab.recipes.pipeline import Preparation, Prepared, as_pipeline, make_preparation
from lab.recipes.presets import PRESETS, PresetEntry, auto_recipe, preset_recipe
from lab.recipes.recipe import Recipe, Step

__all__ = [
    "PRESETS",
    "STEPS",
    "Acts",
    "Family",
    "Place",
    "Preparation",
    "Prepared",
    "PresetEntry",
    "Recipe",
    "Step",
    "StepEntry",
    "as_pipeline",
    "auto_recipe",
    "check_recipe",
    "make_preparation",
    "preset_recipe",
]
