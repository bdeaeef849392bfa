"""What is carried out of the house: the report, and the results as files."""

from lab.reports.apart import write_outputs_apart
from lab.reports.build import build_document, build_report
from lab.reports.catalogue import SECTIONS
from lab.reports.document import Document, Section
from lab.reports.entry import SectionEntry
from lab.reports.files import experiment_json, write_outputs
from lab.reports.html import render_html
from lab.reports.material import Material, load_material
from lab.reports.tables import (
    effects_csv,
    folds_csv,
    leaderboard_csv,
    predictions_csv,
    splits_csv,
)
from lab.reports.warming import warm_up_writing

__all__ = [
    "SECTIONS",
    "Document",
    "Material",
    "Section",
    "SectionEntry",
    "build_document",
    "build_report",
    "effects_csv",
    "experiment_json",
    "folds_csv",
    "leaderboard_csv",
    "load_material",
    "predictions_csv",
    "render_html",
    "splits_csv",
    "warm_up_writing",
    "write_outputs",
    "write_outputs_apart",
]
