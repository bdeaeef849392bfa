"""Words between commas."""

import pytest

from lab.base import LabError, join_words, split_words


def test_a_name_with_a_comma_stands_in_quotation_marks():
    assert split_words('age, "size, in m",,"a""b"') == ("age", "size, in m", 'a"b')


@pytest.mark.parametrize("words", [("a", "b, c", 'd"e'), ("one",), ()])
def test_what_was_joined_is_split_again(words):
    assert split_words(join_words(words)) == words


def test_line_ends_are_blanks():
    assert split_words("ridge,\nlightgbm") == ("ridge", "lightgbm")
    assert split_words("a\r\nb") == ("a b",)


def test_what_is_no_list_of_words_is_told():
    with pytest.raises(LabError, match="cannot be read"):
        split_words("a" * 200_000)
