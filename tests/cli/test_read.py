import json
import shlex
import sqlite3

import pytest


def test_a_file_is_told_with_its_rows_and_columns(command, people_csv):
    said = command("read", people_csv)
    assert said.code == 0
    assert "people.csv: 120 rows, 5 columns" in said.out
    assert "Likely target" in said.out
    assert "Likely target" not in command("read", people_csv, "--target", "income").out


def test_the_json_has_kinds_and_missing_values(command, people_csv):
    told = json.loads(command("read", people_csv, "--json").out)
    columns = {column["name"]: column for column in told["columns"]}
    assert told["rows"] == 120
    assert columns["income"]["kind"] == "number"
    assert columns["income"]["missing"] == 14
    assert columns["town"]["kind"] == "category"
    assert columns["town"]["levels"] == 3


def test_what_reading_guessed_is_told(command, tmp_path):
    path = tmp_path / "prices.csv"
    path.write_bytes("Prix;Ville\n1,5;Orléans\n2,5;Nîmes\n3,5;Lyon\n".encode("cp1252"))
    told = json.loads(command("read", path, "--json").out)
    assert told["columns"][0]["kind"] == "number"
    assert any(";" in note or "semicolon" in note for note in told["notes"])


def test_findings_are_told_with_their_code(command, tmp_path):
    path = tmp_path / "flat.csv"
    path.write_text("same,x\n" + "".join(f"1,{i % 7}.5\n" for i in range(40)))
    told = json.loads(command("read", path, "--json").out)
    assert any(finding["columns"] == ["same"] for finding in told["findings"])
    assert told["findings"][0]["code"] in command("read", path).out


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n", b"\x00\x01\x02\xff" * 500, b"\x89PNG\r\n\x1a\n" + bytes(100)]
)
def test_a_file_that_is_no_table_is_one_sentence_and_a_hint(command, tmp_path, content):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    said = command("read", path)
    assert said.code == 2
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0].startswith("error: ")
    assert lines[1].startswith("hint: ")
    assert len(lines) == 2


def test_a_file_that_is_not_there_is_told_by_name(command, tmp_path):
    said = command("read", tmp_path / "gone.csv")
    assert said.code == 2
    assert "gone.csv does not exist" in said.err
    assert command("read", tmp_path).code == 2


def test_hostile_names_reach_the_terminal_without_their_tricks(command, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('"\x1b[31mred","[bold]b[/bold]"\n1,2\n3,4\n5,6\n')
    said = command("read", path)
    assert "\x1b" not in said.out
    assert "[bold]b[/bold]" in said.out


def test_a_file_with_nothing_to_predict_is_read_all_the_same(command, tmp_path):
    path = tmp_path / "ids.csv"
    path.write_text("id\n" + "".join(f"{number}\n" for number in range(30)))
    said = command("read", path)
    assert said.code == 0
    assert "No column of this table can be predicted" in said.out
    assert "D003" not in said.out
    assert json.loads(command("read", path, "--json").out)["likely_target"] is None


@pytest.fixture
def leaking_csv(tmp_path):
    path = tmp_path / "leaking.csv"
    rows = [f"{n % 13},{n * 7 % 31}.5,{'yes' if n % 3 == 0 else 'no'},{n % 3 == 0},{n // 4}"
            for n in range(240)]  # fmt: skip
    path.write_text("\n".join(["a,b,bought,refunded late,who_id", *rows]) + "\n")
    return path


def test_with_a_target_the_findings_about_it_are_told_with_proposals(command, leaking_csv):
    said = command("read", leaking_csv, "--target", "bought")
    assert said.code == 0
    assert "D004 serious: One column gives the target away" in said.out
    assert "Proposal: Leave out 'refunded late' (--ignore 'refunded late')" in said.out
    assert "D004" not in command("read", leaking_csv).out


def test_the_json_has_code_evidence_and_proposal(command, leaking_csv):
    told = json.loads(command("read", leaking_csv, "--target", "bought", "--json").out)
    leak = next(one for one in told["findings"] if one["code"] == "D004")
    assert leak["severity"] == "serious"
    assert "'refunded late' alone foretells 100% of 'bought'" in leak["detail"]
    assert leak["actions"] == [
        {
            "kind": "ignore",
            "title": "Leave out 'refunded late'",
            "columns": ["refunded late"],
            "settings": {},
            "option": "--ignore 'refunded late'",
        }
    ]


def test_what_is_proposed_can_be_given_to_the_next_command(command, leaking_csv, tmp_path):
    told = json.loads(command("read", leaking_csv, "--target", "bought", "--json").out)
    options = [action["option"] for one in told["findings"] for action in one["actions"]
               if one["code"] == "D004"]  # fmt: skip
    words = shlex.split(" ".join(options))
    out = tmp_path / "out"
    said = command("run", leaking_csv, "--target", "bought", "--models", "dummy", "--folds", 2,
                   "--out", out, *words)  # fmt: skip
    assert said.code == 0, said.err


def test_a_target_that_is_not_there_is_told(command, people_csv):
    said = command("read", people_csv, "--target", "gone")
    assert said.code == 2
    assert "there is no column 'gone'" in said.err


def test_what_is_said_about_a_file_is_heeded(command, tmp_path):
    path = tmp_path / "prices.txt"
    path.write_text("a|b\n1,5|2\n2,5|3\n")
    told = json.loads(command("read", path, "--delimiter", "bar", "--decimal", ",", "--json").out)
    assert [column["name"] for column in told["columns"]] == ["a", "b"]
    assert told["columns"][0]["kind"] == "number"
    said = command("read", path, "--delimiter", "bar", "--decimal", "|")
    assert said.code == 2
    assert "the same mark" in said.err


@pytest.mark.parametrize(
    "flag", ["delimiter", "encoding", "decimal", "thousands", "quote", "escape", "comment",
             "skip-rows", "header-rows", "sheet"],
)  # fmt: skip
def test_every_setting_reaches_the_reader(command, tmp_path, flag):
    path = tmp_path / "records.json"
    path.write_text('[{"a": 1}, {"a": 2}]')
    value = {
        "encoding": "utf-8",
        "thousands": ",",
        "skip-rows": "1",
        "header-rows": "1",
        "sheet": "x",
    }.get(flag, "!")
    said = command("read", path, f"--{flag}", value)
    if flag in {"encoding", "delimiter"}:  # means something to JSON, or says that it is none
        assert ("without meaning" in said.out) is False
    elif flag == "header-rows":  # it means something to rows without names
        assert "without meaning for records" in said.out
    else:
        assert f"without meaning for JSON: {flag.replace('-', ' ')}" in said.out


def test_a_table_of_a_database_is_read(command, tmp_path):
    pytest.importorskip("sqlalchemy")
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE people AS SELECT 1 AS a, 'x' AS b UNION SELECT 2, 'y'")
    connection.close()
    address = f"sqlite:///{path}"
    said = command("read", address, "--table", "people")
    assert said.code == 0
    assert "shop.db: people: 2 rows, 2 columns" in said.out
    assert "2 rows, 1 column\n" in command("read", address, "--query", "SELECT a FROM people").out
    assert command("read", address, "--query", "DROP TABLE people").code == 2
    assert command("read", address, "--sheet", "x").code == 2
    assert command("read", tmp_path / "x.csv", "--table", "people").code == 2
    assert command("read", "mysql://me:secret@host/db").err.count("secret") == 0
