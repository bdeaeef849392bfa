"""The table of metrics."""

from lab.base import Catalogue
from lab.metrics.class_labels import (
    ACCURACY,
    BALANCED_ACCURACY,
    F1,
    MATTHEWS_CORRCOEF,
    PRECISION,
    RECALL,
)
from lab.metrics.class_scores import AVERAGE_PRECISION, BRIER, LOG_LOSS, ROC_AUC
from lab.metrics.entry import MetricEntry
from lab.metrics.regression import MAE, MAPE, MEDIAN_AE, R2, RMSE

METRICS: Catalogue[MetricEntry] = Catalogue(
    "metric",
    ACCURACY,
    BALANCED_ACCURACY,
    PRECISION,
    RECALL,
    F1,
    ROC_AUC,
    AVERAGE_PRECISION,
    LOG_LOSS,
    BRIER,
    MATTHEWS_CORRCOEF,
    R2,
    RMSE,
    MAE,
    MEDIAN_AE,
    MAPE,
)
