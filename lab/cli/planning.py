"""From what was asked for on the command line to a data set and an experiment."""

import shlex
from dataclasses import replace

import numpy as np

from lab.base import LabError, Task, join_words, split_words
from lab.cli.recipe_files import NamedRecipes, named_recipes
from lab.cli.request import Problems, RunRequest, split_settings
from lab.data import Dataset, Roles, Table, change_kinds, guess_task, make_dataset
from lab.experiments import Candidate, Experiment, Limits
from lab.metrics import METRICS, default_metrics, metrics_for
from lab.models import MODELS, ModelEntry, default_models, models_for
from lab.recipes import Recipe, check_recipe
from lab.validation import SPLITTERS, Rows, ValidationPlan, check_plan, default_plan


def request_dataset(table: Table, request: RunRequest) -> Dataset:
    """Return the data set with the roles that were asked for.

    Raises
    ------
    LabError
        When a column is missing or cannot have its role, with all problems; or when there is no
        such positive class.
    """
    table.schema[request.target]
    _check_ignored(table, request.ignored)
    table = change_kinds(table, request.kinds)
    roles = Roles(
        target=request.target,
        task=_task(request.task) or guess_task(table, request.target),
        group=request.group,
        time=request.time,
        weight=request.weight,
        ignored=request.ignored,
    )
    dataset = make_dataset(table, roles, name=request.name)
    if request.positive:
        _check_positive(dataset, request.positive)
        if request.positive != dataset.labels[-1]:
            roles = replace(roles, positive=request.positive)
            dataset = make_dataset(table, roles, name=request.name)
    return dataset


def request_experiment(dataset: Dataset, request: RunRequest) -> Experiment:
    """Return the experiment that was asked for, with proposals where nothing was.

    Raises
    ------
    LabError
        With all problems of models, settings, recipe, plan and metrics.
    """
    problems = Problems()
    task = dataset.roles.task
    splitter = request.splitter or _proposed_plan(dataset, request).splitter.key
    n_columns = len(dataset.features)
    settings: dict[str, dict[str, str]] = {}
    plan, metrics, recipes, candidates = None, default_metrics(task), NamedRecipes(), []
    with problems.of("--recipe"):
        recipes = named_recipes(request.recipe)
    proposed = default_models(task, dataset.n_rows, n_columns, has_weights=bool(request.weight))
    models = request.models or tuple(recipes.by_model) or proposed
    with problems.of("--set"):
        settings = split_settings(request.settings, known=(*models, splitter))
    with problems.of("--cv"):
        plan = _plan(dataset, request, settings.get(splitter, {}))
    with problems.of("--metrics"):
        metrics = _metrics(task, request.metrics) or metrics
    for key in models:
        with problems.of("--models"):
            candidates.append(_candidate(dataset, key, recipes, settings.get(key, {})))
    problems.tell()
    if plan is None:
        raise AssertionError("a plan that is missing is a problem that was told")
    return Experiment(
        name=request.name,
        dataset_id=dataset.id,
        task=task,
        candidates=tuple(candidates),
        plan=plan,
        metrics=metrics,
        seed=request.seed,
        limits=_limits(request),
        racing=request.racing,
    )


def _check_ignored(table: Table, ignored: tuple[str, ...]) -> None:
    """Raise LabError when words are the parts of a column's name that holds commas."""
    known = table.schema.names
    for name in known:
        parts = split_words(name)
        if len(parts) > 1 and set(parts) <= set(ignored) and not set(parts) <= set(known):
            gone = next(part for part in parts if part not in known)
            option = shlex.quote(join_words([name]))
            raise LabError(
                f"there is no column {gone!r}",
                hint=f"A name with a comma stands in quotation marks: --ignore {option}.",
            )


def _check_positive(dataset: Dataset, asked: str) -> None:
    task = dataset.roles.task
    if task is not Task.BINARY:
        raise LabError(f"{task.title.lower()} has no positive class", hint="Leave out --positive.")
    if asked not in dataset.labels:
        classes = " and ".join(repr(label) for label in dataset.labels)
        raise LabError(
            f"there is no class {asked!r} in the target {dataset.roles.target!r}",
            hint=f"Its classes are {classes}.",
        )


