"""The decimal mark of a file, voted for by those of its columns that can only be numbers."""

import pyarrow as pa
import pytest

from lab.data.number_text import guess_decimal

COLUMNS = {
    "decimal commas": ([["1,5", "22,75"]], ","),
    "decimal points between groups": ([["1,234.5", "7.25"]], "."),
    "decimal commas between groups": ([["1.234,5", "-7,25"]], ","),
    "groups divided by narrow blanks": ([["1\u202f234,5", "12,5"]], ","),
    "exponents": ([["1,5e-3", "2,5E+7"]], ","),
    "words beside a comma": ([["red", "green"], ["1,5", "2,5"]], ","),
    "a word below numbers": ([["1,5", "red"]], "."),
    "a missing first value": ([[None, "1,5"]], ","),
    "nothing": ([[]], "."),
    "no column": ([], "."),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_vote_for_the_mark_that_all_their_values_allow(name):
    columns, mark = COLUMNS[name]
    assert guess_decimal(pa.array(texts, pa.string()) for texts in columns) == mark
