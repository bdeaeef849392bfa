"""Read in a process of its own: a job as JSON on the input, an answer on the output."""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from lab.base import LabError
from lab.data.databases import Asked, parse_address, read_database
from lab.data.keeping import write_table
from lab.data.readers.entry import ReadOptions
from lab.data.reading import read_file


def run() -> None:
    """Do the job on the input and end the process."""
    main()
    sys.stdout.flush()
    os._exit(0)  # freeing what the process holds would take longer than reading a small file


def main() -> None:
    """Read what the job names and write its table; errors are answers."""
    job = json.load(sys.stdin)
    limit(**job["limits"])
    try:
        answer = _read_database(job) if "address" in job else _read_file(job)
    except LabError as error:
        answer = {"message": error.message, "hint": error.hint}
    except MemoryError:
        answer = {"message": "the table needs more memory than is allowed",
                  "hint": "Use a sample of its rows or fewer columns."}  # fmt: skip
    except OSError as error:
        answer = {"message": f"the table cannot be kept ({error.strerror})",
                  "hint": "Free some disk space, or use a sample of its rows."}  # fmt: skip
    print(json.dumps(answer))  # noqa: T201 - the answer to the process that asks


def _read_file(job: dict[str, Any]) -> dict[str, object]:
    reading = read_file(Path(job["path"]), name=job["name"], options=ReadOptions(**job["options"]))
    write_table(reading.table, Path(job["folder"]), is_lasting=False)
    return {"done": True, "format": reading.format, "sheets": reading.sheets}


def _read_database(job: dict[str, Any]) -> dict[str, object]:
    address = parse_address(job["address"], password=job["password"])
    asked = Asked(
        address=address, table=job["table"], query=job["query"],
        seconds=job["limits"]["seconds"],
    )  # fmt: skip
    write_table(read_database(asked), Path(job["folder"]), is_lasting=False)
    return {"done": True}


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
    run()
