"""A document as one HTML file that needs nothing beside itself."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lab.charts import CONFIG, INKS, Mode
from lab.reports.document import Chart, Document

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(document: Document) -> str:
    """Return the document as a self-contained HTML page.

    Everything that comes from data is escaped by the templates. The page's own policy forbids
    every request, and every script but the two that are written here.

    Parameters
    ----------
    document : Document
        What it says.
    """
    has_charts = any(isinstance(b, Chart) for section in document.sections for b in section.blocks)
    scripts = (_plotly(), _text("report.js")) if has_charts else ()
    page: str = (
        _environment()
        .get_template("report.html")
        .render(
            document=document,
            policy=_policy(scripts),
            style=_text("report.css"),
            scripts=scripts,
            config=CONFIG,
            light=INKS[Mode.LIGHT],
            dark=INKS[Mode.DARK],
        )
    )
    return page


def _policy(scripts: tuple[str, ...]) -> str:
    allowed = " ".join(_digest(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def _digest(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


@cache
def _plotly() -> str:
    text = (files("plotly") / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _text(name: str) -> str:
    return (files("lab.reports") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("lab.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["ours"] = Markup  # only for style and scripts of this room
    environment.tests["kind"] = _is_kind
    return environment


def _is_kind(block: Any, name: str) -> bool:
    return type(block).__name__ == name
