"""Files from strangers, read in a process of its own under limits of memory, time and disk."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from lab.base import LabError, plain_text
from lab.data.keeping import open_table
from lab.data.readers.entry import ReadOptions
from lab.data.readers.limits import MAX_UNPACKED_BYTES
from lab.data.table import Table

_GUESS = ReadOptions()
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


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


def read_isolated(
    path: Path, *, folder: Path, name: str, options: ReadOptions = _GUESS,
    limits: ReadLimits = ReadLimits(),
) -> Table:  # fmt: skip
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
    job = json.dumps({"path": str(path), "folder": str(folder), "name": name,
                      "options": asdict(options), "limits": asdict(limits)})  # fmt: skip
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(
            [sys.executable, "-m", "lab.data"], stdin=subprocess.PIPE, stdout=answer,
            stderr=subprocess.DEVNULL, env=reader_environment(), start_new_session=True,
        )  # fmt: skip
        _wait(process, job, limits)
        answer.seek(0)
        text = answer.read()
    _raise_failure(text, process.returncode, limits)
    return open_table(folder)


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
    }


def _raise_failure(text: bytes, code: int, limits: ReadLimits) -> None:
    try:
        answer = json.loads(text.splitlines()[-1]) if text.strip() else {}
    except ValueError:
        answer = {}
    if answer.get("done") and code == 0:
        return
    if answer.get("message"):
        raise LabError(answer["message"], hint=answer.get("hint", ""))
    if code == -signal.SIGXCPU:
        raise _too_slow(limits.cpu_seconds)
    reason = f"signal {-code}" if code < 0 else f"exit code {code}"
    raise LabError(
        f"the process that read the file ended without an answer ({plain_text(reason)})",
        hint="The file may be damaged or need too much memory; try a sample of its rows.",
    )


def _too_slow(seconds: int) -> LabError:
    return LabError(
        f"reading the file took longer than {seconds:,} {'second' if seconds == 1 else 'seconds'}",
        hint="Use a sample of its rows, or save it as Parquet.",
    )
