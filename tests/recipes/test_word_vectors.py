"""Word vectors are what the papers' formulas say, worked out by plain loops and a full SVD."""

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils.extmath import svd_flip

from lab.base import Task
from lab.recipes import make_preparation
from lab.recipes.estimators import word_counts
from lab.recipes.estimators.word_counts import counts_in_texts, counts_of_neighbours, learnt_words
from lab.recipes.estimators.word_vectors import WordVectors

TEXTS = [
    "The cat sleeps on the mat; the cat purrs",
    "A dog sleeps by the door, a dog barks",
    "the boat sails on the sea",
    "my boat sank in the sea near the door",
    "",
    "purrs",
    "the the the",
]


def frame(*texts):
    return pd.DataFrame({"note": pd.Series(list(texts), dtype=object)})


def words_of(text):
    return re.findall(r"\w\w+", text.lower())


def vectors_by_loops(texts, *, window, min_rows=1):
    """Return words and all their vectors: PPMI (Levy et al. 2015, eq. 3), then U times root S."""
    texts = [words_of(text) for text in texts]
    in_texts = Counter(word for text in texts for word in set(text))
    words = sorted(word for word, n in in_texts.items() if n >= min_rows)
    counts = np.zeros((len(words), len(words)))
    for text in texts:
        for i, word in enumerate(text):
            for j, other in enumerate(text):
                if i != j and abs(i - j) <= window and {word, other} <= set(words):
                    counts[words.index(word), words.index(other)] += 1
    p_word = counts.sum(axis=1) / counts.sum()
    p_context = counts.sum(axis=0) ** 0.75 / (counts.sum(axis=0) ** 0.75).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(counts / counts.sum() / np.outer(p_word, p_context))
    left, strengths, right = np.linalg.svd(np.nan_to_num(np.maximum(information, 0)))
    left, _ = svd_flip(left, right)
    return words, (left * np.sqrt(strengths))[:, strengths > 1e-9]


def mean_by_loops(text, words, vectors):
    known = [vectors[words.index(word)] for word in words_of(text) if word in words]
    return np.mean(known, axis=0) if known else np.zeros(vectors.shape[1])


@pytest.mark.parametrize(("window", "min_rows"), [(1, 1), (2, 1), (5, 1), (3, 2)])
def test_vectors_are_the_svd_of_positive_mutual_information(window, min_rows):
    plain = WordVectors(window=window, weighting="mean", min_rows=min_rows, random_state=0)
    made = plain.fit(frame(*TEXTS))
    words, vectors = vectors_by_loops(TEXTS, window=window, min_rows=min_rows)
    known, found = made.learnt_[0]
    assert list(known) == words
    np.testing.assert_allclose(found @ found.T, vectors @ vectors.T, rtol=0, atol=1e-9)
    largest = found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])]
    assert (largest > 0).all()
    expected = [mean_by_loops(text, words, found) for text in TEXTS]
    np.testing.assert_allclose(made.transform(frame(*TEXTS)), expected, rtol=0, atol=1e-12)


def test_fewer_columns_are_the_first_of_the_svd():
    made = WordVectors(n_columns=3, weighting="mean", random_state=0).fit(frame(*TEXTS))
    _, vectors = vectors_by_loops(TEXTS, window=5)
    np.testing.assert_allclose(made.learnt_[0][1], vectors[:, :3], rtol=0, atol=1e-9)


def test_sif_weighs_and_takes_out_what_its_paper_says():
    made = WordVectors(weighting="sif", random_state=0).fit(frame(*TEXTS))
    plain = WordVectors(weighting="mean", random_state=0).fit(frame(*TEXTS))
    (known, vectors), all_words = plain.learnt_[0], [w for text in TEXTS for w in words_of(text)]
    share = {word: all_words.count(word) / len(all_words) for word in known}
    expected = np.zeros((len(TEXTS), vectors.shape[1]))  # Arora et al. 2017, algorithm 1
    for row, text in enumerate(TEXTS):
        for word in words_of(text):
            weight = 1e-3 / (1e-3 + share[word])
            expected[row] += weight * vectors[known[word]] / len(words_of(text))
    common = np.linalg.svd(expected)[2][0]
    expected -= np.outer(expected @ common, common)
    np.testing.assert_allclose(made.transform(frame(*TEXTS)), expected, rtol=0, atol=1e-12)


