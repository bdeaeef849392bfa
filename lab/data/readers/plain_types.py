"""Arrow columns of any type as one of the few that tables hold."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)


def as_plain(column: Any) -> Any:
    """Return an Arrow column as int64, float64, timestamps or text.

    Truth values become ``True`` and ``False``, whole numbers with gaps floats, dates timestamps
    without a time zone (in UTC), times of day and bytes text.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column if is_text(kind.value_type) else as_plain(column.cast(kind.value_type))
    if pa.types.is_boolean(kind):
        return pc.if_else(column, pa.scalar("True"), pa.scalar("False"))
    if pa.types.is_integer(kind) and column.null_count == 0 and not pa.types.is_uint64(kind):
        return column.cast(pa.int64())
    if any(test(kind) for test in _NUMBERS):
        return column.cast(pa.float64(), safe=False)
    return _timestamps(column) if pa.types.is_temporal(kind) else _text(column)


def is_text(kind: Any) -> bool:
    """Return whether values of this Arrow type are text."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _timestamps(column: Any) -> Any:
    if not (pa.types.is_timestamp(column.type) or pa.types.is_date(column.type)):
        return _text(column)
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        column = column.cast(pa.timestamp(column.type.unit, "UTC"))
        column = column.cast(pa.timestamp(column.type.unit))
    return column.cast(pa.timestamp("us"), safe=False)


def _text(column: Any) -> Any:
    if pa.types.is_null(column.type):
        return column.cast(pa.string())
    if is_text(column.type):
        return column
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        texts = [None if value is None else bytes(value).decode("utf-8", "replace")
                 for value in column.to_pylist()]  # fmt: skip
        return pa.array(texts, pa.string())
    return pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())
