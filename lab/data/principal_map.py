"""A table on a plane: the two directions in which its rows differ most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lab.base import ColumnKind
from lab.data.content import Content, content_of
from lab.data.conversion import as_levels
from lab.data.levels import Levels
from lab.data.number_scale import in_reach
from lab.data.sampling import rows_of, sample_places
from lab.data.table import Table

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_MAX_ROWS = 5_000
_MAX_COLUMNS = 200
_MAX_LEVELS = 20
_STRONGEST = 5
_MAX_DENSE = 1_000


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How strongly a column, or one of its levels, makes up an axis.

    Parameters
    ----------
    name : str
        The column, or ``column = level``.
    weight : float
        Its coefficient in the axis, -1 to 1; the squares of all add up to 1.
    """

    name: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class PrincipalMap:
    """A sample of rows on the two first principal components.

    Parameters
    ----------
    columns : tuple of str
        The columns that it was made from.
    places : tuple of int
        The places of the rows in the table.
    x, y : tuple of float
        Where the rows lie.
    explained : tuple of float
        Shares of the variance, 0 to 1, of the first components, at most 5.
    loadings : tuple of tuple of Loading
        Of each of the two axes the strongest, at most 5.
    """

    columns: tuple[str, ...]
    places: tuple[int, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    explained: tuple[float, ...]
    loadings: tuple[tuple[Loading, ...], tuple[Loading, ...]]


def principal_map(
    table: Table, columns: Sequence[str], *, max_rows: int = _MAX_ROWS
) -> PrincipalMap | None:
    """Return a sample of rows on the plane in which they differ most.

    Numbers and dates are standardised, missing ones put at the mean; categories and booleans
    become a column of 0 and 1 a level, at most 20 levels each; then principal components by
    scikit-learn. Text and identifiers are left out.

    Parameters
    ----------
    table : Table
        As it was read.
    columns : sequence of str
        The columns to use, such as the features; the first 200 of fitting kinds are.
    max_rows : int, default 5,000
        Rows in the sample.

    Returns
    -------
    PrincipalMap or None
        None when fewer than two columns or three rows vary.
    """
    from sklearn.decomposition import PCA

    places = sample_places(len(table.frame), max_rows)
    used, names, matrix = _matrix(table, columns, places)
    if matrix.shape[1] < 2 or len(places) < 3:
        return None
    n_components = min(5, *matrix.shape)
    solver = "covariance_eigh" if matrix.shape[1] <= _MAX_DENSE else "randomized"
    pca = PCA(n_components=n_components, svd_solver=solver, random_state=0)
    found = pca.fit_transform(matrix)
    return PrincipalMap(
        columns=used, places=tuple(places.tolist()),
        x=tuple(found[:, 0].tolist()), y=tuple(found[:, 1].tolist()),
        explained=tuple(float(share) for share in pca.explained_variance_ratio_),
        loadings=(_strongest(names, pca.components_[0]), _strongest(names, pca.components_[1])),
    )  # fmt: skip


def _strongest(names: Sequence[str], weights: Floats) -> tuple[Loading, ...]:
    order = np.argsort(-np.abs(weights), kind="stable")[:_STRONGEST]
    return tuple(Loading(name=names[k], weight=float(weights[k])) for k in order)


def _matrix(
    table: Table, columns: Sequence[str], places: Ints
) -> tuple[tuple[str, ...], list[str], Floats]:
    """Return the columns used, and the columns made of them with their names."""
    listed = (ColumnKind.CATEGORY, ColumnKind.BOOLEAN)
    numeric = (ColumnKind.NUMBER, ColumnKind.DATE)
    used: list[str] = []
    names: list[str] = []
    parts: list[Floats] = []
    fitting = [name for name in columns if table.schema[name].kind in (*listed, *numeric)]
    for name in fitting[:_MAX_COLUMNS]:
        content = rows_of(content_of(table, name), places)
        made = _levels(content) if content.kind in listed else _number(content)
        if made:
            used.append(name)
            names.extend(made)
            parts.extend(made.values())
    matrix = np.column_stack(parts) if parts else np.zeros((len(places), 0))
    return tuple(used), names, matrix


def _number(content: Content) -> dict[str, Floats]:
    cells = content.cells
    assert not isinstance(cells, Levels)
    if cells.dtype.kind == "M":
        seconds = cells.astype("datetime64[us]").astype(np.float64) / 1e6
        values = np.where(np.isnat(cells), np.nan, seconds)
    else:
        values = in_reach(cells.astype(np.float64))
    known = ~np.isnan(values)
    if not known.any():
        return {}
    centred = values - values[known].mean()
    spread = float(np.sqrt((centred[known] ** 2).mean()))
    if spread <= 1e-12 * float(np.abs(values[known]).max()):
        return {}
    return {content.name: np.where(known, centred / spread, 0.0)}


def _levels(content: Content) -> dict[str, Floats]:
    levels = as_levels(content)
    order = np.argsort(-levels.counts, kind="stable")[:_MAX_LEVELS]
    kept = [code for code in order if 0 < levels.counts[code] < len(levels.codes)]
    return {
        f"{content.name} = {levels.words[code]}": (levels.codes == code).astype(np.float64)
        for code in kept
    }
