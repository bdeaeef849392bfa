"""Steps that turn text into a few numbers of what it is about, by vectors of words."""

from collections.abc import Mapping
from typing import Any

from lab.base import ColumnKind, Number, Option, Task, Text, Value
from lab.recipes.encoder_models import USUAL_MODEL, encoder_fingerprint, missing_encoder
from lab.recipes.entry import Family, Place, StepEntry


def _build_words(settings: Mapping[str, Value], place: Place) -> Any:
    from lab.recipes.estimators.word_vectors import WordVectors

    return WordVectors(**dict[str, Any](settings), random_state=place.seed)


def _build_sentences(settings: Mapping[str, Value], place: Place) -> Any:  # noqa: ARG001 - a Builder
    from lab.recipes.estimators.sentence_vectors import SentenceVectors

    return SentenceVectors(**dict[str, Any](settings))


def _problem_with_encoder(settings: Mapping[str, Value], task: Task) -> str:  # noqa: ARG001 - a SettingsCheck
    message, remedy = missing_encoder(str(settings["model"]))
    return f"{message}. {remedy}" if message else ""


def _content_of_encoder(settings: Mapping[str, Value]) -> str:
    return encoder_fingerprint(str(settings["model"]))


WORD_VECTORS = StepEntry(
    key="word_vectors",
    title="Averaged word vectors",
    family=Family.TEXT,
    summary="The mean of the vectors of a text's words, learnt from the training rows: words with "
    "the same neighbours get vectors near each other.",
    use_when="Sentences in which different words mean the same, before trees and boosting: often "
    "better there than topics at a like price. Where texts are few, or two or three words long, "
    "there is little to learn: take word weights. Columns cannot be named; order is lost.",
    kinds=(ColumnKind.TEXT,),
    build=_build_words,
    makes_numbers=True,
    fills_missing=True,
    params=(
        Number(
            name="n_columns",
            label="Columns for one column",
            default=50,
            minimum=1,
            maximum=500,
            integer=True,
            log_scale=True,
            help="50 to 300 are usual. Time grows in proportion.",
        ),
        Number(
            name="window",
            label="Words on either side that count as near",
            default=5,
            minimum=1,
            maximum=20,
            integer=True,
            help="A narrow window (2) brings words of the same use together, a wide one (10) words "
            "of the same topic.",
        ),
        Option(
            name="weighting",
            label="Words of a text",
            default="sif",
            options=(("sif", "weigh less when frequent (SIF)"), ("mean", "weigh alike")),
            help="SIF (Arora et al. 2017) also takes out what all texts have in common.",
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
        Number(
            name="most_words",
            label="Most words that get a vector",
            default=10_000,
            minimum=10,
            maximum=100_000,
            integer=True,
            log_scale=True,
            help="The most frequent ones.",
            advanced=True,
        ),
    ),
)
SENTENCE_ENCODER = StepEntry(
    key="sentence_encoder",
    title="Sentence encoder",
    family=Family.TEXT,
    summary="Vectors that a model trained on many other texts has for each text (model2vec).",
    use_when="Few texts, or words that hardly come twice: the model knows them from elsewhere. It "
    "must know the language. Needs the package model2vec and a model that you put on this "
    "machine; nothing is downloaded. Columns are many and cannot be named.",
    kinds=(ColumnKind.TEXT,),
    build=_build_sentences,
    makes_numbers=True,
    fills_missing=True,
    problem_with=_problem_with_encoder,
    outside=_content_of_encoder,
    params=(
        Text(
            name="model",
            label="Name of the model",
            default=USUAL_MODEL,
            max_length=100,
            help="The name of its folder in the folder of models: PLAYGROUND_MODELS, or models in "
            "the workspace. Only what was put there can be chosen.",
        ),
        Number(
            name="n_columns",
            label="Columns for one column",
            default=None,
            minimum=1,
            maximum=5_000,
            integer=True,
            log_scale=True,
            none_label="all that the model has",
            help="The first ones hold the most.",
        ),
    ),
)
MEANING = (WORD_VECTORS, SENTENCE_ENCODER)
