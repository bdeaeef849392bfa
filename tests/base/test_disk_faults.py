import errno

import pytest

from lab.base import LabError, is_disk_full, telling_disk_faults


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_disk_without_room_is_told(tmp_path, number):
    with pytest.raises(LabError, match="is full") as caught, telling_disk_faults(tmp_path):
        raise OSError(number, "no room")
    assert str(tmp_path) in caught.value.message
    assert "Free some space" in caught.value.hint


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_place_that_cannot_be_written_is_told(tmp_path, number):
    with pytest.raises(LabError, match="cannot be opened to write"), telling_disk_faults(tmp_path):
        raise OSError(number, "no")


def test_an_array_that_numpy_could_not_write_whole_is_a_full_disk():
    assert is_disk_full(OSError("1000 requested and 12 written"))


@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken"), ValueError("requested and")])
def test_other_errors_go_through(tmp_path, error):
    with pytest.raises(type(error), match=r"broken|requested"), telling_disk_faults(tmp_path):
        raise error
