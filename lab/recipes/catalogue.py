"""The table of preparation steps."""

from lab.base import Catalogue
from lab.recipes.entry import StepEntry
from lab.recipes.steps.dates import DATES
from lab.recipes.steps.encoding import ENCODING
from lab.recipes.steps.interactions import INTERACTIONS
from lab.recipes.steps.joint_missing import JOINT_MISSING
from lab.recipes.steps.missing import MISSING
from lab.recipes.steps.reduction import REDUCTION
from lab.recipes.steps.resampling import RESAMPLING
from lab.recipes.steps.scaling import SCALING
from lab.recipes.steps.selection import SELECTION
from lab.recipes.steps.text import TEXT
from lab.recipes.steps.wrapper_selection import WRAPPER_SELECTION

STEPS: Catalogue[StepEntry] = Catalogue(
    "step",
    *MISSING,
    *JOINT_MISSING,
    *DATES,
    *TEXT,
    *SCALING,
    *INTERACTIONS,
    *ENCODING,
    *SELECTION,
    *WRAPPER_SELECTION,
    *REDUCTION,
    *RESAMPLING,
)
