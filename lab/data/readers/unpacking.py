"""Files opened by what they are: gzip and zip are unpacked while their bytes are counted."""

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from lab.base import LabError, plain_text
from lab.data.readers.limits import check_unpacked

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_CHUNK = 1 << 20
_SYMLINK = 0o120000
_WORKBOOK_PART = "[Content_Types].xml"


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, str]]:
    """Open a file, unpacked when it is packed, and what was unpacked, for people.

    What it is shows in its first bytes; its name is not believed.

    Raises
    ------
    LabError
        When it cannot be opened, is damaged, holds several files or unpacks to too much.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise LabError(
            f"the file {plain_text(path.name)!r} cannot be opened ({error.strerror})",
            hint="Check its name and that it may be read.",
        ) from error
    with file:
        magic = file.read(4)
        file.seek(0)
        if magic.startswith(GZIP):
            with _unpacked(cast(IO[bytes], gzip.GzipFile(fileobj=file)), _size(file)) as plain:
                yield plain, "gzip"
        elif magic in ZIP:
            with _zipped(file) as found:
                yield found
        else:
            yield file, ""


@contextmanager
def _zipped(file: BinaryIO) -> Iterator[tuple[BinaryIO, str]]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _damaged("zip") from error
    with archive:
        if _WORKBOOK_PART in archive.namelist():
            _count_all(archive, _size(file))
            file.seek(0)
            yield file, ""
            return
        member = _only_member(archive)
        try:
            packed = archive.open(member)
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
            raise LabError(
                "the zip file is encrypted or packed in an unknown way",
                hint="Pack it again without a password.",
            ) from error
        with packed, _unpacked(packed, max(member.compress_size, 1)) as plain:
            yield plain, f"zip, {plain_text(PurePosixPath(member.filename).name)!r}"


def _only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [info for info in archive.infolist() if not _is_litter(info)]
    if len(members) != 1:
        raise LabError(
            f"the zip file holds {len(members) or 'no'} files, one table is read",
            hint="Pack exactly one table, or upload the table itself.",
        )
    name = PurePosixPath(members[0].filename.replace("\\", "/"))
    if (
        name.is_absolute()
        or ".." in name.parts
        or ":" in name.parts[0]
        or ((members[0].external_attr >> 16) & 0o170000 == _SYMLINK)
    ):
        raise LabError(
            "the zip file holds a path that leads out of it",
            hint="Pack the table again, without folders.",
        )
    return members[0]


def _is_litter(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    return (
        info.is_dir() or name.startswith("__MACOSX/") or name.endswith((".DS_Store", "/Thumbs.db"))
    )


@contextmanager
def _unpacked(packed: IO[bytes], packed_size: int) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as plain:
        _copy(packed, packed_size, cast(BinaryIO, plain))
        plain.seek(0)
        yield cast(BinaryIO, plain)


def _copy(packed: IO[bytes], packed_size: int, plain: BinaryIO | None, so_far: int = 0) -> int:
    total = so_far
    try:
        while chunk := packed.read(_CHUNK):
            total += len(chunk)
            check_unpacked(total, packed_size)
            if plain is not None:
                plain.write(chunk)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, RuntimeError) as error:
        raise _damaged("packed") from error
    return total


def _count_all(archive: zipfile.ZipFile, packed_size: int) -> None:
    total = 0
    for info in archive.infolist():
        try:
            part = archive.open(info)
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
            raise _damaged("Excel") from error
        with part:
            total = _copy(part, packed_size, None, total)


def _size(file: BinaryIO) -> int:
    place = file.tell()
    size = file.seek(0, 2)
    file.seek(place)
    return size


def _damaged(noun: str) -> LabError:
    return LabError(f"the {noun} file is damaged or cut off", hint="Pack or download it again.")