def _task(word: str) -> Task | None:
    if word and word not in set(Task):
        raise LabError(f"there is no task {word!r}", hint=f"Known are: {', '.join(Task)}.")
    return Task(word) if word else None


def _limits(request: RunRequest) -> Limits:
    seconds = Limits().cell_seconds if request.cell_seconds is None else request.cell_seconds
    return Limits(cell_seconds=seconds, workers=request.workers)


def _rows(dataset: Dataset) -> Rows:
    classes = dataset.y.astype(np.int64) if dataset.roles.task.is_classification else None
    return Rows(
        n=dataset.n_rows,
        classes=classes,
        groups=dataset.groups,
        times=dataset.times,
        labels=dataset.labels,
    )


def _proposed_plan(dataset: Dataset, request: RunRequest) -> ValidationPlan:
    task = dataset.roles.task
    return default_plan(
        task,
        has_groups=bool(request.group),
        has_times=bool(request.time),
        n_rows=dataset.n_rows,
        smallest_class=int(np.bincount(dataset.y).min()) if task.is_classification else 0,
        seed=request.seed,
    )


def _plan(dataset: Dataset, request: RunRequest, settings: dict[str, str]) -> ValidationPlan:
    proposed = _proposed_plan(dataset, request)
    key = request.splitter or proposed.splitter.key
    values: dict[str, object] = {}
    if key == proposed.splitter.key:
        values.update(proposed.splitter.settings)
    if request.folds is not None:
        values["folds"] = request.folds
    splitter = SPLITTERS.choose(key, {**values, **settings})
    _check_needs(key, request)
    plan = ValidationPlan(splitter=splitter, repeats=request.repeats, seed=request.seed)
    if obstacles := check_plan(plan, _rows(dataset), dataset.roles.task):
        hints = (getattr(obstacle, "hint", "") for obstacle in obstacles)
        raise LabError(
            "; ".join(obstacle.message for obstacle in obstacles),
            hint=" ".join(dict.fromkeys(hint for hint in hints if hint)),
        )
    return plan


def _check_needs(splitter: str, request: RunRequest) -> None:
    """Raise LabError when a way to split needs a column that was not named."""
    named = {"groups": ("--group", request.group), "times": ("--time", request.time)}
    option, column = named.get(SPLITTERS[splitter].needs, ("", "none"))
    if not column:
        raise LabError(
            f"--cv {splitter} needs a {option[2:]} column", hint=f"Name it with {option} COL."
        )


def _metrics(task: Task, keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        if task not in METRICS[key].tasks:
            suited = ", ".join(entry.key for entry in metrics_for(task))
            raise LabError(
                f"{key} does not judge {task.title.lower()}", hint=f"Those that do: {suited}."
            )
    return tuple(dict.fromkeys(keys))


def _candidate(
    dataset: Dataset, key: str, recipes: NamedRecipes, settings: dict[str, str]
) -> Candidate:
    entry = MODELS[key]
    task = dataset.roles.task
    if task not in entry.tasks:
        others = ", ".join(other.key for other in models_for(task))
        raise LabError(f"{key} cannot do {task.title.lower()}", hint=f"Those that can: {others}.")
    own = recipes.of(entry)
    _check_recipe(dataset, entry, own)
    return Candidate(name=key, recipe=own, model=MODELS.choose(key, settings))


def _check_recipe(dataset: Dataset, entry: ModelEntry, recipe: Recipe) -> None:
    problems = check_recipe(
        recipe,
        dataset.features,
        task=dataset.roles.task,
        takes_missing=entry.takes_missing,
        takes_weights=entry.takes_weights,
        takes_categories=entry.takes_categories,
        labels=dataset.labels,
        y=dataset.y,
    )
    if problems:
        text = "; ".join(problem.message for problem in problems)
        raise LabError(
            f"the recipe {recipe.title!r} does not suit {entry.key}: {text}",
            hint="Change the recipe, or take --recipe auto.",
        )
