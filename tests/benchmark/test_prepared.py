"""Prepared matrices are written piece by piece, and lie in their files as they would whole."""

import multiprocessing
import resource
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from lab.base import is_disk_full
from lab.benchmark.prepared import (
    PreparedRows,
    PreparedSplit,
    let_go,
    read_prepared,
    write_prepared,
)
from lab.recipes import SideBySide

NUMBERS = np.random.default_rng(0).normal(size=(50, 3))
LEVELS = sparse.random(50, 7, 0.2, format="csr", random_state=0)
PARTS = {
    "rows": (NUMBERS, NUMBERS[:, :2].copy()),
    "columns": (np.asfortranarray(NUMBERS), np.asfortranarray(NUMBERS[:, :2])),
    "sparse": (NUMBERS, LEVELS),
}


@pytest.mark.parametrize("key", PARTS)
def test_the_files_are_those_that_numpy_saves_of_the_whole(key, tmp_path):
    parts, is_sparse = PARTS[key], key == "sparse"
    made = SideBySide(parts=parts, n_rows=50, is_sparse=is_sparse, cells_at_once=33)
    rows = PreparedRows(X=made, y=np.arange(50))
    write_prepared(tmp_path / "split", PreparedSplit(train=rows, test=rows, gap=rows))
    if is_sparse:
        whole = sparse.hstack(parts).tocsr()
        expected = {name: getattr(whole, name) for name in ("data", "indices", "indptr")}
    else:
        expected = {"": np.hstack(parts)}
    for name, array in expected.items():
        np.save(tmp_path / "saved.npy", array)
        written = tmp_path / "split" / f"train{name and '.'}{name}.npy"
        assert written.read_bytes() == (tmp_path / "saved.npy").read_bytes()
    read = read_prepared(tmp_path / "split").test.X
    assert (read != whole).nnz == 0 if is_sparse else (read == expected[""]).all()


def _mapped_kb(folder):
    """Return how much of the files in a folder lies in this process's memory."""
    found, is_of_folder = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.split()[0]:
            is_of_folder = str(folder) in line
        elif is_of_folder and line.startswith("Rss:"):
            found += int(line.split()[1])
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="tells memory in its own way")
@pytest.mark.parametrize("key", PARTS)
def test_a_matrix_that_is_let_go_takes_no_memory_until_it_is_read(key, tmp_path):
    parts, is_sparse = PARTS[key], key == "sparse"
    many = tuple((sparse.vstack if is_sparse and sparse.issparse(part) else np.vstack)([part] * 400)
                 for part in parts)  # fmt: skip
    made = SideBySide(parts=many, n_rows=20_000, is_sparse=is_sparse)
    rows = PreparedRows(X=made, y=np.zeros(20_000))
    write_prepared(tmp_path, PreparedSplit(train=rows, test=rows, gap=rows))
    X = read_prepared(tmp_path).train.X
    total = X.sum()
    assert _mapped_kb(tmp_path) > 700
    let_go(X)
    assert _mapped_kb(tmp_path) == 0
    assert X.sum() == total
    let_go(np.ones(3))  # of no file: nothing to do


def _write_within(n_bytes, folder, results):
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, n_bytes))
    rows = PreparedRows(X=NUMBERS, y=np.arange(50))
    try:
        write_prepared(folder, PreparedSplit(train=rows, test=rows, gap=rows))
        results.put("written")
    except OSError as error:
        results.put(is_disk_full(error))


@pytest.mark.parametrize("n_bytes", [100, 600, 1300])  # in a header, in y, in the last of X
def test_a_file_that_is_cut_off_is_told_as_a_full_disk(n_bytes, tmp_path):
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    child = context.Process(target=_write_within, args=(n_bytes, tmp_path / "split", results))
    child.start()
    child.join()
    assert results.get() is True
