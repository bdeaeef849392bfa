"""Text from files in Streamlit's own Markdown: what stands in the file stands on the page."""

import json

import pytest

from lab.base import plain_text

TEXTS = (
    "http://evil.example/a",
    "HTTPS://EVIL.EXAMPLE",
    "<http://evil.example>",
    "www.evil.example",
    "me@evil.example",
    "![x](http://evil.example/x.png)",
    "[click](http://evil.example/)",
    "<b>bold</b> <script>alert(1)</script>",
    "&amp; &lt;b&gt;",
    ":smile: :streamlit: :material/home:",
    ":red[x] :blue-badge[x] :small[x] ::: x",
    "a -> b <- c -- d >= e <= f ~= g",
    "$x^2$ and $$x$$",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "`code` **bold** _it_ ~~gone~~ ^a^ ==b==",
    "a | b",
    "[^1] [ ] [[x]]",
    "---",
    "\\*a\\*",
)
SCRIPT = """
import json, sys
import streamlit as st
from lab.base import markdown_text
for place, text in enumerate(json.loads({texts!r})):
    with st.container(key=f"text{{place}}"):
        st.markdown(markdown_text(text))
    with st.container(key=f"label{{place}}"):
        st.checkbox(markdown_text(text), key=f"box{{place}}")
"""


@pytest.fixture(scope="module")
def shown(serve, browser, tmp_path_factory):
    """Return a page that shows every text as Markdown and as a label."""
    script = tmp_path_factory.mktemp("markdown") / "app.py"
    script.write_text(SCRIPT.format(texts=json.dumps(TEXTS)))
    page = browser.new_page()
    page.goto(serve(script=str(script)).url)
    page.wait_for_selector(f".st-key-label{len(TEXTS) - 1}")
    yield page
    page.close()


@pytest.mark.parametrize("where", ["text", "label"])
@pytest.mark.parametrize("place", range(len(TEXTS)), ids=TEXTS)
def test_text_is_shown_as_it_stands(shown, place, where):
    element = shown.locator(f'.st-key-{where}{place} [data-testid="stMarkdownContainer"]')
    element.wait_for()
    words = element.inner_text().replace("\u2060", "").split()
    assert words == plain_text(TEXTS[place]).split()
    assert element.locator("a, img, strong, em, code, del, h1, li, span").count() == 0
