"""The files of an experiment, written side by side by processes that have the libraries."""

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from lab.base import Workspace, writing_whole
from lab.benchmark import Pool, child_context, memory_mb
from lab.reports.files import write_outputs, write_report, write_tables
from lab.reports.material import Material, load_material
from lab.standby import modules_for, put_to_work
from lab.store import Store, open_store

_POLL_SECONDS = 0.01
_SECONDS = 3600.0


def write_outputs_apart(store: Store, experiment_id: str, folder: Path) -> tuple[Path, ...]:
    """Write files as `write_outputs` does, without importing here what that takes.

    The process that waits for jobs has its children write; where that fails, this one writes.

    Parameters
    ----------
    store : Store
        Where the experiment is kept.
    experiment_id : str
        The experiment, finished or not.
    folder : Path
        Created when it is missing.

    Raises
    ------
    LabError
        When there is no such experiment, or the folder cannot be written.
    """
    with tempfile.TemporaryDirectory() as place:
        answer = Path(place, "answer")
        arguments = (experiment_id, str(folder.resolve()), str(answer))
        pid = put_to_work(
            store.workspace,
            f"{experiment_id}-files",
            "lab.reports",
            arguments,
            is_over=answer.exists,
        )
        while not answer.exists() and _is_alive(pid):
            time.sleep(_POLL_SECONDS)
        names = answer.read_bytes().decode().splitlines() if answer.exists() else []
    if names:
        return tuple(folder / name for name in names)
    return write_outputs(store, experiment_id, folder)


def have_written(experiment_id: str, folder: str, answer: str) -> None:
    """Have children write the files of an experiment, and then tell their names in a file.

    Parameters
    ----------
    experiment_id : str
        An experiment of the workspace that the environment names.
    folder : str
        Where the files go.
    answer : str
        The file that says which are there, a line each; empty when it failed.
    """
    root = str(open_store().workspace.root)
    context = child_context(modules_for(resampling=False))
    pool = Pool(context, workers=2, seconds=_SECONDS, memory_mb=memory_mb(0, 2))
    found: dict[str, bytes] = {}
    try:
        for name, call in (("tables", _tables), ("report", _report)):
            pool.start(name, call, (root, experiment_id, folder))
        while len(pool):
            found |= {str(one.key): one.outcome.data or b"" for one in pool.wait(_SECONDS)}
    finally:
        pool.kill()
    with writing_whole(Path(answer)) as file:
        if all(found.values()):
            file.write(found["tables"] + found["report"])


def _tables(root: str, experiment_id: str, folder: str) -> bytes:
    return _names(write_tables(_material(root, experiment_id), Path(folder)))


def _report(root: str, experiment_id: str, folder: str) -> bytes:
    return _names([write_report(_material(root, experiment_id), Path(folder))])


def _material(root: str, experiment_id: str) -> Material:
    return load_material(Store(Workspace(root=Path(root))), experiment_id)


def _names(paths: Iterable[Path]) -> bytes:
    return "".join(f"{path.name}\n" for path in paths).encode()


def _is_alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
