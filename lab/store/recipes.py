"""One's own recipes: small files that stay until they are deleted."""

import time
from dataclasses import dataclass

from lab.base import LabError, fingerprint
from lab.recipes import Recipe, recipe_from_json, recipe_to_json
from lab.store.artifacts import ArtifactShelf

KIND = "recipe"


@dataclass(frozen=True, kw_only=True)
class KeptRecipe:
    """A recipe of the workspace.

    Parameters
    ----------
    key : str
        Its name in the store, which stays while its steps and title change.
    recipe : Recipe or None
        The recipe; None when it cannot be read.
    problem : str, default ""
        Why it cannot be read.
    """

    key: str
    recipe: Recipe | None
    problem: str = ""


class RecipeShelf(ArtifactShelf):
    """Where one's own recipes are kept."""

    def add_recipe(self, recipe: Recipe) -> str:
        """Keep a new recipe and return its key."""
        key = fingerprint(recipe, time.time_ns())
        self.save_recipe(key, recipe)
        return key

    def save_recipe(self, key: str, recipe: Recipe) -> None:
        """Keep a recipe under a key; what was there is replaced."""
        self.save_artifact(KIND, key, recipe_to_json(recipe).encode())

    def load_recipe(self, key: str) -> Recipe | None:
        """Return the recipe under a key, or None; LabError when it cannot be read."""
        data = self.load_artifact(KIND, key)
        return None if data is None else recipe_from_json(data)

    def recipes(self) -> tuple[KeptRecipe, ...]:
        """Return all of one's own recipes in the order of their titles."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT key FROM artifact WHERE kind = ?", (KIND,))
            keys = [str(row["key"]) for row in rows]
        found = [self._kept(key) for key in keys]
        return tuple(sorted(found, key=_place))

    def delete_recipe(self, key: str) -> None:
        """Delete the recipe under a key, if there is one."""
        self.delete_artifact(KIND, key)

    def _kept(self, key: str) -> KeptRecipe:
        try:
            return KeptRecipe(key=key, recipe=self.load_recipe(key))
        except LabError as error:
            return KeptRecipe(key=key, recipe=None, problem=error.message)


def _place(kept: KeptRecipe) -> tuple[str, str]:
    return (kept.recipe.title.casefold() if kept.recipe else "", kept.key)
