"""What a learning curve says when there is too little of it."""

from lab.comparison import Outlook, learning_trend


def test_a_single_size_is_told_in_the_singular(make_experiment, make_records):
    made = make_experiment(["One"])
    records = make_records(made, {"One": [0.9, 0.8, 0.7, 0.8, 0.9]}, n_train=80)
    trend = learning_trend(made, records, "roc_auc")
    assert trend.outlook is Outlook.UNKNOWN
    assert "1 size is finished, and a trend needs at least 4" in trend.advice
