"""Files from strangers, read in a process of its own under limits of memory, time and disk."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab.base import LabError, plain_text
from lab.data.databases.address import parse_address
from lab.data.keeping import open_table
from lab.data.readers.entry import ReadOptions
from lab.data.readers.limits import MAX_UNPACKED_BYTES
from lab.data.reading import Reading
from lab.data.table import Table

_GUESS = ReadOptions()
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_START = """
import gc
gc.disable()  # what is imported stays: looking through it for garbage costs a tenth of the start
from lab.data.__main__ import run
gc.freeze()
gc.enable()
run()
"""


@dataclass(frozen=True, kw_only=True)
class ReadLimits:
    """What reading one file may cost.

    Parameters
    ----------
    memory_mb : int
        Address space in MB; arrow and BLAS need at least 1,500 to start.
    cpu_seconds, seconds : int
        Processor time, and time on the wall.
    file_mb : int
        Largest file written, the table and unpacked data each.
    """

    memory_mb: int = 8_192
    cpu_seconds: int = 600
    seconds: int = 900
    file_mb: int = MAX_UNPACKED_BYTES >> 20


DATABASE_LIMITS = ReadLimits(seconds=300)


def read_isolated(
    path: Path, *, folder: Path, name: str, options: ReadOptions = _GUESS,
    limits: ReadLimits = ReadLimits(),
) -> Table:  # fmt: skip
    """Return the table in a file as `read_file_isolated` does."""
    return read_file_isolated(path, folder=folder, name=name, options=options, limits=limits).table


def read_file_isolated(
    path: Path, *, folder: Path, name: str, options: ReadOptions = _GUESS,
    limits: ReadLimits = ReadLimits(),
) -> Reading:  # fmt: skip
    """Return the table in a file, read by a process of its own and kept in a folder.

    The file can be anything: what it costs is limited, and a reader that crashes takes nothing
    with it.

    Parameters
    ----------
    path : Path
        The file.
    folder : Path
        Where the table is written; it is opened from there, memory-mapped.
    name : str
        What people call the file.
    options : ReadOptions
        What is known about it.
    limits : ReadLimits
        What reading may cost.

    Raises
    ------
    LabError
        When it cannot be read, or reading it costs more than the limits.
    """
    job = {"path": str(path), "name": name, "options": asdict(options)}
    answer = _ask(job, folder, limits)
    return Reading(
        table=open_table(folder), format=str(answer["format"]), sheets=tuple(answer["sheets"])
    )


def read_sql_isolated(
    address: str, *, folder: Path, table: str = "", query: str = "", password: str = "",
    limits: ReadLimits = DATABASE_LIMITS,
) -> Table:  # fmt: skip
    """Return a table or a query of a database, read by a process of its own and kept in a folder.

    The password goes to that process through a pipe and is kept nowhere.

    Parameters
    ----------
    address : str
        ``sqlite:///FILE``, ``duckdb:///FILE`` or ``postgresql://USER:PASSWORD@HOST:PORT/NAME``.
    folder : Path
        Where the table is written; it is opened from there, memory-mapped.
    table : str, default ""
        Name of a table or view; with no query either, the only one that there is.
    query : str, default ""
        One SELECT, instead of a table.
    password : str, default ""
        The password, when it does not stand in the address.
    limits : ReadLimits
        What reading may cost.

    Raises
    ------
    LabError
        When the address is none, a driver is missing, the database refuses, or reading costs more
        than the limits.
    """
    parse_address(address, password=password)
    job = {"address": address, "table": table, "query": query, "password": password}
    _ask(job, folder, limits)
    return open_table(folder)


def _ask(job: dict[str, Any], folder: Path, limits: ReadLimits) -> dict[str, Any]:
    """Return the answer of a process that does a job of reading."""
    text = json.dumps({**job, "folder": str(folder), "limits": asdict(limits)})
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(
            [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=answer,
            stderr=subprocess.DEVNULL, env=reader_environment(), start_new_session=True,
        )  # fmt: skip
        _wait(process, text, limits)
        answer.seek(0)
        said = answer.read()
    return _done(said, process.returncode, limits)


def _wait(process: "subprocess.Popen[bytes]", job: str, limits: ReadLimits) -> None:
    try:
        process.communicate(job.encode(), timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise _too_slow(limits.seconds) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def reader_environment() -> dict[str, str]:
    """Return the environment of a process that reads a file.

    Arrays are filled once and written: huge pages gain nothing there, and on virtual machines
    clearing them can cost as much processor time as parsing.
    """
    paths = [str(_PACKAGE_ROOT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "NUMPY_MADVISE_HUGEPAGE": "0",
        "MIMALLOC_ALLOW_THP": "0",  # the same for what arrow allocates
    }


def _done(text: bytes, code: int, limits: ReadLimits) -> dict[str, Any]:
    """Return an answer that says that all is done; raise what any other says."""
    try:
        answer: dict[str, Any] = json.loads(text.splitlines()[-1]) if text.strip() else {}
    except ValueError:
        answer = {}
    if answer.get("done") and code == 0:
        return answer
    if answer.get("message"):
        raise LabError(answer["message"], hint=answer.get("hint", ""))
    if code == -signal.SIGXCPU:
        raise _too_slow(limits.cpu_seconds)
    reason = f"signal {-code}" if code < 0 else f"exit code {code}"
    raise LabError(
        f"the process that read ended without an answer ({plain_text(reason)})",
        hint="The file may be damaged or need too much memory; try a sample of its rows.",
    )


def _too_slow(seconds: int) -> LabError:
    return LabError(
        f"reading took longer than {seconds:,} {'second' if seconds == 1 else 'seconds'}",
        hint="Use a sample of its rows, or save it as Parquet.",
    )
