from lab.base import ALL_TASKS, CLASSIFICATION, Task


def test_every_task_has_words_for_people():
    assert all(task.title for task in Task)


def test_classification_is_every_task_but_regression():
    assert {task for task in Task if task.is_classification} == CLASSIFICATION
    assert {Task.REGRESSION} == ALL_TASKS - CLASSIFICATION
