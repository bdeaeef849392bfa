"""Proposals of findings: applied to data and draft by one click, taken back by another."""

from dataclasses import dataclass, replace

from lab.base import Action, ActionKind, Schema, Selection, from_json, to_json
from lab.data import Dataset, Table, mend
from lab.models import MODELS
from lab.recipes import (
    PRESETS,
    STEPS,
    Family,
    Recipe,
    Step,
    add_step,
    check_recipe,
    columns_of,
    preset_recipe,
)
from lab.validation import SPLITTERS, ValidationPlan
from pages._ui import cached, intake, own_recipes, session
from pages._ui.draft import (
    Contender,
    Draft,
    keep_draft,
    new_draft,
    open_draft,
    put_recipe,
    recipe_of,
)

_MARK = "taken"
_MOST_KEPT = 20


@dataclass(frozen=True, kw_only=True)
class Taken:
    """An action that was taken, and how things stood before it.

    Parameters
    ----------
    title : str
        What was done.
    now : str
        The data set that came out.
    dataset, table, experiment : str
        Ids of what was open before.
    draft : str
        The draft before, as JSON.
    """

    title: str
    now: str
    dataset: str
    table: str
    experiment: str
    draft: str


@dataclass(frozen=True, kw_only=True)
class _Pile:
    entries: tuple[Taken, ...] = ()


def take(action: Action, table: Table, data: Dataset) -> None:
    """Do what a finding proposes; LabError when it cannot be done."""
    draft = open_draft(data)
    experiment = session.chosen("experiment")
    changed = data
    if action.kind.is_of_data:
        mended, roles = mend(table, data.roles, action)
        intake.change_roles(mended, roles, name=data.name)
        changed = cached.dataset(session.chosen("dataset"))
    keep_draft(changed, change_draft(carry(draft, data, changed), changed, action))
    _set_back_forms()
    entry = Taken(
        title=action.title, now=changed.id, dataset=data.id, table=table.id,
        experiment=experiment, draft=to_json(draft),
    )  # fmt: skip
    _put(_Pile(entries=(*_pile().entries, entry)[-_MOST_KEPT:]))
    session.remember_note(told(action))


def last_taken(data: Dataset) -> Taken | None:
    """Return the last action that led to a data set in this session, or None."""
    entries = _pile().entries
    return entries[-1] if entries and entries[-1].now == data.id else None


def take_back(taken: Taken) -> None:
    """Return to how things stood before an action."""
    data = cached.dataset(taken.dataset)
    session.choose_data(data.id, table_id=taken.table, own_table_id=data.table.id)
    if taken.experiment:
        session.choose("experiment", taken.experiment)
    keep_draft(data, from_json(Draft, taken.draft))
    _set_back_forms()
    _put(_Pile(entries=_pile().entries[:-1]))
    session.remember_note(f"taken back: {taken.title}")


def told(action: Action) -> str:
    """Return what was done, in a sentence."""
    more = ". The recipe is your own now, for every model that can take it"
    return f"done: {action.title}{more if action.kind is ActionKind.STEP else ''}"


def is_settled(action: Action, data: Dataset, draft: Draft) -> bool:
    """Return whether the draft has already what an action would bring."""
    if action.kind is ActionKind.FOLDS:
        folds = draft.plan.splitter.settings.get("folds")
        return folds is not None and int(folds) <= int(action.settings["folds"] or 0)
    if action.kind is ActionKind.METRIC:
        return draft.metrics[:1] == (action.settings["metric"],)
    if action.kind is ActionKind.STEP:
        followers = [one for one in draft.chosen if not one.recipe] or draft.chosen
        recipes = [recipe_of(draft, contender) for contender in followers]
        return bool(recipes) and all(_has_step(one, action, data.features) for one in recipes)
    return False


def change_draft(draft: Draft, data: Dataset, action: Action) -> Draft:
    """Return the draft after an action, on the data set that came out of it."""
    if action.kind in {ActionKind.GROUP, ActionKind.TIME}:
        return replace(draft, plan=_split_by(action.kind.value, draft.plan))
    if action.kind is ActionKind.FOLDS:
        return replace(draft, plan=_fewer_folds(draft.plan, int(action.settings["folds"] or 2)))
    if action.kind is ActionKind.METRIC:
        key = str(action.settings["metric"])
        return replace(draft, metrics=(key, *(one for one in draft.metrics if one != key)))
    if action.kind is ActionKind.STEP:
        key, columns = str(action.settings["step"]), action.columns
        return _with_own(
            draft, with_step(_recipe_to_change(draft), key, columns, data.features), data
        )
    return draft


