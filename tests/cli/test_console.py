from lab.base import LabError, Problem
from lab.cli.console import tell_error

PROBLEMS = [Problem(field="--cv", message="folds is 1"), Problem(field="--models", message="no")]


def test_problems_behind_a_summary_stand_on_lines_of_their_own(capsys):
    tell_error(LabError("2 things have to be put right", problems=PROBLEMS, hint="Look."))
    assert capsys.readouterr().err.splitlines() == [
        "error: 2 things have to be put right",
        "  --cv: folds is 1",
        "  --models: no",
        "hint: Look.",
    ]


def test_nothing_is_told_twice(capsys):
    tell_error(LabError("folds is 1; no", problems=PROBLEMS))
    assert capsys.readouterr().err == "error: folds is 1; no\n"
