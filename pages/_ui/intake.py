"""Ways in for data: an uploaded file, one of this computer, a database, a shipped data set."""

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
    Reading,
    ReadOptions,
    Roles,
    Table,
    guess_roles,
    guess_target,
    load_sample,
    make_dataset,
    read_file_isolated,
    read_sql_isolated,
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


def take_database(address: str, *, table: str, query: str, password: str) -> None:
    """Read a table or a query of a database and make it the current data set.

    The password is handed to the process that reads, and kept nowhere.
    """
    with _folder() as folder:
        found = read_sql_isolated(
            address, folder=folder / "table", table=table, query=query, password=password
        )
        adopt(found, name=found.source)


def read_again(table_id: str, options: ReadOptions, *, most_bytes: int | None = None) -> Reading:
    """Return what the file of a kept table becomes when it is read differently.

    The table's files have no name any more: they are gone when nobody holds it.

    Parameters
    ----------
    table_id : str
        The table.
    options : ReadOptions
        What is known about its file.
    most_bytes : int, optional
        Read only whole lines of so many bytes at the beginning, where the file has plain lines.
    """
    store = cached.store()
    source = store.source(table_id)
    if source is None:
        raise LabError("the file of this table is not kept", hint="Upload it again.")
    with _folder() as folder:
        path = store.source_path(table_id)
        if most_bytes is not None:
            path = _beginning(path, folder / "beginning", most_bytes)
        return read_file_isolated(path, folder=folder / "table", name=source.name, options=options)


def _beginning(path: Path, part: Path, most_bytes: int) -> Path:
    """Write the first lines of a file into another and return it; packed files are returned."""
    with path.open("rb") as file:
        head = file.read(most_bytes)
    cut = head.rfind(b"\n") + 1
    if not cut or b"\0" in head[:4_096] or head.startswith((b"\x1f\x8b", b"PK")):
        return path
    part.write_bytes(head[:cut])
    return part


def use_reading(
    table_id: str, reading: Reading, options: ReadOptions, data: Dataset | None
) -> None:
    """Make another reading of a table's file the current one; its roles stay where they fit."""
    store, table = cached.store(), reading.table
    path, source = store.source_path(table_id), store.source(table_id)
    name = data.name if data is not None else _title(table.source)
    try:
        roles = None if data is None else make_dataset(table, data.roles).roles
    except LabError:
        roles = None
    adopt(table, roles=roles, name=name)
    if source is not None:
        store.keep_source(table.id, path, name=source.name, reading=reading, options=options)
        _share(table.id)


def change_roles(table: Table, roles: Roles, *, name: str, made_from: str = "") -> None:
    """Make a data set of other roles the current one; LabError when they do not fit.

    Parameters
    ----------
    table : Table
        Its table, perhaps with other kinds of columns than before.
    roles : Roles
        What the columns are for.
    name : str
        For people.
    made_from : str, default ""
        The table that this one was made from, whose file it shares.
    """
    data = make_dataset(table, roles, name=name)
    _open(data, table)
    if made_from:
        cached.store().share_source(made_from, table.id)
    _share(table.id)


def _open(data: Dataset, table: Table) -> None:
    store = cached.store()
    store.save_table(table)
    session.choose_data(store.save_dataset(data), table_id=table.id, own_table_id=data.table.id)


def _share(table_id: str) -> None:
    """Let the current data set's own table, which may lack rows, have the file as well."""
    if data_id := session.chosen("dataset"):
        store = cached.store()
        store.share_source(table_id, store.load_dataset(data_id).table.id)


def _read(path: Path, folder: Path, name: str, options: ReadOptions) -> None:
    reading = read_file_isolated(path, folder=folder / "table", name=name, options=options)
    table_id = reading.table.id
    adopt(reading.table, name=_title(name))
    cached.store().keep_source(table_id, path, name=name, reading=reading, options=options)
    _share(table_id)


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
