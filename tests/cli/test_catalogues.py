import json

import pytest

from lab.metrics import METRICS
from lab.models import MODELS
from lab.recipes import STEPS
from lab.validation import SPLITTERS

CATALOGUES = {"models": MODELS, "steps": STEPS, "metrics": METRICS, "splitters": SPLITTERS}
EVERY = pytest.mark.parametrize(("word", "catalogue"), CATALOGUES.items())


@EVERY
def test_every_entry_is_listed_with_its_title_and_settings(command, word, catalogue):
    said = command(word)
    assert said.code == 0
    for entry in catalogue:
        assert f"{entry.key}  {entry.title}" in said.out
        for param in entry.params:
            assert f"    {param.name}=" in said.out


@EVERY
def test_every_entry_stands_in_the_json_with_bounds_and_defaults(command, word, catalogue):
    listed = json.loads(command(word, "--json").out)
    assert [entry["key"] for entry in listed] == list(catalogue.keys)
    for entry, told in zip(catalogue, listed, strict=True):
        assert told["title"] == entry.title
        assert told["summary"]
        assert [setting["name"] for setting in told["settings"]] == [p.name for p in entry.params]


@EVERY
def test_every_default_in_the_json_is_what_is_chosen(command, word, catalogue):
    for told in json.loads(command(word, "--json").out):
        defaults = {setting["name"]: setting["default"] for setting in told["settings"]}
        assert catalogue.choose(told["key"], defaults) == catalogue.choose(told["key"])


def test_numbers_are_listed_with_their_bounds(command):
    listed = {entry["key"]: entry for entry in json.loads(command("splitters", "--json").out)}
    (folds,) = listed["kfold"]["settings"]
    assert (folds["type"], folds["minimum"], folds["default"]) == ("integer", 2, 5)


def test_metrics_tell_their_direction(command):
    listed = {entry["key"]: entry for entry in json.loads(command("metrics", "--json").out)}
    assert listed["roc_auc"]["greater_is_better"]
    assert not listed["rmse"]["greater_is_better"]
    assert listed["rmse"]["highest"] is None
