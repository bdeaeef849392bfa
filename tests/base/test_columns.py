import pytest

from lab.base import Column, ColumnKind, LabError, Schema, Selection

SCHEMA = Schema(
    columns=(
        Column(name="age", kind=ColumnKind.NUMBER),
        Column(name="town", kind=ColumnKind.CATEGORY),
        Column(name="height", kind=ColumnKind.NUMBER),
    )
)


def test_columns_are_found_by_name_and_kind_in_order():
    assert SCHEMA.names == ("age", "town", "height")
    assert SCHEMA["town"].kind is ColumnKind.CATEGORY
    assert SCHEMA.of_kind(ColumnKind.NUMBER) == ("age", "height")
    assert len(SCHEMA) == 3


def test_a_missing_column_is_told_with_those_there_are():
    with pytest.raises(LabError, match="no column 'agge'") as caught:
        SCHEMA["agge"]
    assert "age, town, height" in caught.value.hint


@pytest.mark.parametrize(("names", "message"), [(("a", "a"), "'a'"), (("a", ""), "empty name")])
def test_names_of_columns_are_unique_and_not_empty(names, message):
    columns = tuple(Column(name=name, kind=ColumnKind.TEXT) for name in names)
    with pytest.raises(LabError, match=message):
        Schema(columns=columns)


@pytest.mark.parametrize(
    ("selection", "columns"),
    [
        (Selection(), ("age", "town", "height")),
        (Selection(kinds=(ColumnKind.NUMBER,)), ("age", "height")),
        (Selection(names=("height", "age")), ("age", "height")),
        (Selection(names=("gone", "town")), ("town",)),
        (Selection(kinds=(ColumnKind.NUMBER,), names=("town", "age")), ("age",)),
    ],
)
def test_a_selection_takes_columns_by_kind_and_name_in_the_order_of_the_schema(selection, columns):
    assert selection.columns(SCHEMA) == columns
