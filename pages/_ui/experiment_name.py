"""The name that an experiment gets when nobody gave it one."""

from lab.base import plain_text

MOST_LETTERS = 40
"""Of a recipe's title in a name."""


def default_name(models: str, plan: str, recipe: str = "") -> str:
    """Return the name that a draft proposes.

    Parameters
    ----------
    models, plan : str
        Short words for each.
    recipe : str, default ""
        Title of the recipe that was chosen; empty where each model meets the one that suits it.

    Examples
    --------
    >>> default_name("6 models", "stratified, 5 folds", "Linear models")
    '6 models · stratified, 5 folds · Linear models'
    """
    title = plain_text(recipe, max_length=MOST_LETTERS)
    return " · ".join(part for part in (models, plan, title) if part)
