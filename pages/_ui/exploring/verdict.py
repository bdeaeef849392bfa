"""What a table is, in a sentence or two."""

from lab.base import Task
from lab.data import Association, ClassShare
from pages._ui.exploring.view import View
from pages._ui.wording import count, names, number, share

_STRONG = 0.5
_WEAK = 0.1


def verdict(view: View) -> str:
    """Return what the table is, what is asked of it, and which columns tell most, as Markdown."""
    profile = view.profile
    n_features = len(view.data.features)
    size = f"{count(profile.n_rows, 'row')} and {count(n_features, 'feature')}"
    return f"##### {size} to predict {names([view.target])}: {_target(view)}\n{_strongest(view)}"


def _target(view: View) -> str:
    if view.task is Task.REGRESSION:
        own = next(column for column in view.profile.columns if column.name == view.target)
        if own.numbers is None:
            return "a number"
        low, high = number(own.numbers.q25), number(own.numbers.q75)
        return f"a number, the middle half between {low} and {high}"
    return _classes(view.profile.classes)


def _classes(classes: tuple[ClassShare, ...]) -> str:
    if not classes:
        return "classes"
    first = f"{names([classes[0].label])} in {share(classes[0].share)} of the rows"
    return f"{count(len(classes), 'class', 'classes')}, {first}"


def _strongest(view: View) -> str:
    features = set(view.data.features.names)
    found = [item for item in view.found.with_target if item.column in features]
    if not found:
        return "None of the features can be compared with it alone."
    best = found[0]
    if best.strength < _WEAK:
        return "No single column tells much of it; several together may."
    others = [item for item in found[1:3] if item.strength >= _WEAK]
    also = f", then {' and '.join(_named(item) for item in others)}" if others else ""
    how = "goes with it strongly" if best.strength >= _STRONG else "goes with it most"
    return f"{_named(best)} {how}{also}."


def _named(item: Association) -> str:
    return f"{names([item.column])} ({item.strength:.2f})"
