"""One competitor: a recipe and a model, and how much and which luck they are given."""

from dataclasses import dataclass

from lab.base import Choice, LabError, fingerprint
from lab.recipes import Recipe, without_target_steps

LARGEST_SEED = 2**31 - 1
"""Seeds of models are below it: what numpy, scikit-learn and the boosters all take."""


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
    train_share : float, default 1
        Share of each training part that it learns from, above 0; rows at a smaller share are
        among those at a larger one.
    seed : int, default 0
        What is added to a fold's seed for the model; the preparation keeps the fold's own.
    """

    name: str
    recipe: Recipe
    model: Choice
    train_share: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Check share and seed."""
        if not 0 < self.train_share <= 1:
            raise LabError(
                f"a share of {self.train_share:g} of the training rows cannot be learned from",
                hint="Choose a share above 0 and up to 1.",
            )
        if not 0 <= self.seed < LARGEST_SEED:
            raise LabError(
                f"the seed is {self.seed}, allowed are 0 to {LARGEST_SEED - 1}",
                hint="Choose another seed.",
            )

    @property
    def id(self) -> str:
        """Fingerprint of recipe and model, and of share and seed where they are not the usual."""
        unusual: dict[str, float] = {}
        if self.train_share != 1:
            unusual["train_share"] = self.train_share
        if self.seed:
            unusual["seed"] = self.seed
        return fingerprint(list(self.recipe.steps), self.model, *([unusual] if unusual else []))

    @property
    def preparation_id(self) -> str:
        """Fingerprint of what prepares columns and rows; those that share it share prepared rows.

        The target is transformed with the model, so a step on it takes no preparation of its own.
        """
        return without_target_steps(self.recipe).id

    def model_seed(self, seed: int) -> int:
        """Return the seed of its model where that of the fold is `seed`."""
        return (seed + self.seed) % LARGEST_SEED
