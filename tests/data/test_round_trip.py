"""Whatever a table holds and however it is written, reading gives the same values back."""

import io
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lab.base import LabError
from lab.data import ReadOptions, open_table, read_table, write_table
from lab.data.missing_text import FILLERS, MISSING_WORDS
from lab.data.readers.dialect import DELIMITERS

MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ANY = st.characters(codec="utf-8", exclude_categories=["C", "Zs", "Zl", "Zp", "Nd"],
                    exclude_characters='"#%')  # fmt: skip
WESTERN = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFéèüöäñçßÉ'(){}!?-_/.,;|:=+@")


def words(letters):
    return st.text(letters, min_size=1, max_size=12).filter(lambda word: not _is_special(word))


def _is_special(word):
    return word in MISSING_WORDS or word in FILLERS or word != word.strip()


wholes = st.integers(-(10**15), 10**15)
reals = st.floats(-1e12, 1e12, allow_nan=False, width=64)


def columns(values, n_rows):
    return st.lists(st.none() | values, min_size=n_rows, max_size=n_rows)


@st.composite
def frames(draw, letters):
    n_rows = draw(st.integers(2, 25))
    kinds = draw(st.lists(st.sampled_from(["text", "broken", "whole", "real"]), min_size=2,
                          max_size=5))  # fmt: skip
    word = words(letters)
    sentences = st.lists(word, min_size=1, max_size=4).map(" ".join)
    broken = st.lists(word, min_size=2, max_size=3).map("\n".join)
    values = {"text": sentences, "broken": broken | word, "whole": wholes, "real": reals}
    data = {
        f"{kind} {place}": draw(columns(values[kind], n_rows)) for place, kind in enumerate(kinds)
    }
    data["always"] = [f"row {row}" for row in range(n_rows)]
    return pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in data.items()})


def as_written(value, decimal):
    if value is None:
        return ""
    return repr(value).replace(".", decimal) if isinstance(value, float) else str(value)


def assert_same(read, written):
    assert list(read.columns) == list(written.columns)
    for name in written:
        expected = written[name]
        missing = expected.isna()
        assert (read[name].isna() == missing).all(), name
        found = read[name][~missing]
        if len(found) and isinstance(expected[~missing].iloc[0], str):
            assert found.astype(str).tolist() == expected[~missing].tolist()
        else:
            assert found.tolist() == expected[~missing].tolist()


@MANY
@given(
    written=st.tuples(frames(ANY), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    | st.tuples(frames(WESTERN), st.just("cp1252")),
    delimiter=st.sampled_from(DELIMITERS[:4]),
    decimal=st.sampled_from(".,"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_written_in_any_dialect_reads_as_it_was(written, delimiter, decimal, end):
    frame, encoding = written
    text = frame.map(lambda value: as_written(value, decimal))
    buffer = io.StringIO()
    text.to_csv(buffer, sep=delimiter, index=False, lineterminator=end, quoting=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(buffer.getvalue().encode(encoding))
        chosen = encoding if encoding == "cp1252" else None  # which one is a matter of language
        table = read_table(path, options=ReadOptions(encoding=chosen))
        assert_same(table.frame, frame)
        write_table(table, Path(folder) / "kept")
        kept = open_table(Path(folder) / "kept")
        assert (kept.id, kept.schema, kept.notes) == (table.id, table.schema, table.notes)
        pd.testing.assert_frame_equal(kept.frame, table.frame)


def message_or_rows(content):
    """Return the error's text, empty when the content is a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        try:
            table = read_table(path)
        except LabError as error:
            return str(error)
    assert len(table.frame) > 0
    assert table.frame.index.is_monotonic_increasing
    return ""


@MANY
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_one_sentence(content):
    assert "\n" not in message_or_rows(content)


@MANY
@given(st.text(st.sampled_from('ab1.,;"\n\r\t |:?-0 é'), max_size=200))
def test_any_text_is_a_table_or_one_sentence(content):
    assert "\n" not in message_or_rows(content.encode())


def test_numbers_read_as_exactly_the_float_that_was_written(tmp_path):
    generator = np.random.default_rng(0)
    values = generator.normal(size=2_000) * 10.0 ** generator.integers(-20, 20, 2_000)
    pd.DataFrame({"a": values, "b": values[::-1]}).to_csv(tmp_path / "t.csv", index=False)
    table = read_table(tmp_path / "t.csv")
    assert (table.frame["a"].to_numpy() == values).all()
