"""What can learn: the catalogue of models, and their answers in one form."""

from lab.models.catalogue import MODELS, build_model, default_models, models_for, tell_categories
from lab.models.cost import expected_seconds, relative_seconds
from lab.models.entry import Builder, ModelEntry
from lab.models.outputs import NEVER, predict_outputs

__all__ = [
    "MODELS",
    "NEVER",
    "Builder",
    "ModelEntry",
    "build_model",
    "default_models",
    "expected_seconds",
    "models_for",
    "predict_outputs",
    "relative_seconds",
    "tell_categories",
]
