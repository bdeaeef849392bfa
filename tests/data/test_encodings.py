"""Text in every common encoding, guessed or chosen."""

from contextlib import suppress

import pytest

from lab.base import LabError


def told(table, text):
    return any(text in note for note in table.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_are_found(read, encoding):
    table = read("town,people\nZürich,1\nMálaga,2\nParis,3\n".encode(encoding))
    assert table.frame["town"].tolist() == ["Zürich", "Málaga", "Paris"]
    assert table.schema.names == ("town", "people")


PADDED = [
    ("utf-8", "Zürich"),
    ("cp1252", "Zürich"),
    ("cp1251", "Омск"),
]


@pytest.mark.parametrize(("encoding", "town"), PADDED)
@pytest.mark.parametrize("width", [12, 13])
def test_text_padded_with_null_bytes_is_read_without_them(read, encoding, town, width):
    names = [town, *(f"town {place}" for place in range(40))]
    cells = [name.encode(encoding).ljust(width, b"\0") for name in names]
    lines = [b"%b,%d\n" % (cell, place) for place, cell in enumerate(cells)]
    content = b"town\0\0\0,people\n" + b"".join(lines)
    chosen = {} if encoding == "utf-8" else {"encoding": encoding}
    table = read(content, **chosen)
    assert table.schema.names == ("town", "people")
    assert table.frame["town"].tolist() == names
    assert table.frame["people"].tolist() == list(range(41))
    assert told(table, f"{content.count(0)} null bytes left out: padding")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_characters_that_are_null_in_utf16_are_left_out_after_decoding(read, encoding):
    table = read("town,people\nZürich\0\0,1\nParis\0,2\n".encode(encoding))
    assert table.frame["town"].tolist() == ["Zürich", "Paris"]
    assert told(table, "3 null bytes left out")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [["北京", "上海", "广州"], ["Москва", "Казань", "Омск"],
                                   ["東京タワー", "大阪", "京都"]])  # fmt: skip
def test_utf16_of_other_scripts_is_never_taken_for_padded_text(read, encoding, words):
    rows = "".join(f"{words[place % 3]},{place}\n" for place in range(60))
    content = ("town,x\n" + rows).encode(encoding)
    assert read(content, encoding=encoding).frame["town"].tolist()[:3] == words
    with suppress(LabError):
        assert read(content).frame["town"].tolist()[:3] == words


def test_windows_text_is_found_and_told(read):
    table = read("name,price\nJosé “el rápido”,10 €\nMüller,20 €\n".encode("cp1252"))
    assert table.frame["name"].tolist() == ["José “el rápido”", "Müller"]
    assert told(table, "cp1252")


def test_cyrillic_text_is_found(read):
    table = read("город,число\nМосква,1\nКазань,2\nОмск,3\nТверь,4\n".encode("cp1251"))
    assert table.frame["город"].tolist() == ["Москва", "Казань", "Омск", "Тверь"]


def test_bytes_that_are_not_utf8_far_down_are_still_read(read):
    rows = "".join(f"level {row % 7},{row}\n" for row in range(60_000))
    table = read(("name,x\n" + rows + "é,1\n").encode("latin-1"))
    assert table.frame["name"].iloc[-1] == "é"
    assert told(table, "cp1252")


def test_a_wrong_encoding_that_was_chosen_is_an_error(read):
    with pytest.raises(LabError, match="not UTF-8") as caught:
        read("a,b\né,1\n".encode("latin-1"), encoding="utf-8")
    assert caught.value.hint
    with pytest.raises(LabError, match="not UTF-16"):
        read("a,b\nabc,1\n\n", encoding="utf-16")


def test_an_unknown_encoding_is_an_error(read):
    with pytest.raises(LabError, match="no text encoding 'klingon'"):
        read("a,b\n1,2\n", encoding="klingon")
    with pytest.raises(LabError, match="no text encoding"):
        read("a,b\n1,2\n", encoding="base64")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1253", ["Αθήνα", "Θεσσαλονίκη", "Πάτρα", "Λάρισα"]),
        ("cp932", ["東京", "大阪", "京都", "奈良の古い寺"]),
        ("gb18030", ["北京", "上海", "广州", "深圳"]),
        ("cp949", ["서울", "부산", "대구", "인천"]),
        ("cp1252", ["Málaga", "Zürich", "Besançon", "Tromsø"]),
    ],
)
def test_other_scripts_are_told_from_western_ones(read, encoding, words):
    rows = "".join(f"{word},{place}\n" for place, word in enumerate(words))
    assert read(("town,x\n" + rows).encode(encoding)).frame["town"].tolist() == words


def test_single_bytes_that_are_not_utf8_are_read_as_cp1252_and_their_lines_named(read):
    good = "".join(f"Zürich,{place}\n" for place in range(40)).encode()
    table = read(b"town,people\n" + good + b"Z\xfcrich,40\n" + b"Bern,41\n" * 3)
    assert table.frame["town"].unique().tolist() == ["Zürich", "Bern"]
    assert told(table, "Line 42 has bytes that are not UTF-8")
    assert told(table, "UTF-8 but for some bytes in cp1252")


def test_a_byte_that_is_not_utf8_is_found_far_behind_the_beginning(read):
    good = "".join(f"Zürich,{place}\n" for place in range(40_000)).encode()
    table = read(b"town,people\n" + good + b"Z\xfcrich,1\nZ\xfcrich,2\n")
    assert table.frame["town"].unique().tolist() == ["Zürich"]
    assert told(table, "Lines 40,002, 40,003 have bytes that are not UTF-8")


def test_a_file_in_cp1252_stays_one(read):
    table = read("".join(f"Zürich,{place}\n" for place in range(40)).encode("cp1252"))
    assert told(table, "cp1252")
    assert not told(table, "but for some bytes")


def test_json_with_single_bytes_that_are_not_utf8_is_read(read):
    rows = b",\n".join(['{"town": "Zürich"}'.encode()] * 9 + [b'{"town": "Z\xfcrich"}'])
    table = read(b"[" + rows + b"]", name="towns.json")
    assert table.frame["town"].unique().tolist() == ["Zürich"]
    assert told(table, "not UTF-8")
