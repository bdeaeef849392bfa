"""Sentence encoders that were put on this machine: which there are, and what one lacks.

A model is a folder in the folder of models (`lab.base.models_folder`), chosen by its name among
those that are there: no path is taken from anybody, and nothing is ever downloaded.
"""

import importlib
import importlib.util
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lab.base import LabError, fingerprint, fingerprint_bytes, models_folder

PACKAGE = "model2vec"
USUAL_MODEL = "potion-base-8M"
"""30 MB, English, of the authors of model2vec."""
_WEIGHTS = "model.safetensors"
_LAYOUTS = (
    ("config.json", _WEIGHTS, "tokenizer.json"),
    ("config_sentence_transformers.json", _WEIGHTS, "tokenizer.json"),
)
"""Files of a model as model2vec and sentence-transformers keep them, none of which is a program."""
_TABLES = {"embeddings", "embedding.weight"}
"""What these call the vectors of tokens."""


def encoder_names() -> tuple[str, ...]:
    """Return the names of the models on this machine that look like encoders, in order."""
    folder = models_folder()
    if not folder.is_dir():
        return ()
    names = (path.name for path in folder.iterdir() if _files(path))
    return tuple(sorted(name for name in names if (folder / name).resolve().parent == folder))


def missing_encoder(name: str) -> tuple[str, str]:
    """Return what an encoder lacks on this machine and the remedy; empty for nothing.

    Parameters
    ----------
    name : str
        The name of a folder in the folder of models.
    """
    if importlib.util.find_spec(PACKAGE) is None:
        message = f"sentence vectors need the package {PACKAGE}, which is not installed"
        return message, f"Install it with: pip install {PACKAGE}, or take word_vectors"
    names = encoder_names()
    if name not in names:
        message = f"there is no sentence encoder {name!r} in the folder {models_folder()}"
        there = f"Take one that is there ({', '.join(names)}), or put" if names else "Put"
        return message, f"{there} one there with: {_command()}"
    if not _holds_vectors(_stamp(name)):
        message = f"the model {name!r} in the folder {models_folder()} is none of {PACKAGE}'s"
        return message, f"Put one there with: {_command()}"
    return "", ""


def encoder_fingerprint(name: str) -> str:
    """Return what an encoder's vectors follow from: its files and its packages; empty without it.

    Parameters
    ----------
    name : str
        The name of a folder in the folder of models.
    """
    if missing_encoder(name)[0]:
        return ""
    return _content(_stamp(name))


def load_encoder(name: str) -> Any:
    """Return a model2vec `StaticModel` from the folder of models.

    Parameters
    ----------
    name : str
        The name of a folder in the folder of models.

    Raises
    ------
    LabError
        When the package or the model is missing, or the model cannot be read.
    """
    message, remedy = missing_encoder(name)
    if message:
        raise LabError(message, hint=f"{remedy}.")
    return _loaded(_stamp(name))


_Stamp = tuple[tuple[Path, int, int], ...]
"""Files with their sizes in bytes and the times of their last change in nanoseconds."""


def _stamp(name: str) -> _Stamp:
    files = _files(models_folder() / name)
    stats = [file.stat() for file in files]
    return tuple((f, s.st_size, s.st_mtime_ns) for f, s in zip(files, stats, strict=True))


def _files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a model in a folder; nothing when it holds none."""
    for layout in _LAYOUTS:
        files = tuple(folder / name for name in layout)
        if all(file.is_file() for file in files):
            return files
    return ()


@lru_cache(maxsize=8)
def _holds_vectors(stamp: _Stamp) -> bool:
    weights = next(file for file, _, _ in stamp if file.name == _WEIGHTS)
    safetensors = importlib.import_module("safetensors")
    try:
        with safetensors.safe_open(weights, framework="numpy") as opened:
            return not _TABLES.isdisjoint(opened.keys())
    except (OSError, safetensors.SafetensorError):
        return False


@lru_cache(maxsize=8)
def _content(stamp: _Stamp) -> str:
    files = fingerprint_bytes(file.read_bytes() for file, _, _ in stamp)
    return fingerprint(files, version(PACKAGE), version("tokenizers"))


@lru_cache(maxsize=1)
def _loaded(stamp: _Stamp) -> Any:
    import numpy as np

    folder = stamp[0][0].parent
    try:
        model = importlib.import_module(PACKAGE).StaticModel.from_pretrained(folder)
        is_finite = bool(np.isfinite(model.embedding).all())
    except MemoryError:
        raise
    except Exception as error:  # its parts raise bare exceptions at files that are torn or edited
        raise _unreadable(folder, str(error).partition("\n")[0]) from error
    if not is_finite:
        raise _unreadable(folder, "it holds numbers that are not finite")
    return model


def _unreadable(folder: Path, reason: str) -> LabError:
    message = f"the model {folder.name!r} in the folder {folder.parent} cannot be read ({reason})"
    return LabError(message, hint=f"Put one there anew with: {_command()}.")


def _command() -> str:
    """Return the official command that puts the usual model in its place."""
    place = models_folder() / USUAL_MODEL
    return f"hf download minishlab/{USUAL_MODEL} --local-dir '{place}'"
