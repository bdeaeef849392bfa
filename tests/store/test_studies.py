from dataclasses import replace

from lab.experiments import repeated_seeds


def test_a_study_is_told_apart_in_the_list_and_shares_cells(store, dataset, experiment_on):
    plain = experiment_on(store.save_dataset(dataset))
    study = repeated_seeds(plain, 1, n=3)
    store.save_experiment(plain)
    store.save_experiment(study)
    infos = {info.id: info for info in store.experiments()}
    assert (infos[plain.id].study, infos[plain.id].study_of) == ("", "")
    assert (infos[study.id].study, infos[study.id].study_of) == ("seeds", plain.id)
    assert store.load_experiment(study.id) == study
    shared = {record.cell.key for record in store.records(study.id)} & {
        record.cell.key for record in store.records(plain.id)
    }
    assert len(shared) == 3


def test_a_study_does_not_rename_an_experiment_of_the_same_candidates(
    store, dataset, experiment_on
):
    study = repeated_seeds(experiment_on(store.save_dataset(dataset)), 1, n=2)
    plain = replace(study, study=None, name="Plain")
    store.save_experiment(plain)
    store.save_experiment(study)
    assert store.load_experiment(plain.id).name == "Plain"