def test_sif_leaves_a_single_column_what_it_has():
    one = WordVectors(n_columns=1, random_state=0).fit(frame(*TEXTS)).learnt_[0][1]
    plain = WordVectors(n_columns=1, weighting="mean", random_state=0).fit(frame(*TEXTS))
    vectors = plain.learnt_[0][1]
    assert (one[vectors != 0] / vectors[vectors != 0] > 1e-3).all()


def test_words_of_like_neighbours_lie_near_though_never_in_one_text():
    rng = np.random.default_rng(0)
    eats, sails = ["eats", "sleeps", "runs"], ["sails", "sinks", "floats"]
    deeds = {"cat": eats, "dog": eats, "boat": sails, "ship": sails}
    texts = [
        f"the {word} {rng.choice(deeds[word])} {rng.choice(deeds[word])}"
        for word in rng.choice(list(deeds), 400)
    ]
    made = WordVectors(n_columns=4, random_state=0).fit(frame(*texts))
    vectors = made.transform(frame("cat", "dog", "boat"))
    cat, dog, boat = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert cat @ dog > 0.9
    assert cat @ boat < 0.3


def test_words_that_are_left_out_keep_their_place():
    texts = ["left gone right", "left other right"]
    assert WordVectors(window=1, min_rows=2).fit_transform(frame(*texts)).shape == (2, 0)
    assert WordVectors(window=2, min_rows=2).fit_transform(frame(*texts)).shape == (2, 2)


def test_words_do_not_reach_into_the_next_text():
    numbers, ends = np.array([0, 1, 0, 1], dtype=np.int32), np.array([0, 1, 3, 3, 4])
    counts = counts_of_neighbours(numbers, ends, 2, window=3)
    np.testing.assert_array_equal(counts.toarray(), [[0, 1], [1, 0]])


def test_counts_do_not_depend_on_how_many_words_are_looked_at_at_once(monkeypatch):
    words, numbers, ends = learnt_words(TEXTS * 5, min_rows=1, most_words=100)
    whole = counts_of_neighbours(numbers, ends, len(words), window=4)
    monkeypatch.setattr(word_counts, "_POSITIONS_AT_ONCE", 3)
    parts = counts_of_neighbours(numbers, ends, len(words), window=4)
    np.testing.assert_array_equal(whole.toarray(), parts.toarray())


@pytest.mark.parametrize("min_rows", [1, 2])
def test_words_and_counts_are_those_of_scikit_learn(min_rows):
    plain = CountVectorizer(min_df=min_rows)
    expected = plain.fit_transform(TEXTS).toarray()
    words, numbers, ends = learnt_words(TEXTS, min_rows=min_rows, most_words=100)
    assert words == list(plain.get_feature_names_out())
    np.testing.assert_array_equal(counts_in_texts(numbers, ends, len(words)).toarray(), expected)


def test_the_most_frequent_words_are_kept_and_of_equals_the_first():
    words, numbers, _ = learnt_words(["bb aa", "bb cc", "dd aa"], min_rows=1, most_words=3)
    assert words == ["aa", "bb", "cc"]
    assert numbers.tolist() == [1, 0, 1, 2, -1, 0]


def test_unknown_and_missing_texts_are_zero_everywhere():
    for weighting in ("mean", "sif"):
        made = WordVectors(weighting=weighting, random_state=0).fit(frame(*TEXTS))
        assert not made.transform(frame("never seen", "", None, "?!")).any()
        half = made.transform(frame("cat", "unknown cat"))
        np.testing.assert_array_equal(half[0], half[1])


def test_a_column_in_which_no_words_stand_together_gives_no_column():
    alone = pd.DataFrame({"a": ["word", "other", None], "b": ["two words", None, "two words"]})
    made = WordVectors(random_state=0).fit(alone)
    assert {name[:2] for name in made.get_feature_names_out()} == {"b_"}
    assert made.n_features_per_input_[0] == 0


def test_preparing_names_columns_and_what_they_are_made_of(example, recipe, step):
    data = example.only("note")
    own = recipe(step("word_vectors", n_columns=2))
    preparation = make_preparation(own, data.schema, task=Task.BINARY, seed=3)
    found = preparation.fit(data.X, data.y).X
    assert preparation.feature_names == ("note_vector0", "note_vector1")
    assert preparation.origins == ("note", "note")
    plain = WordVectors(n_columns=2, min_rows=2, random_state=3)
    np.testing.assert_array_equal(found, plain.fit_transform(data.X))
