"""Files cut into pieces: every record once and whole, whatever becomes of the buffers."""

import io

import pytest

from lab.base import LabError
from lab.data.readers import segments
from lab.data.readers.careful import is_well_quoted
from lab.data.readers.dialect import Dialect
from lab.data.readers.segments import pieces


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(segments, "SEGMENT_BYTES", 64)
    monkeypatch.setattr(segments, "_ROOM", 16)


def joined(data, *, give_back):
    spare, found = [], []
    for piece in pieces(io.BytesIO(data), 0, dialect=Dialect(), spare=spare):
        found.append(bytes(piece))
        if give_back:
            spare.append(piece.obj)
    return found


@pytest.mark.parametrize("give_back", [False, True])
@pytest.mark.parametrize(
    "data",
    [
        b"".join(b"%d,%d\n" % (row, row * row) for row in range(200)),
        b"a,b\n" * 40 + b"1,2",
        b"short,1\n" * 9 + b"long," + b"x" * 300 + b"\n" + b"short,2\n" * 9,
        b'1,"two\nlines"\n' * 30,
        "ä,ö\n".encode() * 60,
    ],
    ids=["numbers", "no last line end", "one long line", "quoted line ends", "beyond ASCII"],
)
def test_pieces_hold_every_record_once_and_whole(data, give_back):
    found = joined(data, give_back=give_back)
    assert b"".join(found) == data
    assert all(piece.endswith(b"\n") and piece.count(b'"') % 2 == 0 for piece in found[:-1])


def test_a_buffer_given_back_is_read_into_again():
    data = b"12345,1234\n" * 100
    spare, buffers = [], set()
    for piece in pieces(io.BytesIO(data), 0, dialect=Dialect(), spare=spare):
        buffers.add(id(piece.obj))
        spare.append(piece.obj)
    assert len(buffers) == 1


def test_what_an_older_piece_left_in_a_buffer_is_no_null_byte_and_no_quotation_mark():
    data = b'"1","2"\n' * 20 + b"1,2\n"
    assert b"".join(joined(data, give_back=True)) == data
    with pytest.raises(LabError, match="null bytes"):
        joined(b"1,2\n" * 40 + b"\0,1\n", give_back=True)


@pytest.mark.parametrize("rest", [b'""', b"", b'"'])
def test_marks_of_an_earlier_piece_in_a_buffer_do_not_count(rest):
    buffer = bytearray(b"a,1\n" + rest)
    assert is_well_quoted(memoryview(buffer)[:4], Dialect())


@pytest.mark.parametrize(("text", "fine"), [(b'"a ""b""",1\n', True), (b'a "b",1\n', False)])
def test_marks_within_the_piece_count(text, fine):
    buffer = bytearray(text + b"a,1\n")
    assert is_well_quoted(memoryview(buffer)[: len(text)], Dialect()) is fine
