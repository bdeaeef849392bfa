"""The files that are carried out of the house."""

import platform
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lab import __version__
from lab.base import LabError, to_json, to_plain, writing_whole
from lab.experiments import library_versions
from lab.reports.build import build_report
from lab.reports.material import Material, load_material
from lab.reports.tables import folds_csv, leaderboard_csv, prediction_chunks, splits_csv
from lab.store import Store

FORMAT = 1


def write_outputs(store: Store, experiment_id: str, folder: Path) -> tuple[Path, ...]:
    """Write the six files of an experiment into a folder and return their paths.

    ``leaderboard.csv``, ``folds.csv``, ``predictions.csv``, ``splits.csv``, ``experiment.json``
    and ``report.html``; each appears under its name only when it is whole.

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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(max_workers=1) as side:  # arrow writes tables beside the drawing
            tables = side.submit(_write_tables, store, experiment_id, folder)
            report = _write(folder / "report.html", [build_report(store, experiment_id).encode()])
            return (*tables.result(), report)
    except OSError as error:
        raise LabError(
            f"the results cannot be written to {folder} ({error.strerror})",
            hint="Choose a folder that can be written and has room.",
        ) from error


def _write_tables(store: Store, experiment_id: str, folder: Path) -> tuple[Path, ...]:
    return (
        _write(folder / "leaderboard.csv", [leaderboard_csv(store, experiment_id)]),
        _write(folder / "folds.csv", [folds_csv(store, experiment_id)]),
        _write(folder / "predictions.csv", prediction_chunks(store, experiment_id)),
        _write(folder / "splits.csv", [splits_csv(store, experiment_id)]),
        _write(folder / "experiment.json", [experiment_json(store, experiment_id)]),
    )


def _write(path: Path, chunks: Iterable[bytes]) -> Path:
    with writing_whole(path) as file:
        for chunk in chunks:
            file.write(chunk)
    return path


def experiment_json(store: Store, experiment_id: str) -> bytes:
    """Return the experiment as JSON: what was run, on what, with which versions, how it went.

    Its part ``experiment`` is read again by ``from_json(Experiment, ...)``.

    Parameters
    ----------
    store : Store
        Where the experiment is kept.
    experiment_id : str
        The experiment.
    """
    material = load_material(store, experiment_id)
    content = {
        "format": FORMAT,
        "id": experiment_id,
        "experiment": to_plain(material.experiment),
        "dataset": _dataset(material),
        "cells": [_cell(material, place) for place in range(len(material.records))],
        "versions": {
            "ml-playground": __version__,
            "python": platform.python_version(),
            **library_versions(),
        },
    }
    return to_json(content).encode()


def _dataset(material: Material) -> dict[str, Any]:
    dataset = material.dataset
    return {
        "id": dataset.id,
        "name": dataset.name,
        "source": dataset.table.source,
        "n_rows": dataset.n_rows,
        "roles": to_plain(dataset.roles),
        "labels": list(dataset.labels),
        "columns": to_plain(dataset.table.schema)["columns"],
        "notes": [*dataset.table.notes, *dataset.notes],
    }


def _cell(material: Material, place: int) -> dict[str, Any]:
    record = material.records[place]
    cell = record.cell
    return {
        "candidate": material.experiment.candidates[cell.candidate].name,
        "repeat": cell.repeat,
        "fold": cell.fold,
        "key": cell.key,
        "state": record.state.value,
        "result": None if record.result is None else to_plain(record.result),
    }
