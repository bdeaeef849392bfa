"""Packages that are only needed for other forms of words."""

import importlib.util

PACKAGES = {"stems": ("Stemming", "snowballstemmer"), "lemmas": ("Lemmatising", "simplemma")}
"""What is done for a form of words, and the package that does it."""


def missing_package(form: str) -> tuple[str, str]:
    """Return what a form of words lacks on this machine and the remedy; empty for nothing.

    Parameters
    ----------
    form : str
        ``written``, ``stems`` or ``lemmas``.
    """
    what, package = PACKAGES.get(form, ("", ""))
    if not package or importlib.util.find_spec(package) is not None:
        return "", ""
    message = f"{what} needs the package {package}, which is not installed"
    return message, f"Install it with: pip install {package}, or take words as written"
