"""Files of the kinds that stand on the web: comments, stacked tables, lines without a header.

Each was once read wrongly without a word; the kinds come from the collections of files that other
sniffers are tried with.
"""

import pytest

PARAMETERS = "".join(f"# parameter {n}: {n * 3} volts\n" for n in range(20))
GOOD = "".join(f"{n},word {n},{n * 2}\n" for n in range(4, 30))


def told(table, text):
    return any(text in note for note in table.notes)


@pytest.mark.parametrize("mark", ["#", "%", "//"])
def test_comments_do_not_outvote_a_short_table(read, mark):
    text = PARAMETERS.replace("#", mark) + "time,volt\n0,0.5\n1,0.7\n2,0.6\n"
    table = read(text)
    assert table.frame.to_dict("list") == {"time": [0, 1, 2], "volt": [0.5, 0.7, 0.6]}
    assert told(table, "Lines 1-20 above the table left out")


@pytest.mark.parametrize("mark", ["#", "//"])
def test_comments_between_the_rows_are_left_out_and_told(read, mark):
    table = read(f"{mark} A few\n{mark} comments\na;b\n{mark} more\n1;3\n6;7\n{mark} the end")
    assert table.frame.to_dict("list") == {"a": [1, 6], "b": [3, 7]}
    assert told(table, "left out, as comments")


def test_lines_of_a_cell_that_begin_like_comments_are_no_comments(read):
    rows = "".join(f'{n},"# Title {n}\n\n# and more",{n * 2}\n' for n in range(9))
    assert read("id,text,n\n" + rows).frame.shape == (9, 3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# a,b,c\n1.5,2,3\n4,5,6\n7,8,9\n", ["a", "b", "c"]),
        ("# x y z\n1.0 2.0 3.5\n4.0 5.0 6.0\n7.0 8.0 9.0\n", ["x", "y", "z"]),
        ("# of monday\n# name,age,town\nann,3,rome\nbob,4,oslo\ncat,5,rome\n",
         ["name", "age", "town"]),
    ],
)  # fmt: skip
def test_a_comment_right_above_values_names_the_columns(read, text, names):
    table = read(text)
    assert list(table.schema.names) == names
    assert len(table.frame) == 3
    assert told(table, "begins like a comment, and names the columns")


def test_a_header_stays_though_the_first_rows_are_broken(read):
    table = read("id,note,n\n1,ab\ncd,5\n2,x,y,6\n" + GOOD)
    assert list(table.schema.names) == ["id", "note", "n"]
    assert table.frame["n"].tolist()[-26:] == [n * 2 for n in range(4, 30)]
    assert told(table, "Line 3 left out") or told(table, "Lines 3")


def test_settings_above_a_table_are_not_its_header(read):
    table = read(
        "width,height,depth\n10,20,30\n\nname,kind,size\nann,big,4\nbob,small,5\ncat,big,6\n"
    )
    assert list(table.schema.names) == ["name", "kind", "size"]
    assert table.frame["size"].tolist() == [4, 5, 6]
    assert told(table, "Lines 1-2 left out: another table")


def test_a_table_below_a_padded_title_is_another_one(read):
    table = read(
        "name,id,version\nann,11,0.1\nbob,12,0.2\ncat,13,0.3\ndan,14,0.4\n\nTeam,,\n"
        "Name,Company,\nann,Aptana,\nbob,IBM,\n"
    )
    assert table.frame["id"].tolist() == [11, 12, 13, 14]
    assert table.frame["version"].tolist() == [0.1, 0.2, 0.3, 0.4]
    assert told(table, "left out: another table")


@pytest.mark.parametrize(
    "text",
    [
        "http://a.org/x1,red apple\nhttp://a.org/x2,green pear\nhttp://b.org/y7,blue plum\n",
        "ann@x.org,Ann Lee\nbob@x.org,Bob Ray\ncat@y.org,Cat Fox\n",
        "MG-8769,boots\nMG-3895,jacket\nRI-9259,pillow\n",
    ],
    ids=["links", "addresses", "codes"],
)
def test_a_first_line_of_the_form_of_the_others_is_no_header(read, text):
    table = read(text)
    assert list(table.schema.names) == ["column_1", "column_2"]
    assert len(table.frame) == 3
    assert told(table, "no header")


def test_where_nothing_tells_a_header_that_is_told(read):
    table = read("name,town\nann,graz\nbob,turku\ncat,oslo\n")
    assert list(table.schema.names) == ["name", "town"]
    assert told(table, "it was taken as the names")


