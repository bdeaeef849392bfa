"""The table of preparation steps."""

from lab.base import Catalogue
from lab.recipes.entry import StepEntry
from lab.recipes.steps.dates import DATES
from lab.recipes.steps.encoding import ENCODING
from lab.recipes.steps.missing import MISSING
from lab.recipes.steps.resampling import RESAMPLING
from lab.recipes.steps.scaling import SCALING
from lab.recipes.steps.target import TARGET
from lab.recipes.steps.text import TEXT

STEPS: Catalogue[StepEntry] = Catalogue(
    "step", *MISSING, *DATES, *TEXT, *SCALING, *ENCODING, *RESAMPLING, *TARGET
)
