"""``python -m lab steps``."""

from lab.cli.listing import Facts, list_entries
from lab.recipes import STEPS, StepEntry


def list_steps(*, as_json: bool) -> None:
    """List the preparation steps: key, title, columns, settings with bounds and defaults."""
    list_entries(STEPS, _facts, _headline, as_json=as_json)


def _facts(entry: StepEntry) -> Facts:
    return {
        "family": str(entry.family),
        "summary": entry.summary,
        "use_when": entry.use_when,
        "acts_on": str(entry.acts),
        "kinds": [str(kind) for kind in entry.kinds],
    }


def _headline(entry: StepEntry) -> str:
    return ", ".join(entry.kinds) or f"{entry.acts} of the training part"
