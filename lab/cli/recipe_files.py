"""The recipes that a command names: ready ones, one in a file, or those of an experiment's file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lab.base import LabError, from_json, to_json
from lab.experiments import Experiment
from lab.models import ModelEntry
from lab.recipes import PRESETS, Recipe, auto_recipe, preset_recipe, recipe_from_json

AUTO = "auto"
MAX_BYTES = 10_000_000


@dataclass(frozen=True, kw_only=True)
class NamedRecipes:
    """Which recipe each model meets; without any, the one that suits it.

    Parameters
    ----------
    for_all : Recipe or None
        The one that all meet.
    by_model : dict of str to Recipe
        Those of an experiment, by key of the model.
    """

    for_all: Recipe | None = None
    by_model: Mapping[str, Recipe] = field(default_factory=dict)

    def of(self, entry: ModelEntry) -> Recipe:
        """Return the recipe that a model meets; LabError when the experiment does not have it."""
        if self.for_all is not None:
            return self.for_all
        if not self.by_model:
            return auto_recipe(entry.preset, takes_missing=entry.takes_missing)
        if entry.key not in self.by_model:
            raise LabError(
                f"the experiment that --recipe names has no recipe for {entry.key}",
                hint=f"It has those of {', '.join(self.by_model)}.",
            )
        return self.by_model[entry.key]


def named_recipes(word: str) -> NamedRecipes:
    """Return the recipes that a word names.

    Parameters
    ----------
    word : str
        ``auto``, the key of a ready recipe, a file as the page Recipe saves it, or the
        ``experiment.json`` that a run leaves: each model then meets its recipe of there.

    Raises
    ------
    LabError
        When it names nothing, or its file holds neither.
    """
    if word == AUTO:
        return NamedRecipes()
    if word in PRESETS:
        return NamedRecipes(for_all=preset_recipe(word))
    path = Path(word)
    if not path.is_file():
        raise LabError(
            f"there is no recipe and no file {word!r}",
            hint=f"Known are: {', '.join((AUTO, *PRESETS.keys))}, or a JSON file of your own.",
        )
    if path.stat().st_size > MAX_BYTES:
        raise LabError(f"{word!r} is too big for a recipe")
    text = path.read_text(encoding="utf-8", errors="replace")
    experiment = _experiment_part(text)
    if experiment is None:
        return NamedRecipes(for_all=recipe_from_json(text))
    return NamedRecipes(by_model=_recipes_of(from_json(Experiment, experiment)))


def _experiment_part(text: str) -> str | None:
    """Return the part of an experiment's file that says what was run, None of any other text."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    part = content.get("experiment") if isinstance(content, dict) else None
    return None if part is None else json.dumps(part)


def _recipes_of(experiment: Experiment) -> dict[str, Recipe]:
    found: dict[str, Recipe] = {}
    for candidate in experiment.candidates:
        key = candidate.model.key
        recipe = recipe_from_json(to_json(candidate.recipe))
        if found.setdefault(key, recipe).id != recipe.id:
            raise LabError(
                f"the experiment has several recipes for {key}",
                hint="Save the one that is meant on the page Recipe, and name that file.",
            )
    return found
