"""Deleting: one experiment, or everything that has not been touched for some time."""

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lab.base import LabError, telling_disk_faults
from lab.store.files import (
    KeptFile,
    kept_files,
    path_of,
    places_in_use,
    remove,
    size_of,
)
from lab.store.jobs import active_jobs
from lab.store.removal import Doomed, RemovalShelf, check_idle, doomed_places, find_doomed
from lab.store.shelf import missing

DAY = 24 * 3600.0
"""What nothing uses may still be in the making until it is as old as this."""
_OLD_EXPERIMENTS = """
    SELECT experiment.id FROM experiment LEFT JOIN job ON job.id = experiment.id
    WHERE max(experiment.created, coalesce(started, 0), coalesce(ended, 0)) < ?
"""
_OLD_DATASETS = """
    SELECT id FROM dataset WHERE created < ?
    AND id NOT IN (SELECT key FROM artifact WHERE created >= ?)
"""
_UNUSED_CELLS = """
    SELECT key FROM cell WHERE updated < ? AND key NOT IN (SELECT key FROM experiment_cell)
"""
_UNUSED_ARTIFACTS = """
    SELECT key FROM artifact WHERE created < ? AND kind <> 'recipe'
    AND key NOT IN (SELECT id FROM dataset)
    AND key NOT IN (SELECT id FROM experiment) AND key NOT IN (SELECT key FROM experiment_artifact)
"""


