"""The files that are carried out of the house."""

import platform
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lab import __version__
from lab.base import LabError, to_json, to_plain, writing_whole
from lab.experiments import library_versions
from lab.reports.build import report_html
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
        material = load_material(store, experiment_id)
        _ = material.outputs  # read once, for tables and report
        with ThreadPoolExecutor(max_workers=1) as side:  # arrow writes tables beside the drawing
            tables = side.submit(write_tables, material, folder)
            report = write_report(material, folder)
            return (*tables.result(), report)
    except OSError as error:
        raise LabError(
            f"the results cannot be written to {folder} ({error.strerror})",
            hint="Choose a folder that can be written and has room.",
        ) from error


def write_report(material: Material, folder: Path) -> Path:
    """Write ``report.html`` into a folder that is there, and return its path."""
    return _write(folder / "report.html", [report_html(material).encode()])


def write_tables(material: Material, folder: Path) -> tuple[Path, ...]:
    """Write the other five files of `write_outputs`, and return their paths."""
    return (
        _write(folder / "leaderboard.csv", [leaderboard_csv(material)]),
        _write(folder / "folds.csv", [folds_csv(material)]),
        _write(folder / "predictions.csv", prediction_chunks(material)),
        _write(folder / "splits.csv", [splits_csv(material)]),
        _write(folder / "experiment.json", [experiment_json(material)]),
    )


def _write(path: Path, chunks: Iterable[bytes]) -> Path:
    with writing_whole(path) as file:
        for chunk in chunks:
            file.write(chunk)
    return path


def experiment_json(material: Material) -> bytes:
    """Return the experiment as JSON: what was run, on what, with which versions, how it went.

    Its part ``experiment`` is read again by ``from_json(Experiment, ...)``.

    Parameters
    ----------
    material : Material
        The experiment with its results.
    """
    content = {
        "format": FORMAT,
        "id": material.experiment.id,
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
