"""How to get the same numbers again."""

import platform

from lab.base import Value, join_words
from lab.experiments import Experiment, library_versions
from lab.models import MODELS
from lab.recipes import PRESETS, auto_recipe
from lab.reports import words
from lab.reports.document import Block, Code, Facts, Paragraph
from lab.reports.material import Material
from lab.validation import SPLITTERS

EXPERIMENT_FILE = "experiment.json"


def build(material: Material) -> tuple[Block, ...]:
    """Return the command that runs the same experiment, and the versions."""
    line, is_exact = run_command(material)
    blocks: list[Block] = [
        Paragraph(text="The same comparison from the command line, in a copy of the playground:"),
        Code(text=line),
    ]
    if not is_exact:
        text = (
            "This line does not do all that was done here: the command line takes one candidate and"
            " one recipe a model, and one seed. experiment.json holds everything."
        )
        blocks.append(Paragraph(text=text, tone="quiet"))
    if EXPERIMENT_FILE in line:
        text = (
            "experiment.json holds the recipes: a run leaves it beside its report, and the page"
            " Report offers it."
        )
        blocks.append(Paragraph(text=text, tone="quiet"))
    text = (
        "Add --kind for columns whose kind was changed, and how the file was read if it was told."
        " The line reads the file as it stands: values that were taken as missing, rows that were"
        " left out and classes that were joined by a finding, as told under Data, are not changed"
        " again."
    )
    blocks.append(Paragraph(text=text, tone="quiet"))
    versions = {"Python": platform.python_version(), **library_versions()}
    blocks += [
        Paragraph(text="Equal numbers need equal versions of these libraries:"),
        Facts(items=tuple(versions.items())),
    ]
    return tuple(blocks)


def run_command(material: Material) -> tuple[str, bool]:
    """Return the command line of the same experiment, and whether it says everything.

    Parameters
    ----------
    material : Material
        The experiment.
    """
    experiment, roles = material.experiment, material.dataset.roles
    keys = [one.model.key for one in experiment.candidates]
    words_ = [
        "python", "-m", "lab", "run", material.dataset.table.source,
        "--target", roles.target, "--task", roles.task.value,
        "--models", ",".join(dict.fromkeys(keys)),
        *_set_words(experiment),
        "--recipe", _recipe_word(experiment),
        *_plan_words(experiment),
    ]  # fmt: skip
    for flag, value in (
        ("--group", roles.group),
        ("--time", roles.time),
        ("--weight", roles.weight),
        ("--positive", roles.positive),
        ("--ignore", join_words(roles.ignored)),
    ):
        words_ += [flag, value] if value else []
    words_ += ["--racing"] if experiment.racing else []
    words_ += ["--metrics", ",".join(experiment.metrics), "--out", "results"]
    is_exact = len(set(keys)) == len(keys) and experiment.plan.seed == experiment.seed
    return words.command(words_), is_exact


def _recipe_word(experiment: Experiment) -> str:
    """Return the word that gives every model its recipe, ``auto`` where one has several."""
    own = [one.recipe.id for one in experiment.candidates]
    suited = [_auto_ids(one.model.key) for one in experiment.candidates]
    if all(recipe in auto for recipe, auto in zip(own, suited, strict=True)):
        return "auto"
    for entry in PRESETS:
        if set(own) == {entry.recipe.id}:
            return entry.key
    has_one_each = len({(one.model.key, one.recipe.id) for one in experiment.candidates}) == len(
        {one.model.key for one in experiment.candidates}
    )
    return EXPERIMENT_FILE if has_one_each else "auto"


def _auto_ids(model: str) -> set[str]:
    entry = MODELS[model]
    return {auto_recipe(entry.preset, takes_missing=entry.takes_missing).id}


def _set_words(experiment: Experiment) -> list[str]:
    found = []
    for candidate in experiment.candidates:
        defaults = MODELS.choose(candidate.model.key).settings
        found += [
            f"{candidate.model.key}.{name}={_text(value)}"
            for name, value in candidate.model.settings.items()
            if value != defaults[name]
        ]
    return [word for setting in found for word in ("--set", setting)]


def _plan_words(experiment: Experiment) -> list[str]:
    plan = experiment.plan
    settings = dict(plan.splitter.settings)
    found = ["--cv", plan.splitter.key]
    if "folds" in settings:
        found += ["--folds", _text(settings.pop("folds"))]
    found += ["--repeats", str(plan.repeats), "--seed", str(plan.seed)]
    defaults = SPLITTERS.choose(plan.splitter.key).settings
    for name, value in settings.items():
        if value != defaults[name]:
            found += ["--set", f"{plan.splitter.key}.{name}={_text(value)}"]
    return found


def _text(value: Value) -> str:
    return "none" if value is None else str(value)
