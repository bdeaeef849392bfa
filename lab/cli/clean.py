"""``python -m lab clean --older-than DAYS``."""

from lab.base import Workspace, plain_text
from lab.cli.console import result_console
from lab.store import Removal, open_store, size_text

MOST_NAMES = 20


def clean_up(workspace: Workspace, *, older_than: float, is_sure: bool) -> None:
    """Tell what has not been touched for so long, and delete it when that is wanted."""
    console = result_console()
    if not workspace.root.is_dir():
        console.print(f"There is nothing in {plain_text(workspace.root, max_length=400)} yet.")
        return
    store = open_store(workspace)
    before = store.disk_use().total
    console.print(f"{plain_text(workspace.root, max_length=400)} takes {size_text(before)}.")
    removal = store.clean(older_than) if is_sure else store.cleaning(older_than)
    if removal.is_nothing:
        console.print(f"Nothing in it was left untouched for {older_than:g} days.")
        return
    for line in _lines(removal):
        console.print(line)
    what = f"{', '.join(removal.parts)}: {size_text(removal.n_bytes)}"
    if is_sure:
        console.print(f"Deleted {what}.")
    else:
        console.print(f"Would delete {what}. Nothing was deleted; add --yes to do it.")


def _lines(removal: Removal) -> list[str]:
    lines = [f"- run {plain_text(name)}" for name in removal.experiments]
    lines += [f"- data set {plain_text(name)}" for name in removal.datasets]
    rest = len(lines) - MOST_NAMES
    return [*lines[:MOST_NAMES], f"- and {rest} more"] if rest > 0 else lines
