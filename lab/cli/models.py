"""``python -m lab models``."""

from lab.cli.listing import Facts, list_entries
from lab.models import MODELS, ModelEntry


def list_models(*, as_json: bool) -> None:
    """List the models: key, title, tasks, settings with bounds and defaults."""
    list_entries(MODELS, _facts, lambda entry: ", ".join(_tasks(entry)), as_json=as_json)


def _facts(entry: ModelEntry) -> Facts:
    return {
        "family": entry.family,
        "summary": entry.summary,
        "tasks": _tasks(entry),
        "recipe": entry.preset,
    }


def _tasks(entry: ModelEntry) -> list[str]:
    return sorted(entry.tasks)
