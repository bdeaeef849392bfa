"""The step that weighs classes by what a missed row costs."""

from collections.abc import Mapping

from lab.base import LabError, Number, Task, Text, Value
from lab.recipes.entry import Acts
from lab.recipes.level_texts import class_costs
from lab.recipes.steps.resampling import build_nothing, sampler_entry


def _problem_with_costs(settings: Mapping[str, Value], task: Task) -> str:
    try:
        costs = class_costs(str(settings["weights"]))
    except LabError as error:
        return f"class_costs: {error.message}. {error.hint}".strip()
    if not costs and task is Task.MULTICLASS:
        return "class_costs needs weights by class where there are more than two classes"
    return ""


CLASS_COSTS = sampler_entry(
    "class_costs",
    "Cost of a missed class",
    summary="Rows of a class weigh in fitting as much as missing one of them costs.",
    use_when="When mistakes have different prices, such as a missed illness. No rows are made up "
    "or lost; the model must take row weights, and its probabilities no longer mean frequencies.",
    build=build_nothing,
    acts=Acts.WEIGHTS,
    problem_with=_problem_with_costs,
    params=(
        Number(
            name="missed_positive",
            label="Cost of a missed positive",
            default=5.0,
            minimum=0.001,
            maximum=100_000.0,
            log_scale=True,
            help="A missed negative costs 1. For two classes.",
        ),
        Text(
            name="weights",
            label="Or a weight for each class",
            default="",
            max_length=1000,
            help="yes: 5, no: 1. Takes the place of the number above; classes that are not listed "
            "weigh 1.",
        ),
    ),
)
