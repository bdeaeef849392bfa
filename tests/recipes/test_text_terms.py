"""Terms of texts are those of scikit-learn; stems and lemmas those of their packages."""

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfVectorizer,
)

from lab.base import LabError, Task
from lab.recipes import check_recipe, make_preparation
from lab.recipes import word_packages as packages
from lab.recipes.estimators.text_terms import TextTerms

NOTES = np.resize(
    ["The red houses by the sea", "a red house", "houses and boats", "No boat, nothing"], 240
)
TEXTS = pd.DataFrame({"note": NOTES})
RAW = list(NOTES)


@pytest.mark.parametrize(
    ("key", "settings", "plain"),
    [
        ("bag_of_words", {}, CountVectorizer(max_features=200, min_df=2)),
        ("bag_of_words", {"binary": True, "longest": 2}, CountVectorizer(
            binary=True, ngram_range=(1, 2), max_features=200, min_df=2)),
        ("bag_of_words", {"stop_words": True}, CountVectorizer(stop_words="english")),
        ("term_weights", {"max_features": 10}, TfidfVectorizer(
            ngram_range=(1, 2), max_features=10)),
        ("term_weights", {"stop_words": True}, TfidfVectorizer(
            ngram_range=(1, 2), stop_words="english")),
        ("term_weights", {"unit": "letters", "shortest": 3, "longest": 5}, TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), max_features=200)),
        ("text_hashing", {}, HashingVectorizer(n_features=256)),
    ],
)  # fmt: skip
def test_terms_weigh_what_scikit_learn_says(example, recipe, step, key, settings, plain):
    data = example.only("note").change(note=NOTES)
    preparation = make_preparation(
        recipe(step(key, **settings)), data.schema, task=Task.BINARY, seed=0
    )
    expected = plain.fit_transform(RAW).toarray()
    X = preparation.fit(data.X, data.y).X
    found = X if isinstance(X, np.ndarray) else X.toarray()
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_topics_are_those_of_truncated_svd(example, recipe, step):
    data = example.only("note").change(note=NOTES)
    own = recipe(step("text_topics", topics=3))
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=4)
    weights = TfidfVectorizer(max_features=5000, min_df=2).fit_transform(RAW)
    expected = TruncatedSVD(3, random_state=4).fit(weights).transform(weights)
    found = preparation.fit(data.X, data.y).X
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    assert preparation.feature_names == ("note_topic0", "note_topic1", "note_topic2")


def test_fewer_terms_than_topics_make_fewer_topics():
    made = TextTerms(topics=30, random_state=0).fit_transform(TEXTS.iloc[:2])
    assert made.shape == (2, 2)
    one_word = pd.DataFrame({"note": ["word", "word", None]})
    np.testing.assert_allclose(
        TextTerms(topics=30, random_state=0).fit_transform(one_word), [[1], [1], [0]]
    )


def test_words_are_brought_to_their_stem():
    stemmer = pytest.importorskip("snowballstemmer").stemmer("english")
    terms = TextTerms(word_form="stems", weighting="count").fit(TEXTS)
    stems = {
        stemmer.stemWord(word)
        for word in ["the", "red", "houses", "by", "sea", "and", "boats", "no", "nothing"]
    }
    assert set(terms.get_feature_names_out()) == {f"note_{stem}" for stem in stems}
    german = TextTerms(word_form="stems", language="german")
    texts = pd.DataFrame({"note": ["Häuser", "Haus und Hof", "Haus"]})
    assert list(german.fit(texts).get_feature_names_out()) == [
        "note_haus", "note_hof", "note_und",
    ]  # fmt: skip


def test_words_are_brought_to_their_dictionary_form():
    simplemma = pytest.importorskip("simplemma")
    assert simplemma.lemmatize("houses", lang="en") == "house"
    terms = TextTerms(word_form="lemmas", stop_words=True, weighting="count").fit(TEXTS)
    assert list(terms.get_feature_names_out()) == [
        "note_boat", "note_house", "note_red", "note_sea",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "package"), [("stems", "snowballstemmer"), ("lemmas", "simplemma")]
)
def test_a_package_that_is_missing_is_told_in_one_sentence(
    example, recipe, step, monkeypatch, form, package
):
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    own = recipe(step("bag_of_words", word_form=form))
    (problem,) = check_recipe(own, example.only("note").schema, task=Task.BINARY)
    assert f"needs the package {package}, which is not installed" in problem.message
    assert f"pip install {package}" in problem.message
    with pytest.raises(LabError, match=f"needs the package {package}"):
        TextTerms(word_form=form).fit(TEXTS)


def test_stems_of_letters_are_a_problem(example, recipe, step):
    own = recipe(step("term_weights", unit="letters", word_form="stems"))
    (problem,) = check_recipe(own, example.only("note").schema, task=Task.BINARY)
    assert problem.message == "stems and dictionary forms need terms of words, not of letters"
