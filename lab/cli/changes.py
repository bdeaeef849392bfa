"""The changes of a recipe that the command line names."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.base import LabError, Schema
from lab.cli.request import Problems
from lab.experiments import Experiment, unfit_reason
from lab.recipes import RecipeChange, possible_changes


@dataclass(frozen=True, kw_only=True)
class ChangeWords:
    """The words of ``python -m lab ablate`` as they were given.

    Parameters
    ----------
    without, added : tuple of str
        Keys of steps.
    instead : tuple of str
        ``STEP=STEP`` each.
    varied : tuple of str
        ``STEP.SETTING=VALUE`` each.
    """

    without: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    varied: tuple[str, ...] = ()


def asked_changes(words: ChangeWords) -> tuple[RecipeChange, ...]:
    """Return the changes that were asked for, none twice.

    Raises
    ------
    LabError
        With all problems: words of another form, unknown steps and settings.

    Examples
    --------
    >>> asked_changes(ChangeWords(instead=("one_hot=ordinal",)))[0].title
    'Ordinal codes instead of One-hot'
    """
    problems = Problems()
    found: list[RecipeChange] = []
    for option, given in (
        ("--without", words.without),
        ("--instead", words.instead),
        ("--add", words.added),
        ("--vary", words.varied),
    ):
        for word in given:
            with problems.of(option):
                found.append(_change(option, word))
    problems.tell()
    return _distinct(found)


def all_left_out(experiment: Experiment, features: Schema) -> tuple[RecipeChange, ...]:
    """Return each step left out that some candidate of an experiment can do without."""
    return _distinct(list(_left_out(experiment, features)))


def _distinct(changes: list[RecipeChange]) -> tuple[RecipeChange, ...]:
    return tuple(change for place, change in enumerate(changes) if change not in changes[:place])


def _left_out(experiment: Experiment, features: Schema) -> Iterator[RecipeChange]:
    for candidate in experiment.candidates:
        for change in possible_changes(candidate.recipe, features, experiment.task):
            fits = not unfit_reason(experiment, candidate, change, features)
            if change.leaves_out and fits:
                yield change


def _change(option: str, word: str) -> RecipeChange:
    if option == "--without":
        return RecipeChange(step=word)
    if option == "--add":
        return RecipeChange(instead=word)
    left, equals, right = word.partition("=")
    if option == "--instead":
        if not (left and equals and right):
            raise LabError(
                f"--instead {word!r} is not of the form STEP=STEP",
                hint="For example: --instead one_hot=ordinal.",
            )
        return RecipeChange(step=left, instead=right)
    step, dot, name = left.partition(".")
    if not (equals and dot and name):
        raise LabError(
            f"--vary {word!r} is not of the form STEP.SETTING=VALUE",
            hint="For example: --vary smote.k_neighbors=3.",
        )
    return RecipeChange(step=step, instead=step, settings={name: right})
