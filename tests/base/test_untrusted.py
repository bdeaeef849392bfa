import csv
import io
import os
import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lab.base import file_name, markdown_text, plain_text, spreadsheet_cell

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://host/x.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "# heading",
    "1. item",
    "- item",
    "> quote",
    "    code",
    "`code` **bold** __bold__ ~~gone~~",
    "a | b\n--|--\n1 | 2",
    "title\n=====",
    "&lt;b&gt; &copy;",
    "https://host/x <https://host/x>",
    "$x^2$ :material/home: :red[red] :smile:",
    "\\<b\\>",
]


def shown(markdown: str) -> str:
    """What a reader of the rendered Markdown sees; fails when there is any markup in it."""
    html = MARKDOWN.render(markdown)
    if not html:
        return ""
    assert html.startswith("<p>"), html
    assert html.endswith("</p>\n"), html
    inner = html.removeprefix("<p>").removesuffix("</p>\n").replace("\u2060", "")
    assert "<" not in inner, html
    return unescape(inner)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_in_markdown_as_it_stands(text):
    assert shown(markdown_text(text)) == plain_text(text)


@given(st.text(alphabet="ab \\`*_{}[]()#+-.!|~<>$:&^=@/\"'\n\t1é漢", max_size=30))
def test_any_text_reads_in_markdown_as_it_stands(text):
    assert shown(markdown_text(text)).split() == plain_text(text).split()


@given(st.text())
def test_plain_text_is_one_line_of_limited_length(text):
    plain = plain_text(text, max_length=40)
    assert len(plain) <= 40
    assert len(plain.splitlines()) <= 1
    assert plain.isprintable() or not text.isprintable()


def test_text_that_turns_direction_or_hides_is_shown_without_the_trick():
    assert plain_text("invoice\u202efdp.exe") == "invoice fdp.exe"
    assert plain_text("a\u200bb\x00c\u2028d") == "a b c d"


def test_a_long_text_is_cut_with_a_sign_of_it():
    assert plain_text("x" * 200, max_length=5) == "xxxx…"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "－1", "\u00a0=1"],
)
def test_a_cell_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(text):
    assert spreadsheet_cell(text) == "'" + text


@pytest.mark.parametrize("value", [-1, -1.5, None, True, "a=b", "", "x-y", "12"])
def test_numbers_and_harmless_text_stay_what_they_are(value):
    assert spreadsheet_cell(value) is value


@given(st.text(max_size=20))
@example("-0")
@example("-1+1")
def test_no_cell_begins_with_a_formula_sign_after_it_was_made_safe(text):
    file = io.StringIO()
    csv.writer(file).writerow([spreadsheet_cell(text)])
    cell = next(csv.reader(io.StringIO(file.getvalue(), newline="")), [""])[0]
    is_number = re.fullmatch(r"[+-]?[\d.,]+(e[+-]?\d+)?", cell, re.ASCII | re.IGNORECASE)
    assert is_number or not cell.strip().startswith(tuple("=+-@＝＋－＠"))


@given(st.text(max_size=120), st.sampled_from(["", ".csv", ".html"]))
def test_a_file_name_is_one_harmless_name_on_every_system(text, suffix):
    name = file_name(text, suffix=suffix)
    assert os.path.basename(name) == name  # noqa: PTH119 (a name, no path)
    assert name.isascii()
    assert not name.startswith((".", "-"))
    assert name.split(".")[0].lower() not in {"con", "nul", "com1", "lpt9", ""}
    assert len(name) <= 80 + len(suffix)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc-passwd.csv"),
        ("CON", "download.csv"),
        ("", "download.csv"),
        ("…", "download.csv"),
        ("café crème", "cafe-creme.csv"),
        ("a\u202eb\x00c", "ab-c.csv"),
    ],
)
def test_names_from_files_become_names_of_downloads(text, name):
    assert file_name(text, suffix=".csv") == name


@pytest.mark.parametrize("text", ["-1", "+1", "-2.5", "17"])
def test_a_class_that_is_a_plain_number_stays_as_it_is(text):
    assert spreadsheet_cell(text) == text
