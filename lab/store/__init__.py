"""Where everything is kept that outlives a session."""

from lab.store.datasets import DatasetInfo
from lab.store.experiments import ExperimentInfo
from lab.store.jobs import Job, JobState
from lab.store.results import Finished, Progress, write_predictions
from lab.store.store import Store, open_store

__all__ = [
    "DatasetInfo",
    "ExperimentInfo",
    "Finished",
    "Job",
    "JobState",
    "Progress",
    "Store",
    "open_store",
    "write_predictions",
]
