"""What is said about a file is checked, all at once, and told where it means nothing."""

import pytest

from lab.base import LabError
from lab.data import ReadOptions, read_table
from lab.data.readers.option_checks import check_options


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"delimiter": ",,,,,"}, "allowed are one to 4"),
        ({"thousands": "x"}, "allowed are a comma"),
        ({"quote": "\n"}, "not one character"),
        ({"comment": "#\n"}, "end of a line"),
        ({"delimiter": ";", "quote": ";"}, "the same mark"),
        ({"decimal": ",", "thousands": ","}, "the same mark"),
        ({"skip_rows": -1}, "allowed are 0"),
        ({"header_rows": 21}, "allowed are 0 to 20"),
    ],
)
def test_what_cannot_be_is_told(options, message):
    with pytest.raises(LabError, match=message) as caught:
        check_options(ReadOptions(**options))
    assert [problem.field for problem in caught.value.problems]


def test_all_problems_are_told_at_once():
    with pytest.raises(LabError) as caught:
        check_options(ReadOptions(delimiter=",,,,,", escape="ab", skip_rows=-2))
    assert [problem.field for problem in caught.value.problems] == [
        "delimiter", "escape", "skip_rows",
    ]  # fmt: skip


def test_none_and_empty_marks_pass():
    check_options(ReadOptions())
    check_options(ReadOptions(thousands="", quote="", escape="", comment="", header_rows=0))


def test_what_means_nothing_to_a_format_is_told(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('[{"a": 1}, {"a": 2}]')
    table = read_table(path, options=ReadOptions(sheet="x", skip_rows=1))
    assert "Set, and without meaning for JSON: sheet, skip rows." in table.notes
