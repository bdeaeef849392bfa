"""From an experiment to its report."""

import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from lab import __version__
from lab.base import plain_text
from lab.reports.catalogue import SECTIONS
from lab.reports.document import Document, Section
from lab.reports.html import render_html
from lab.reports.material import Material, load_material
from lab.store import Store


def build_report(store: Store, experiment_id: str, *, sections: Sequence[str] | None = None) -> str:
    """Return the report of an experiment as one self-contained HTML page.

    Parameters
    ----------
    store : Store
        Where the experiment and its results are kept.
    experiment_id : str
        The experiment, finished or not.
    sections : sequence of str, optional
        Keys of `SECTIONS`; all of them when not given. They stand in the order of the catalogue.

    Raises
    ------
    LabError
        When there is no such experiment or section.
    """
    return report_html(load_material(store, experiment_id), sections=sections)


def report_html(material: Material, *, sections: Sequence[str] | None = None) -> str:
    """Return the report as `build_report` does, of an experiment that is loaded."""
    return render_html(build_document(material, sections=sections))


def build_document(material: Material, *, sections: Sequence[str] | None = None) -> Document:
    """Return the report of an experiment as values.

    Parameters
    ----------
    material : Material
        The experiment with its results.
    sections : sequence of str, optional
        Keys of `SECTIONS`; all of them when not given.
    """
    chosen = {SECTIONS[key].key for key in sections} if sections is not None else set(SECTIONS.keys)
    built = [
        Section(key=entry.key, title=entry.title, blocks=entry.build(material))
        for entry in SECTIONS
        if entry.key in chosen
    ]
    experiment, dataset = material.experiment, material.dataset
    name = plain_text(dataset.name or dataset.table.source)
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Document(
        title=plain_text(experiment.name) or "Experiment",
        subtitle=f"{experiment.task.title} of {plain_text(dataset.roles.target)} in {name}",
        footer=(
            f"Made by ML playground {__version__} on {made} with Python"
            f" {platform.python_version()}. Experiment {experiment.id[:12]},"
            f" data {dataset.id[:12]}."
        ),
        sections=tuple(section for section in built if section.blocks),
    )
