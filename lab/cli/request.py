"""What was asked for on the command line, and everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from lab.base import ColumnKind, LabError, Problem, split_words


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """The words of ``python -m lab run`` as they were given; None or empty for "propose".

    Parameters
    ----------
    name : str
        The experiment's name.
    target, task : str
        Column to predict, and key of the task.
    positive : str
        Label of the positive class of a binary task.
    models : tuple of str
        Keys of `MODELS`.
    settings : tuple of str
        ``MODEL.SETTING=VALUE`` or ``SPLITTER.SETTING=VALUE``.
    recipe : str
        ``auto``, key of a ready recipe, or the JSON file of a recipe or of an experiment.
    splitter : str
        Key of `SPLITTERS`.
    folds, repeats : int or None
        Of the plan.
    group, time, weight : str
        Columns.
    kinds : mapping of str to ColumnKind
        What columns are, where the guess is to be another.
    ignored : tuple of str
        Columns.
    metrics : tuple of str
        Keys of `METRICS`.
    seed : int
        Of everything that is drawn.
    workers : int
        Cells at the same time; 0 for one a core.
    racing : bool
        Whether models stop being run once they are ruled out.
    cell_seconds : float or None
        Limit of one fit.
    cluster : str or None
        Address of the Dask cluster that does the fits, empty for none.
    """

    name: str
    target: str
    task: str = ""
    positive: str = ""
    models: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    recipe: str = "auto"
    splitter: str = ""
    folds: int | None = None
    repeats: int = 1
    group: str = ""
    time: str = ""
    weight: str = ""
    kinds: Mapping[str, ColumnKind] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    seed: int = 0
    workers: int = 0
    racing: bool = False
    cell_seconds: float | None = None
    cluster: str | None = None


def _lists(command: str) -> str:
    return f"'python -m lab {command}' lists them with their settings and bounds."


_NEXT_STEPS = {
    "--set": _lists("models"),
    "--models": _lists("models"),
    "--cv": _lists("splitters"),
    "--recipe": "Take --recipe auto, or save a recipe on the page Recipe.",
    **dict.fromkeys(("--without", "--instead", "--add", "--vary"), _lists("steps")),
}


@dataclass
class Problems:
    """Collects what is wrong, so that all of it is told at once."""

    found: list[tuple[str, LabError]] = field(default_factory=list)

    @contextmanager
    def of(self, option: str) -> Iterator[None]:
        """Keep what the block raises as a problem of that option, with a next step."""
        try:
            yield
        except LabError as error:
            hint = error.hint or _NEXT_STEPS.get(option, "")
            self.found.append((option, LabError(error.message, hint=hint, problems=error.problems)))

    def tell(self) -> None:
        """Raise a LabError with everything that was found; nothing when nothing was."""
        if not self.found:
            return
        if len(self.found) == 1:
            raise self.found[0][1]
        problems = [Problem(field=option, message=str(error)) for option, error in self.found]
        raise LabError(f"{len(problems)} things have to be put right", problems=problems)


def split_kinds(words: tuple[str, ...]) -> dict[str, ColumnKind]:
    """Return kinds by the column that they are for.

    Parameters
    ----------
    words : tuple of str
        ``COL=KIND`` each; a column's name may hold the sign too.

    Raises
    ------
    LabError
        When a word has another form, or there is no such kind.

    Examples
    --------
    >>> split_kinds(("a=b=number",))
    {'a=b': <ColumnKind.NUMBER: 'number'>}
    """
    kinds = {}
    for word in words:
        column, equals, kind = word.rpartition("=")
        if not equals or kind not in set(ColumnKind):
            raise LabError(
                f"--kind {word!r} is not of the form COL=KIND",
                hint=f"Kinds are: {', '.join(ColumnKind)}.",
            )
        kinds[column] = ColumnKind(kind)
    return kinds


def named_keys(noun: str, text: str | None) -> tuple[str, ...]:
    """Return the keys that an option names, none when it is not given.

    Parameters
    ----------
    noun : str
        What is named, ``model`` for ``--models``.
    text : str or None
        Keys with commas.

    Raises
    ------
    LabError
        When the option is given and names nothing.
    """
    keys = split_words(text or "")
    if text is not None and not keys:
        raise LabError(
            f"--{noun}s names no {noun}",
            hint=f"'python -m lab {noun}s' lists them; without --{noun}s some are proposed.",
        )
    return keys


def split_settings(words: tuple[str, ...], *, known: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return settings by the key that they are for.

    Parameters
    ----------
    words : tuple of str
        ``KEY.SETTING=VALUE`` each.
    known : tuple of str
        The keys that take part.

    Raises
    ------
    LabError
        When a word has another form or its key does not take part.

    Examples
    --------
    >>> split_settings(("knn.n_neighbors=7",), known=("knn",))
    {'knn': {'n_neighbors': '7'}}
    """
    settings: dict[str, dict[str, str]] = {}
    for word in words:
        left, equals, value = word.partition("=")
        key, dot, name = left.partition(".")
        if not (equals and dot and name):
            raise LabError(
                f"--set {word!r} is not of the form MODEL.SETTING=VALUE",
                hint="For example: --set random_forest.n_estimators=300.",
            )
        if key not in known:
            raise LabError(
                f"--set {word!r} is for {key!r}, which does not take part",
                hint=f"Taking part: {', '.join(known)}.",
            )
        settings.setdefault(key, {})[name] = value
    return settings
