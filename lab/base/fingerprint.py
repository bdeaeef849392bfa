"""Fingerprints: ids that follow from content, so that equal things have equal ids."""

import hashlib
import json
from collections.abc import Iterable

from lab.base.json_codec import to_plain


def fingerprint(*values: object) -> str:
    """Return 32 hexadecimal digits that depend on nothing but the values.

    Parameters
    ----------
    *values : object
        Dataclass values, or anything that JSON can hold.

    Examples
    --------
    >>> fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    True
    """
    plain = [to_plain(value) for value in values]
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return fingerprint_bytes([text.encode()])


def fingerprint_bytes(chunks: Iterable[bytes | memoryview]) -> str:
    """Return 32 hexadecimal digits of the bytes of all chunks in order."""
    digest = hashlib.blake2b(digest_size=16)
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
