"""A document as a page: what is in it, and what it may do."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

from lab.charts import CHARTS
from lab.reports import Document, Section, render_html
from lab.reports.document import Block, Bullets, Callout, Code, Facts, Grid, Paragraph
from lab.reports.figures import chart_block

EVIL = (
    "</script><script>alert(1)</script><img src=http://host.example/x onerror=alert(2)> & {{ 7*7 }}"
)


class Page(HTMLParser):
    """Tags with their attributes, text, and the content of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        else:
            self.text.append(data)


def document(*blocks: Block, title: str = "Title") -> Document:
    section = Section(key="one", title=title, blocks=blocks)
    return Document(title=title, subtitle=title, footer=title, sections=(section,))


def chart(label: str = "yes") -> Block:
    frame = CHARTS["class_balance"].frame({label: 30, "no": 70})
    block = chart_block("class_balance", frame, ())
    assert block is not None
    return block


def test_every_block_shows_text_as_text() -> None:
    grid = Grid(columns=(EVIL,), rows=((EVIL,),), caption=EVIL)
    blocks = (
        Paragraph(text=EVIL), Bullets(items=(EVIL, (EVIL, EVIL))), Facts(items=((EVIL, EVIL),)),
        Callout(title=EVIL, text=EVIL), grid, Code(text=EVIL), chart(EVIL),
    )  # fmt: skip
    page = Page(render_html(document(*blocks, title=EVIL)))
    assert not [tag for tag, _ in page.tags if tag in {"img", "iframe", "object", "link", "base"}]
    shown = "".join(page.text)
    assert shown.count(EVIL) >= 13
    executable = [text for attributes, text in page.scripts if "type" not in attributes]
    assert len(executable) == 2
    assert not any("alert(1)" in text for text in executable)


def test_the_policy_allows_nothing_but_the_two_scripts_of_the_page() -> None:
    page = Page(render_html(document(chart())))
    policy = next(
        attributes["content"]
        for tag, attributes in page.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = [text for attributes, text in page.scripts if "type" not in attributes]
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts
    ]
    assert re.findall(r"'sha256-([^']+)'", policy) == digests
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert "http" not in policy


def test_a_page_asks_for_nothing() -> None:
    page = Page(render_html(document(chart())))
    for _, attributes in page.tags:
        for name in ("src", "srcset", "href", "action", "data", "poster", "background"):
            value = attributes.get(name)
            assert value is None or value.startswith("#")
    style = (files("lab.reports") / "templates" / "report.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


def test_plotly_is_there_once_and_not_at_all_without_charts() -> None:
    with_charts = render_html(document(chart("a"), chart("b")))
    assert with_charts.count("plotly.js v") == 1
    assert len(with_charts) < 6_000_000
    assert len(render_html(document(Paragraph(text="no chart")))) < 20_000


def test_no_toolbar_covers_a_chart_where_nothing_hovers() -> None:
    style = re.sub(r"\s+", " ", render_html(document(chart())))
    rule = "@media (hover: none) { .js-plotly-plot .modebar-container { display: none !important; }"
    assert rule in style


def test_a_chart_comes_with_words_and_both_modes() -> None:
    page = Page(render_html(document(chart())))
    content = next(text for attributes, text in page.scripts if "data-chart" in attributes)
    parsed = json.loads(content)
    assert parsed["figure"]["layout"]["height"] > 0
    assert parsed["dark"]
    place = next(attributes for tag, attributes in page.tags if attributes.get("class") == "chart")
    assert place["aria-label"] == "Class balance of 2 classes: no 70.0%, yes 30.0%."


def test_the_dark_patch_turns_the_light_figure_into_the_dark_one() -> None:
    from lab.charts import Mode, Theme

    frame = CHARTS["class_balance"].frame({"yes": 30, "no": 70})
    block = chart_block("class_balance", frame, ())
    assert block is not None
    figure = json.loads(json.dumps(block.figure))
    for path, value in block.dark:
        part = figure
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value
    dark = CHARTS["class_balance"].draw(frame, theme=Theme(mode=Mode.DARK))
    assert figure == json.loads(dark.to_json())


def test_marked_rows_and_numbers_are_told_apart() -> None:
    grid = Grid(columns=("name", "score"), rows=(("a", "1"), ("b", "2")), numeric=(1,), strong=(0,))
    page = Page(render_html(document(grid)))
    assert [a.get("class") for tag, a in page.tags if tag == "tr"] == [None, "strong", None]
    assert [a.get("class") for tag, a in page.tags if tag == "td"] == ["number", "number"]
