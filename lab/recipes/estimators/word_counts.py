"""Texts as numbers of words, and how often words stand near each other."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from scipy import sparse

Integers = npt.NDArray[np.int32]
_WORD = re.compile(r"(?u)\b\w\w+\b")  # scikit-learn's
_POSITIONS_AT_ONCE = 4_000_000
"""Bounds the memory that pairs take before they are counted."""


def numbered_words(
    texts: Iterable[str], number_of: Callable[[str], int]
) -> tuple[Integers, npt.NDArray[np.int64]]:
    """Return a number for every word of every text in order, and where each text ends.

    Parameters
    ----------
    texts : iterable of str
        Words are what scikit-learn's vectorizers take for words: two letters or more, made small.
    number_of : callable
        A word in, its number out.

    Returns
    -------
    numbers : ndarray of shape (n_words,)
        Those of all texts, one after the other.
    ends : ndarray of shape (n_texts + 1,)
        Text ``i`` has the numbers from ``ends[i]`` to before ``ends[i + 1]``.
    """
    numbers, ends = array("i"), array("q", [0])
    for text in texts:
        numbers.extend(map(number_of, _WORD.findall(text.lower())))
        ends.append(len(numbers))
    return np.frombuffer(numbers, np.int32) if numbers else np.empty(0, np.int32), np.array(ends)


def learnt_words(
    texts: Iterable[str], *, min_rows: int, most_words: int
) -> tuple[list[str], Integers, npt.NDArray[np.int64]]:
    """Return the words that are kept, in the order of the alphabet, and the texts as their numbers.

    Parameters
    ----------
    texts : iterable of str
        Training rows.
    min_rows : int
        Words in fewer texts are left out.
    most_words : int
        The most frequent of the others are kept; of equally frequent ones the first.

    Returns
    -------
    words : list of str
        Word ``i`` has the number ``i``.
    numbers, ends : ndarray
        As `numbered_words` gives them; -1 for a word that is left out.
    """
    found: defaultdict[str, int] = defaultdict(lambda: len(found))
    numbers, ends = numbered_words(texts, found.__getitem__)
    words = np.array(list(found), dtype=object)
    in_texts = _texts_with(numbers, ends, len(words))
    often = np.bincount(numbers, minlength=len(words))
    candidates = np.flatnonzero(in_texts >= min_rows)
    ordered = sorted(candidates, key=lambda number: (-often[number], words[number]))[:most_words]
    kept = sorted(ordered, key=words.__getitem__)
    renumbered = np.full(len(words), -1, dtype=np.int32)
    renumbered[kept] = np.arange(len(kept))
    return [words[number] for number in kept], renumbered[numbers], ends


def counts_in_texts(
    numbers: Integers, ends: npt.NDArray[np.int64], n_words: int
) -> sparse.csr_matrix:
    """Return how often each word stands in each text: CSR of shape (n_texts, n_words), float64."""
    known = numbers >= 0
    before = np.concatenate([[0], np.cumsum(known)])
    data = np.ones(int(before[-1]))
    counts = sparse.csr_matrix((data, numbers[known], before[ends]), (len(ends) - 1, n_words))
    counts.sum_duplicates()
    return counts


def counts_of_neighbours(
    numbers: Integers, ends: npt.NDArray[np.int64], n_words: int, *, window: int
) -> sparse.csr_matrix:
    """Return how often each word stands at most `window` words from each other in a text.

    Words that are left out keep their place, so that the others do not move together.

    Parameters
    ----------
    numbers, ends : ndarray
        Texts as `learnt_words` gives them.
    n_words : int
        Words that are kept.
    window : int
        Words on either side.

    Returns
    -------
    CSR matrix of shape (n_words, n_words)
        Symmetric, float64.
    """
    text_of = np.repeat(np.arange(len(ends) - 1, dtype=np.int32), np.diff(ends))
    counts = sparse.csr_matrix((n_words, n_words))
    for start in range(0, len(numbers), _POSITIONS_AT_ONCE):
        stop = min(start + _POSITIONS_AT_ONCE, len(numbers))
        for gap in range(1, window + 1):
            here = slice(start, max(start, min(stop, len(numbers) - gap)))
            there = slice(start + gap, here.stop + gap)
            first, second = numbers[here], numbers[there]
            is_pair = (text_of[here] == text_of[there]) & (first >= 0) & (second >= 0)
            pairs = (first[is_pair], second[is_pair])
            ones = np.ones(len(pairs[0]))
            counts = counts + sparse.coo_matrix((ones, pairs), counts.shape).tocsr()
    return (counts + counts.T).tocsr()


def _texts_with(
    numbers: Integers, ends: npt.NDArray[np.int64], n_words: int
) -> npt.NDArray[np.int64]:
    """Return in how many texts each word stands."""
    each_once = counts_in_texts(numbers, ends, n_words).indices
    texts: npt.NDArray[np.int64] = np.bincount(each_once, minlength=n_words)
    return texts
