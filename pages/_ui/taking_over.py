"""The draft that an experiment came from, to change it and compare again."""

from dataclasses import replace

from lab.data import Dataset
from lab.experiments import Candidate, Experiment, StudyKind
from lab.recipes import PRESETS
from pages._ui import own_recipes
from pages._ui.draft import AUTO, KEPT, Contender, Draft, new_draft, recipe_named


def draft_of(experiment: Experiment, data: Dataset) -> Draft:
    """Return the draft that makes an experiment: its candidates are chosen, the others offered.

    They keep their order, which is part of an experiment's id. A ready recipe that all of them meet
    is that of the draft, so that another one chosen on the page Recipe reaches them.
    """
    fresh = new_draft(data)
    recipe = _shared_recipe(experiment)
    taken = _contenders(experiment, recipe)
    known = {contender.model.key for contender in taken}
    others = tuple(
        replace(contender, is_chosen=False)
        for contender in fresh.contenders
        if contender.model.key not in known
    )
    return replace(
        fresh,
        contenders=(*taken, *others),
        recipe=recipe or fresh.recipe,
        plan=experiment.plan,
        metrics=experiment.metrics,
        seed=experiment.seed,
        limits=experiment.limits,
        racing=experiment.racing,
    )


def with_own_recipe(draft: Draft) -> Draft:
    """Return the draft with the recipe that an experiment brought among one's own.

    So it can be seen and changed, where all chosen contenders meet the same one.
    """
    brought = [one.kept for one in draft.chosen if one.recipe == KEPT and one.kept is not None]
    if len({recipe.id for recipe in brought}) != 1 or len(brought) < len(draft.chosen):
        return draft
    word = own_recipes.word_of(brought[0]) or own_recipes.add(brought[0])
    contenders = tuple(
        replace(one, recipe="", kept=None) if one.is_chosen else one for one in draft.contenders
    )
    return replace(draft, recipe=word, contenders=contenders)


def _shared_recipe(experiment: Experiment) -> str:
    """Return the word of the recipe that all candidates meet, or "" when no word stands for it."""
    for word in (AUTO, *PRESETS.keys):
        if all(_is_recipe(word, candidate) for candidate in experiment.candidates):
            return word
    first = experiment.candidates[0].recipe
    if any(candidate.recipe.id != first.id for candidate in experiment.candidates):
        return ""
    return own_recipes.word_of(first)


def _contenders(experiment: Experiment, shared: str) -> tuple[Contender, ...]:
    seen: dict[str, int] = {}
    found = []
    for candidate in _models(experiment):
        key = candidate.model.key
        seen[key] = seen.get(key, 0) + 1
        recipe = "" if shared else _recipe_key(candidate)
        found.append(
            Contender(
                id=key if seen[key] == 1 else f"{key}-{seen[key]}",
                name=candidate.name,
                model=candidate.model,
                recipe=recipe,
                kept=candidate.recipe if recipe == KEPT else None,
            )
        )
    return tuple(found)


def _models(experiment: Experiment) -> tuple[Candidate, ...]:
    """Return the candidates; those of a study that differ only in rows or seed are one."""
    study = experiment.study
    if study is None or study.kind in {StudyKind.VALIDATION, StudyKind.ABLATION}:
        return experiment.candidates
    first = experiment.candidates[0]
    return (Candidate(name=study.candidate, recipe=first.recipe, model=first.model),)


def _recipe_key(candidate: Candidate) -> str:
    for word in (AUTO, *PRESETS.keys):
        if _is_recipe(word, candidate):
            return "" if word == AUTO else word
    return KEPT


def _is_recipe(word: str, candidate: Candidate) -> bool:
    return recipe_named(word, candidate.model.key).id == candidate.recipe.id
