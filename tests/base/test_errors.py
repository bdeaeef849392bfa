import pickle

from lab.base import LabError, Problem


def test_an_error_reads_as_its_sentence_and_its_hint():
    assert str(LabError("the file is empty", hint="Choose another.")) == (
        "the file is empty. Choose another."
    )
    assert str(LabError("the file is empty")) == "the file is empty"


def test_an_error_crosses_processes_with_hint_and_problems():
    error = LabError("no", hint="yes", problems=[Problem(field="a", message="b")])
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.message, copy.hint, copy.problems) == (error.message, error.hint, error.problems)


def test_problems_that_the_sentence_tells_are_not_told_again():
    problems = [Problem(field="a", message="a is 0"), Problem(field="b", message="b is 1")]
    assert LabError("step s: a is 0; b is 1", problems=problems).untold == ()
    assert LabError("2 things are wrong", problems=problems).untold == tuple(problems)
