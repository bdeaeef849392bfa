"""Files that are something else, known by their first bytes, each with its own sentence."""

from lab.base import LabError

_FOREIGN = (
    (b"%PDF", "a PDF document", "Export the table as CSV."),
    (b"\x89PNG", "a picture", "Choose a table."),
    (b"\xff\xd8\xff", "a picture", "Choose a table."),
    (b"GIF8", "a picture", "Choose a table."),
    (
        b"SQLite format 3",
        "an SQLite database",
        "Open it as a database: sqlite:/// and its whole path.",
    ),
    (b"\x89HDF", "an HDF5 file", "Save the table as Parquet or CSV."),
    (b"ARROW1", "an Arrow file", "Save the table as Parquet."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it, or pack it with gzip or zip."),
    (b"Rar!", "a RAR archive", "Unpack it, or pack it with gzip or zip."),
    (b"BZh", "a bzip2 archive", "Unpack it, or pack it with gzip or zip."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it, or pack it with gzip or zip."),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "Unpack it, or pack it with gzip or zip."),
    (b"\x80\x04\x95", "a Python pickle, which is never opened", "Save it as Parquet or CSV."),
    (b"{\\rtf", "a text document", "Save the table as CSV."),
)
_WEB = (b"<!doctype html", b"<html", b"<?xml")


def check_magic(head: bytes) -> None:
    """Raise LabError when a file begins as one of another kind than a table in text."""
    for magic, noun, hint in _FOREIGN:
        if head.startswith(magic):
            raise LabError(f"the file is {noun}, not a table", hint=hint)
    start = head.lstrip().lower()
    if start.startswith(_WEB):
        raise LabError(
            "the file is a web page or XML, not a table",
            hint="The download may have failed: open the address in a browser and look.",
        )
