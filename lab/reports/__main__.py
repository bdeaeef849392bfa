"""``python -m lab.reports EXPERIMENT_ID FOLDER ANSWER``: the process that has files written."""

import sys

from lab.reports.apart import have_written


def main(experiment_id: str, folder: str, answer: str) -> None:
    """Have the files of an experiment written, and say in a file which are there."""
    have_written(experiment_id, folder, answer)


if __name__ == "__main__":
    main(*sys.argv[1:])
