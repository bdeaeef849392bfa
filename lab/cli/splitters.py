"""``python -m lab splitters``."""

from lab.cli.listing import Facts, list_entries
from lab.validation import SPLITTERS, SplitterEntry

_NEEDS = {
    "": "any data set",
    "classes": "a target of classes",
    "groups": "a group column (--group)",
    "times": "a time column (--time)",
}


def list_splitters(*, as_json: bool) -> None:
    """List the ways to divide rows: key, title, needs, settings with bounds and defaults."""
    list_entries(SPLITTERS, _facts, lambda entry: _NEEDS[entry.needs], as_json=as_json)


def _facts(entry: SplitterEntry) -> Facts:
    return {
        "summary": entry.summary,
        "use_when": entry.use_when,
        "needs": entry.needs,
        "can_repeat": entry.can_repeat,
    }
