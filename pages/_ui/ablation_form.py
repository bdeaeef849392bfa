"""The form of an ablation: which models, from which recipe, and which choices are looked at."""

from collections.abc import Sequence

import streamlit as st

from lab.base import LabError, Param, Value, fingerprint, label_words, value_words
from lab.data import Dataset
from lab.experiments import (
    Candidate,
    Experiment,
    ablation,
    unfit_reason,
    values_of,
    varied_params,
)
from lab.recipes import (
    PRESETS,
    STEPS,
    Recipe,
    RecipeChange,
    has_work,
    possible_changes,
    preset_recipe,
)
from pages._ui import cached, own_recipes
from pages._ui.cached import Results
from pages._ui.draft import AUTO, recipe_title
from pages._ui.problems import show

_MODELS_AT_FIRST = 2


def ask_ablation(
    found: Results, data: Dataset, names: Sequence[str]
) -> tuple[Experiment, tuple[int, ...]] | None:
    """Show the form of an ablation and return what it describes.

    Parameters
    ----------
    found : Results
        The experiment that the candidates are from.
    data : Dataset
        Its data set.
    names : sequence of str
        The candidates that have scores, best first.

    Returns
    -------
    tuple of (Experiment, tuple of int) or None
        The ablation, and the positions of its candidates in the experiment; None when none can be
        made of what stands in the form; the reason is shown.
    """
    chosen = st.multiselect(
        "Models",
        names,
        names[:_MODELS_AT_FIRST],
        key="ablation models",
        placeholder="Choose models",
        help="Each is compared with and without every choice below, on the same folds.",
    )
    recipe = _ask_recipe()
    places = tuple(found.names.index(name) for name in chosen)
    starts = [_start(found.experiment.candidates[place], recipe) for place in places]
    changes = _ask_changes(found.experiment, data, starts)
    try:
        study = ablation(found.experiment, places, changes, features=data.features, recipe=recipe)
    except LabError as error:
        show(error)
        return None
    return study, places


def _start(candidate: Candidate, recipe: Recipe | None) -> Candidate:
    if recipe is None:
        return candidate
    return Candidate(name=candidate.name, recipe=recipe, model=candidate.model)


def _ask_recipe() -> Recipe | None:
    own = own_recipes.own_recipes()
    keys = [AUTO, *PRESETS.keys, *own]
    key = st.selectbox(
        "Recipe to start from",
        keys,
        format_func=lambda word: "Each model's own" if word == AUTO else recipe_title(word),
        key="ablation recipe",
        help="What every choice is compared with. Fits that were done for it are taken over.",
    )
    if key == AUTO:
        return None
    return own.get(key) or preset_recipe(key)


def _ask_changes(
    experiment: Experiment, data: Dataset, starts: list[Candidate]
) -> list[RecipeChange]:
    offered = cached.value(
        f"changes {data.id} {[start.id for start in starts]}",
        lambda: _offered(experiment, data, starts),
    )
    left_out = {change.title: change for change in offered if change.leaves_out}
    instead = {change.title: change for change in offered if change.step and change.instead}
    added = {change.title: change for change in offered if not change.step}
    chosen = [
        *_ask("Leave out", left_out, "left out", default=tuple(left_out)),
        *_ask("Put another in its place", instead, "instead"),
        *_ask("Add", added, "added"),
    ]
    if starts:
        chosen += _ask_setting(data, starts)
    return chosen


def _ask(
    label: str, offered: dict[str, RecipeChange], key: str, *, default: tuple[str, ...] = ()
) -> list[RecipeChange]:
    titles = list(offered)
    chosen = st.multiselect(
        label,
        titles,
        default,
        key=f"ablation {key} {fingerprint(titles)[:8]}",
        placeholder="None" if titles else "Nothing that these models could do with",
        disabled=not titles,
        help="One at a time: all else of the recipe stays as it is." if key == "left out" else None,
    )
    return [offered[title] for title in chosen]


def _offered(experiment: Experiment, data: Dataset, starts: list[Candidate]) -> list[RecipeChange]:
    """Return the changes that some of the candidates can do with, none twice."""
    found: dict[str, RecipeChange] = {}
    for start in starts:
        for change in possible_changes(start.recipe, data.features, experiment.task):
            if change.title not in found and not unfit_reason(
                experiment, start, change, data.features
            ):
                found[change.title] = change
    return list(found.values())


def _ask_setting(data: Dataset, starts: list[Candidate]) -> list[RecipeChange]:
    settings = _settings(data, starts)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.selectbox(
            "Set otherwise",
            list(settings),
            index=None,
            key="ablation setting",
            placeholder="No setting",
            disabled=not settings,
        )
        if title is None:
            return []
        key, param, own = settings[title]
        words = {value_words(param, value): value for value in _others(param, own)}
        values = st.multiselect(
            f"Instead of {value_words(param, own)}",
            list(words),
            key=f"ablation values {key} {param.name}",
            placeholder="Choose values",
        )
    return [
        RecipeChange(step=key, instead=key, settings={param.name: words[value]}) for value in values
    ]


def _others(param: Param, own: Value) -> list[Value]:
    """Return the values that a setting may have instead of its own, no limit among them."""
    values = list(values_of(param, own))
    if getattr(param, "none_label", ""):
        values.append(None)
    return [value for value in dict.fromkeys(values) if value != own]


def _settings(data: Dataset, starts: list[Candidate]) -> dict[str, tuple[str, Param, Value]]:
    """Return the settings of all steps that have work, with the value that stands there now."""
    found: dict[str, tuple[str, Param, Value]] = {}
    for start in starts:
        for step in start.recipe.steps:
            entry = STEPS[step.choice.key]
            if not has_work(step, data.features):
                continue
            for param in varied_params(entry.params):
                own = step.choice.settings.get(param.name, param.default)
                found.setdefault(f"{entry.title}: {label_words(param)}", (entry.key, param, own))
    return found
