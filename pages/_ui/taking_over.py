"""The draft that an experiment came from, to change it and compare again."""

from dataclasses import replace

from lab.data import Dataset
from lab.experiments import Candidate, Experiment, StudyKind
from lab.recipes import PRESETS
from pages._ui.draft import AUTO, KEPT, Contender, Draft, new_draft, recipe_named


def draft_of(experiment: Experiment, data: Dataset) -> Draft:
    """Return the draft that makes an experiment: its candidates are chosen, the others offered.

    They keep their order, which is part of an experiment's id.
    """
    fresh = new_draft(data)
    taken = _contenders(experiment)
    known = {contender.model.key for contender in taken}
    others = tuple(
        replace(contender, is_chosen=False)
        for contender in fresh.contenders
        if contender.model.key not in known
    )
    return replace(
        fresh,
        contenders=(*taken, *others),
        plan=experiment.plan,
        metrics=experiment.metrics,
        seed=experiment.seed,
        limits=experiment.limits,
        racing=experiment.racing,
    )


def _contenders(experiment: Experiment) -> tuple[Contender, ...]:
    seen: dict[str, int] = {}
    found = []
    for candidate in _models(experiment):
        key = candidate.model.key
        seen[key] = seen.get(key, 0) + 1
        recipe = _recipe_key(candidate)
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
    key = candidate.model.key
    for word in (AUTO, *PRESETS.keys):
        if recipe_named(word, key).id == candidate.recipe.id:
            return "" if word == AUTO else word
    return KEPT