def test_doses_over_columns_are_names(read):
    table = read("n,0.01,0.05,0.1\n1,3.2,4.5,6.1\n2,2.2,3.5,5.1\n3,2.0,3.1,4.9\n")
    assert list(table.schema.names) == ["n", "0.01", "0.05", "0.1"]


def test_cells_divided_by_hashes(read):
    table = read("id#colour#name\n1#red#ann lee\n2#blue#bob ray\n3#red#cat fox\n")
    assert table.frame["name"].tolist() == ["ann lee", "bob ray", "cat fox"]


def test_line_ends_and_tabs_behind_backslashes_belong_to_cells(read):
    table = read("id\tnote\tn\n1\tab\\\ncd\t5\n2\tx\\\ty\t6\n" + GOOD.replace(",", "\t"))
    assert table.frame["note"].tolist()[:2] == ["ab\ncd", "x\ty"]
    assert table.frame["n"].tolist()[:2] == [5, 6]


def test_words_that_come_again_right_below_begin_no_table(read):
    text = "Sales;1;b\nShop;1;c\nHall;1/2;d\nYard;1/2;e\nDesk;1/2;f\n"
    assert read("name;path;letter\n" + text).frame.shape == (5, 3)


HEADERS = [
    "model,price\nA4,39900\nA8,POA\nA6,52000\nA3,28000\n",
    "name,team,pts\nAnn,red,5\nBob,blue,dnf\nCat,red,7\nDan,blue,2\n",
    "G1,region\nS1,north\nS2,south\nS1,east\n",
    "Q1,Q2\nA1,A2\nA2,A4\nA3,A1\n",
    "ID-1,kind\nAB-0,alpha\nCD-4,beta\nEF-7,gamma\n",
    "Q1-2020,Q2-2020\nQ1-2010,Q2-2010\nQ1-2011,Q2-2011\n",
    "user-id,user-group\nuser-alpha,user-one\nuser-beta,user-two\nuser-c,user-x\n",
]


@pytest.mark.parametrize("text", HEADERS)
def test_a_header_is_not_taken_for_data_or_for_another_table(read, text):
    table = read(text)
    assert list(table.schema.names) == text.split("\n")[0].split(",")
    assert len(table.frame) == text.count("\n") - 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("item,y1,y2\nRevenue,100,110\n% growth,5,6\nCosts,50,60\n% margin,50\nTax,10,11\n", 5),
        ("path,owner,size\n//srv/a,bob,1\n//srv/b,bob,2\n//srv/c,bob\n//srv/d,bob,4\n", 4),
        ("colour,n\n#ff0000,1\n#00ff00,2\n#0000ff\n#ffffff,4\n", 3),  # one is left out, told
    ],
)
def test_rows_that_begin_like_comments_are_rows(read, text, rows):
    assert len(read(text).frame) == rows


def test_rows_are_kept_whatever_marks_stand_in_their_texts(read):
    rows = "".join(f'{n},27" Dell,{n}" wide,{"call" if n == 9 else n}\n' for n in range(40))
    table = read("id,model,size,price\n" + rows)
    assert len(table.frame) == 40
    assert not any("marks that do not match" in note for note in table.notes)


@pytest.mark.parametrize(
    "text",
    [
        "channel\n#general\n#random\n#help\n",
        "product\nWidget #10\nWidget #11\nGadget #12\n",
        "link\nhttps://x.org/a#b\nhttps://x.org/c#d\nhttps://x.org/e#f\n",
    ],
)
def test_hashes_in_a_list_divide_nothing(read, text):
    table = read(text)
    assert list(table.schema.names) == [text.split("\n")[0]]
    assert len(table.frame) == 3


def test_padded_words_after_a_blank_line_end_no_table_that_goes_on(read):
    rows = ["item,n,v", "a,1,2", "b,2,3", "c,3,4", "", "Subtotal,see below,"]
    rows += ["d,4,5", "e,5,6", "f,6,7", "g,7,8"]
    table = read("\n".join(rows) + "\n")
    assert list(table.schema.names) == ["item", "n", "v"]
    assert len(table.frame) >= 7


def test_marks_that_are_meant_stay_in_a_name(read):
    table = read('name,"""best""",price\nann,x,3\nbob,y,4\ncat,z,5\n')
    assert list(table.schema.names) == ["name", '"best"', "price"]
    assert not any("header" in note for note in table.notes)


def test_a_file_whose_lines_all_end_with_a_backslash_is_read_at_once(read):
    """Where each line looked for its end in all that follow, this took minutes."""
    table = read("a\tb\tc\n" + "".join(f"{n}\tx\\\ty\\\n" for n in range(40_000)))
    assert len(table.frame) == 40_000
