"""Ablations: studies that compare candidates with and without single choices of preparation.

They run like any other experiment. Candidates as they are have the keys that they had, so their
cells are taken over; what one choice changes is computed, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lab.base import LabError, Schema
from lab.experiments.candidate import Candidate
from lab.experiments.experiment import Experiment
from lab.experiments.study import Contrast, Study, StudyKind
from lab.models import MODELS
from lab.recipes import Recipe, RecipeChange, changed_recipe, check_recipe, has_work

_MOST_REASONS = 6


def ablation(
    experiment: Experiment,
    candidates: Sequence[int],
    changes: Sequence[RecipeChange],
    *,
    features: Schema,
    recipe: Recipe | None = None,
) -> Experiment:
    """Return an experiment of candidates with and without each of some choices of preparation.

    Parameters
    ----------
    experiment : Experiment
        Where the candidates are from; data set, splits, seed, metrics and limits are its own.
    candidates : sequence of int
        Their positions.
    changes : sequence of RecipeChange
        One difference each.
    features : Schema
        The feature columns of the data set.
    recipe : Recipe, optional
        What all candidates start from; each its own recipe when not given.

    Raises
    ------
    LabError
        When no choice can be compared for any candidate, with all reasons.
    """
    if not candidates:
        raise LabError("no model was chosen", hint="Choose at least one model.")
    if not changes:
        raise LabError("no choice to compare", hint="Choose at least one step to look at.")
    makers = _Candidates(experiment=experiment, features=features)
    for place in dict.fromkeys(candidates):
        makers.add_model(experiment.candidates[place], recipe, tuple(changes))
    if not makers.contrasts:
        reasons = "; ".join((makers.notes + makers.absent)[:_MOST_REASONS])
        raise LabError(f"nothing can be compared: {reasons}", hint="Choose other steps.")
    own = [experiment.candidates[place].name for place in candidates]
    study = Study(
        kind=StudyKind.ABLATION,
        of=experiment.id,
        candidate=", ".join(own),
        points=tuple(makers.points),
        own="",
        contrasts=tuple(makers.contrasts),
        notes=tuple(makers.notes),
    )
    return Experiment(
        name=_name(own, study.contrasts),
        dataset_id=experiment.dataset_id,
        task=experiment.task,
        candidates=tuple(makers.made),
        plan=experiment.plan,
        metrics=experiment.metrics,
        seed=experiment.seed,
        limits=experiment.limits,
        study=study,
    )


def unfit_reason(
    experiment: Experiment, candidate: Candidate, change: RecipeChange, features: Schema
) -> str:
    """Return why a choice cannot be compared for a candidate; empty when it can.

    Parameters
    ----------
    experiment : Experiment
        Where the candidate is from.
    candidate : Candidate
        Its model, and the recipe that is changed.
    change : RecipeChange
        The choice.
    features : Schema
        The feature columns of the data set.
    """
    steps = [step for step in candidate.recipe.steps if step.choice.key == change.step]
    if steps and not any(has_work(step, features) for step in steps):
        return f"{change.step} has no column here"
    try:
        recipe = changed_recipe(candidate.recipe, change)
    except LabError as error:
        return error.message
    if recipe.id == candidate.recipe.id:
        return "it is so already"
    entry = MODELS[candidate.model.key]
    problems = check_recipe(
        recipe,
        features,
        task=experiment.task,
        takes_missing=entry.takes_missing,
        takes_weights=entry.takes_weights,
        takes_categories=entry.takes_categories,
    )
    return "; ".join(problem.message for problem in problems[:2])


@dataclass(kw_only=True)
class _Candidates:
    """The candidates of an ablation as they come together; each stands there once."""

    experiment: Experiment
    features: Schema
    made: list[Candidate] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    contrasts: list[Contrast] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def add_model(
        self, own: Candidate, recipe: Recipe | None, changes: tuple[RecipeChange, ...]
    ) -> None:
        """Add a candidate, and its versions with one choice changed."""
        start = own if recipe is None else replace(own, recipe=recipe)
        fitting = [change for change in changes if self._fits(start, change)]
        if not fitting:
            return
        base = self._place(start, "")
        for change in fitting:
            other = replace(
                start,
                name=f"{own.name}, {change.words}",
                recipe=changed_recipe(start.recipe, change),
            )
            changed = self._place(other, change.words)
            having, lacking = (base, changed) if change.leaves_out else (changed, base)
            self._compare(change.title, own.name, having, lacking)

    def _fits(self, candidate: Candidate, change: RecipeChange) -> bool:
        """Note why a change cannot be compared; that a recipe lacks the step is no news."""
        reason = unfit_reason(self.experiment, candidate, change, self.features)
        if not reason:
            return True
        keys = {step.choice.key for step in candidate.recipe.steps}
        notes = self.absent if change.step and change.step not in keys else self.notes
        notes.append(f"{change.title} is not compared for {candidate.name}: {reason}")
        return False

    def _place(self, candidate: Candidate, point: str) -> int:
        """Return the position of a candidate, put there when it is new."""
        ids = [made.id for made in self.made]
        if candidate.id in ids:
            return ids.index(candidate.id)
        names = [made.name for made in self.made]
        name = candidate.name
        for number in range(2, len(names) + 3):
            if name not in names:
                break
            name = f"{candidate.name} ({number})"
        self.made.append(replace(candidate, name=name))
        self.points.append(point)
        return len(ids)

    def _compare(self, choice: str, model: str, having: int, lacking: int) -> None:
        contrast = Contrast(choice=choice, model=model, having=having, lacking=lacking)
        if contrast not in self.contrasts:
            self.contrasts.append(contrast)


def _name(models: Sequence[str], contrasts: Sequence[Contrast]) -> str:
    choices = list(dict.fromkeys(contrast.choice for contrast in contrasts))
    more = f" and {len(choices) - 2} more" if len(choices) > 2 else ""
    compared = {contrast.model for contrast in contrasts}
    models = [model for model in models if model in compared]
    of = models[0] if len(models) == 1 else f"{len(models)} models"
    return f"{StudyKind.ABLATION.title} for {of}: {', '.join(choices[:2])}{more}"
