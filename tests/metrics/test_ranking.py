"""Rankings against scikit-learn, for any scores with any ties."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from lab.metrics.ranking import rank_rows

_ROWS = st.lists(
    st.tuples(st.booleans(), st.integers(-3, 3), st.sampled_from([0.0, 0.25, 1.0, 7.0])),
    min_size=2,
    max_size=40,
)


@given(_ROWS)
def test_areas_equal_scikit_learns_whatever_the_ties_and_weights(rows):
    truth, score, weight = (np.array(column) for column in zip(*rows, strict=True))
    assume(weight[truth].sum() > 0)
    assume(weight[~truth].sum() > 0)
    ranking = rank_rows(truth, score.astype(float), weight)
    area = roc_auc_score(truth, score, sample_weight=weight)
    precision = average_precision_score(truth, score, sample_weight=weight)
    assert ranking.area == pytest.approx(area, abs=1e-12)
    assert ranking.average_precision == pytest.approx(precision, abs=1e-12)


@given(_ROWS)
def test_equal_weights_change_nothing(rows):
    truth, score, _ = (np.array(column) for column in zip(*rows, strict=True))
    plain = rank_rows(truth, score.astype(float), np.ones(len(truth)))
    weighted = rank_rows(truth, score.astype(float), np.full(len(truth), 0.5))
    np.testing.assert_allclose(plain.hits, 2 * weighted.hits)
    np.testing.assert_allclose(plain.alarms, 2 * weighted.alarms)
