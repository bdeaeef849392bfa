"""Recipe and settings of each candidate in words."""

from lab.base import Schema
from lab.experiments import Candidate
from lab.models import MODELS
from lab.recipes import STEPS, Acts, Recipe, Step
from lab.reports import words
from lab.reports.document import Block, Bullets, Paragraph
from lab.reports.material import Material


def build(material: Material) -> tuple[Block, ...]:
    """Return model, settings and recipe of every candidate, then the steps of each recipe."""
    chosen = [material.candidate(name) for name in material.ranked]
    recipes = {one.recipe.id: one.recipe for one in chosen}
    titles = _titles(recipes)
    lines = [
        {
            "Candidate": words.listed([one.name]),
            "Model": MODELS[one.model.key].title,
            "Settings": _settings(one),
            "Recipe": titles[one.recipe.id],
        }
        for one in chosen
    ]
    blocks: list[Block] = [words.grid(lines, caption="Models with their settings and recipes.")]
    for key, recipe in recipes.items():
        blocks += _recipe(recipe, titles[key], material.dataset.features)
    return tuple(blocks)


def _settings(candidate: Candidate) -> str:
    return words.settings(MODELS[candidate.model.key].params, candidate.model) or "none"


def _titles(recipes: dict[str, Recipe]) -> dict[str, str]:
    """Return a title for each recipe; a number tells apart those that share one."""
    found: dict[str, str] = {}
    for key, recipe in recipes.items():
        title = words.listed([recipe.title or "Recipe"])
        found[key] = title if title not in found.values() else f"{title} ({len(found) + 1})"
    return found


def _recipe(recipe: Recipe, title: str, features: Schema) -> list[Block]:
    used = [step for step in recipe.steps if _acts_here(step, features)]
    idle = [STEPS[step.choice.key].title.lower() for step in recipe.steps if step not in used]
    steps = tuple(_step(step, features) for step in used) or ("No steps.",)
    blocks: list[Block] = [
        Paragraph(text=f"Recipe: {title}", tone="lead"),
        Bullets(items=steps),
    ]
    if idle:
        text = f"Without work here, as there are no such columns: {words.listed(idle)}."
        blocks.append(Paragraph(text=text, tone="quiet"))
    return blocks


def _acts_here(step: Step, features: Schema) -> bool:
    return not _is_for_columns(step) or bool(step.selection.columns(features))


def _is_for_columns(step: Step) -> bool:
    acts, chosen = STEPS[step.choice.key].acts, step.selection
    is_part = acts is Acts.FEATURES and bool(chosen.kinds or chosen.names)
    return acts is Acts.COLUMNS or is_part


def _step(step: Step, features: Schema) -> tuple[str, str]:
    entry = STEPS[step.choice.key]
    parts = [words.settings(entry.params, step.choice)]
    if _is_for_columns(step):
        columns = step.selection.columns(features)
        noun = "column" if len(columns) == 1 else "columns"
        parts.insert(0, f"{len(columns)} {noun} ({words.listed(columns, at_most=8)})")
    return f"{entry.title}:", "; ".join(part for part in parts if part)
