"""The table of preparation steps."""

from lab.base import Catalogue
from lab.recipes.entry import StepEntry
from lab.recipes.steps.class_costs import CLASS_COSTS
from lab.recipes.steps.dates import DATES
from lab.recipes.steps.encoding import ENCODING
from lab.recipes.steps.encoding_codes import CODES
from lab.recipes.steps.encoding_target import TARGETS
from lab.recipes.steps.missing import MISSING
from lab.recipes.steps.resampling import RESAMPLING
from lab.recipes.steps.resampling_borders import BORDERS
from lab.recipes.steps.resampling_cleaning import CLEANING
from lab.recipes.steps.scaling import SCALING
from lab.recipes.steps.shape import SHAPE
from lab.recipes.steps.text import TEXT
from lab.recipes.steps.text_terms import TERMS

STEPS: Catalogue[StepEntry] = Catalogue(
    "step",
    *MISSING,
    *DATES,
    *TEXT,
    *TERMS,
    *SHAPE,
    *SCALING,
    *ENCODING,
    *CODES,
    *TARGETS,
    *RESAMPLING,
    *BORDERS,
    *CLEANING,
    CLASS_COSTS,
)
