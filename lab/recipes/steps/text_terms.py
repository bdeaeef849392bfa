"""Steps that turn text into counts, weights, topics or hashes of its terms."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Option, Task, Toggle, Value
from lab.recipes.entry import Family, Place, StepEntry
from lab.recipes.word_packages import missing_package

_LANGUAGES = (
    "danish", "dutch", "english", "finnish", "french", "german", "hungarian", "italian",
    "norwegian", "portuguese", "romanian", "russian", "spanish", "swedish", "turkish",
)  # fmt: skip
_MOST = Number(
    name="max_features",
    label="Most terms for one column",
    default=200,
    minimum=10,
    maximum=20_000,
    integer=True,
    log_scale=True,
    help="The most frequent terms are kept.",
)
_ROWS = Number(
    name="min_rows",
    label="Smallest number of rows with the term",
    default=2,
    minimum=1,
    maximum=10_000,
    integer=True,
    log_scale=True,
    advanced=True,
)
_STOP_WORDS = Toggle(
    name="stop_words",
    label="Leave out frequent English words",
    default=False,
    help="Such as 'the' and 'of' (scikit-learn's list, which also holds 'not' and 'nothing'). For "
    "English only.",
)
_FORM = Option(
    name="word_form",
    label="Words",
    default="written",
    options=(
        ("written", "as written"),
        ("stems", "brought to their stem"),
        ("lemmas", "brought to their dictionary form"),
    ),
    help="'houses' and 'house' become one word: fewer columns with more rows each. Stems need the "
    "package snowballstemmer, dictionary forms the package simplemma; both cost time.",
    advanced=True,
)
_LANGUAGE = Option(
    name="language",
    label="Language of stems and dictionary forms",
    default="english",
    options=tuple((word, word.title()) for word in _LANGUAGES),
    advanced=True,
)
_LONGEST = Number(
    name="longest",
    label="Most words in a term",
    default=1,
    minimum=1,
    maximum=5,
    integer=True,
    help="2 catches phrases such as 'not good', and makes many more terms.",
    advanced=True,
)


def _terms(settings: Mapping[str, Value], place: Place, **rest: Any) -> Any:
    from lab.recipes.estimators.text_terms import TextTerms

    given = dict[str, Any](settings) | rest
    return TextTerms(**given, sparse_output=not place.dense, random_state=place.seed)


def _build_bag(settings: Mapping[str, Value], place: Place) -> Any:
    rest = dict(settings)
    return _terms(rest, place, weighting="binary" if rest.pop("binary") else "count")


def _build_weights(settings: Mapping[str, Value], place: Place) -> Any:
    return _terms(settings, place)


def _build_topics(settings: Mapping[str, Value], place: Place) -> Any:
    return _terms(settings, place)


def _build_hashed(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.text_terms import HashedText

    return HashedText(**dict[str, Any](settings), sparse_output=not place.dense)


def _problem_with_words(settings: Mapping[str, Value], task: Task) -> str:  # noqa: ARG001 - a SettingsCheck
    form = str(settings.get("word_form"))
    if form != "written" and settings.get("unit") == "letters":
        return "stems and dictionary forms need terms of words, not of letters"
    message, remedy = missing_package(form)
    return f"{message}. {remedy}" if message else ""


def _entry(key: str, title: str, **rest: Any) -> StepEntry:
    return StepEntry(
        key=key,
        title=title,
        family=Family.TEXT,
        kinds=(ColumnKind.TEXT,),
        makes_numbers=True,
        fills_missing=True,
        **rest,
    )


BAG_OF_WORDS = _entry(
    "bag_of_words",
    "Bag of words",
    summary="A column for each frequent word: how often it stands in the text, or whether it does.",
    use_when="Short texts, naive Bayes, and when columns must be easy to explain. Word weights "
    "(tf-idf) are usually better for long texts. Many words make many columns, which trees are "
    "slow with.",
    build=_build_bag,
    makes_many=True,
    problem_with=_problem_with_words,
    params=(
        _MOST,
        Toggle(
            name="binary",
            label="Only whether, not how often",
            default=False,
            help="Usual for short texts.",
        ),
        _STOP_WORDS,
        _LONGEST,
        _FORM,
        _LANGUAGE,
        _ROWS,
    ),
)
TERM_WEIGHTS = _entry(
    "term_weights",
    "Weights of words or letters",
    summary="A column for each frequent term (words, or runs of letters), high where it is "
    "frequent in the row and rare elsewhere.",
    use_when="Texts with typing errors, compounds or many word forms: runs of 3 to 5 letters. "
    "Otherwise phrases, stems and stop words can be had here that plain word weights do not "
    "offer. Letters need some thousand columns and are slower.",
    build=_build_weights,
    makes_many=True,
    problem_with=_problem_with_words,
    params=(
        Option(
            name="unit",
            label="Terms of",
            default="words",
            options=(("words", "words"), ("letters", "letters")),
        ),
        Number(
            name="shortest",
            label="Fewest words or letters in a term",
            default=1,
            minimum=1,
            maximum=8,
            integer=True,
        ),
        Number(
            name="longest",
            label="Most words or letters in a term",
            default=2,
            minimum=1,
            maximum=8,
            integer=True,
            help="No less than the fewest. 2 for words, 5 for letters is usual.",
        ),
        _MOST,
        _STOP_WORDS,
        _FORM,
        _LANGUAGE,
        _ROWS,
    ),
)
TEXT_TOPICS = _entry(
    "text_topics",
    "Topics of the text (LSA)",
    summary="Word weights brought down to a few columns by a truncated SVD (Deerwester et al. "
    "1990).",
    use_when="Long texts before trees, boosting and neighbours, which are slow and poor on "
    "thousands of word columns. Topics are hard to name; an SVD costs more than word weights.",
    build=_build_topics,
    problem_with=_problem_with_words,
    params=(
        Number(
            name="topics",
            label="Topics",
            default=30,
            minimum=1,
            maximum=500,
            integer=True,
            log_scale=True,
            help="20 to 100 are usual; time grows in proportion.",
        ),
        Number(
            name="max_features",
            label="Most terms that they are made of",
            default=5_000,
            minimum=10,
            maximum=100_000,
            integer=True,
            log_scale=True,
            advanced=True,
        ),
        _STOP_WORDS,
        _LONGEST,
        _FORM,
        _LANGUAGE,
        _ROWS,
    ),
)
TEXT_HASHING = _entry(
    "text_hashing",
    "Hashed words",
    summary="Every word has its place in a fixed number of columns, found by a hash.",
    use_when="Very many texts, or new words all the time: nothing is learnt. Words that share a "
    "place are mixed up, frequent words are not weighed down, and columns cannot be explained.",
    build=_build_hashed,
    makes_many=True,
    params=(
        Number(
            name="n_columns",
            label="Columns for one column",
            default=256,
            minimum=16,
            maximum=65_536,
            integer=True,
            log_scale=True,
            help="More columns mix up fewer words, and cost more.",
        ),
        _LONGEST,
    ),
)
TERMS = (BAG_OF_WORDS, TERM_WEIGHTS, TEXT_TOPICS, TEXT_HASHING)
