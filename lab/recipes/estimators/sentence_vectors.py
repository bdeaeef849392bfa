"""Text as the vector that a sentence encoder on this machine has for it."""

from typing import Any

import numpy as np
import numpy.typing as npt

from lab.base import LabError
from lab.recipes.encoder_models import USUAL_MODEL, encoder_fingerprint, load_encoder
from lab.recipes.estimators.per_column import PerWordColumn, Values


class SentenceVectors(PerWordColumn):
    """The vectors that a model of model2vec has for texts.

    Nothing is learnt from the training rows but whether a column has texts at all. The model lies
    in the folder of models, not in what was fitted: to be used again it must be there, unchanged.
    A missing text is an empty one, which is 0 everywhere.

    Parameters
    ----------
    model : str, default "potion-base-8M"
        The name of a folder in the folder of models (`lab.base.models_folder`).
    n_columns : int, optional
        The first so many of the model's columns; None for all. In models made by model2vec these
        hold the most, for its own vectors are principal components.
    """

    def __init__(self, *, model: str = USUAL_MODEL, n_columns: int | None = None) -> None:
        self.model = model
        self.n_columns = n_columns

    def _learn(self, column: Values) -> tuple[str, int] | None:
        encoder = load_encoder(self.model)
        if all(text is None for text in column):
            return None
        return encoder_fingerprint(self.model), min(self.n_columns or encoder.dim, encoder.dim)

    def _make(self, learnt: tuple[str, int], column: Values) -> npt.NDArray[np.float64]:
        fitted_with, size = learnt
        encoder = load_encoder(self.model)
        if encoder_fingerprint(self.model) != fitted_with:
            raise LabError(
                f"the sentence encoder {self.model!r} is not the one that was fitted with",
                hint="Fit again, or put the model and the version of its package back.",
            )
        texts = ["" if text is None else text for text in column]
        vectors: npt.NDArray[Any] = encoder.encode(texts, use_multiprocessing=False)
        return vectors[:, :size].astype(np.float64)

    def _suffixes(self, learnt: tuple[str, int] | None) -> list[str]:
        return [] if learnt is None else [f"sentence{number}" for number in range(learnt[1])]
