"""Why a candidate answers as it does: permutation importance and SHAP values of raw columns."""

from lab.explain.control import explanation_id, load, request
from lab.explain.explaining import explain
from lab.explain.explanation import ColumnImportance, Explanation, ShapSummary

__all__ = [
    "ColumnImportance",
    "Explanation",
    "ShapSummary",
    "explain",
    "explanation_id",
    "load",
    "request",
]
