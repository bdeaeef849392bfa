"""``python -m lab stop RUN``."""

from lab.base import LabError, Workspace, plain_text
from lab.benchmark import cancel, pause, wait
from lab.cli.console import result_console
from lab.store import ExperimentInfo, open_store

LEAST_LETTERS = 4
"""Of an id, so that a word that is empty by mistake names no run."""
_POLL_SECONDS = 0.1


def stop_run(workspace: Workspace, word: str, *, only_pause: bool) -> None:
    """Stop a run that is going on or waits for its turn; what it has finished is kept.

    Parameters
    ----------
    workspace : Workspace
        Where it is kept.
    word : str
        Its name, or how its id begins.
    only_pause : bool
        Whether it is paused instead, which the pages show as something to resume.

    Raises
    ------
    LabError
        When no run is called so, several are, or it is not going on.
    """
    if not workspace.root.is_dir():
        raise LabError(f"there are no runs in {workspace.root}", hint="Name a --home with runs.")
    store = open_store(workspace)
    info = _named(store.experiments(), word)
    name = plain_text(info.name)
    if not info.state.is_active:
        raise LabError(f"the run {name!r} is not going on: it is {info.state}")
    (pause if only_pause else cancel)(store, info.id)
    job = wait(store, info.id, poll=_POLL_SECONDS)
    what = f"{job.done} of {job.total} fits are kept"
    result_console().print(f"{name}: {job.state}. {what}; started again, it goes on from there.")


def _named(infos: tuple[ExperimentInfo, ...], word: str) -> ExperimentInfo:
    found = [info for info in infos if info.name == word]
    if not found and len(word) >= LEAST_LETTERS:
        found = [info for info in infos if info.id.startswith(word)]
    if len(found) > 1:
        found = [info for info in found if info.state.is_active] or found
    if len(found) == 1:
        return found[0]
    told = f"{len(found)} runs are called {word!r}" if found else f"there is no run {word!r}"
    hint = f"'python -m lab runs' lists them; the first {LEAST_LETTERS} letters of an id will do."
    raise LabError(told, hint=hint)
