"""Experiments on the same data are told apart by their names, whoever keeps them."""

from dataclasses import replace


def test_a_name_that_another_experiment_has_gets_a_number(store, dataset, experiment_on):
    store.save_dataset(dataset)
    for seed, name in ((0, "First"), (1, "First · 2"), (2, "First · 3")):
        made = store.told_apart(experiment_on(dataset.id, seed=seed))
        assert made.name == name
        store.save_experiment(made)


def test_the_same_experiment_keeps_its_name(store, dataset, experiment_on):
    store.save_dataset(dataset)
    first = experiment_on(dataset.id)
    store.save_experiment(first)
    assert store.told_apart(first) == first


def test_names_on_other_data_sets_do_not_count(store, dataset, experiment_on):
    store.save_dataset(dataset)
    store.save_experiment(experiment_on(dataset.id))
    other = replace(dataset, roles=replace(dataset.roles, ignored=("town",)))
    assert other.id != dataset.id
    assert store.told_apart(experiment_on(other.id)).name == "First"
