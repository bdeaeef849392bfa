"""The libraries that children of a forkserver find imported."""

from collections.abc import Sequence

from lab.experiments import Candidate
from lab.recipes import STEPS, Acts
from lab.standby import modules_for


def modules_of(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the modules that these candidates need, in the order of import."""
    steps = {step.choice.key for candidate in candidates for step in candidate.recipe.steps}
    return modules_for(resampling=any(STEPS[key].acts is Acts.ROWS for key in steps))
