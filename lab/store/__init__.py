"""Where everything is kept that outlives a session."""

from lab.store.cleaning import Removal
from lab.store.datasets import DatasetInfo
from lab.store.disk_use import DiskUse, size_text
from lab.store.experiments import ExperimentInfo, MeanScore
from lab.store.jobs import Job, JobState
from lab.store.past_fits import PastFit
from lab.store.recipes import KeptRecipe
from lab.store.results import Finished, Progress, write_predictions
from lab.store.sources import LARGEST_KEPT, Source
from lab.store.store import Store, open_store

__all__ = [
    "LARGEST_KEPT",
    "DatasetInfo",
    "DiskUse",
    "ExperimentInfo",
    "Finished",
    "Job",
    "JobState",
    "KeptRecipe",
    "MeanScore",
    "PastFit",
    "Progress",
    "Removal",
    "Source",
    "Store",
    "open_store",
    "size_text",
    "write_predictions",
]
