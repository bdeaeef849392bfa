"""Recipe and settings of each candidate in words."""

from lab.experiments import Candidate
from lab.models import MODELS
from lab.recipes import STEPS, Step
from lab.reports import words
from lab.reports.document import Block, Bullets, Paragraph
from lab.reports.material import Material


def build(material: Material) -> tuple[Block, ...]:
    """Return model, settings and steps of every candidate, best first."""
    blocks: list[Block] = []
    for name in material.ranked:
        blocks += _one(material.candidate(name))
    return tuple(blocks)


def _one(candidate: Candidate) -> list[Block]:
    model = MODELS[candidate.model.key]
    settings = words.settings(model.params, candidate.model) or "no settings"
    recipe = candidate.recipe
    steps = tuple(_step(step) for step in recipe.steps)
    return [
        Paragraph(text=words.listed([candidate.name]), tone="lead"),
        Bullets(
            items=(
                (f"{model.title}:", settings),
                (f"Recipe {words.listed([recipe.title])}:", "" if steps else "no steps"),
                *steps,
            )
        ),
    ]


def _step(step: Step) -> tuple[str, str]:
    entry = STEPS[step.choice.key]
    kinds = ", ".join(f"{kind} columns" for kind in step.selection.kinds)
    columns = words.listed(step.selection.names) if step.selection.names else kinds
    settings = words.settings(entry.params, step.choice)
    detail = "; ".join(part for part in (f"for {columns}" if columns else "", settings) if part)
    return f"{entry.title}:" if detail else entry.title, detail
