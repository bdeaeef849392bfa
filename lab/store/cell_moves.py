"""Moves of many cells at once, inside a transaction: before a run, and when it is cancelled."""

import json
import sqlite3
import time
from collections.abc import Iterable


def reset_cells(connection: sqlite3.Connection, experiment_id: str) -> None:
    """Make every cell of an experiment wait that is not done, when its run has its turn.

    Those that failed in this very experiment stay when its run goes on where it was stopped. Other
    experiments have other limits: what failed in them says nothing here. The reason of a failure
    stays until the cell is run again.
    """
    connection.execute(
        "UPDATE cell SET state = 'waiting', checksum = NULL, updated = :now"
        " WHERE state != 'done'"
        " AND key IN (SELECT key FROM experiment_cell WHERE experiment_id = :experiment)"
        " AND NOT (state IN ('failed', 'timed_out') AND run_by IS :experiment"
        " AND (SELECT retry FROM job WHERE id = :experiment) IS 0)",
        {"now": time.time(), "experiment": experiment_id},
    )
    connection.execute("UPDATE job SET retry = 0 WHERE id = ?", (experiment_id,))


def release_cells(
    connection: sqlite3.Connection, experiment_id: str, *, spared: Iterable[str] = ()
) -> None:
    """Make the cells of an experiment wait that were running when its process ended.

    Parameters
    ----------
    connection : sqlite3.Connection
        Inside a transaction.
    experiment_id : str
        The experiment.
    spared : iterable of str
        Other experiments, whose cells are left as they are.
    """
    connection.execute(
        "UPDATE cell SET state = 'waiting', updated = ? WHERE state = 'running'"
        " AND key IN (SELECT key FROM experiment_cell WHERE experiment_id = ?)"
        " AND key NOT IN (SELECT key FROM experiment_cell WHERE experiment_id IN"
        " (SELECT value FROM json_each(?)))",
        (time.time(), experiment_id, json.dumps([*spared])),
    )


def cancel_cells(
    connection: sqlite3.Connection, experiment_id: str, *, spared: Iterable[str] = ()
) -> None:
    """Mark cells of an experiment that nobody has finished as cancelled.

    One that had failed before this run and did not get its turn has failed again.

    Parameters
    ----------
    connection : sqlite3.Connection
        Inside a transaction.
    experiment_id : str
        The experiment.
    spared : iterable of str
        Other experiments, whose cells are left as they are.
    """
    connection.execute(
        "UPDATE cell SET state = coalesce(json_extract(result, '$.state'), 'cancelled'),"
        " updated = ? WHERE state IN ('waiting', 'running')"
        " AND key IN (SELECT key FROM experiment_cell WHERE experiment_id = ?)"
        " AND key NOT IN (SELECT key FROM experiment_cell WHERE experiment_id IN"
        " (SELECT value FROM json_each(?)))",
        (time.time(), experiment_id, json.dumps([*spared])),
    )
