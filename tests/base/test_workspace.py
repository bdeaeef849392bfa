import os
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.base import (
    HOME_VARIABLE,
    MODELS_VARIABLE,
    LabError,
    Workspace,
    default_workspace,
    models_folder,
    writing_whole,
)

PARTS = st.lists(
    st.sampled_from(["..", ".", "", "a", "/", "/etc", "~", "a/../..", "b/c", "..\\x", "é", "a\0b"])
    | st.text(alphabet="ab./\\ ~\0", max_size=8),
    max_size=5,
)


@given(parts=PARTS)
def test_no_name_leads_out_of_the_workspace(tmp_path_factory, parts):
    root = tmp_path_factory.getbasetemp() / "home"
    try:
        path = Workspace(root=root).path(*parts)
    except LabError:
        return
    assert path.resolve().is_relative_to(root.resolve())


@pytest.mark.parametrize("parts", [("..", "x"), ("/etc/passwd",), ("a", "../../x")])
def test_a_name_that_leads_out_is_refused(tmp_path, parts):
    with pytest.raises(LabError, match="outside the workspace"):
        Workspace(root=tmp_path / "home").path(*parts)


def test_a_link_that_leads_out_is_refused(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "door").symlink_to(tmp_path)
    with pytest.raises(LabError, match="outside the workspace"):
        Workspace(root=home).path("door", "file")


def test_the_folder_of_a_path_is_there(tmp_path):
    path = Workspace(root=tmp_path).path("tables", "one", "values.arrow")
    assert path.parent.is_dir()
    assert path == tmp_path / "tables" / "one" / "values.arrow"


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LabError, match="cannot be created") as caught:
        Workspace(root=tmp_path / "file").path("a", "b")
    assert HOME_VARIABLE in caught.value.hint


def test_the_environment_names_the_workspace(monkeypatch, tmp_path):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert default_workspace().root == tmp_path.resolve()
    monkeypatch.delenv(HOME_VARIABLE)
    assert default_workspace().root == (Path.home() / ".ml-playground").resolve()


def test_models_lie_in_the_workspace_unless_another_folder_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    assert models_folder() == tmp_path.resolve() / "models"
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "other"))
    assert models_folder() == tmp_path.resolve() / "other"
    assert not list(tmp_path.iterdir())


def test_a_file_appears_only_when_it_is_complete(tmp_path):
    path = tmp_path / "file"
    with writing_whole(path) as file:
        file.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), writing_whole(path) as file:
        file.write("new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208 (hidden files too)


def test_two_threads_that_write_one_file_leave_one_whole_file(tmp_path):
    path, barrier = tmp_path / "file", Barrier(2)

    def write(letter: bytes) -> None:
        with writing_whole(path) as file:
            barrier.wait()
            file.write(letter * 100_000)

    threads = [Thread(target=write, args=(letter,)) for letter in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() in (b"a" * 100_000, b"b" * 100_000)
    assert len(list(tmp_path.iterdir())) == 1
