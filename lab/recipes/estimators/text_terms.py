"""Text as counts, weights, topics or hashes of its terms."""

import re
from functools import cache
from typing import Any, Literal

from scipy import sparse
from sklearn.feature_extraction.text import (
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    HashingVectorizer,
    TfidfVectorizer,
)

from lab.recipes.estimators.level_hashes import svd_directions
from lab.recipes.estimators.per_column import PerWordColumn, Values
from lab.recipes.estimators.word_forms import WordForm, word_forms

Weighting = Literal["tfidf", "count", "binary"]
_WORD = re.compile(r"(?u)\b\w\w+\b")  # scikit-learn's


class TextTerms(PerWordColumn):
    """scikit-learn's `TfidfVectorizer` or `CountVectorizer` for each column of texts.

    A missing text is an empty one; a column without a term gives no columns.

    Parameters
    ----------
    weighting : {"tfidf", "count", "binary"}, default "tfidf"
        What a term weighs.
    unit : {"words", "letters"}, default "words"
        What terms are made of; runs of letters do not reach over the end of a word.
    shortest, longest : int, default 1, 1
        Words or letters in a term.
    max_features : int, default 200
        The most frequent terms of each column are kept.
    min_rows : int, default 1
        Terms in fewer training rows are left out.
    word_form : {"written", "stems", "lemmas"}, default "written"
        Whether words are first brought to their stem or their lemma.
    language : str, default "english"
        Whose rules that follows.
    stop_words : bool, default False
        Whether frequent English words such as "the" are left out (scikit-learn's list).
    topics : int, optional
        Columns to which a truncated SVD brings the terms down (LSA); None for none.
    sparse_output : bool, default True
        Whether terms come out as a sparse matrix; topics are an array.
    random_state : int, optional
        For the SVD.

    Examples
    --------
    >>> import pandas as pd
    >>> notes = pd.DataFrame({"note": ["a red house", None, "the red red boat"]})
    >>> terms = TextTerms(weighting="count", stop_words=True, sparse_output=False).fit(notes)
    >>> list(terms.get_feature_names_out())
    ['note_boat', 'note_house', 'note_red']
    >>> terms.transform(notes)
    array([[0., 1., 1.],
           [0., 0., 0.],
           [1., 0., 2.]])
    """

    def __init__(  # noqa: PLR0913 - scikit-learn's way: one argument a setting
        self,
        *,
        weighting: Weighting = "tfidf",
        unit: Literal["words", "letters"] = "words",
        shortest: int = 1,
        longest: int = 1,
        max_features: int = 200,
        min_rows: int = 1,
        word_form: WordForm = "written",
        language: str = "english",
        stop_words: bool = False,
        topics: int | None = None,
        sparse_output: bool = True,
        random_state: int | None = None,
    ) -> None:
        self.weighting = weighting
        self.unit = unit
        self.shortest = shortest
        self.longest = longest
        self.max_features = max_features
        self.min_rows = min_rows
        self.word_form = word_form
        self.language = language
        self.stop_words = stop_words
        self.topics = topics
        self.sparse_output = sparse_output
        self.random_state = random_state

    def _learn(self, column: Values) -> Any:
        texts = self._texts(column)
        kind = TfidfVectorizer if self.weighting == "tfidf" else CountVectorizer
        vectorizer = kind(
            analyzer="word" if self.unit == "words" else "char_wb",
            ngram_range=(self.shortest, max(self.shortest, self.longest)),
            max_features=self.max_features,
            min_df=min(self.min_rows, len(texts)),
            token_pattern=r"(?u)\S+" if self._is_rewritten else _WORD.pattern,
            binary=self.weighting == "binary",
        )
        try:
            made = vectorizer.fit_transform(texts)
        except ValueError as error:
            if "empty vocabulary" in str(error) or "no terms remain" in str(error):
                return None
            raise
        if self.topics is None:
            return vectorizer, None
        return vectorizer, svd_directions(made, self.topics, self.random_state)

    def _make(self, learnt: Any, column: Values) -> Any:
        vectorizer, directions = learnt
        made = vectorizer.transform(self._texts(column))
        return made if directions is None else made @ directions

    def _suffixes(self, learnt: Any) -> list[str]:
        if learnt is None:
            return []
        vectorizer, directions = learnt
        if directions is None:
            return [str(term) for term in vectorizer.get_feature_names_out()]
        return [f"topic{number}" for number in range(directions.shape[1])]

    @property
    def _is_rewritten(self) -> bool:
        return self.stop_words or self.word_form != "written"

    def _texts(self, column: Values) -> list[str]:
        known = ["" if text is None else text for text in column]
        if not self._is_rewritten:
            return known
        form = cache(word_forms(self.word_form, self.language))
        left_out = ENGLISH_STOP_WORDS if self.stop_words else frozenset()
        words = (_WORD.findall(text.lower()) for text in known)
        return [" ".join(form(word) for word in text if word not in left_out) for text in words]


class HashedText(PerWordColumn):
    """scikit-learn's `HashingVectorizer` for each column of texts.

    Nothing is learnt, so memory does not grow with the words; two words can share a column. A
    missing text is an empty one.

    Parameters
    ----------
    n_columns : int, default 256
        Columns made of each column.
    longest : int, default 1
        Most words in a term.
    sparse_output : bool, default True
        Whether a sparse matrix comes out.

    Examples
    --------
    >>> import pandas as pd
    >>> notes = pd.DataFrame({"note": ["red house", None]})
    >>> HashedText(n_columns=4, sparse_output=False).fit_transform(notes).round(2)
    array([[ 0.  ,  0.  ,  0.71, -0.71],
           [ 0.  ,  0.  ,  0.  ,  0.  ]])
    """

    def __init__(
        self, *, n_columns: int = 256, longest: int = 1, sparse_output: bool = True
    ) -> None:
        self.n_columns = n_columns
        self.longest = longest
        self.sparse_output = sparse_output

    def _learn(self, column: Values) -> int:
        return self.n_columns if any(text is not None for text in column) else 0

    def _make(self, learnt: int, column: Values) -> sparse.csr_matrix:
        vectorizer = HashingVectorizer(n_features=learnt, ngram_range=(1, self.longest))
        return vectorizer.transform(["" if text is None else text for text in column])

    def _suffixes(self, learnt: int) -> list[str]:
        return [f"hash{number}" for number in range(learnt)]
