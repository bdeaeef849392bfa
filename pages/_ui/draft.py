"""The draft of an experiment: what competes, how columns are prepared, how it is judged."""

from dataclasses import dataclass, replace

import streamlit as st

from lab.base import Choice, LabError, from_json, to_json
from lab.benchmark import default_cluster
from lab.data import Dataset
from lab.experiments import Candidate, Experiment, Limits
from lab.metrics import default_metrics
from lab.models import MODELS, default_models, models_for
from lab.recipes import PRESETS, Recipe, auto_recipe, preset_recipe
from lab.validation import SPLITTERS, ValidationPlan, default_plan
from pages._ui import cached, own_recipes, session
from pages._ui.draft_lines import write_lines
from pages._ui.experiment_name import default_name
from pages._ui.wording import count

AUTO, KEPT = "auto", "kept"
_OWN = "own"
"""What older drafts call the one recipe of one's own that they hold themselves."""
ARTIFACT = "draft"


@dataclass(frozen=True, kw_only=True)
class Contender:
    """A model that may compete.

    Parameters
    ----------
    id : str
        Unique in the draft; part of the keys of its widgets.
    name : str
        For people, unique in the draft.
    model : Choice
        The model with its settings.
    recipe : str, default ""
        ``auto``, the key of a ready recipe, the word of one's own, ``kept``, or empty for the
        draft's.
    kept : Recipe or None
        The recipe behind ``kept``: the one of the experiment that it was taken from.
    is_chosen : bool, default True
        Whether it takes part.
    """

    id: str
    name: str
    model: Choice
    recipe: str = ""
    kept: Recipe | None = None
    is_chosen: bool = True


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An experiment that has not been started.

    Parameters
    ----------
    contenders : tuple of Contender
        Every model of the task, and copies with other settings.
    plan : ValidationPlan
        How rows are divided.
    metrics : tuple of str
        Keys of `METRICS`; the first decides.
    recipe : str, default "auto"
        As in `Contender`, for all that do not say otherwise.
    own : Recipe or None
        In drafts of older versions, the recipe of one's own.
    seed : int, default 0
        Of models, steps and splits.
    limits : Limits
        What one fit may use.
    name : str, default ""
        Of the experiment; made from the rest when empty.
    cluster : str, default ""
        Address of the Dask cluster that runs the fits; empty for this computer.
    racing : bool, default False
        Whether models stop being run once they are ruled out.
    """

    contenders: tuple[Contender, ...]
    plan: ValidationPlan
    metrics: tuple[str, ...]
    recipe: str = AUTO
    own: Recipe | None = None
    seed: int = 0
    limits: Limits = Limits()
    name: str = ""
    cluster: str = ""
    racing: bool = False

    @property
    def chosen(self) -> tuple[Contender, ...]:
        """The contenders that take part."""
        return tuple(contender for contender in self.contenders if contender.is_chosen)


def open_draft(data: Dataset) -> Draft:
    """Return the draft on a data set: the session's, the store's, or a sensible new one.

    With an experiment open and no draft yet it is the one that the experiment came from.
    """
    kept = session.draft(data.id) or (cached.store().load_artifact(ARTIFACT, data.id) or b"")
    if kept:
        try:
            draft = from_json(Draft, kept)
        except LabError:  # written by an older version
            return new_draft(data)
        draft = _with_known_recipes(draft)
        session.keep_draft(data.id, to_json(draft))
        return draft
    if experiment_id := session.chosen("experiment"):
        from pages._ui.taking_over import draft_of

        return draft_of(cached.experiment(experiment_id), data)
    return new_draft(data)


def keep_draft(data: Dataset, draft: Draft) -> None:
    """Keep a draft in session, store and on the card when it differs from what is there."""
    json = to_json(draft)
    if session.draft(data.id) != json:
        session.keep_draft(data.id, json)
        cached.store().save_artifact(ARTIFACT, data.id, json.encode())
        write_lines(*summary(draft))


def _with_known_recipes(draft: Draft) -> Draft:
    """Return the draft without recipes that were deleted meanwhile, which is told."""
    if draft.own is not None:
        word = own_recipes.add(draft.own, title="Own recipe")
        draft = replace(put_recipe(draft, _OWN, word), own=None)
    words = {draft.recipe, *(contender.recipe for contender in draft.contenders)}
    for word in words:
        if own_recipes.is_own(word) and own_recipes.own_recipe(word) is None:
            draft = put_recipe(draft, word, AUTO)
            session.remember_problem(
                LabError(
                    "a recipe that was chosen here is not there any more",
                    hint="Auto is taken in its place. Choose another on the page Recipe.",
                )
            )
    return draft


def put_recipe(draft: Draft, word: str, other: str) -> Draft:
    """Return the draft with another recipe wherever one is chosen."""
    contenders = tuple(
        replace(item, recipe=other) if item.recipe == word else item for item in draft.contenders
    )
    recipe = other if draft.recipe == word else draft.recipe
    return replace(draft, recipe=recipe, contenders=contenders)


@st.cache_data(show_spinner=False, max_entries=16)
def _default_json(dataset_id: str) -> str:
    data = cached.dataset(dataset_id)
    task = data.roles.task
    has_weights = bool(data.roles.weight)
    chosen = default_models(task, data.n_rows, len(data.features), has_weights=has_weights)
    contenders = tuple(
        Contender(
            id=entry.key,
            name=entry.title,
            model=MODELS.choose(entry.key),
            is_chosen=entry.key in chosen,
        )
        for entry in models_for(task)
    )
    return to_json(
        Draft(
            contenders=contenders,
            plan=_default_plan(data),
            metrics=default_metrics(task),
            cluster=default_cluster(),
        )
    )


def new_draft(data: Dataset) -> Draft:
    """Return a sensible draft on a data set."""
    return from_json(Draft, _default_json(data.id))


def _default_plan(data: Dataset) -> ValidationPlan:
    smallest = 0
    if data.roles.task.is_classification:
        import numpy as np

        counts = np.bincount(data.y.astype(np.int64))
        smallest = int(counts[counts > 0].min())
    return default_plan(
        data.roles.task,
        has_groups=bool(data.roles.group),
        has_times=bool(data.roles.time),
        n_rows=data.n_rows,
        smallest_class=smallest,
    )


def recipe_of(draft: Draft, contender: Contender) -> Recipe:
    """Return the recipe that a contender meets."""
    if contender.recipe == KEPT and contender.kept is not None:
        return contender.kept
    return recipe_named(contender.recipe or draft.recipe, contender.model.key)


def recipe_named(key: str, model_key: str) -> Recipe:
    """Return the recipe behind a word of a draft for a model."""
    if (own := own_recipes.own_recipe(key)) is not None:
        return own
    if key in PRESETS:
        return preset_recipe(key)
    entry = MODELS[model_key]
    return auto_recipe(entry.preset, takes_missing=entry.takes_missing)


def recipe_title(key: str) -> str:
    """Return what people call the recipe behind a word of a draft, as plain text."""
    if key == KEPT:
        return "As in the experiment"
    if (own := own_recipes.own_recipe(key)) is not None:
        return own.title
    return PRESETS[key].title if key in PRESETS else "Auto, suits each model"


def change_contender(draft: Draft, contender_id: str, **changes: object) -> Draft:
    """Return the draft with one contender changed."""
    contenders = tuple(
        replace(contender, **changes) if contender.id == contender_id else contender  # type: ignore[arg-type]
        for contender in draft.contenders
    )
    return replace(draft, contenders=contenders)


def copy_contender(draft: Draft, contender_id: str) -> Draft:
    """Return the draft with a copy of a contender right behind it, under names of its own."""
    place = [contender.id for contender in draft.contenders].index(contender_id)
    original = draft.contenders[place]
    ids = {contender.id for contender in draft.contenders}
    taken = {contender.name for contender in draft.contenders}
    title = MODELS[original.model.key].title
    number = next(
        n for n in range(2, 999)
        if f"{original.model.key}-{n}" not in ids and f"{title} {n}" not in taken
    )  # fmt: skip
    copy = replace(original, id=f"{original.model.key}-{number}", name=f"{title} {number}")
    contenders = (*draft.contenders[: place + 1], copy, *draft.contenders[place + 1 :])
    return replace(draft, contenders=contenders)


def drop_contender(draft: Draft, contender_id: str) -> Draft:
    """Return the draft without a contender."""
    contenders = tuple(item for item in draft.contenders if item.id != contender_id)
    return replace(draft, contenders=contenders)


def make_experiment(draft: Draft, data: Dataset) -> Experiment:
    """Return the experiment that the draft describes; LabError when it cannot be run."""
    candidates = tuple(
        Candidate(name=contender.name, recipe=recipe_of(draft, contender), model=contender.model)
        for contender in draft.chosen
    )
    return Experiment(
        name=draft.name or _name(draft),
        dataset_id=data.id,
        task=data.roles.task,
        candidates=candidates,
        plan=replace(draft.plan, seed=draft.seed),
        metrics=draft.metrics,
        seed=draft.seed,
        limits=draft.limits,
        racing=draft.racing,
    )


def _name(draft: Draft) -> str:
    recipe, models, plan = summary(draft)
    is_auto = all((one.recipe or draft.recipe) == AUTO for one in draft.chosen)
    return default_name(models, plan, "" if is_auto else recipe)


def summary(draft: Draft) -> tuple[str, str, str]:
    """Return the draft in three short lines: recipe, models, plan."""
    words = {one.recipe or draft.recipe for one in draft.chosen} or {draft.recipe}
    recipe = recipe_title(words.pop()) if len(words) == 1 else "Several recipes"
    keys = [one.model.key for one in draft.chosen]
    models = count(len(set(keys)), "model")
    models += f", {count(len(keys), 'candidate')}" if len(keys) > len(set(keys)) else ""
    return recipe, models, plan_text(draft.plan)


def plan_text(plan: ValidationPlan) -> str:
    """Return a plan in a few words, such as ``"5-fold stratified"``."""
    title = SPLITTERS[plan.splitter.key].title.lower()
    folds = plan.splitter.settings.get("folds")
    text = f"{title}, {folds} folds" if folds else title
    return f"{text} × {plan.repeats}" if plan.repeats > 1 else text
