"""Steps that turn text into numbers."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry


def _build_tfidf(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.text_vectors import TextVectors

    return TextVectors(**dict[str, Any](settings), sparse_output=not place.dense)


TFIDF = StepEntry(
    key="tfidf",
    title="Word weights (tf-idf)",
    family=Family.TEXT,
    summary="A column for each frequent word, high where the word is frequent in the row and "
    "rare elsewhere.",
    use_when="Free text such as titles or notes. Missing text counts as empty. Many words make "
    "many columns, which trees are slow with.",
    kinds=(ColumnKind.TEXT,),
    build=_build_tfidf,
    makes_numbers=True,
    makes_many=True,
    fills_missing=True,
    params=(
        Number(
            name="max_features",
            label="Most words for one column",
            default=200,
            minimum=10,
            maximum=20_000,
            integer=True,
            log_scale=True,
            help="The most frequent words are kept.",
        ),
        Number(
            name="min_rows",
            label="Smallest number of rows with the word",
            default=2,
            minimum=1,
            maximum=10_000,
            integer=True,
            log_scale=True,
            advanced=True,
        ),
        Toggle(
            name="pairs",
            label="Pairs of neighbouring words too",
            default=False,
            help="Catches phrases such as 'not good'.",
            advanced=True,
        ),
    ),
)
TEXT = (TFIDF,)
