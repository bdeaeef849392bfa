"""Text as the mean of vectors of its words, which are learnt from the training rows' texts."""

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from lab.recipes.estimators.per_column import PerWordColumn, Values
from lab.recipes.estimators.word_counts import (
    counts_in_texts,
    counts_of_neighbours,
    learnt_words,
    numbered_words,
)

Floats = npt.NDArray[np.float64]
_CONTEXT_POWER = 0.75
"""Smooths how frequent neighbours are, so that rare ones do not count too much."""
_FREQUENT = 1e-3
"""A word of this share of all words weighs half under SIF (Arora et al. 2017)."""


class WordVectors(PerWordColumn):
    """The mean of the vectors of a text's words, in which words of like neighbours lie near.

    Vectors are the left singular vectors, times the square roots of the singular values, of the
    positive pointwise mutual information of words and the words near them (Bullinaria and Levy
    2007; Levy and Goldberg 2014), with neighbours smoothed by a power of 0.75 (Levy et al. 2015):
    much as word2vec's, and as quickly had for a table's texts as topics are. Nothing but the
    training rows is learnt from. A missing text, and one without a known word, is 0 everywhere; a
    column in which no two words stand together gives no columns.

    Parameters
    ----------
    n_columns : int, default 50
        Most columns made of each column.
    window : int, default 5
        Words on either side that count as near.
    weighting : {"sif", "mean"}, default "sif"
        Whether frequent words of a text weigh less and what all texts have in common is taken out
        (smooth inverse frequency, Arora et al. 2017), or all weigh alike. Of a single column
        nothing can be taken out.
    min_rows : int, default 1
        Words in fewer training rows are left out.
    most_words : int, default 10000
        The most frequent words of each column are kept.
    random_state : int, optional
        For the SVD (Halko et al. 2011).

    Examples
    --------
    >>> import pandas as pd
    >>> notes = ["the cat sleeps", "the dog sleeps", "my boat sails", "my ship sails"]
    >>> frame = pd.DataFrame({"note": notes})
    >>> vectors = WordVectors(n_columns=2, weighting="mean", random_state=0).fit(frame)
    >>> cat, dog, boat, nothing = vectors.transform(
    ...     pd.DataFrame({"note": ["cat", "dog", "boat", None]})
    ... )
    >>> bool(cat @ dog > 0.5), bool(abs(cat @ boat) < 1e-9), nothing
    (True, True, array([0., 0.]))
    """

    def __init__(
        self,
        *,
        n_columns: int = 50,
        window: int = 5,
        weighting: Literal["sif", "mean"] = "sif",
        min_rows: int = 1,
        most_words: int = 10_000,
        random_state: int | None = None,
    ) -> None:
        self.n_columns = n_columns
        self.window = window
        self.weighting = weighting
        self.min_rows = min_rows
        self.most_words = most_words
        self.random_state = random_state

    def _learn(self, column: Values) -> tuple[dict[str, int], Floats] | None:
        texts = _known(column)
        words, numbers, ends = learnt_words(
            texts, min_rows=min(self.min_rows, len(texts)), most_words=self.most_words
        )
        near = counts_of_neighbours(numbers, ends, len(words), window=self.window)
        information = positive_information(near)
        if not information.nnz:
            return None
        vectors = _word_vectors(information, self.n_columns, self.random_state)
        if self.weighting == "sif":
            vectors = _smooth_inverse_frequency(vectors, counts_in_texts(numbers, ends, len(words)))
        return {word: number for number, word in enumerate(words)}, vectors

    def _make(self, learnt: tuple[dict[str, int], Floats], column: Values) -> Floats:
        known, vectors = learnt
        numbers, ends = numbered_words(_known(column), lambda word: known.get(word, -1))
        return _mean(counts_in_texts(numbers, ends, len(known)), vectors)

    def _suffixes(self, learnt: tuple[dict[str, int], Floats] | None) -> list[str]:
        size = 0 if learnt is None else learnt[1].shape[1]
        return [f"vector{number}" for number in range(size)]


def positive_information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the positive pointwise mutual information of words and their neighbours.

    ``max(0, log(p(w, c) / (p(w) p'(c))))`` with ``p'(c)`` in proportion to the neighbour's count
    to the power of 0.75 (Levy et al. 2015).

    Parameters
    ----------
    counts : CSR matrix of shape (n_words, n_words)
        How often each word has each neighbour.

    Returns
    -------
    CSR matrix of shape (n_words, n_words)
        Only values above 0 are stored.
    """
    pairs = counts.tocoo()
    of_words = np.asarray(counts.sum(axis=1)).ravel()
    of_neighbours = np.asarray(counts.sum(axis=0)).ravel() ** _CONTEXT_POWER
    expected = of_words[pairs.row] * of_neighbours[pairs.col] / of_neighbours.sum()
    information = np.maximum(np.log(pairs.data / expected), 0)
    positive = sparse.csr_matrix((information, (pairs.row, pairs.col)), counts.shape)
    positive.eliminate_zeros()
    return positive


def _word_vectors(
    information: sparse.csr_matrix, n_columns: int, random_state: int | None
) -> Floats:
    size = min(n_columns, information.shape[0])
    left, strengths, _ = randomized_svd(information, size, n_iter=5, random_state=random_state)
    # Directions of no strength are noise of the last bits.
    real = strengths > strengths[0] * len(left) * np.finfo(np.float64).eps
    vectors: Floats = left[:, real] * np.sqrt(strengths[real])
    return vectors


def _smooth_inverse_frequency(vectors: Floats, counts: sparse.csr_matrix) -> Floats:
    """Return vectors that weigh less for frequent words, without what all texts have in common.

    The common direction is taken out of the words: their mean then is without it, too.
    """
    often = np.asarray(counts.sum(axis=0)).ravel()
    weighted: Floats = vectors * (_FREQUENT / (_FREQUENT + often / often.sum()))[:, None]
    if vectors.shape[1] == 1:
        return weighted
    texts = _mean(counts, weighted)
    common = np.linalg.eigh(texts.T @ texts)[1][:, -1]
    without: Floats = weighted - np.outer(weighted @ common, common)
    return without


def _mean(counts: sparse.csr_matrix, vectors: Floats) -> Floats:
    """Return the mean vector of the words of each text; 0 for texts without a word."""
    n_words = np.asarray(counts.sum(axis=1))
    mean: Floats = (counts @ vectors) / np.maximum(n_words, 1)
    return mean


def _known(column: Values) -> list[str]:
    return ["" if text is None else text for text in column]
