"""Ways in for data: an uploaded file, a file on this computer, a shipped data set."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lab.base import LabError, file_name, telling_disk_faults
from lab.data import (
    READABLE_SUFFIXES,
    Dataset,
    ReadOptions,
    Roles,
    Table,
    guess_roles,
    guess_target,
    load_sample,
    make_dataset,
    read_isolated,
    sample_roles,
)
from pages._ui import cached, session

_CHUNK = 1 << 20


def take_upload(upload: BinaryIO, name: str, options: ReadOptions) -> None:
    """Read an uploaded file and make it the current data set.

    It is written to disk in pieces and read by a process of its own, so that neither a large nor
    a hostile file can hurt the server.
    """
    with _folder() as folder:
        path = folder / file_name(
            Path(name).stem, suffix="".join(_suffixes(name)).lower(), default="upload"
        )
        with path.open("wb") as file:
            shutil.copyfileobj(upload, file, _CHUNK)
        _read(path, folder, name, options)


def take_path(text: str, options: ReadOptions) -> None:
    """Read a file of this computer and make it the current data set."""
    try:
        path = Path(text).expanduser()
        is_there = path.is_file()
    except (OSError, RuntimeError, ValueError):  # a name too long, or of an unknown user
        is_there = False
    if not is_there:
        raise LabError(f"there is no file {text!r} on this computer", hint="Give its whole path.")
    with _folder() as folder:
        _read(path, folder, path.name, options)


def take_sample(key: str, title: str) -> None:
    """Make a shipped data set the current one."""
    adopt(load_sample(key), roles=sample_roles(key), name=title)


def adopt(table: Table, *, roles: Roles | None = None, name: str) -> None:
    """Keep a table and make it the current data set, with guessed roles when none are given.

    When no sound roles can be guessed the table stays open without a target, and the reason is
    told.
    """
    cached.store().save_table(table)
    try:
        roles = roles or guess_roles(table, guess_target(table))
        data = make_dataset(table, roles, name=name)
    except LabError as error:
        session.choose("table", table.id)
        session.remember_problem(error)
        return
    _open(data, table)


def change_roles(table: Table, roles: Roles, *, name: str) -> None:
    """Make a data set of other roles the current one; LabError when they do not fit."""
    data = make_dataset(table, roles, name=name)
    _open(data, table)


def _open(data: Dataset, table: Table) -> None:
    store = cached.store()
    store.save_table(table)
    session.choose_data(store.save_dataset(data), table_id=table.id, own_table_id=data.table.id)


def _read(path: Path, folder: Path, name: str, options: ReadOptions) -> None:
    table = read_isolated(path, folder=folder / "table", name=name, options=options)
    adopt(table, name=_title(name))


def _title(name: str) -> str:
    return name.removesuffix("".join(_suffixes(name))) or name


def _suffixes(name: str) -> list[str]:
    """Return the endings of a file's name that say how it is read, such as .csv and .gz."""
    known = {f".{suffix.lstrip('.')}" for suffix in READABLE_SUFFIXES}
    found: list[str] = []
    for suffix in reversed(Path(name).suffixes):
        if suffix.lower() not in known:
            break
        found.insert(0, suffix)
    return found


@contextmanager
def _folder() -> Iterator[Path]:
    folder = cached.store().workspace.path("reading", secrets.token_hex(8))
    try:
        with telling_disk_faults(folder.parent):
            folder.mkdir()
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
