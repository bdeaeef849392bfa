"""What shows itself only far down a file, where the sample does not reach."""

import numpy as np
import pytest

from lab.data.readers import careful


def told_in(table, text):
    return any(text in note for note in table.notes)


def test_short_rows_after_long_ones_find_room(read):
    long = "".join(f"{'x' * 500} {row},{row}\n" for row in range(2_000))
    short = "".join(f"y,{row}\n" for row in range(400_000))
    table = read("a,b\n" + long + short)
    assert len(table.frame) == 402_000
    assert table.frame["b"].to_numpy()[-400_000:].tolist() == list(range(400_000))


def test_many_columns_that_turn_out_to_be_text_are_text(read):
    names = [f"c{place}" for place in range(30)]
    good = (",".join(["1.5"] * 30) + "\n") * 20_000
    words = "1.5," + ",".join(f"word {place}" for place in range(1, 30)) + "\n"
    table = read(",".join(names) + "\n" + good + words)
    assert table.frame.iloc[-1].tolist() == [1.5, *[f"word {place}" for place in range(1, 30)]]
    assert table.frame.iloc[0].tolist() == [1.5, *["1.5"] * 29]


def test_every_word_for_missing_is_met_far_down(read):
    good = "".join(f"{row}.5,{row}\n" for row in range(60_000))
    table = read("a,b\n" + good + "NA,1\n?,2\nnull,3\n,4\n7.5,N/A\n")
    assert table.frame["a"].isna().tolist()[-5:] == [True, True, True, True, False]
    assert np.isnan(table.frame["b"].iloc[-1])
    told = next(note for note in table.notes if note.startswith("Taken as missing"))
    assert all(word in told for word in ("'NA'", "'?'", "'null'", "'N/A'"))


def test_a_cell_longer_than_a_block_is_read(read):
    good = "".join(f"short {row},{row}\n" for row in range(50_000))
    table = read("a,b\n" + good + "x" * 5_000_000 + ",1\n" + "y,2\n")
    assert len(table.frame["a"].iloc[-2]) == 5_000_000
    assert table.frame["b"].iloc[-1] == 2


def test_one_stray_quotation_mark_swallows_nothing(read):
    good = "".join(f"plain {row},{row}\n" for row in range(700_000))
    table = read("a,b\n" + '5" pipe,0\n' + good)
    assert len(table.frame) == 700_001
    assert (table.frame["b"].to_numpy()[1:] == np.arange(700_000)).all()


def test_line_ends_in_cells_at_every_place_are_kept(read):
    rows = "".join(f'"first {row}\nsecond ""{row}""",{row}\n' for row in range(400_000))
    table = read("a,b\n" + rows)
    assert (table.frame["b"].to_numpy() == np.arange(400_000)).all()
    assert table.frame["a"].iloc[-1] == 'first 399999\nsecond "399999"'


def test_ragged_rows_far_down_are_named_rightly(read):
    rows = [f"{row},level {row % 100}" for row in range(700_000)]
    rows[650_000] += ",7"
    table = read("number,b\n" + "\n".join(rows) + "\n")
    assert told_in(table, "Line 650,002 left out")
    assert (table.frame["number"] == table.frame.index).all()


def test_a_late_word_makes_the_whole_column_text(read):
    rows = "".join(f"{row % 100},{row}\n" for row in range(60_000))
    table = read("a,b\n" + rows + "x,1\n")
    assert table.frame["a"].iloc[:3].tolist() == ["0", "1", "2"]
    assert table.frame["a"].iloc[-1] == "x"
    assert table.frame["b"].dtype == np.int64


def test_a_late_fraction_or_gap_makes_whole_numbers_floats(read):
    rows = "".join(f"{row},{row}\n" for row in range(60_000))
    table = read("a,b\n" + rows + "0.5,NA\n")
    assert table.frame["a"].iloc[-1] == 0.5
    assert np.isnan(table.frame["b"].iloc[-1])
    assert told_in(table, "'NA'")


def test_null_bytes_far_down_are_left_out_and_told(read):
    table = read(b"a,b\n" + b"1,2\n" * 400_000 + b"7\0\0,\0" + b"3\n")
    assert table.frame["a"].tolist()[-1] == 7
    assert table.frame["b"].tolist()[-1] == 3
    assert told_in(table, "3 null bytes left out")


def test_a_lost_part_of_a_file_is_told(read):
    table = read(b"a,b\n" + b"1,2\n" * 50 + b"\0" * 9_000 + b"\n3,4\n")
    assert len(table.frame) == 51
    assert told_in(table, "9,000 of them in one place: rows may have been lost there")


@pytest.mark.parametrize("line", ['"a\nb",word,1\n', '1,word,"a\nb"\n', '1,word,"a\n""b"""\n'])
def test_line_ends_in_every_cell_cost_no_mending(read, monkeypatch, line):
    mended = []

    def counting(piece, layout, own=careful._mended):
        mended.append(len(piece.data))
        return own(piece, layout)

    monkeypatch.setattr(careful, "_mended", counting)
    table = read("a,b,c\n" + line * 400_000)
    assert len(table.frame) == 400_000
    assert sum(mended) < 300 << 10  # the sample, which is always looked at


@pytest.mark.parametrize(
    "note",
    [
        '"Source: the\nsecond line of it",,\n',
        '"Source: the\n""second"" line",,\n',
        '"Source: ""a""\nb\nc ""d""",,\n',
    ],
)
def test_a_note_over_several_lines_far_down_is_left_out(read, note):
    rows = "".join(f"w{row % 50},{row},1.5\n" for row in range(40_000))
    table = read("word,id,val\n" + rows + note)
    assert len(table.frame) == 40_000
    assert told_in(table, "below the table left out")


@pytest.mark.parametrize("n_lines", [3, 10, 30, 60])
@pytest.mark.parametrize("more", ["", ", and more", '; he said ""it""'])
def test_cells_of_many_lines_are_no_rows(read, n_lines, more):
    cell = "\n".join(f"some words in line {line} of it{more}" for line in range(n_lines))
    table = read("id,text,n\n" + "".join(f'{row},"{cell}",{row % 7}\n' for row in range(60)))
    assert list(table.schema.names) == ["id", "text", "n"]
    assert table.frame.shape == (60, 3)
    assert table.frame["text"].iloc[59] == cell.replace('""', '"')
