"""The name that an experiment gets when nobody gave it one, told apart from earlier ones."""

from collections.abc import Iterable
from dataclasses import replace

from lab.base import plain_text
from lab.experiments import Experiment
from lab.store import ExperimentInfo

MOST_LETTERS = 40
"""Of a recipe's title in a name."""


def default_name(models: str, plan: str, recipe: str = "") -> str:
    """Return the name that a draft proposes.

    Parameters
    ----------
    models, plan : str
        Short words for each.
    recipe : str, default ""
        Title of the recipe that was chosen; empty where each model meets the one that suits it.

    Examples
    --------
    >>> default_name("6 models", "stratified, 5 folds", "Linear models")
    '6 models · stratified, 5 folds · Linear models'
    """
    title = plain_text(recipe, max_length=MOST_LETTERS)
    return " · ".join(part for part in (models, plan, title) if part)


def told_apart(experiment: Experiment, infos: Iterable[ExperimentInfo]) -> Experiment:
    """Return the experiment under a name that no other experiment on its data set has.

    Parameters
    ----------
    experiment : Experiment
        The one that is to be kept; its id does not depend on its name.
    infos : iterable of ExperimentInfo
        The experiments that are kept, of any data set.
    """
    taken = {
        info.name
        for info in infos
        if info.dataset_id == experiment.dataset_id and info.id != experiment.id
    }
    name, number = experiment.name, 1
    while name in taken:
        number += 1
        name = f"{experiment.name} · {number}"
    return replace(experiment, name=name)
