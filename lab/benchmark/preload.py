"""The libraries that children of a forkserver find imported."""

from collections.abc import Sequence

from lab.experiments import Candidate
from lab.models import MODELS
from lab.recipes import STEPS, Acts
from lab.standby import ALWAYS, RESAMPLING


def modules_for(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the modules that these candidates need."""
    models = [MODELS[candidate.model.key].module for candidate in candidates]
    steps = {step.choice.key for candidate in candidates for step in candidate.recipe.steps}
    resamples = any(STEPS[key].acts is Acts.ROWS for key in steps)
    return tuple(dict.fromkeys((*ALWAYS, *models, *(RESAMPLING if resamples else ()))))