def carry(draft: Draft, old: Dataset, new: Dataset) -> Draft:
    """Return the draft on a changed data set: what was chosen is kept as far as it still fits."""
    if old.id == new.id:
        return draft
    fresh = new_draft(new)
    if old.roles.task is not new.roles.task or draft == new_draft(old):
        return fresh
    needs = SPLITTERS[draft.plan.splitter.key].needs
    has = {"groups": bool(new.roles.group), "times": bool(new.roles.time)}
    plan = draft.plan if has.get(needs, True) else fresh.plan
    words = {draft.recipe, *(contender.recipe for contender in draft.contenders)}
    for word in sorted(words):
        if (own := own_recipes.own_recipe(word)) is not None:
            fitting = _within(own, new.features)
            if fitting != own:  # the recipe itself stays, for other tables
                draft = put_recipe(draft, word, own_recipes.add(fitting))
    return replace(draft, plan=plan)


def with_step(recipe: Recipe, key: str, columns: tuple[str, ...], schema: Schema) -> Recipe:
    """Return a recipe with one more step for some columns.

    An encoding takes its columns from the other encodings, since each column is encoded once.
    """
    entry, choice = STEPS[key], STEPS.choose(key)
    if not entry.kinds:
        return add_step(recipe, choice)
    wanted = tuple(name for name in columns if name in schema.names)
    if entry.family is Family.ENCODING:
        recipe = replace(recipe, steps=_without_columns(recipe, wanted, schema))
    return add_step(recipe, choice, Selection(names=wanted))


def _recipe_to_change(draft: Draft) -> Recipe:
    """Return the recipe that a step is added to: the one in use, "for linear models" for Auto."""
    if (own := own_recipes.own_recipe(draft.recipe)) is not None:
        return own
    key = draft.recipe if draft.recipe in PRESETS else "linear"
    return replace(preset_recipe(key), title="Own recipe")


def _with_own(draft: Draft, own: Recipe, data: Dataset) -> Draft:
    """Return the draft with a new recipe of one's own; models that cannot take it keep theirs."""
    former = draft.recipe
    contenders = tuple(
        one if one.recipe or _takes(one, own, data) else replace(one, recipe=former)
        for one in draft.contenders
    )
    return replace(draft, recipe=own_recipes.add(own), contenders=contenders)


def _takes(contender: Contender, recipe: Recipe, data: Dataset) -> bool:
    entry = MODELS[contender.model.key]
    return not check_recipe(
        recipe, data.features, task=data.roles.task,
        takes_missing=entry.takes_missing, takes_weights=entry.takes_weights,
        takes_categories=entry.takes_categories,
    )  # fmt: skip


def _without_columns(recipe: Recipe, names: tuple[str, ...], schema: Schema) -> tuple[Step, ...]:
    kept = []
    for step in recipe.steps:
        its_own = columns_of(step, schema)
        if STEPS[step.choice.key].family is not Family.ENCODING or not set(its_own) & set(names):
            kept.append(step)
            continue
        left = tuple(name for name in its_own if name not in names)
        if left:
            kept.append(replace(step, selection=replace(step.selection, names=left)))
    return tuple(kept)


def _within(recipe: Recipe, schema: Schema) -> Recipe:
    """Return a recipe without the names of columns that are no features any more."""
    kept = []
    for step in recipe.steps:
        names = tuple(name for name in step.selection.names if name in schema.names)
        if names or not step.selection.names:
            kept.append(replace(step, selection=replace(step.selection, names=names)))
    return replace(recipe, steps=tuple(kept))


def _has_step(recipe: Recipe, action: Action, schema: Schema) -> bool:
    wanted = set(action.columns) & set(schema.names)
    return any(
        step.choice.key == action.settings["step"] and wanted <= set(columns_of(step, schema))
        for step in recipe.steps
    )


def _split_by(key: str, plan: ValidationPlan) -> ValidationPlan:
    folds = plan.splitter.settings.get("folds")
    splitter = SPLITTERS.choose(key, {"folds": folds} if folds else {})
    repeats = plan.repeats if SPLITTERS[key].can_repeat else 1
    return replace(plan, splitter=splitter, repeats=repeats)


def _fewer_folds(plan: ValidationPlan, folds: int) -> ValidationPlan:
    settings = plan.splitter.settings
    if "folds" not in settings:
        return plan
    kept = {**settings, "folds": min(folds, int(settings["folds"] or folds))}
    return replace(plan, splitter=SPLITTERS.choose(plan.splitter.key, kept))


def _set_back_forms() -> None:
    session.renew("judging")
    session.renew("recipe")


def _pile() -> _Pile:
    kept = session.marked(_MARK)
    return from_json(_Pile, kept) if kept else _Pile()


def _put(pile: _Pile) -> None:
    session.mark(_MARK, to_json(pile))
