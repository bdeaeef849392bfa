import pytest

from lab.base import LabError, from_json, to_json
from lab.experiments import CellState, Failure, FoldResult

FAILURE = Failure(kind="memory", message="it needed more than 500 MB")


@pytest.mark.parametrize(
    ("state", "failure"),
    [(CellState.DONE, FAILURE), (CellState.FAILED, None), (CellState.TIMED_OUT, None)],
)
def test_a_result_says_why_if_and_only_if_there_is_none(state, failure):
    with pytest.raises(LabError, match="must say why"):
        FoldResult(state=state, failure=failure)


@pytest.mark.parametrize("state", [CellState.WAITING, CellState.RUNNING])
def test_a_result_is_final(state):
    with pytest.raises(LabError, match="cannot be"):
        FoldResult(state=state, failure=FAILURE)


@pytest.mark.parametrize(
    "result",
    [
        FoldResult(state=CellState.FAILED, failure=FAILURE),
        FoldResult(
            state=CellState.DONE,
            test_scores={"r2": 0.1 + 0.2, "mape": None},
            fit_seconds=0.25,
            warnings=("did not converge",),
        ),
    ],
)
def test_a_result_comes_back_equal_from_its_json(result):
    assert from_json(FoldResult, to_json(result)) == result
