"""Real databases: files, and a PostgreSQL server on the loopback when its programs are here."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sqlalchemy")

PASSWORD = "s3cret/@#?:word"  # with every sign that an address has to write otherwise
QUOTED_PASSWORD = "s3cret%2F%40%23%3F%3Aword"


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL with a user who may read and write."""

    port: int
    password: str = PASSWORD

    @property
    def address(self) -> str:
        return f"postgresql://me:{QUOTED_PASSWORD}@127.0.0.1:{self.port}/shop"

    @property
    def bare(self) -> str:
        return f"postgresql://me@127.0.0.1:{self.port}/shop"

    def run(self, *statements: str) -> list[Any]:
        """Run statements as the user and return the rows of the last one."""
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="me", password=PASSWORD, dbname="shop",
            autocommit=True,
        ) as connection:  # fmt: skip
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        found = str(places[-1]) if places else None
    if found is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    return found


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Return a PostgreSQL server of this session; it refuses to run as root."""
    pytest.importorskip("psycopg")
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    as_user: dict[str, Any] = {}
    folder = Path(tempfile.mkdtemp(prefix="playground-pg-"))
    if os.getuid() == 0:
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(folder, "postgres", "postgres")
    port = _free_port()

    def call(*command: str) -> None:
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL,
                       stderr=subprocess.STDOUT, timeout=120, **as_user)  # fmt: skip

    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o644)
    data, settings = str(folder / "data"), f"-c listen_addresses=127.0.0.1 -c port={port}"
    try:
        call(initdb, "-D", data, "-U", "me", "--auth=scram-sha-256", "-N",
             f"--pwfile={folder / 'password'}", "-E", "UTF8")  # fmt: skip
        call(pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o",
             f"{settings} -c unix_socket_directories={folder} -c fsync=off", "start")  # fmt: skip
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(
            host="127.0.0.1", port=port, user="me", password=PASSWORD, dbname="postgres",
            autocommit=True,
        ) as connection:  # fmt: skip
            connection.execute("CREATE DATABASE shop")
        yield Server(port)
        call(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
