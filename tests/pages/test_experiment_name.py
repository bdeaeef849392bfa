"""Names of experiments: two on the same data can be told apart."""

from dataclasses import replace

from lab.base import from_json
from lab.benchmark import wait
from lab.experiments import make_cells
from lab.recipes import preset_recipe
from lab.validation import fold_keys
from pages._ui.draft import ARTIFACT, Draft, make_experiment, new_draft
from pages._ui.experiment_name import default_name


def drafted(data, recipe="auto"):
    return make_experiment(replace(new_draft(data), recipe=recipe), data)


def cell_keys(experiment):
    return [cell.key for cell in make_cells(experiment, fold_keys(experiment.plan))]


def test_a_recipe_that_was_chosen_stands_in_the_name(data):
    assert drafted(data, "trees").name == f"{drafted(data).name} · {preset_recipe('trees').title}"


def test_a_name_changes_neither_the_id_nor_what_is_cached(data):
    first = drafted(data)
    other = replace(first, name="another name")
    assert (other.id, cell_keys(other)) == (first.id, cell_keys(first))


def test_a_long_title_is_cut_and_stays_on_one_line():
    name = default_name("1 model", "5 folds", "long\n" * 40)
    assert "\n" not in name
    assert len(name) < 70


def test_what_is_started_on_the_page_has_a_name_of_its_own(visit, data, store):
    app = visit("benchmark", dataset=data.id)
    for box in app.checkbox:
        if box.key.startswith("contender"):
            box.set_value(box.key.split()[-1] == "dummy")
    app.run()
    draft = from_json(Draft, store.load_artifact(ARTIFACT, data.id))
    earlier = replace(make_experiment(draft, data), seed=7)
    store.save_experiment(earlier)
    app.button(key="start").click().run()
    assert not app.exception
    started = app.query_params["experiment"]
    wait(store, started)
    assert store.load_experiment(started).name == f"{earlier.name} · 2"
