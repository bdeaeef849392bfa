"""The table of preparation steps."""

from lab.base import Catalogue
from lab.recipes.entry import StepEntry
from lab.recipes.steps.class_costs import CLASS_COSTS
from lab.recipes.steps.dates import DATES
from lab.recipes.steps.encoding import ENCODING
from lab.recipes.steps.encoding_codes import CODES
from lab.recipes.steps.encoding_target import TARGETS
from lab.recipes.steps.interactions import INTERACTIONS
from lab.recipes.steps.joint_missing import JOINT_MISSING
from lab.recipes.steps.missing import MISSING
from lab.recipes.steps.order_missing import ORDER_MISSING
from lab.recipes.steps.reduction import REDUCTION
from lab.recipes.steps.resampling import RESAMPLING
from lab.recipes.steps.resampling_borders import BORDERS
from lab.recipes.steps.resampling_cleaning import CLEANING
from lab.recipes.steps.scaling import SCALING
from lab.recipes.steps.selection import SELECTION
from lab.recipes.steps.shape import SHAPE
from lab.recipes.steps.target import TARGET
from lab.recipes.steps.text import TEXT
from lab.recipes.steps.text_meaning import MEANING
from lab.recipes.steps.text_terms import TERMS
from lab.recipes.steps.wrapper_selection import WRAPPER_SELECTION

STEPS: Catalogue[StepEntry] = Catalogue(
    "step",
    *MISSING,
    *JOINT_MISSING,
    *ORDER_MISSING,
    *DATES,
    *TEXT,
    *TERMS,
    *MEANING,
    *SHAPE,
    *SCALING,
    *INTERACTIONS,
    *ENCODING,
    *CODES,
    *TARGETS,
    *SELECTION,
    *WRAPPER_SELECTION,
    *REDUCTION,
    *RESAMPLING,
    *BORDERS,
    *CLEANING,
    CLASS_COSTS,
    *TARGET,
)
