"""Whatever spoils a file, good rows are kept, bad lines named, and nothing is silently wrong."""

import pandas as pd
import pytest

from tests.data.pollutions import POLLUTIONS


@pytest.mark.parametrize("n_rows", [24, 4_000])
@pytest.mark.parametrize("key", POLLUTIONS)
def test_the_table_in_a_polluted_file_is_read_and_what_was_done_is_told(read, key, n_rows):
    polluted = POLLUTIONS[key](n_rows)
    table = read(polluted.content)
    found = table.frame.reset_index(drop=True)
    expected = polluted.expected.reset_index(drop=True)
    assert list(found.columns) == list(expected.columns), table.notes
    assert len(found) == len(expected), table.notes
    for name in expected:
        pd.testing.assert_series_equal(
            found[name], expected[name], check_dtype=False, check_exact=True
        )
    assert any(polluted.told in note for note in table.notes), table.notes
