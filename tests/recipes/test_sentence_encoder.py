"""Sentence vectors are those of model2vec, of models on this machine alone; what lacks is told."""

import pickle
import socket

import numpy as np
import pandas as pd
import pytest
from sklearn.utils.estimator_checks import check_estimator

from lab.base import MODELS_VARIABLE, LabError, Task
from lab.recipes import STEPS, check_recipe, encoder_models, make_preparation
from lab.recipes.encoder_models import encoder_fingerprint, encoder_names
from lab.recipes.estimators.sentence_vectors import SentenceVectors

TEXTS = ["The red house", "", "boat, boat by THE sea", "unheard of", "no " * 700]
FRAME = pd.DataFrame({"note": pd.Series([*TEXTS, None], dtype=object)})


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Return an empty folder of models."""
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


@pytest.fixture
def problems(example, recipe, step):
    """Return a function that tells what is wrong with the step and its settings."""

    def tell(**settings):
        own = recipe(step("sentence_encoder", **settings))
        found = check_recipe(own, example.only("note").schema, task=Task.BINARY)
        assert {problem.field for problem in found} <= {"sentence_encoder"}
        return [problem.message for problem in found]

    return tell


@pytest.mark.parametrize("normalize", [False, True])
def test_vectors_are_those_of_the_library(folder, put_encoder, normalize):
    model = put_encoder(folder / "tiny", normalize=normalize)
    made = SentenceVectors(model="tiny").fit_transform(FRAME)
    np.testing.assert_array_equal(made, model.encode([*TEXTS, ""]))
    assert made.dtype == np.float64
    assert not made[[1, 3, 5]].any()
    assert made[[0, 2, 4]].any(axis=1).all()


def test_the_first_columns_can_be_had_and_never_more_than_there_are(folder, put_encoder):
    expected = put_encoder(folder / "tiny").encode([*TEXTS, ""])
    few = SentenceVectors(model="tiny", n_columns=3)
    np.testing.assert_array_equal(few.fit_transform(FRAME), expected[:, :3])
    assert list(few.get_feature_names_out()) == [f"note_sentence{i}" for i in range(3)]
    assert SentenceVectors(model="tiny", n_columns=99).fit_transform(FRAME).shape == (6, 16)


def test_many_texts_are_encoded_as_few_are(folder, put_encoder):
    put_encoder(folder / "tiny")
    many = pd.concat([FRAME] * 3000)
    made = SentenceVectors(model="tiny").fit(FRAME)
    np.testing.assert_array_equal(made.transform(many), np.tile(made.transform(FRAME), (3000, 1)))


def test_models_kept_by_sentence_transformers_are_taken(folder, put_encoder):
    from safetensors.numpy import load_file, save_file

    expected = put_encoder(folder / "tiny").encode(TEXTS)
    (folder / "tiny" / "config.json").rename(folder / "tiny" / "config_sentence_transformers.json")
    weights = folder / "tiny" / "model.safetensors"
    save_file({"embedding.weight": load_file(weights)["embeddings"]}, weights)
    made = SentenceVectors(model="tiny").fit_transform(FRAME.iloc[: len(TEXTS)])
    np.testing.assert_array_equal(made, expected)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_it_is_an_ordinary_scikit_learn_estimator(folder, put_encoder):
    put_encoder(folder / "tiny")
    check_estimator(SentenceVectors(model="tiny"))


def test_the_model_is_not_in_what_was_fitted_and_must_be_the_same(folder, put_encoder):
    put_encoder(folder / "tiny")
    fitted = pickle.dumps(SentenceVectors(model="tiny").fit(FRAME))
    assert len(fitted) < 1_000
    assert pickle.loads(fitted).transform(FRAME).shape == (6, 16)
    put_encoder(folder / "tiny", seed=1)
    with pytest.raises(LabError, match="'tiny' is not the one that was fitted with"):
        pickle.loads(fitted).transform(FRAME)


def test_results_rest_on_the_bytes_of_the_model(folder, put_encoder):
    settings = STEPS.choose("sentence_encoder", {"model": "tiny"}).settings
    outside = STEPS["sentence_encoder"].outside
    assert outside(settings) == ""
    put_encoder(folder / "tiny")
    first = outside(settings)
    assert first == encoder_fingerprint("tiny") != ""
    put_encoder(folder / "same")
    assert encoder_fingerprint("same") == first
    put_encoder(folder / "tiny", seed=1)
    assert outside(settings) not in {first, ""}


def test_only_what_lies_in_the_folder_of_models_can_be_chosen(folder, put_encoder, problems):
    put_encoder(folder / "tiny")
    put_encoder(folder.parent / "elsewhere")
    (folder / "link").symlink_to(folder.parent / "elsewhere")
    (folder / "empty").mkdir()
    (folder / "file").write_text("no folder")
    assert encoder_names() == ("tiny",)
    assert problems(model="tiny") == []
    outside = str(folder.parent / "elsewhere")
    for name in ("../elsewhere", outside, "link", "empty", "file", "", ".", "tiny/../tiny"):
        (message,) = problems(model=name)
        assert message.startswith(f"there is no sentence encoder {name!r} in the folder {folder}")
        assert "Take one that is there (tiny), or put one there with: hf download" in message
        with pytest.raises(LabError, match="there is no sentence encoder"):
            SentenceVectors(model=name).fit(FRAME)


def test_nothing_is_downloaded(folder, put_encoder, problems, monkeypatch):
    def refuse(*arguments, **settings):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (message,) = problems()
    assert message == (
        f"there is no sentence encoder 'potion-base-8M' in the folder {folder}. Put one there "
        f"with: hf download minishlab/potion-base-8M --local-dir '{folder}/potion-base-8M'"
    )
    with pytest.raises(LabError, match="there is no sentence encoder"):
        SentenceVectors(model="minishlab/potion-base-8M").fit(FRAME)
    put_encoder(folder / "potion-base-8M")
    assert problems() == []
    assert SentenceVectors().fit_transform(FRAME).shape == (6, 16)


def test_models_of_other_kinds_are_told_before_anything_runs(folder, put_encoder, problems):
    from safetensors.numpy import save_file

    put_encoder(folder / "tiny")
    save_file({"layer.weight": np.ones((2, 2))}, folder / "tiny" / "model.safetensors")
    (message,) = problems(model="tiny")
    assert message.startswith(f"the model 'tiny' in the folder {folder} is none of model2vec's.")
    (folder / "tiny" / "model.safetensors").write_bytes(b"\x80\x04torn")
    assert problems(model="tiny") == [message]


def test_a_torn_or_poisoned_model_is_one_sentence(folder, put_encoder):
    from safetensors.numpy import load_file, save_file

    put_encoder(folder / "torn")
    (folder / "torn" / "tokenizer.json").write_text("{")
    with pytest.raises(LabError, match=r"the model 'torn' in the folder .* cannot be read \("):
        SentenceVectors(model="torn").fit(FRAME)
    put_encoder(folder / "poisoned")
    weights = folder / "poisoned" / "model.safetensors"
    vectors = load_file(weights)["embeddings"]
    vectors[3, 3] = np.nan
    save_file({"embeddings": vectors}, weights)
    with pytest.raises(LabError, match="numbers that are not finite"):
        SentenceVectors(model="poisoned").fit(FRAME)


def test_a_package_that_is_missing_is_told_in_one_sentence(folder, problems, monkeypatch):
    monkeypatch.setattr(encoder_models.importlib.util, "find_spec", lambda name: None)
    (message,) = problems()
    assert message == (
        "sentence vectors need the package model2vec, which is not installed. "
        "Install it with: pip install model2vec, or take word_vectors"
    )
    assert encoder_fingerprint("potion-base-8M") == ""
    with pytest.raises(LabError, match="need the package model2vec"):
        SentenceVectors().fit(FRAME)


def test_preparing_names_columns_and_what_they_are_made_of(
    example, recipe, step, folder, put_encoder
):
    model = put_encoder(folder / "tiny")
    data = example.only("note")
    own = recipe(step("sentence_encoder", model="tiny", n_columns=2))
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=0)
    found = preparation.fit(data.X, data.y).X
    assert preparation.feature_names == ("note_sentence0", "note_sentence1")
    assert preparation.origins == ("note", "note")
    expected = model.encode(data.X["note"].fillna("").tolist())[:, :2]
    np.testing.assert_array_equal(found, expected)