@dataclass(frozen=True, kw_only=True)
class Removal:
    """What was deleted, or would be.

    Parameters
    ----------
    experiments, datasets : tuple of str
        Their names.
    n_results : int
        Results of fits that no other experiment uses.
    n_shared : int
        Results that stay because other experiments use them.
    n_explanations : int
        Explanations and drafts.
    n_left_over : int
        Files that nothing uses any more.
    n_bytes : int
        What all its files take.
    """

    experiments: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    n_results: int = 0
    n_shared: int = 0
    n_explanations: int = 0
    n_left_over: int = 0
    n_bytes: int = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """What it consists of, in words, such as ``("2 runs", "14 results of fits")``."""
        counts = (
            (len(self.experiments), "run", "runs"),
            (len(self.datasets), "data set", "data sets"),
            (self.n_results, "result of a fit", "results of fits"),
            (self.n_explanations, "explanation or draft", "explanations and drafts"),
            (self.n_left_over, "file that nothing uses", "files that nothing uses"),
        )
        return tuple(f"{n:,} {one if n == 1 else many}" for n, one, many in counts if n)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing goes."""
        return self == Removal(n_shared=self.n_shared)


class CleaningShelf(RemovalShelf):
    """How things are deleted, and what would be."""

    def deletion(self, experiment_id: str, *, with_dataset: bool = False) -> Removal:
        """Return what `delete_experiment` would delete."""
        with self.database.reading() as connection:
            doomed = self._named(connection, experiment_id, with_dataset=with_dataset)
            return self._told(connection, doomed)

    def delete_experiment(self, experiment_id: str, *, with_dataset: bool = False) -> Removal:
        """Delete an experiment with all that nothing else uses, and return what that was.

        Parameters
        ----------
        experiment_id : str
            The experiment.
        with_dataset : bool, default False
            Whether its data set and table go too, when no other experiment uses them.

        Raises
        ------
        LabError
            When there is none, or a process works on it.
        """
        with self.database.writing() as connection:
            doomed = self._named(connection, experiment_id, with_dataset=with_dataset)
            check_idle(connection, doomed)
            told = self._told(connection, doomed)
            self._remove(connection, doomed)
        self.finish_removals()
        return told

    def cleaning(self, older_than_days: float) -> Removal:
        """Return what `clean` would delete."""
        before = _moment(older_than_days)
        with self.database.reading() as connection:
            told = self._told(connection, _outdated(connection, before))
            return _with_left_over(told, self._left_over(connection, before))

    def clean(self, older_than_days: float) -> Removal:
        """Delete what has not been touched for some days, and return what that was.

        These are experiments whose last run ended and that were saved before, unless they are
        active; data sets that were kept before and that nothing uses then; and files that nothing
        uses and that are as old, and at least a day.
        """
        before = _moment(older_than_days)
        with self.database.reading() as connection:
            files = self._left_over(connection, before)
        for file in files:  # first, since it makes room for the journal on a full disk
            with telling_disk_faults(file.path):
                remove(file.path)
        with self.database.writing() as connection:
            doomed = _outdated(connection, before)
            told = self._told(connection, doomed)
            self._remove(connection, doomed)
        self.finish_removals()
        with contextlib.suppress(LabError):  # it only takes more room than it needs
            self.database.compact()
        return _with_left_over(told, files)

    def _named(
        self, connection: sqlite3.Connection, experiment_id: str, *, with_dataset: bool
    ) -> Doomed:
        row = connection.execute(
            "SELECT dataset_id FROM experiment WHERE id = ?", (experiment_id,)
        ).fetchone()
        if row is None:
            raise missing("experiment", experiment_id)
        return find_doomed(connection, [experiment_id], [row[0]] if with_dataset else [])

    def _told(self, connection: sqlite3.Connection, doomed: Doomed) -> Removal:
        def column(statement: str, keys: Iterable[str]) -> tuple[str, ...]:
            return tuple(row[0] for row in connection.execute(statement, (json.dumps([*keys]),)))

        mine = column(
            "SELECT DISTINCT key FROM experiment_cell JOIN cell USING (key) WHERE state = 'done'"
            " AND experiment_id IN (SELECT value FROM json_each(?))",
            doomed.experiments,
        )
        n_gone = len(set(mine).intersection(doomed.cells))
        return Removal(
            experiments=column(
                "SELECT name FROM experiment WHERE id IN (SELECT value FROM json_each(?))",
                doomed.experiments,
            ),
            datasets=column(
                "SELECT name FROM dataset WHERE id IN (SELECT value FROM json_each(?))",
                doomed.datasets,
            ),
            n_results=n_gone,
            n_shared=len(mine) - n_gone,
            n_explanations=len(
                column(
                    "SELECT key FROM artifact WHERE key IN (SELECT value FROM json_each(?))",
                    doomed.artifacts,
                )
            ),
            n_bytes=sum(
                size_of(path_of(self.workspace, place))
                for place in doomed_places(connection, doomed)
            ),
        )

    def _left_over(self, connection: sqlite3.Connection, before: float) -> list[KeptFile]:
        used, oldest = places_in_use(connection), min(before, time.time() - DAY)
        return [
            file
            for file in kept_files(self.workspace)
            if file.place not in used and file.changed < oldest
        ]


def _moment(days: float) -> float:
    if not days >= 0:
        raise LabError(f"{days:g} days is no age", hint="Give 0 or more.")
    return time.time() - days * DAY


def _outdated(connection: sqlite3.Connection, before: float) -> Doomed:
    """Return all rows that are older than a moment and that no process works on."""

    def keys(statement: str) -> tuple[str, ...]:
        moments = (before,) * statement.count("?")
        return tuple(row[0] for row in connection.execute(statement, moments))

    active = set(active_jobs(connection))
    explained = connection.execute("SELECT experiment_id, key FROM experiment_artifact").fetchall()
    active |= {row["experiment_id"] for row in explained if row["key"] in active}
    experiments = [key for key in keys(_OLD_EXPERIMENTS) if key not in active]
    doomed = find_doomed(connection, experiments, keys(_OLD_DATASETS))
    unused = [key for key in keys(_UNUSED_ARTIFACTS) if key not in active]
    return replace(
        doomed,
        cells=tuple({*doomed.cells, *keys(_UNUSED_CELLS)}),
        artifacts=tuple({*doomed.artifacts, *unused}),
    )


def _with_left_over(told: Removal, files: list[KeptFile]) -> Removal:
    n_bytes = told.n_bytes + sum(file.n_bytes for file in files)
    return replace(told, n_left_over=len(files), n_bytes=n_bytes)
