"""Words brought to their stem or lemma, by packages that are only needed for this."""

import importlib
from collections.abc import Callable
from typing import Literal

from lab.base import LabError
from lab.recipes.word_packages import missing_package

WordForm = Literal["written", "stems", "lemmas"]
LANGUAGES = {
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "hungarian": "hu",
    "italian": "it",
    "norwegian": "nb",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "turkish": "tr",
}
"""Languages with a stemmer, and their code for lemmas."""


def word_forms(form: WordForm, language: str) -> Callable[[str], str]:
    """Return a function that brings a word in small letters to a form.

    Parameters
    ----------
    form : {"written", "stems", "lemmas"}
        As it is, by the Snowball stemmer (Porter 2001), or by simplemma's word lists.
    language : str
        One of `LANGUAGES`.

    Raises
    ------
    LabError
        When the package for it is not installed.
    """
    if form == "written":
        return str
    message, remedy = missing_package(form)
    if message:
        raise LabError(message, hint=f"{remedy}.")
    if form == "stems":
        stemmer = importlib.import_module("snowballstemmer").stemmer(language)
        stem: Callable[[str], str] = stemmer.stemWord
        return stem
    lemmatise = importlib.import_module("simplemma").lemmatize
    return lambda word: str(lemmatise(word, lang=LANGUAGES[language])).lower()
