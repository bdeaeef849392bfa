"""Read one file in a process of its own: a job as JSON on the input, an answer on the output."""

import json
import os
import resource
import sys
from pathlib import Path

from lab.base import LabError
from lab.data.keeping import write_table
from lab.data.readers.entry import ReadOptions
from lab.data.reading import read_table


def main() -> None:
    """Read the file that the job names and write its table; errors are answers."""
    job = json.load(sys.stdin)
    limit(**job["limits"])
    try:
        table = read_table(
            Path(job["path"]), name=job["name"], options=ReadOptions(**job["options"])
        )
        write_table(table, Path(job["folder"]))
        answer: dict[str, object] = {"done": True}
    except LabError as error:
        answer = {"message": error.message, "hint": error.hint}
    except MemoryError:
        answer = {"message": "the file needs more memory than is allowed",
                  "hint": "Use a sample of its rows or fewer columns."}  # fmt: skip
    except OSError as error:
        answer = {"message": f"the table cannot be kept ({error.strerror})",
                  "hint": "Free some disk space, or use a sample of its rows."}  # fmt: skip
    print(json.dumps(answer))  # noqa: T201 - the answer to the process that asks


def limit(*, memory_mb: int, cpu_seconds: int, file_mb: int, **_others: int) -> None:
    """Limit what this process may use from here on, before it opens the file."""
    for what, most, spare in (
        (resource.RLIMIT_AS, memory_mb << 20, 0),
        (resource.RLIMIT_CPU, cpu_seconds, 5),
        (resource.RLIMIT_FSIZE, file_mb << 20, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        hardest = resource.getrlimit(what)[1]
        allowed = hardest if hardest != resource.RLIM_INFINITY else most + spare
        resource.setrlimit(what, (min(most, allowed), min(most + spare, allowed)))


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # freeing what the process holds would take longer than reading a small file
