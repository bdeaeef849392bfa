"""One competitor: a recipe and a model."""

from dataclasses import dataclass

from lab.base import Choice, fingerprint
from lab.recipes import Recipe


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A model with its settings behind a recipe.

    Parameters
    ----------
    name : str
        For people, unique in an experiment; no part of the id.
    recipe : Recipe
        How the columns are prepared for it.
    model : Choice
        A line of `MODELS` with its settings.
    """

    name: str
    recipe: Recipe
    model: Choice

    @property
    def id(self) -> str:
        """Fingerprint of recipe and model."""
        return fingerprint(list(self.recipe.steps), self.model)
