"""``python -m lab stop RUN``."""

from lab.base import LabError, Workspace, plain_text
from lab.benchmark import cancel, pause, wait
from lab.cli.console import result_console
from lab.store import ExperimentInfo, open_store

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
    found = [info for info in infos if info.name == word or info.id.startswith(word)]
    if len(found) > 1:
        found = [info for info in found if info.state.is_active] or found
    if len(found) == 1:
        return found[0]
    told = f"{len(found)} runs are called {word!r}" if found else f"there is no run {word!r}"
    raise LabError(told, hint="'python -m lab runs' lists them; how an id begins is enough.")
