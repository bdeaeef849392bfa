"""What every data set that comes with the playground promises."""

import pandas as pd
import pytest

from lab.data import (
    SAMPLES,
    check_data,
    guess_roles,
    guess_target,
    guess_task,
    load_sample,
    make_dataset,
    sample_roles,
)
from lab.data.samples import SAMPLES_FOLDER

every_sample = pytest.mark.parametrize("key", SAMPLES.keys)


@every_sample
def test_it_is_as_its_catalogue_says(key):
    entry, table = SAMPLES[key], load_sample(key)
    dataset = make_dataset(table, sample_roles(key), name=entry.title)
    assert table.frame.shape == (entry.rows, entry.columns)
    assert dataset.n_rows == entry.rows
    assert len(dataset.features) >= 3
    assert entry.licence
    assert entry.source
    assert entry.summary.endswith(".")


@every_sample
def test_its_values_are_those_that_pandas_reads(key):
    table = load_sample(key)
    plain = pd.read_csv(SAMPLES_FOLDER / SAMPLES[key].file)
    for name in plain:
        ours, theirs = table.frame[name], plain[name]
        assert (ours.isna() == theirs.isna()).all(), name
        if pd.api.types.is_numeric_dtype(theirs):
            assert (ours.dropna() == theirs.dropna()).all(), name
        elif ours.dtype == "str":
            assert (ours.dropna() == theirs.dropna().str.strip()).all(), name
        else:
            assert (ours == pd.to_datetime(theirs)).all(), name


@every_sample
def test_target_and_task_are_guessed_as_the_catalogue_has_them(key):
    table = load_sample(key)
    assert guess_target(table) == SAMPLES[key].target
    assert guess_task(table, SAMPLES[key].target) is SAMPLES[key].task
    assert guess_roles(table, SAMPLES[key].target).target == SAMPLES[key].target


@every_sample
def test_its_source_is_told_in_the_readme(key):
    assert f"`{SAMPLES[key].file}`" in (SAMPLES_FOLDER / "README.md").read_text("utf-8")


def test_every_table_in_the_folder_is_in_the_catalogue():
    files = {path.name for path in SAMPLES_FOLDER.glob("*.csv")}
    assert files == {entry.file for entry in SAMPLES}


def test_the_leak_in_road_accidents_is_found_and_left_out():
    findings = check_data(load_sample("road_accidents"), target="dead")
    assert [f.columns for f in findings if f.code == "D004"] == [("injSeverity",)]
    assert "injSeverity" in sample_roles("road_accidents").ignored


@pytest.mark.parametrize("key", [key for key in SAMPLES.keys if key != "road_accidents"])
def test_no_other_sample_is_accused_of_a_leak(key):
    findings = check_data(load_sample(key), target=SAMPLES[key].target)
    assert not [finding for finding in findings if finding.code == "D004"]
